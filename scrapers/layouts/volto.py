"""Volto, the front of Plone 6: ministries and cities whose pages are made of blocks."""

from __future__ import annotations

from scrapers.layouts.layout import Layout
from scrapers.sources import ArticleSelectors, ListingSelectors

LAYOUT = Layout(
    name="volto",
    signs=(
        "#page-document",
        "body.public-ui",
        ".view-wrapper.newsitem-view",
        ".block.listing .listing-item",
    ),
    listing=ListingSelectors(
        row=".block.listing .listing-item, .listing-item, .block.listing article",
        link=".listing-body a[href], h3 a[href], h2 a[href], a[href]",
        title=".listing-body h3, .listing-body h4, .listing-body h2, h2, h3, .title",
        published=".listing-date, time, .date, .effective, [class*=date]",
        summary=".listing-body p, .description",
        next=(
            ".ui.pagination a[aria-label='Next item'], .pagination a[aria-label='Next item'], .ui.pagination a[type=nextItem], "
            ".pagination a.next"
        ),
    ),
    article=ArticleSelectors(
        headline="#page-document h1.documentFirstHeading, h1.documentFirstHeading, #page-document h1, .block.title h1",
        kicker="#page-document .head-title, .documentKicker",
        section=".ui.breadcrumb a.section:not(.home), .breadcrumbs .section a",
        published="#page-document .documentPublished, #page-document > time, #page-document .news-date, .block.title .date",
        lede="#page-document .documentDescription, .documentDescription",
        body="#page-document .blocks-group-wrapper, #page-document, .view-wrapper",
        authors=".documentAuthor",
        tags="#page-document .tags a, .ui.tags a, .tags .label",
        attachments="#page-document .block.file a, .attachments a",
        related=".related-items a",
        drop=(
            "h1.documentFirstHeading, .documentDescription, .block.listing, .block.toc, .tags, .related-items, .block.title, "
            ".documentPublished, .socials, .sharing-buttons"
        ),
    ),
    loose=True,
)
