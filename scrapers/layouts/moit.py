"""The system that Việt Nam's industry and education ministries share, and others of its vendor."""

from __future__ import annotations

from scrapers.layouts.layout import Layout
from scrapers.sources import ArticleSelectors, ListingSelectors

LAYOUT = Layout(
    name="moit",
    signs=(".article-brief", ".article-detail .article-content ~ .article-author"),
    listing=ListingSelectors(
        row=".article-item, .article-list article, .article-list li, article.article",
        link="a.article-title[href], .article-title a[href]",
        title=".article-title",
        published=".article-date, .article-time, time",
        summary=".article-brief, .article-desc",
        next=".pagination a.next, a.next",
    ),
    article=ArticleSelectors(
        headline="h1.article-title, .article-detail .article-title, .article-detail h1",
        section=".breadcrumb li:last-child a, .breadcrumb a:last-child, .article-category a",
        published=".article-detail .article-date, .article-meta .article-date, .article-date, .article-meta time, .article-time",
        lede=".article-detail .article-brief, .article-brief, .article-summary",
        body=".article-detail .article-content, .article-content",
        authors=".article-detail .article-author, .article-author",
        origin=".article-detail .article-source, .article-source",
        tags=".article-tags a",
        attachments=".article-attachments a, .article-files a",
        related=".article-related a.article-title, .article-related a",
        drop=".article-brief, .article-related, .article-tags, .article-author, .article-source, .article-share",
    ),
    meta_order="dmy",
    loose=True,
)
