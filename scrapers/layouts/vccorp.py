"""VCCorp's IMS: the Government portal of Việt Nam, several ministries, and newspapers."""

from __future__ import annotations

from scrapers.layouts.layout import Layout
from scrapers.sources import ArticleSelectors, ListingSelectors

LAYOUT = Layout(
    name="vccorp",
    signs=(
        ".detail-content.afcbc-body",
        ".afcbc-body",
        "[data-role=publishdate]",
        ".VCSortableInPreviewMode",
        "h1.detail-title",
        ".article-body.cmscontents",
        ".box-category-item",
        "a[data-linktype=newsdetail]",
        "[id$=mainContent_bodyContent_lbHeadline]",
    ),
    listing=ListingSelectors(
        row=".box-category-item, .box-stream-item, .box-focus-item, a[data-linktype=newsdetail][data-type=title]",
        link=(
            "a[data-type=title], a.box-category-link-title, a.box-stream-link-title, a.box-link-title, .box-link-title a, "
            ".title-top a, h2 a, h3 a, h4 a, a[data-linktype=newsdetail], a[href]"
        ),
        title="a[data-type=title], .box-category-link-title, .box-stream-link-title, .box-link-title, .box-title-text, h2, h3, h4",
        published=".box-category-time, .box-time, .time-ago, .box-stream-time, .knc-time, time, [data-role=publishdate]",
        summary=".box-category-sapo, .box-stream-sapo, .box-sapo, [data-type=sapo], .sapo",
        next=".pagination a[rel=next], .pagination .next a, a.next, .pager .next a",
        skip=".box-category-ads, [data-boxtype=ads]",
    ),
    article=ArticleSelectors(
        headline="h1[data-role=title], h1.detail-title, .detail-title, .article-header h1, [id$=bodyContent_lbHeadline]",
        section="[data-role=cate-name], .detail-cate a, .breadcrumb li:last-child a",
        published=(
            "[data-role=publishdate], .detail-time, span.pdate, .article-header .date, .article-header p, "
            "[id$=bodyContent_lbDate]"
        ),
        lede="[data-role=sapo], .detail-sapo, h2.sapo, .article-body .summary, .summary",
        body=(
            "[data-role=content], .detail-content.afcbc-body, .afcbc-body, .detail-content, .article-body.cmscontents, "
            ".article-body, [id$=bodyContent_lbBody]"
        ),
        authors="[data-role=author], .author-info-top a, .detail-author",
        origin="[data-role=source], .detail-source",
        tags=".detail-tag-list a, .detail-tag a, [data-role=tags] a, .tags a",
        related=".VCSortableInPreviewMode[type=RelatedOneNews] a, .VCSortableInPreviewMode[type=RelatedNewsBox] a, .detail-related a",
        comments="[data-role=comment-count], .comment-count",
        drop=(
            ".VCSortableInPreviewMode[type=RelatedOneNews], .VCSortableInPreviewMode[type=RelatedNewsBox], "
            ".VCSortableInPreviewMode[type=Video] .video-ads, .link-content-footer, .detail-related, [data-role=sapo], "
            ".detail-sapo, .summary, .detail-tag, zone, [id^='admzone'], [id^='zone-'], .ads, .banner"
        ),
    ),
    meta_order="mdy",
    timezone="Asia/Ho_Chi_Minh",
    image_sizes=r"(?<=/)(?:zoom|thumb_w|thumb)/\d+(?:_\d+)?/",
    url_published=r"-\d{3}(?P<y>\d\d)(?P<m>\d\d)(?P<d>\d\d)(?P<H>\d\d)(?P<M>\d\d)(?P<S>\d\d)\d+\.htm",
)
