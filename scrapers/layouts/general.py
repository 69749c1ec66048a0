"""Where fields usually stand on websites of no family we know: the last places to look."""

from __future__ import annotations

from scrapers.layouts.layout import Layout
from scrapers.sources import ArticleSelectors

LAYOUT = Layout(
    name="general",
    signs=(),
    article=ArticleSelectors(
        kicker=".gem-c-title__context, .govuk-caption-xl, .kicker, .article__kicker, .overline, .topper, .rubrique, .dachzeile, .surtitre, .article-kicker",
        section=(
            ".breadcrumb li:last-child a, .breadcrumbs li:last-child a, [class*=breadcrumb] li:last-child a, "
            "[itemprop=articleSection], a[rel~=category]"
        ),
        lede=(
            ".sapo, .standfirst, .article-lede, .article-lead, .lede, .fr-text--lead, .gem-c-lead-paragraph, .chapo, "
            ".article__lead, .article__summary, .article-summary, .news-summary, .entry-summary, .introtext, .abstract, "
            ".documentDescription, .field--name-field-summary, .field-name-field-summary, p.lead, h2.subtitle, .article-subtitle, "
            "p.intro, .article-intro, .ingress, .perex, .manchet, .entradilla, .bajada, .chapeau, .page-header__lead"
        ),
        authors=(
            "[itemprop=author] [itemprop=name], [itemprop=author], a[rel~=author], .byline__name, .byline .author, .byline-name, "
            ".byline a, .author-name, .article-author, .article__author, .entry-author, .post-author, .byline, .author, "
            ".tacgia, .tac-gia"
        ),
        origin=".source-name, .article-source, .nguon, .news-source",
        tags="a[rel~=tag]:not([rel~=category]), .tags a, .tag-list a, .article-tags a, .post-tags a, .entry-tags a, .tags-links a, [class*=tag-list] a",
        related=".related a[href], .related-posts a[href], .related-articles a[href], .tin-lien-quan a[href], .related-news a[href]",
        comments="[itemprop=commentCount], .comments-count, .comment-count, .comments-link",
    ),
)
