"""The ``cms-*`` family of Hemera: Nhân Dân, TTXVN's papers, SGGP and others in Việt Nam."""

from __future__ import annotations

from scrapers.layouts.layout import Layout
from scrapers.sources import ArticleSelectors, ListingSelectors

LAYOUT = Layout(
    name="hemera",
    signs=(
        ".cms-body",
        ".zce-content-body",
        "h1.cms-title",
        ".story__heading .cms-link",
        ".story .cms-link",
        ".cms-photo",
    ),
    listing=ListingSelectors(
        row=".zone--timeline .story, article.story, .story",
        link=".story__heading a[href], .story__title a[href], .story__thumb a[href]",
        title=".story__heading, .story__title",
        published=".story__meta time, time, .story__time",
        summary=".story__summary, .story__sapo",
        next=".pagination a[rel=next], .pagination .next a, .pagination a.next",
        skip=".story--ads, [data-source=related-news], [data-source=advertorial]",
    ),
    article=ArticleSelectors(
        headline="h1.cms-title, .cms-title, .article__title, .article__header, .details__headline",
        kicker=".article__kicker, .article__sub-title",
        section=".breadcrumbs .main-cate, .breadcrumbs li:last-child, .breadcrumb .main, .article__breadcrumb .main-cate",
        published=(
            ".article__meta time, .article-meta time, time.time, .article__header time, .cms-date, .byline-dateline time, "
            ".article__meta .time, .date-created"
        ),
        lede=".article__sapo, .article-sapo, .details__summary, .cms-desc, .sapo",
        body=".article__body.cms-body, .cms-body, .zce-content-body, #article-body, .article-body, .item-container .item-content",
        authors=".article__meta .cms-author, .article__author .cms-author, .cms-author, .article__author .name, p.author",
        origin=".cms-source",
        tags=".article__tag .box-content a, .article__tag a, .article-tags a",
        related=(
            ".related-inline-story a, a.cms-relate, .article-relate a, .related-news .story__heading a, "
            "#related_article__list .story__heading a, .article__list .story__heading a"
        ),
        comments=".comment-count, .article__comment .count",
        drop=(
            ".ads_middle, [id^='adsWeb_'], [id^='adsMobile_'], .banner, .cms-relate, .article-relate, .related-inline-story, "
            ".related-news, .hidden-player, .tts-player, .article__sapo, .cms-desc, .article__tag, .article__meta"
        ),
    ),
    meta_order="dmy",
    timezone="Asia/Ho_Chi_Minh",
    image_sizes=r"(?<=/)(?:w\d+|\d+x\d+)/(?=Uploaded/)",
)
