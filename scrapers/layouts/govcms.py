"""Australian government websites on GovCMS, in CivicTheme or the Australian design system; Drupal stands underneath."""

from __future__ import annotations

from scrapers.layouts.drupal import IMAGE_SIZES
from scrapers.layouts.layout import Layout
from scrapers.sources import ArticleSelectors, ListingSelectors

LAYOUT = Layout(
    name="govcms",
    signs=(
        ".ct-banner__title",
        ".ct-basic-content",
        ".ct-promo-card__title",
        ".ct-navigation-card__title",
        ".au-grid",
        ".au-header__heading",
        ".health-file__link",
        ".govcms-theme",
    ),
    listing=ListingSelectors(
        row=".ct-list .ct-promo-card, .ct-list .ct-snippet, .ct-list .ct-navigation-card, .ct-item-grid .ct-promo-card",
        link=".ct-promo-card__title a[href], .ct-snippet__title a[href], .ct-navigation-card__title a[href], a[href]",
        title=".ct-promo-card__title, .ct-snippet__title, .ct-navigation-card__title",
        published=".ct-promo-card__date, .ct-snippet__date, time",
        summary=".ct-promo-card__summary, .ct-snippet__summary, .ct-navigation-card__summary",
        next=".ct-pagination__item--next a, a.ct-pagination__link--next, .ct-pagination a[rel=next]",
    ),
    article=ArticleSelectors(
        headline=".ct-banner__title, h1.au-display-xxxl, h1.au-display-xxl, h1.au-display-xl",
        section=".ct-breadcrumb li:last-child a",
        published=".ct-banner__date time, .ct-publish-date time, .health-field--date time, .health-publication-date time",
        modified=".ct-last-updated time, .last-updated time, .page-last-updated time",
        lede=".ct-banner__summary, .ct-banner__description, .au-introduction, .health-summary",
        body=".ct-layout__main .ct-basic-content, .ct-basic-content, .health-body, .au-body .node__content",
        tags=".ct-tag-list .ct-tag, .au-tags a",
        attachments="a.health-file__link, .ct-attachment__links a[href], .ct-attachment a[href]",
        related=".ct-promo-card__title a[href], .ct-navigation-card__title a[href]",
        drop=(
            ".ct-banner, .ct-attachment, .ct-tag-list, .ct-promo-card, .ct-navigation-card, .ct-social-links, .ct-side-navigation, "
            ".health-file, .au-inpage-nav-links, .au-side-nav, .ct-table-of-contents"
        ),
    ),
    meta_order="dmy",
    image_sizes=IMAGE_SIZES,
    loose=True,
)
