"""News portlets that VNPT and EcoIT put into Liferay for ministries and agencies in Việt Nam."""

from __future__ import annotations

from scrapers.layouts.layout import Layout
from scrapers.sources import ArticleSelectors, ListingSelectors

LAYOUT = Layout(
    name="vnpt",
    signs=(
        "#testabc h1",
        "[id*='vnpteportalnewsportlet']",
        "[id*='CmsViewEcoITportlet']",
    ),
    listing=ListingSelectors(
        row=(
            "[id*='vnpteportalnewsportlet'] .item, [id*='vnpteportalnewsportlet'] li, [id*='vnpteportalnewsportlet'] .news-item, "
            "[id*='CmsViewTinTrangChuyenMuc'] article, [id*='CmsViewTinTrangChuyenMuc'] li"
        ),
        link="h2 a[href], h3 a[href], h4 a[href], a.title[href]",
        title="h2, h3, h4, a.title",
        published=".date, .time, .ngaydang, [class*=date], time",
        summary=".sapo, .summary, .description, p",
        next=(
            "[id$='ocerSearchContainerPageIterator'] li:nth-child(3):not(.disabled) a[href^='http'], "
            ".lfr-pagination-buttons li:nth-child(3):not(.disabled) a[href^='http']"
        ),
    ),
    article=ArticleSelectors(
        headline="#testabc h1, [id*='CmsViewChiTietBaiViet'] article h1, #contentnews h1",
        section="[id*='CmsViewChiTietBaiViet'] header a, .breadcrumb li:last-child a, .breadcrumb li:last-child",
        published=(
            "#testabc > div:first-child > p, #testabc .date, [id*='CmsViewChiTietBaiViet'] article > p:first-of-type, #contentnews .date"
        ),
        lede="#testabc > p strong, #testabc > p, #testabc .sapo, #change_font_size",
        body="#testabc > div:nth-of-type(2), #testabc .content, [id*='CmsViewChiTietBaiViet'] #contentnews, #contentnews",
        authors="#testabc .author, #testabc .tacgia, [id*='CmsViewChiTietBaiViet'] .author",
        origin="#testabc .source, #testabc .nguon",
        tags="#testabc .tags a, .tags-list a",
        attachments="#testabc .file-attach a, .file-dinh-kem a",
        related="[id*='vnpteportal'] .tin-lien-quan a, .tin-lien-quan a, .other-news a",
        drop=".tin-lien-quan, .other-news, .tags, .author, .tacgia, .source, .social, #change_font_size",
    ),
    meta_order="dmy",
    timezone="Asia/Ho_Chi_Minh",
)
