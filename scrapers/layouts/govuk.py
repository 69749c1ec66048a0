"""GOV.UK as people see it: the news, speeches and publications of all ministries of the United Kingdom, and its finders."""

from __future__ import annotations

from scrapers.layouts.layout import Layout
from scrapers.sources import ArticleSelectors, ListingSelectors

LAYOUT = Layout(
    name="govuk",
    signs=(
        ".gem-c-layout-for-public",
        ".gem-c-layout-super-navigation-header",
        ".gem-c-title__text",
        ".gem-c-metadata__definition",
        ".gem-c-document-list__item-title",
        ".gem-c-govspeak",
        ".pub-c-title__text",
    ),
    listing=ListingSelectors(
        row=".gem-c-document-list__item",
        link="a.gem-c-document-list__item-title, .gem-c-document-list__item-title a[href], .gem-c-document-list__item-link",
        title=".gem-c-document-list__item-title",
        published="time, .gem-c-document-list__attribute",
        summary=".gem-c-document-list__item-description",
        next=".govuk-pagination__next a, .gem-c-pagination__item--next a, a.gem-c-pagination__next",
    ),
    article=ArticleSelectors(
        headline="h1.gem-c-title__text, h1.gem-c-heading__text, .gem-c-title h1, .gem-c-heading h1, h1.pub-c-title__text",
        section=".gem-c-title__context, .gem-c-heading__context, .pub-c-title__context, .govuk-caption-xl",
        published=(
            "meta[name='govuk:first-published-at'], .gem-c-metadata__list dt:contains('Published') + dd, "
            ".gem-c-metadata__list dt:contains('Delivered on') + dd, .gem-c-published-dates"
        ),
        modified=(
            "meta[name='govuk:public-updated-at'], .gem-c-metadata__list dt:contains('Last updated') + dd, "
            ".gem-c-metadata__list dt:contains('Updated') + dd"
        ),
        lede=".gem-c-lead-paragraph, .pub-c-lead-paragraph",
        body=".gem-c-govspeak, .govuk-govspeak, .govspeak",
        authors=".gem-c-metadata__list dt:contains('From') + dd a, .gem-c-metadata__list dd:nth-of-type(1) a, .app-c-publisher-metadata__definition a",
        attachments=".gem-c-attachment__title a[href], .gem-c-attachment-link a[href], .attachment-details .title a[href]",
        related=".gem-c-related-navigation a[href], .gem-c-contextual-sidebar a[href]",
        drop=(
            ".gem-c-title, .gem-c-metadata, .gem-c-attachment, .attachment, .full-publication-update-history, "
            ".gem-c-published-dates, .gem-c-share-links, .gem-c-contents-list, .call-to-action + .subscribe"
        ),
    ),
    timezone="Europe/London",
    loose=True,
)
