"""Websites of Indonesia's ministries that agencies built with Bootstrap and Laravel: they name things in Indonesian."""

from __future__ import annotations

from scrapers.layouts.layout import Layout
from scrapers.sources import ArticleSelectors, ListingSelectors

LAYOUT = Layout(
    name="goid",
    signs=(
        "#detail-berita",
        ".detail-berita",
        ".berita-content",
        ".isi-berita",
        ".judul-berita",
        ".tanggal-berita",
        ".konten-berita",
        ".list-berita",
        ".berita-item",
        ".news-read",
        ".box-news-single",
    ),
    listing=ListingSelectors(
        row=".berita-item, .list-berita .item, .list-berita li, .list-berita .card, .card-berita",
        link=".judul-berita a[href], .card-title a[href], h2 a[href], h3 a[href], h4 a[href], h5 a[href], a[href]",
        title=".judul-berita, .card-title, h2, h3, h4, h5",
        published=".tanggal-berita, .post-date, .date, time, .tanggal, small",
        summary=".ringkasan, .card-text, p",
        next=".pagination a[rel=next], .page-item a[rel=next], li.next a, .page-item.active + .page-item a",
    ),
    article=ArticleSelectors(
        headline=".detail-berita h1, .detail-berita .judul-berita, h1.judul-berita, .judul-berita, .news-read h1, .news-read h2, #detail-berita h1",
        section=".breadcrumb li:nth-last-child(2) a, .kategori-berita a, .kategori-berita",
        published=".tanggal-berita, .detail-berita .post-date, .detail-berita .date, .news-read .date, .post-meta-date, .detail-berita time",
        lede=".ringkasan-berita, .detail-berita .ringkasan",
        body=".isi-berita, .konten-berita, .berita-content, #detail-berita .content, .box-news-single, .news-read, #detail-berita, .detail-berita",
        authors=".penulis-berita, .detail-berita .penulis, .detail-berita .author",
        origin=".sumber-berita",
        tags=".tag-berita a, .detail-berita .tags a",
        attachments=".lampiran-berita a, .lampiran a",
        related=".berita-terkait a, .berita-lainnya a",
        drop=".berita-terkait, .berita-lainnya, .tag-berita, .bagikan, .lampiran-berita, .penulis-berita, .tanggal-berita",
    ),
    meta_order="dmy",
    loose=True,
)
