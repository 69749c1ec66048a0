"""Websites in the design system of the United States' government: agencies, departments and several states."""

from __future__ import annotations

from scrapers.layouts.layout import Layout
from scrapers.sources import ArticleSelectors, ListingSelectors

LAYOUT = Layout(
    name="uswds",
    signs=(
        ".usa-banner__header",
        ".usa-header",
        ".usa-identifier",
        ".usa-collection__heading",
        ".usa-prose",
        ".usa-layout-docs__main",
        ".usa-pagination__next-page",
    ),
    listing=ListingSelectors(
        row=".usa-collection__item",
        link=".usa-collection__heading a[href], a[href]",
        title=".usa-collection__heading",
        published=".usa-collection__meta time, .usa-collection__calendar-date time, .usa-collection__meta-item, time",
        summary=".usa-collection__description",
        next="a.usa-pagination__next-page, .usa-pagination__next-page a",
    ),
    article=ArticleSelectors(
        headline="main h1, #main-content h1, .usa-prose h1",
        section=".usa-breadcrumb__list-item:nth-last-child(2) a",
        published="article header time, main header time, .usa-prose > time, .usa-prose > p > time, article > time",
        lede="main .usa-intro",
        body="article .usa-prose, main .usa-prose, .usa-prose, .usa-layout-docs__main",
        tags="article .usa-tag",
        related=".usa-collection__heading a[href]",
        drop=(
            "h1, .usa-collection, .usa-breadcrumb, .usa-in-page-nav, .usa-social-link, .usa-button-group, .usa-summary-box, "
            ".usa-tag, .usa-pagination"
        ),
    ),
    loose=True,
)
