"""Liferay portals (6.2 and later) with the asset publisher: ministries and departments in Việt Nam and elsewhere."""

from __future__ import annotations

from scrapers.layouts.layout import Layout
from scrapers.sources import ArticleSelectors, ListingSelectors

LAYOUT = Layout(
    name="liferay",
    signs=(
        ".portlet-asset-publisher",
        ".asset-full-content",
        ".journal-content-article",
        ".lfr-pagination-buttons",
        "[id^='p_p_id_101_INSTANCE_']",
        "[id^='p_p_id_com_liferay_asset_publisher']",
    ),
    listing=ListingSelectors(
        row=".portlet-asset-publisher .asset-abstract, .asset-abstract",
        link=".asset-title a[href], h3 a[href], h4 a[href]",
        title=".asset-title, h3, h4",
        published=".assetPublishDate, .metadata-publish-date, .asset-date",
        summary=".asset-summary",
        # First, previous, next, last: only their order tells them apart in every language.
        next=".lfr-pagination-buttons li:nth-child(3):not(.disabled) a[href^='http'], "
        ".lfr-pagination-buttons li:nth-child(3):not(.disabled) a:not([href^='javascript'])",
    ),
    article=ArticleSelectors(
        headline=(
            ".asset-full-content .asset-title, .asset-full-content h1, .portlet-asset-publisher .header-title, "
            "h1.header-title, .contentDetail h3, .asset-content h1, .journal-content-article h1, "
            ".journal-content-article .title"
        ),
        section=".breadcrumb li.active, .breadcrumb li:last-child, .portlet-breadcrumb li:last-child",
        published=(
            ".asset-full-content .assetPublishDate, .assetPublishDate, .metadata-publish-date, "
            ".asset-full-content .block_timer, .contentDetail .date, .contentDetail p.text-date, .asset-date"
        ),
        lede=".asset-full-content .sapo, .contentDetail .sapo, .journal-content-article .sapo, .asset-summary",
        body=(
            ".asset-full-content .journal-content-article, .journal-content-article, .asset-full-content .asset-content, "
            ".contentDetail .content, .contentDetail, .asset-full-content"
        ),
        authors=".metadata-author, .asset-user-info .user-name, .asset-author",
        tags=".taglib-asset-tags-summary a, .asset-tags a",
        attachments=".asset-full-content .taglib-document a, .asset-attachments a",
        related=".asset-links a, .asset-links-list-item a, .asset-related-assets a",
        drop=(
            ".sapo, .asset-actions, .lfr-meta-actions, .asset-ratings, .taglib-social-bookmarks, .asset-links, .assetPublishDate, "
            ".asset-metadata, .pull-right.back, .header-back-to, .taglib-asset-tags-summary, .asset-title, .block_timer"
        ),
    ),
    meta_order="dmy",
    midnight_is_day=True,
)
