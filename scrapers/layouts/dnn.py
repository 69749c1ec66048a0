"""DNN (DotNetNuke) with EasyDNNnews, and the WebForms news of its kind: agencies and provinces in Việt Nam and elsewhere."""

from __future__ import annotations

from scrapers.layouts.layout import Layout
from scrapers.sources import ArticleSelectors, ListingSelectors

LAYOUT = Layout(
    name="dnn",
    signs=(
        ".edn_articleDetails",
        ".edn_article",
        ".edn_articleTitle",
        "#divNewsDetails",
        "[id$='_newsContent']",
    ),
    listing=ListingSelectors(
        row=".edn_article, .news-list .content",
        link=".edn_articleTitle a[href], h2 a[href], h3 a[href], a[href]",
        title=".edn_articleTitle, h2, h3",
        published=".edn_metaDetails time, .edn_publishDate, .edn_metaDetails, .edn_date, .date",
        summary=".edn_articleSummary, .edn_articleSubTitle",
        next=".article_pager a.next, .article_pager a.active + a, .article_pager .active + a, .pagination .active + li a",
        skip=".edn_adModule",
    ),
    article=ArticleSelectors(
        headline=".edn_articleDetails .edn_articleTitle, h1.edn_articleTitle, .edn_articleTitle, [id$='_newsTitle']",
        kicker=".edn_articleDetails .edn_articleSubTitle",
        section=".edn_articleDetails .edn_categories a, .edn_metaDetails .edn_category a, .breadcrumb li:last-child a",
        published=".edn_articleDetails .edn_metaDetails time, .edn_metaDetails time, .edn_publishDate, [id$='_lblDate']",
        lede=".edn_articleDetails .edn_articleSummary, .edn_articleSummary, [id$='_newsContent']",
        body=".edn_articleDetails .edn_articleContent, .edn_articleContent, .edn_articleDetails, #divNewsDetails",
        authors=".edn_metaDetails .edn_author, .edn_authorName, .edn_articleAuthor, #divNewsDetails p.pull-right > span",
        origin="[id$='_lblNguonThongTin']",
        tags=".edn_articleTags a, .edn_tags a, .edn_tagsWrapper a",
        attachments=".edn_articleDocuments a, .edn_documents a",
        related=".edn_relatedArticles a, .edn_relatedArticle a",
        comments=".edn_commentCount, .edn_metaDetails .edn_comments",
        drop=(
            ".edn_articleTitle, .edn_articleSummary, .edn_metaDetails, .edn_relatedArticles, .edn_articleTags, .edn_tags, "
            ".edn_socialButtons, .edn_articleComments, .edn_articleDocuments, .edn_documents, p.pull-right"
        ),
    ),
)
