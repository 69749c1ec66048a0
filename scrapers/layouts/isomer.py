"""Isomer, the site builder of Singapore's government, and gov.sg."""

from __future__ import annotations

from scrapers.layouts.layout import Layout
from scrapers.sources import ArticleSelectors, ListingSelectors

LAYOUT = Layout(
    name="isomer",
    signs=(
        ".bp-section-pagetitle",
        ".bp-section .bp-container",
        ".banner-content__title",
        ".banner-content__published",
        "a.is-media-card",
    ),
    listing=ListingSelectors(
        row=".article-item, a.is-media-card, .bp-container .is-media-card, .resource-item, .bp-section .card",
        link=".article-item__title a[href], h3 a[href], h4 a[href], h5 a[href], a[href]",
        title=".article-item__title, .media-card-title, .title, h3, h4, h5",
        published=".article-item__published, .article-item__date, .media-card-date, small, .description",
        summary=".article-item__description, .media-card-description",
        next="a.pagination-link.next, .bp-pagination .next a, .pagination .next a, a.pagination-next",
    ),
    article=ArticleSelectors(
        headline=".banner-content__title, .bp-section-pagetitle h1",
        section=".bp-section-pagetitle .bp-breadcrumb li:last-child a, .banner-content__category",
        published=".banner-content__published, .bp-section-pagetitle .date, .bp-section .post-date, .bp-section .content-date",
        lede=".banner-content__description, .bp-section-pagetitle .description",
        body=".bp-section-pagetitle ~ .bp-section .content, .bp-section .content, #readable .js-progress, #readable",
        authors=".banner-content__author",
        tags=".banner-content__tags a",
        attachments=".bp-section .resource-files a",
        related=".related-articles a",
        drop=".related-articles, .bp-share, .sharing, .bp-breadcrumb",
    ),
    timezone="Asia/Singapore",
    loose=True,
)
