"""Government websites of China: the meta elements all of them must state, and the texts of TRS, hanweb and their kind."""

from __future__ import annotations

from scrapers.layouts.layout import Layout
from scrapers.sources import ArticleSelectors, ListingSelectors

LAYOUT = Layout(
    name="govcn",
    signs=(
        "meta[name=ArticleTitle]",
        "meta[name=ContentSource]",
        "meta[name=ColumnName]",
        "meta[name=SiteIDCode]",
        ".TRS_Editor",
        ".trs_editor_view",
        "#UCAP-CONTENT",
        "#ivs_content",
        "#barrierfree_container",
        ".default_pgContainer",
    ),
    listing=ListingSelectors(
        # Lists bear no common names; those of hanweb stand in a container for its script.
        row=".default_pgContainer li",
        link="a[href]",
        published="span.date, .date, span.time, .time, span, em, i, b",
        next=".default_pgNext, a.next, .pagination .next a, .page a.nextpage, #pages a.next",
        skip=".crumbs, .nav",
    ),
    article=ArticleSelectors(
        headline="meta[name=ArticleTitle]",
        section="meta[name=ColumnName]",
        published="meta[name=PubDate]",
        body=(
            "#UCAP-CONTENT, .trs_editor_view, .TRS_Editor, .TRS_UEDITOR, #zoom, #Zoom, #ivs_content, #zoomcon, "
            "#BodyLabel, .pages_content, .article_con, .article-content, .bt_content, #fontzoom"
        ),
        authors="meta[name=Author]",
        origin="meta[name=ContentSource], .ly span, .source",
        tags="",
        attachments=".fujian a, .enclosure a, .appendix a, .attachment a",
        related=".xgyd a, .related a, .xglj a",
        drop=".share, .bdsharebuttonbox, .ewm, .dayin, .xgyd, .xglj, .editor, .bianji, .fontsize, #share, .sharebox",
    ),
    timezone="Asia/Shanghai",
)
