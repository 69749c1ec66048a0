"""Websites of the European Union's institutions in the Europa Component Library."""

from __future__ import annotations

from scrapers.layouts.drupal import IMAGE_SIZES
from scrapers.layouts.layout import Layout
from scrapers.sources import ArticleSelectors, ListingSelectors

LAYOUT = Layout(
    name="ecl",
    signs=(
        ".ecl-page-header__title",
        ".ecl-page-header-core__title",
        ".ecl-page-header-standardised__title",
        ".ecl-page-header-harmonised__title",
        ".ecl-site-header__inner",
        ".ecl-site-header__container",
        ".ecl-content-block__title",
        ".ecl-content-item__title",
    ),
    listing=ListingSelectors(
        row=".ecl-content-item, .ecl-content-item-block__item, article.ecl-card",
        link=".ecl-content-block__title a[href], .ecl-content-item__title a[href], .ecl-card__title a[href], a.ecl-link",
        title=".ecl-content-block__title, .ecl-content-item__title, .ecl-card__title",
        published=(
            ".ecl-content-block__primary-meta-item, .ecl-content-item__meta-item, .ecl-content-item__meta, "
            ".ecl-content-block__secondary-meta-item, .ecl-card__meta-item, .ecl-date-block, time"
        ),
        summary=".ecl-content-block__description, .ecl-content-item__description, .ecl-card__description",
        next=".ecl-pagination__item--next a, .ecl-pager__item--next a",
    ),
    article=ArticleSelectors(
        headline=(
            ".ecl-page-header__title, .ecl-page-header-core__title, .ecl-page-header-standardised__title, "
            ".ecl-page-header-harmonised__title, .ecl-page-banner__title"
        ),
        section=".ecl-page-header__meta-item:first-child, .ecl-page-header-core__meta-item:first-child",
        published=(
            ".ecl-page-header__meta-item, .ecl-page-header-core__meta-item, .ecl-page-header-core__meta, "
            ".ecl-page-header-standardised__meta, .ecl-page-header-harmonised__meta, .ecl-page-header__meta, "
            "dt.ecl-description-list__term:contains('Publication date') + dd time, "
            "dt.ecl-description-list__term:contains('Publication date') + dd"
        ),
        modified=".cnt-last-update-block p, .ecl-last-update time",
        lede=(
            ".ecl-page-header__description, .ecl-page-header-core__description, .ecl-page-header-standardised__description, "
            ".ecl-page-header-harmonised__description, main .ecl-paragraph--lead"
        ),
        body=(
            ".ecl-paragraph-detail, .cnt-main-body, main article .ecl-col-l-9, main .ecl-col-l-9, main article .ecl-editor, "
            "main .ecl-editor, main article, main .ecl"
        ),
        authors="dt.ecl-description-list__term:contains('Author') + dd",
        tags=".ecl-tag--link, a.ecl-tag",
        attachments="a.ecl-file__download, .ecl-file a[href]",
        related=".ecl-content-block__title a[href], .ecl-content-item__title a[href], .ecl-card__title a[href]",
        drop=(
            ".ecl-page-header, .ecl-file, .ecl-content-item, .ecl-content-item-block, .ecl-card, .ecl-description-list, "
            ".ecl-social-media-share, .ecl-social-media-follow, .ecl-inpage-navigation, .ecl-tag, .ecl-contact, .ecl-pagination, "
            ".cnt-last-update-block"
        ),
    ),
    meta_order="dmy",
    timezone="Europe/Brussels",
    image_sizes=IMAGE_SIZES,
    loose=True,
)
