"""Isomer, the site builder of Singapore's government, on Jekyll and on Next.js, and gov.sg."""

from __future__ import annotations

from scrapers.layouts.layout import Layout
from scrapers.sources import ArticleSelectors, ListingSelectors

LAYOUT = Layout(
    name="isomer",
    signs=(
        ".bp-section-pagetitle",
        ".bp-section .bp-container",
        "h1.prose-display-md",
        "a.prose-title-md-semibold",
        ".banner-content__title",
        ".banner-content__published",
        "a.is-media-card",
    ),
    listing=ListingSelectors(
        row=".resource-card-element, a.is-media-card, div.border-divider-medium, .article-item",
        link="a.is-media-card[href], a.prose-title-md-semibold[href], .article-item__title a[href], h3 a[href], a[href]",
        title=".media-card-plain h5, .media-card-plain h4, a.prose-title-md-semibold, .article-item__title, h3",
        # The first small line of a card is its category.
        published=".description small, .prose-label-md-regular, .article-item__published, .article-item__date",
        summary=".prose-body-base, .article-item__description",
        next="a.pagination-link.next, .pagination .next a, a.pagination-next",
    ),
    article=ArticleSelectors(
        headline=(
            ".banner-content__title, h1.prose-display-md, .bp-section-pagetitle h1, .bp-section.bg-secondary h1.has-text-white"
        ),
        section=".bp-breadcrumb li:nth-last-child(2) a, div.prose-body-base.mb-3.text-base-content, .banner-content__category",
        published=(
            ".banner-content__published, div.flex-col.gap-5 > p.prose-label-sm-medium, "
            ".bg-secondary .col > small.has-text-white, .bg-secondary .col > p.has-text-white, .bp-section-pagetitle .date"
        ),
        lede=".prose-title-lg-regular, .banner-content__description",
        body=(
            "div.w-full.overflow-x-auto.break-words, .bp-section-pagetitle ~ .bp-section .content, .bp-section .content, "
            "#readable .js-progress, #readable"
        ),
        authors=".banner-content__author",
        tags=".banner-content__tags a",
        attachments=".bp-section .resource-files a",
        related=".related-articles a",
        drop=".related-articles, .bp-share, .sharing, .bp-breadcrumb",
    ),
    timezone="Asia/Singapore",
    loose=True,
)
