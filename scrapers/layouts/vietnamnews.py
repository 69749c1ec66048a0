"""The system of VNS: the press centre of Hồ Chí Minh City, the Diplomatic Academy, Việt Nam News."""

from __future__ import annotations

from scrapers.layouts.layout import Layout
from scrapers.sources import ArticleSelectors, ListingSelectors

LAYOUT = Layout(
    name="vietnamnews",
    signs=(
        "h1.detail__title ~ .detail__content",
        "h1.detail__title ~ .detail__meta",
        ".detail__summary ~ .detail__content",
    ),
    listing=ListingSelectors(
        row="article.story, .story",
        link=".story__title > a[href], .story__title a[href]",
        title=".story__title",
        published=".story__meta time, .story__time, .story__meta",
        summary=".story__summary",
        next=".pagination a[rel=next], .pagination .active + li a, .paging .active + a, .pagination a.next",
    ),
    article=ArticleSelectors(
        headline="h1.detail__title",
        section=".breadcrumb li:last-child a, .breadcrumb li.active, .detail__category a",
        published=".detail__meta time, .detail__meta .datetime, .detail__meta",
        lede=".detail__summary",
        body=".detail__content",
        authors=".detail__author",
        origin=".detail__source",
        tags=".detail__tags a",
        attachments=".detail__files a",
        related=".detail__related a, .related-news .story__title a",
        drop=".detail__related, .related-news, .detail__author, .detail__tags, .detail__summary, .detail__source, .banner",
    ),
    timezone="Asia/Ho_Chi_Minh",
    # Others may use such plain names.
    loose=True,
)
