"""Canada.ca and other websites of the Government of Canada: GCWeb on the Web Experience Toolkit, most of them in AEM."""

from __future__ import annotations

from scrapers.layouts.layout import Layout
from scrapers.sources import ArticleSelectors, ListingSelectors

LAYOUT = Layout(
    name="gcweb",
    signs=(
        "#wb-dtmd",
        "h1#wb-cont",
        ".gcweb-menu",
        ".gcweb-v2",
        ".gc-byline",
        ".mwsgeneric-base-html",
    ),
    listing=ListingSelectors(
        row="main article.item, main .item, .gc-nws-item, main .wb-filter article, main .feeds-cont li",
        link="h3 a[href], .h5 a[href], h4 a[href], a[href]",
        title="h3, .h5, h4",
        published="time, .gc-nws-dt, p",
        summary="p + p",
        next="a[rel=next], .pagination .next a",
    ),
    article=ArticleSelectors(
        headline="h1#wb-cont, h1[property=name]",
        section=".gc-byline + h2, .gc-byline + div > h2:first-child, .gc-subtitle, #wb-bc li:last-child a, .breadcrumb li:last-child a",
        published="meta[name='dcterms.issued'], time[property=datePublished], .gc-nws-dt",
        modified="#wb-dtmd time, time[property=dateModified]",
        body=(
            "main[property=mainContentOfPage] .news-body, "
            "main[property=mainContentOfPage] > .container, main[property=mainContentOfPage], main"
        ),
        authors=".gc-byline a, .gc-byline",
        attachments="a.gc-dwnld-lnk",
        related=".gc-rltd a[href]",
        drop=(
            "#wb-cont, .gc-byline, .gc-byline + h2, .gc-byline + div > h2:first-child, .pagedetails, #wb-dtmd, .gc-pg-hlpfl, .wb-share, .gc-dwnld, .gc-subway, "
            ".gc-toc, .provisional, .gc-prtts, .gc-followus, .gc-contributors, .experiencefragment"
        ),
    ),
    loose=True,
)
