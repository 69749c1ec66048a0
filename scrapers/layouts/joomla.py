"""Joomla 2.5 to 5 with its own articles, Helix templates or K2: ministries from the Philippines and Malaysia to Latin America and Africa."""

from __future__ import annotations

from scrapers.layouts.layout import Layout
from scrapers.sources import ArticleSelectors, ListingSelectors

LAYOUT = Layout(
    name="joomla",
    signs=(
        ".com-content-article__body",
        ".itemView .itemTitle",
        ".catItemView .catItemTitle",
        ".article-details [itemprop=articleBody]",
        ".article-list .article .article-header",
        ".com-content-category-blog",
        ".com-content-category",
        ".item-page[itemtype]",
        ".item-page .article-info",
        ".item-page .page-header",
        ".item-page .article-info-term",
        ".item-page [itemprop=articleBody]",
        ".blog .items-leading",
        ".blog .items-row",
        ".blog-featured .items-row",
        "table.category .list-title",
        "table.com-content-category__table",
    ),
    listing=ListingSelectors(
        row=(
            ".com-content-category-blog__item, .blog-items .blog-item, .blog .items-leading > div, .blog .items-row .item, "
            ".blog-featured .items-leading > div, .blog-featured .items-row .item, .blog [itemprop=blogPost], "
            "table.category tbody tr, table.com-content-category__table tbody tr, .category-list tbody tr, "
            ".itemList .itemContainer, .article-list .article"
        ),
        link=(
            ".catItemTitle a[href], .article-header h2 a[href], .page-header h2 a[href], h2[itemprop=headline] a[href], [itemprop=headline] a[href], h2 a[href], h3 a[href], "
            ".list-title a[href], .item-title a[href], .readmore a[href]"
        ),
        title=".catItemTitle, .article-header h2, .page-header h2, [itemprop=headline], .item-title, .list-title a, h2, h3",
        published=(
            "dd.published time, .published time, time[itemprop=datePublished], dd.create time, .create time, .list-date, "
            "dd.published, dd.create, .create, .catItemDateCreated, time"
        ),
        summary=".catItemIntroText, .article-introtext, .item-content > p, [itemprop=description], p:not(.readmore)",
        next=(
            ".pagination-next a, .k2Pagination li.pagination-next a, .pagination a[aria-label='Go to next page'], .pagination a[rel=next], "
            ".pagination a.next, a.page-link[aria-label*=next]"
        ),
        skip=".items-more",
    ),
    article=ArticleSelectors(
        # A page header's h1 is the menu's words, often the section; the article's own title is the h2 below it.
        headline=(
            ".item-page h2[itemprop=headline], .item-page [itemprop=headline], .item-page .page-header h2, "
            ".item-page .article-header h1, .item-page .article-header h2, .item-page > h2, .item-page > header h2, "
            ".item-page .page-header h1, .item-page h1, .com-content-article h1, .itemView .itemTitle, .article-details .article-header h1, "
            ".article-details .article-header h2"
        ),
        section=".item-page .category-name a, .itemView .itemCategory a, .article-details .category-name a, .item-page .category-name, .breadcrumb li:nth-last-child(2) a",
        published=(
            ".item-page dd.published time, .item-page .published time, .item-page time[itemprop=datePublished], "
            ".item-page dd.published, .item-page .published, .item-page dd.create time, .item-page .create time, "
            ".item-page time[itemprop=dateCreated], .item-page .create, .itemView .itemDateCreated, .article-details .published time, "
            ".article-details .published"
        ),
        modified=".item-page dd.modified time, .item-page time[itemprop=dateModified], .item-page dd.modified",
        body=(
            ".com-content-article__body, .item-page [itemprop=articleBody], .item-page .article-body, "
            ".item-page .article-content, .itemView .itemBody, .itemView .itemFullText, .article-details [itemprop=articleBody], .item-page"
        ),
        authors=(
            ".item-page .createdby [itemprop=name], .item-page [itemprop=author] [itemprop=name], "
            ".item-page .createdby span:not([class]), .itemView .itemAuthor a, .article-details .createdby [itemprop=name]"
        ),
        tags=".item-page .tags a, .itemView .itemTags a, .article-details .tags a, .com-content-article__tags a",
        attachments=".itemView .itemAttachments a, .item-page .attachmentsList a.at_url, .item-page .attachmentsContainer a.at_url",
        related=".itemRelated a.itemRelTitle, .itemRelated a, .relateditems a, .com-related-items a, .mod-articles-related a",
        comments=".item-page .jcomments-links .comments-link",
        drop=(
            ".page-header, .article-info, .article-info-term, .icons, .tags, .pager, .pagenav, .pagenavigation, .content_rating, "
            ".item-page > h1, .item-page > h2, .article-header, .actions, .relateditems, .attachmentsContainer, #jc, .content_vote, "
            ".itemToolbar, .itemRatingBlock, .itemHits, .itemRelated, .itemTagsBlock, .itemAttachmentsBlock, .itemNavigation"
        ),
    ),
    loose=True,
)
