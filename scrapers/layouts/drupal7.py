"""Drupal 7 and its views and panels, whatever the theme."""

from __future__ import annotations

from scrapers.layouts.drupal import IMAGE_SIZES
from scrapers.layouts.layout import Layout
from scrapers.sources import ArticleSelectors, ListingSelectors

LAYOUT = Layout(
    name="drupal7",
    signs=(
        ".field-name-body",
        ".field-type-text-with-summary",
        ".pane-node-body",
        ".views-row-first",
        ".date-display-single",
        ".pager-next",
        "#block-system-main",
        "meta[content^='Drupal 7']",
    ),
    listing=ListingSelectors(
        row=(
            "#block-system-main .views-row, .pane-system-main .views-row, .region-content .view-content .views-row, "
            "#content .view-content .views-row, main .view-content .views-row, #block-system-main .node-teaser, "
            "#content .view-content tbody tr"
        ),
        link=".views-field-title a[href], .field-name-title a[href], h2 a[href], h3 a[href], h4 a[href], a[href]",
        title=".views-field-title, .field-name-title, h2, h3, h4",
        published=(
            ".date-display-single, .views-field-created, .views-field-field-date, .field-name-post-date, .submitted, time, .date"
        ),
        summary=".views-field-body, .field-name-body, .field-name-field-summary",
        next=".pager-next a, li.next a",
    ),
    article=ArticleSelectors(
        headline="h1#page-title, h1.page-title, h1.page__title, h1.page-header, .pane-node-title h1, .node h1, h1.title",
        published=(
            ".node .field-type-datetime .date-display-single, .field-type-datetime .date-display-single, .field-name-field-date, "
            ".field-name-post-date, .pane-node-created, .node .submitted, .date-display-single"
        ),
        lede=".node .field-name-field-summary, .node .field-name-field-subtitle, .field-name-field-lead, .field-name-field-teaser",
        body=(
            ".node .field-name-body, .pane-node-body, .field-name-body, #block-system-main .field-name-field-body, "
            "#block-system-main .node .content"
        ),
        authors=".field-name-field-author, .field-name-field-byline",
        tags=".field-name-field-tags a, .field-type-taxonomy-term-reference a",
        attachments=".node .file a[href], .field-type-file a[href], .field-name-field-attachments a[href]",
        related=".field-name-field-related a[href], .field-name-field-related-content a[href]",
        drop=(
            "h1, .submitted, .links.inline, .field-type-taxonomy-term-reference, .field-type-file, .field-name-field-related, "
            ".field-type-datetime, .field-name-field-summary, .service-links, .element-invisible"
        ),
    ),
    midnight_is_day=True,
    image_sizes=IMAGE_SIZES,
    loose=True,
)
