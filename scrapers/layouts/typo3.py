"""TYPO3 with the extensions news and tt_news: German, Austrian and Swiss ministries and many others in Europe."""

from __future__ import annotations

from scrapers.layouts.layout import Layout
from scrapers.sources import ArticleSelectors, ListingSelectors

LAYOUT = Layout(
    name="typo3",
    signs=(
        ".news-text-wrap",
        ".news.news-single",
        ".news-list-view .article",
        ".news-list-view .news-list-date",
        ".article .news-list-date",
        ".news-backlink-wrap",
        ".news-single-item",
        ".news-single-timedata",
        ".tx-news",
        ".tx-news-article",
        ".f3-widget-paginator",
        ".news-list-container .news-list-item",
    ),
    listing=ListingSelectors(
        row=(
            ".news-list-view .article, .news-list-view .news-list-item, .news-list-view article, .tx-news article, "
            ".news-list-container .news-list-item, .news .article.articletype-0"
        ),
        link=".header a[href], h2 a[href], h3 a[href], h4 a[href], a[itemprop=url], a[href]",
        title="[itemprop=headline], .header h2, .header h3, h2, h3, h4",
        published=".news-list-date time, time, .news-list-date, .date",
        summary=".teaser-text [itemprop=description], [itemprop=description], .teaser-text p, .teaser-text, .lead",
        next=(
            ".f3-widget-paginator .next a, .page-navigation .next a, .pagination .next a, .pagination a[rel=next], "
            ".browseLinksWrap .next a, .news-list-browse a.next"
        ),
    ),
    article=ArticleSelectors(
        # Whole headers hold dates and sections too; where the words are not marked, the general reader tells them apart.
        headline=(
            ".news-single [itemprop=headline], .news-single .header h1, .news-single .header h2, .news-single .header h3, "
            ".news-single-item > h1, .news-single-item > h2, .tx-news-article > h1"
        ),
        kicker=".news-single .kicker, .news-single .subheader",
        section=".news-single .news-list-category a, .news-single .news-list-category span[title], .news-single .news-list-category",
        published=(
            ".news-single .news-list-date time, .news-single time[itemprop=datePublished], .news-single .news-list-date, "
            ".news-single-timedata, .news-single time, .news-single .date"
        ),
        lede=".news-single .teaser-text, .news-single [itemprop=description], .news-single .lead",
        # Pictures and content elements stand beside the text of a news record; templates of one's own put more there.
        body=".news-single .article[itemscope], .news-single [itemprop=articleBody], .news-single .news-text-wrap, .news-text-wrap",
        authors=(
            ".news-single .news-list-author [itemprop=name], .news-single [itemprop=author] [itemprop=name], "
            ".news-single .news-list-author, .news-single-author"
        ),
        tags=".news-single .news-list-tags a, .news-single .news-list-tags li",
        attachments=".news-related-files a, .news-related-files-link a",
        related=".news-related-news a, .news-related-links a",
        drop=(
            ".news-backlink-wrap, .news-related-wrap, .news-related, .news-single-backlink, .news-single-timedata, "
            ".news-single-author, .teaser-text, .shariff, .article > .header, .article > .footer, .news-list-category, "
            "[class*=prevnext], [class*=prev-next]"
        ),
    ),
    loose=True,
)
