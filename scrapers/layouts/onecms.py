"""OneCMS, the newspaper system of NEKO: the environment ministry's paper and a dozen others in Việt Nam."""

from __future__ import annotations

from scrapers.layouts.layout import Layout
from scrapers.sources import ArticleSelectors, ListingSelectors

LAYOUT = Layout(
    name="onecms",
    signs=(
        ".onecms_load_view",
        ".onecms__loading",
        ".c-detail-head__title",
        ".sc-longform-header-title",
        ".block-sc-title",
        "meta[content*='.1cdn.vn/']",
        "img[src*='.1cdn.vn/'], img[data-src*='.1cdn.vn/']",
    ),
    listing=ListingSelectors(
        # The same rows fill sidebars, related boxes and the footer; only the main column is the listing.
        row=".l-main .b-grid, .onecms__loading .b-grid",
        link=".b-grid__title a[href], .b-grid__img a[href]",
        title=".b-grid__title",
        published=".b-grid__time, .c-time-count span[datetime]",
        summary=".b-grid__desc",
        next=".c-paging a[rel=next], .c-paging .next a, .onecms__loadmore a[href]",
        skip=".b-grid__ad, .b-grid__radio, .c-related-posts, .c-topic-info-tabs__pane",
    ),
    article=ArticleSelectors(
        headline="h1.sc-longform-header-title, .block-sc-title, h1.c-detail-head__title, .c-detail-head__title",
        kicker=".sc-longform-header-cate, .block-sc-cate-name",
        section=".breadcrumb-item.active, ol.breadcrumb li:last-child, .block-sc-cate-name",
        published=".block-sc-publish-time, .sc-longform-header-date, .c-detail-head__time",
        lede=(
            ".sc-longform-header-sapo, .block-sc-sapo, .b-maincontent p.Headlines, p.Headlines, b.fixh22, "
            ".b-maincontent h2.desc, .b-maincontent p.desc, .mota h2, .c-news-detail h2.desc"
        ),
        body=".b-maincontent article.entry, article.entry, .c-news-detail .entry, .content-main-normal, .b-maincontent .entry",
        authors=(
            ".block-sc-author, .sc-longform-header-author, .c-longform-header-author, "
            ".c-detail-head__author, .c-detail-head__cat"
        ),
        origin=".js-source-copy",
        tags=".c-tags a, .onecms__tags a",
        related=".c-related-posts .b-grid__title a",
        comments=".c-comments__count, .onecms__comments-count, .c-comments .c-box__title__name, .c-comments",
        drop=(
            ".c-box, .oneads, [id^='zone-'], .ads_after_sapo_mb, .ads_after_sapo_pc, .sc-empty-layer, .sc-longform-header, "
            ".c-share-scroll, .c-related-posts, .c-author-page, .c-comments, .c-tags, .onecms__tags, .c-widget-tags, "
            "p.Headlines, b.fixh22, h2.desc, p.desc, .mota"
        ),
    ),
    meta_order="mdy",
    timezone="Asia/Ho_Chi_Minh",
    image_sizes=r"(?<=\.1cdn\.vn)/thumbs/\d+x\d+",
)
