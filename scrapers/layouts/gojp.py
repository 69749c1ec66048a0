"""Static press pages of Japan's ministries: health, agriculture and its agencies, land, environment, education."""

from __future__ import annotations

from scrapers.layouts.layout import Layout
from scrapers.sources import ArticleSelectors, ListingSelectors

LAYOUT = Layout(
    name="gojp",
    signs=(
        ".m-boxInfo__date",
        ".m-hdgLv1__hdg",
        ".m-listNews",
        ".content_utility-date",
        "dl.list_item dd a",
        ".titleInner h2.title",
        ".p-press-release-material",
        "#contentsMain > p.right",
        ".linkPress02",
        "p.date.mb20",
    ),
    listing=ListingSelectors(
        # Elsewhere a day heads several rows ("dt" before "dd"), which the general reader tells.
        row=".m-listNews li",
        link="a[href]",
        title=".m-link, .m-listNews__title",
        published="time, .m-listNews__date, .date",
        next=".m-pager__next a, .pager .next a, a[rel=next]",
    ),
    article=ArticleSelectors(
        headline="h1.m-hdgLv1__hdg, .m-hdgLv1 h1, .titleInner h2.title, .content_utility ~ h1, #main_content h1, .content h1",
        section=".m-navBreadcrumb li:nth-last-child(2) a, #topic_path li:nth-last-child(2) a, .breadcrumb li:nth-last-child(2) a",
        published=".m-boxInfo__date time, .m-boxInfo__date, .content_utility-date, p.date.mb20, .clearfix > p.date, #contentsMain > p.right",
        body=(
            ".l-contentMain .m-grid__col1, .m-grid__col1, .content_utility ~ .content, #main_content .content, div.content, "
            ".p-press-release-material, #contentsMain, .l-contentMain, "
            ".section > .clearfix, .section"
        ),
        attachments="a[data-icon=pdf], a[data-icon=excel], a[data-icon=word], .section .file a",
        related=".m-boxRelated a, .relation_link a",
        drop=(
            ".m-boxInfo, .m-boxReader, .m-txtM, .m-hdgLv1, #contentsMain > p.right, .content_utility, .content_utility-date, p.date, .boxReader, .getAdobe, .contact_form, "
            ".m-boxRelated, .pageTop, .totop"
        ),
    ),
    timezone="Asia/Tokyo",
    loose=True,
)
