"""Drupal 8 and later, whatever its theme: ministries on all continents."""

from __future__ import annotations

from scrapers.layouts.layout import Layout
from scrapers.sources import ArticleSelectors, ListingSelectors

IMAGE_SIZES = r"(?<=/)styles/[\w-]+/public/|(?:(?<=\.jpg)|(?<=\.png)|(?<=\.jpeg))(?:\.webp)?\?itok=[\w-]+$"

LAYOUT = Layout(
    name="drupal",
    signs=(
        ".dialog-off-canvas-main-canvas",
        ".field--name-body",
        ".field--name-title",
        ".node__content",
        ".block-page-title-block",
        ".block-system-main-block",
        ".pager__item--next",
        "meta[content^='Drupal 8'], meta[content^='Drupal 9'], meta[content^='Drupal 1']",
    ),
    listing=ListingSelectors(
        row=(
            ".block-system-main-block .views-row, main .view-content .views-row, .region-content .view-content .views-row, "
            "main .view-content article.node, .block-system-main-block .view-content tbody tr"
        ),
        link=(
            ".views-field-title a[href], .field--name-title a[href], .node__title a[href], h2 a[href], h3 a[href], h4 a[href], "
            "a[href]"
        ),
        title=".views-field-title, .field--name-title, .node__title, h2, h3, h4",
        published=(
            "time, .views-field-created, .views-field-field-date, .views-field-field-publish-date, .field--type-datetime, "
            ".field--name-created, .date"
        ),
        summary=".views-field-body, .field--name-body, .field--name-field-summary, .views-field-field-summary",
        next=".pager__item--next a, .pager-next a, .pager__next a",
    ),
    article=ArticleSelectors(
        headline=(
            "h1.page-title, h1.page-header, .block-page-title-block h1, .block-core-page-title-block h1, h1 .field--name-title, "
            "h1.node__title, .node--view-mode-full h1"
        ),
        section=".node--view-mode-full .field--name-field-news-type, .node--view-mode-full .field--name-field-type",
        published=(
            ".field--name-field-publish-date time, .field--name-field-published-date time, .field--name-field-publication-date time, "
            ".field--name-field-release-date time, .field--name-field-news-date time, .field--name-field-date time, "
            ".node--view-mode-full .field--type-datetime time, .node__content > .field--type-datetime time, .node-date time, "
            ".field--name-published-at time, .field--name-created time, .field--name-created, .node__meta time, .node__submitted time"
        ),
        modified=".node-updated-date, .field--name-changed time, .field--name-changed, .field--name-field-last-updated time",
        lede=(
            ".node--view-mode-full .field--name-field-summary, .node--view-mode-full .field--name-field-lead, "
            ".node--view-mode-full .field--name-field-teaser, .node--view-mode-full .field--name-field-intro, "
            ".node--view-mode-full .field--name-field-subtitle"
        ),
        body=(
            ".node--view-mode-full .field--name-body, article .field--name-body, .node__content .field--name-body, "
            ".block-field-blocknodenewsbody, .field_body, .node--view-mode-full .node__content, "
            ".block-system-main-block .field--name-body, .block-system-main-block article .node__content"
        ),
        authors=".field--name-field-author, .field--name-field-byline, .field--name-field-authors .field__item",
        tags=".field--name-field-tags a, .field--name-field-topics a, .field--name-field-topic a, .field--name-field-keywords a",
        attachments=(
            ".node__content .file a[href], article .file a[href], .field--type-file a[href], .field--name-field-media-document a[href]"
        ),
        related=".field--name-field-related a[href], .field--name-field-related-content a[href], .field--name-field-related-news a[href]",
        drop=(
            "h1, .field--type-datetime, .field--name-created, .field--name-field-tags, .field--name-field-topics, .node__links, "
            ".node__meta, .node__submitted, .field--type-file, .field--name-field-related, .field--name-field-related-content, "
            ".field--name-field-summary, .links.inline, .contextual, .field--name-field-author, .visually-hidden"
        ),
    ),
    image_sizes=IMAGE_SIZES,
    loose=True,
)
