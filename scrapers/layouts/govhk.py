"""The Government of Hong Kong: news.gov.hk and the press releases that all departments publish through info.gov.hk."""

from __future__ import annotations

from scrapers.layouts.layout import Layout
from scrapers.sources import ArticleSelectors, ListingSelectors

LAYOUT = Layout(
    name="govhk",
    signs=(
        "#PRHeadlineSpan",
        "#PRHeadline",
        "#pressrelease",
        ".newsdetail-content",
        "a.card-pager-next",
    ),
    listing=ListingSelectors(
        row="ul.item-list > li, .item-list li, .contentBody ul.list_PR > li, #contentBody li",
        link="a[href]",
        title=".news-title, .item-title",
        published=".news-date, .date, time",
        summary=".news-summary, .item-summary",
        next="a.card-pager-next, .card-pager a.next",
    ),
    article=ArticleSelectors(
        headline="#PRHeadlineSpan, #PRHeadline, h1.news-title",
        section=".breadcrumb li:last-child a, .news-category",
        published=".news-date, .prDate, #contentBody .controlDisplay ~ .mB15",
        body=".newsdetail-content, #pressrelease",
        attachments="#contentBody .attachment a, .newsdetail-attachments a",
        related=".newsdetail-related a, .related-news a",
        drop=".newsdetail-related, .related-news, .share, .newsdetail-tools",
    ),
    timezone="Asia/Hong_Kong",
)
