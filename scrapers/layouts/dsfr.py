"""Websites in the design system of the French state (DSFR): ministries, prefectures and agencies, also those on SPIP."""

from __future__ import annotations

from scrapers.layouts.layout import Layout
from scrapers.sources import ArticleSelectors, ListingSelectors

LAYOUT = Layout(
    name="dsfr",
    signs=(
        ".fr-header__body",
        ".fr-header__brand",
        ".fr-footer__body",
        ".fr-breadcrumb__list",
        ".fr-card__body .fr-card__title",
        ".main-article__horodatage",
    ),
    listing=ListingSelectors(
        row=".fr-card, .fr-tile",
        link=".fr-card__link, .fr-card__title a[href], .fr-tile__link, .fr-tile__title a[href]",
        title=".fr-card__title, .fr-tile__title",
        published=".fr-card__detail time, .fr-card__start time, .fr-card__end time, .fr-card__detail, .fr-tile__detail, time",
        summary=".fr-card__desc, .fr-tile__desc",
        next="a.fr-pagination__link--next",
    ),
    article=ArticleSelectors(
        headline="main h1, [role=main] h1, #contenu h1, #content h1",
        section=".fr-breadcrumb__list > li:nth-last-child(2) > a, .fr-badge",
        published=(
            ".main-article__horodatage time, .fr-article__date, .fr-articles-header__date, main .date-publication, "
            "main p:contains('ublié le'), main span:contains('ublié le'), main div > time"
        ),
        modified=".main-article__horodatage .maj time, main p:contains('is à jour le'), main span:contains('is à jour le'), main p:contains('odifié le')",
        lede="main .fr-text--lead, .main-article__chapo, main .chapo",
        body=(
            ".main-article__txt, [class*='article-texte-'], .fr-article__content, main .fr-text--lead ~ div, "
            "main article .field--name-body, main article, main .texte, .txtVisu"
        ),
        tags=".fr-tags-group .fr-tag",
        attachments="a.fr-link--download, .fr-download__link, a.fr-download",
        related=".fr-card__link, .fr-card__title a[href]",
        drop=(
            "h1, .fr-breadcrumb, .fr-share, .fr-card, .fr-tile, .fr-tags-group, .fr-text--lead, .fr-summary, .fr-sidemenu, "
            ".fr-pagination, .fr-follow, .fr-badge, .fr-download, a.fr-link--download, .fr-btns-group, .fr-modal"
        ),
    ),
    meta_order="dmy",
    timezone="Europe/Paris",
    loose=True,
)
