"""WordPress with classic and with block themes."""

from __future__ import annotations

from scrapers.layouts.layout import Layout
from scrapers.sources import ArticleSelectors, ListingSelectors

LAYOUT = Layout(
    name="wordpress",
    signs=(
        ".wp-site-blocks",
        ".wp-block-post-title",
        ".wp-block-post-content",
        ".post-template-default",
        ".wp-custom-logo",
        "link[href*='/wp-content/'], script[src*='/wp-includes/'], link[href*='/wp-json/']",
    ),
    listing=ListingSelectors(
        row=(
            ".wp-block-post-template > li, main article.type-post, main article.hentry, #content article.type-post, "
            "#content article.hentry, main .type-post, #primary .type-post"
        ),
        link=".wp-block-post-title a[href], .entry-title a[href], .post-title a[href], h2 a[href], h3 a[href], a[rel~=bookmark]",
        title=".wp-block-post-title, .entry-title, .post-title, h2, h3",
        published=(
            ".wp-block-post-date time, time.entry-date, time.published, .entry-date, .posted-on time, .post-date, .published, time"
        ),
        summary=".wp-block-post-excerpt__excerpt, .entry-summary, .post-excerpt, .entry-content",
        next=(
            "a.wp-block-query-pagination-next, a.next.page-numbers, .nav-links a.next, .nav-previous a, a.nextpostslink, "
            ".pagination-next a, .older-posts a, .alignleft.pagination-previous + .pagination-next a"
        ),
        skip=".sticky-ad, .wp-block-post.ad",
    ),
    article=ArticleSelectors(
        headline=(
            "h1.entry-title, h1.wp-block-post-title, h1.post-title, h1.single-title, .entry-header h1, "
            ".elementor-widget-theme-post-title .elementor-heading-title"
        ),
        section=".cat-links a, .entry-categories a, .wp-block-post-terms.taxonomy-category a, .entry-meta a[rel~=category]",
        published=(
            ".entry-header time.published, .entry-meta time.published, time.entry-date.published, time.entry-date, "
            ".wp-block-post-date time, .posted-on time, .elementor-post-info__item--type-date, .entry-header .entry-date, "
            ".entry-meta .entry-date, .meta-date time, .et_pb_title_meta_container .published, .post-meta .published"
        ),
        modified="time.updated:not(.published), .wp-block-post-date__modified-date time, .last-modified time, .post-modified-date",
        lede=".entry-header .entry-summary, .entry-subtitle, .single .entry-header .post-excerpt, .kicker + .subtitle",
        body=(
            ".wp-block-post-content, .entry-content, .elementor-widget-theme-post-content, .et_pb_post_content, .post-content, "
            ".single-content, .td-post-content"
        ),
        authors=(
            ".byline .author .fn, .byline .author a, .posted-by .author a, .entry-author-name, .wp-block-post-author__name, "
            ".wp-block-post-author-name, .elementor-post-info__item--type-author"
        ),
        tags=".tags-links a, .wp-block-post-terms.taxonomy-post_tag a, .tag-links a, .entry-tags a, .post-tags a, a[rel=tag]",
        attachments=".wp-block-file a[href]",
        related=".jp-relatedposts-post-title a[href], .yarpp-related a[href], .wp-block-jetpack-related-posts a[href]",
        drop=(
            ".sharedaddy, .jp-relatedposts, .wp-block-jetpack-related-posts, .yarpp-related, .crp_related, .wp-block-query, "
            ".wp-block-latest-posts, .wp-block-file, .post-navigation, .page-links, .addtoany_share_save_container, .a2a_kit, "
            ".heateor_sss_sharing_container, #toc_container, .ez-toc-container, #ez-toc-container, .lwptoc, .wp-block-comments, "
            ".screen-reader-text, .post-ratings, .kk-star-ratings, .author-box, .printfriendly, .wp-block-post-terms, .tags-links"
        ),
    ),
    image_sizes=r"-\d{2,4}x\d{2,4}(?=\.(?:jpe?g|png|gif|webp|avif)$)",
    loose=True,
)
