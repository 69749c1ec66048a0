"""Plone with server-made pages, 3 to 6: Brazil's federal government, European agencies, ministries and cantons."""

from __future__ import annotations

from scrapers.layouts.layout import Layout
from scrapers.sources import ArticleSelectors, ListingSelectors

LAYOUT = Layout(
    name="plone",
    signs=(
        "#content-core",
        "#parent-fieldname-text",
        "#parent-fieldname-title",
        ".documentByLine",
        "#plone-document-byline",
        "#portal-columns",
        "#visual-portal-wrapper",
        "#portal-column-content",
        ".mosaic-IRichTextBehavior-text-tile",
        ".tileItem .tileHeadline",
        "ul.noticias.listagem-noticias-com-foto",
    ),
    listing=ListingSelectors(
        row=(
            "#content-core .tileItem, .tileItem, #content-core article.entry, .entries article.entry, "
            "ul.noticias > li, #content-core .listing-item, #content-core dl dt"
        ),
        link=(
            ".tileHeadline a[href], .summary a[href], a.summary[href], h2.titulo a[href], .titulo a[href], h2 a[href], h3 a[href], "
            "a.url[href], a[href]"
        ),
        title=".tileHeadline, .titulo, .summary, h2, h3",
        published=".documentPublished .value, .documentPublished, .data, .summary-view-icon, .documentByLine, time, .date",
        summary=".tileBody .description, .tileBody, .descricao, .description, .documentDescription",
        next=(
            ".listingBar .next a, .listingBar a.next, nav.pagination .next a, .pagination .next a, li.next a, a.proximo, "
            ".paginacao a.proximo"
        ),
    ),
    article=ArticleSelectors(
        headline="#content h1.documentFirstHeading, h1.documentFirstHeading, .documentFirstHeading, #parent-fieldname-title, #content .outstanding-title",
        kicker="#content .nitfSubtitle, .documentSubtitle",
        section="#portal-breadcrumbs #breadcrumbs-2 a, #portal-breadcrumbs .breadcrumb-item:nth-last-child(2) a",
        published=(
            ".documentPublished .value, .documentPublished, #plone-document-byline .pat-moment, .documentByLine time, "
            ".newsDate, #content .documentEffective, .documentByLine"
        ),
        modified=".documentModified .value, .documentModified",
        lede="#content .documentDescription, .mosaic-IDublinCore-description-tile .mosaic-tile-content, .documentDescription, #parent-fieldname-description, #content p.lead",
        body="#content-core [property='rnews:articleBody'], #content-core, .mosaic-IRichTextBehavior-text-tile, #parent-fieldname-text, #content .plain",
        authors="#plone-document-byline .documentAuthor a, .documentAuthor a, .documentAuthor",
        tags="#category a.link-category, #category a, #section-category a.link-category, .documentTags a",
        attachments="#content .attachmentsList a, #content .contenttype-file a",
        related="#relatedItemBox a, .relatedItems a, #section-related a",
        drop=(
            ".documentActions, #category, .relatedItems, #relatedItemBox, .documentByLine, #plone-document-byline, .social-links, "
            ".viewlet-social, .discussion, .newsImageContainer .clickToEnlarge"
        ),
    ),
    loose=True,
)
