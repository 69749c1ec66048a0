"""SharePoint as TANDAN and others built it for ministries in Việt Nam: transport, science, planning, justice, security …

Ids of web parts hold a GUID that differs on every website, so only their ends tell anything.
"""

from __future__ import annotations

from scrapers.layouts.layout import Layout
from scrapers.sources import ArticleSelectors, ListingSelectors

LAYOUT = Layout(
    name="tandan",
    signs=(
        ".tandan-p-article-news-title",
        ".tandan-span-date-publish",
        ".tandan-p-article-news-content",
        "#divArticleDescription",
        "#divArticleDescription2",
        "#divArticleContent",
        ".News_Detail_Title",
        ".News_Time_Post",
        ".H3_iTem_ListNews",
        ".listnews_item_title",
        ".channel-news-title",
        "#contenttin",
        "#anhnoidungdetail",
        "#news-des",
        "[id*='_g_'] .content-news",
        "[id*='_g_'][id$='_pnListNews']",
        "[id*='_g_'][id$='_pnNguontin']",
        "[id*='_g_'][id$='_PhanTrang_D']",
    ),
    listing=ListingSelectors(
        row=(
            "[id$='_pnListNews'] li, .listnews_item, .channel-news-item, .channel-news, "
            "[id$='_pnListNews'] .item, .tandan-div-article-item"
        ),
        link=(
            ".listnews_item_title a[href], .channel-news-title a[href], a.channel-news-title, .tandan-p-article-title a[href], "
            "h3 a[href], h2 a[href], a[href*='.aspx'], a[href]"
        ),
        title=".listnews_item_title, .channel-news-title, .tandan-p-article-title, h3, h2",
        published=".News_Time_Post, .tandan-span-date-publish, .date, .time, [class*=date], [class*=Time]",
        summary=".listnews_item_sapo, .channel-news-summary, .tandan-p-article-summary, .sapo, .summary, p",
        next="span.CurrentPage + a, [id$='_PhanTrang_D'] .active + li a, [id$='_PhanTrang_D'] span + a, .Paging span + a",
    ),
    article=ArticleSelectors(
        headline=(
            ".tandan-p-article-news-title, #divArticleDescription3 h1, h1.News_Detail_Title, .News_Detail_Title, "
            "#news_content h1, #news-title, #txtTitle, [id*='_g_'] .content-news h1, [id*='_g_']:has(#divArticleDescription) h1, "
            "[id*='_g_']:has(#contenttin) h1, [id*='_g_']:has(#anhnoidungdetail) h1"
        ),
        section=".breadcrumb li:last-child a, .tandan-breadcrumb a:last-child, [id$='_pnChuyenMuc'] a, .News_Detail_Cate a",
        published=(
            ".tandan-span-date-publish, .News_Time_Post, [id$='_pnHide'] span, #txtDateString, #news_content .date, "
            ".content-news > span, .content-news > div > span"
        ),
        lede=".tandan-p-article-news-summary, #divArticleDescription1, #news_content #divArticleDescription, #news-des, [id*='_g_'] .sapo",
        body=(
            ".tandan-p-article-news-content, .tandan-p-article-main, #divArticleDescription2, #divArticleContent, #news-detail, "
            "#contenttin, #anhnoidungdetail, [id*='_g_'] .content-news, #divArticleDescription, [id$='__ControlWrapper_RichHtmlField'], "
            "[id*='_g_'] .article-contents, .article-contents"
        ),
        authors=".tandan-p-article-author, .Author_Write_TG, .tacgia, [id$='_pnTacgia'], [id*='_g_'] .author",
        origin="[id$='_pnNguontin'], .tandan-p-article-source",
        tags=".td-tags a, #Tags a, [id$='_pnTags'] a",
        attachments="[id$='_pnFile'] a, .tandan-div-article-file a, .filedinhkem a",
        related=".tandan-div-article-other a, [id$='_pnTinlienquan'] a, .tinlienquan a, .tin-khac a",
        drop=(
            ".tandan-div-article-other, .tandan-p-article-news-summary, .social-share, [id$='_pnTinlienquan'], .tinlienquan, "
            ".tin-khac, .Author_Write_TG, .tacgia, [id$='_pnNguontin']"
        ),
    ),
    meta_order="dmy",
    timezone="Asia/Ho_Chi_Minh",
)
