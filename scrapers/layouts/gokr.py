"""Boards of Korean government websites ("보도자료"): those built on the state's eGovFrame, K2Web, and the "bbs--view" kind."""

from __future__ import annotations

from scrapers.layouts.layout import Layout
from scrapers.sources import ArticleSelectors, ListingSelectors

LAYOUT = Layout(
    name="gokr",
    signs=(
        ".board_view",
        ".bbs_view",
        ".artclView",
        ".artclTable",
        ".bbs--view--tit",
        ".bbs--view--content",
        ".board_view_contents",
        ".bbs_view_content",
        "#bbs_view_content",
        ".board_pager",
        ".board_list td.subject",
        ".board_list .txt_left a",
        ".bbs_list td.subject",
        "ul.board_list > li",
    ),
    listing=ListingSelectors(
        row=".artclTable tbody tr, .board_list tbody tr, .bbs_list tbody tr, ul.board_list > li, .board_report > li, .board-list tbody tr",
        link="a.artclLinkView[href], td.subject a[href], td.title a[href], .txt_left a[href], a.title[href], .subject a[href], a[href]",
        title="a.artclLinkView, td.subject a, td.title a, .txt_left a, a.title, .subject, .tit",
        published="._artclTdRdate, td.date, .date, .regDate, .reg_date, td.reg_date, .day, td",
        next="._paging a._next, .board_pager a.next, .pagination a.next, .paging a.next, a[class='arr next']",
        skip=".notice_fixed",
    ),
    article=ArticleSelectors(
        headline=(
            ".artclViewTitle, .bbs--view--tit, "
            ".board_view h2.title, .board_view .view_title, .board_view .title, .board_view .tit, .board_view .subject, "
            ".bbs_view .view_title, .bbs_view .title, .bbs_view .tit, .bbs_view .subject, .sub_top_view .tit, .view_title, .board_view h3"
        ),
        section=".location li:last-child a, .location .now, #location li:last-child",
        published=(
            ".artclViewHead dl:nth-child(2) dd, .artclViewHead dd, .bbs--view--header .date, "
            ".board_view .date span, .board_view .date, .board_view .regDate, .board_view .reg_date, .bbs_view .date, "
            ".view_info .date, .view_info li.date"
        ),
        body=(
            ".artclView, .bbs--view--content, "
            ".board_view .contents, .board_view .view_con, .board_view .view_cont, .board_view_contents, .board_view .board_con, "
            ".board_view .view_content, .bbs_view_content, #bbs_view_content, .bbs_view .view_con, .bbs_view .contents, "
            ".view_con, .view_cont, .bbs_content"
        ),
        authors=".bbs--view--header .writer, .board_view .writer span, .board_view .writer, .view_info .writer, .board_view .name",
        attachments=".artclInsert a, .bbs--view--file a, .board_view .file a, .view_file a, .board_file a, .file_list a, .bbs_view .file a, .attach_file a",
        tags=".board_view .tag a, .view_tag a",
        related=".board_view .related a",
        drop=".view_file, .file_list, .sns, .copyright_mark, .kogl, .opencode, .view_info, .board_btn, .btn_area, .view_nav, .prev_next",
    ),
    timezone="Asia/Seoul",
    loose=True,
)
