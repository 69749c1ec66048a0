"""Page bytes into an article: what the ministry says, field by field, with the reason for each. For visits and `read`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from msgspec.structs import replace

from scrapers.items import Article, Attachment, Grade, Headline, Link, Reason, Template
from scrapers.layouts import general
from scrapers.layouts.layout import Layout
from scrapers.layouts.registry import recognise
from scrapers.reading import govuk, wpjson
from scrapers.reading.body import Body, Cut, Surroundings, find_body, read_body
from scrapers.reading.candidates import reason
from scrapers.reading.documents import cite_all, numbers_of
from scrapers.reading.errors import Unreadable
from scrapers.reading.fields.clock import clock_of
from scrapers.reading.fields.headline import NO_HEADLINE, Heading, read_headline
from scrapers.reading.fields.labels import Labels, read_labels
from scrapers.reading.fields.lede import Lede, described, read_lede
from scrapers.reading.fields.moments import Moments, read_moments
from scrapers.reading.fields.people import People, read_people, signs, with_signature
from scrapers.reading.files import read_attachments
from scrapers.reading.languages import language_of
from scrapers.reading.opening import MOST_BYTES, page_of, refuse
from scrapers.reading.page import Page
from scrapers.reading.places import Place, look_all, places
from scrapers.reading.template import departures, learnt
from scrapers.reading.text import decode
from scrapers.reading.tree import Element, length, text_of
from scrapers.sources import Source

_REGIONS = frozenset(("article", "main"))
_SAMPLE = 6000
MOST_CHARACTERS = 3_000_000
"""Of the text alone; the longest laws have one million."""


def read_article(
    payload: bytes,
    *,
    url: str,
    content_type: str | None,
    source: Source | None = None,
    listed: Headline | None = None,
    template: Template | None = None,
    fetched: datetime | None = None,
) -> Article:
    """Return what the page says; raise ``Unreadable`` for what is no page of an article.

    The source's own selectors come first, then its layout, or the one the page shows signs of, then the general
    reader. ``url`` may be "" when it is not known. ``listed`` is how an entrance showed the page, a witness for its
    headline and date; ``template`` is what other pages of the website have taught. Dates after
    ``fetched``, when the page was asked for, are refused.
    """
    refuse(payload, url, most=max(MOST_BYTES, source.limits.max_bytes) if source else MOST_BYTES)
    decoded = decode(payload, content_type=content_type)
    content = govuk.content(decoded.text)
    if content:
        return govuk.read_content(content, url=url)
    post = wpjson.post(decoded.text)
    if post:
        return wpjson.read_post(post, url=url)
    page = page_of(decoded, url=url)
    layouts = recognise(page.index, source.layout if source else "", markup=page.markup)
    return _Reader(page, layouts, source, listed=listed, template=template, fetched=fetched).article()


class _Reader:
    """Reads one page's fields in the order in which they need each other."""

    def __init__(
        self,
        page: Page,
        layouts: tuple[Layout, ...],
        source: Source | None,
        *,
        listed: Headline | None,
        template: Template | None,
        fetched: datetime | None,
    ) -> None:
        self.page = page
        self.listed = listed
        self.layouts = layouts
        page.template = template
        self.where = places(source, layouts, general.LAYOUT, learnt=learnt(template))
        self.cut = find_body(page, self.where)
        _refuse_endless(page.url, self.cut)
        self.headline = self._headline()
        self.layout = self._matched()
        layout = self.layout or next(iter(layouts), None)
        self.sample = self._sample()
        self.language = language_of(page, self.sample, usual=source.language if source else "")
        self.clock = clock_of(page, self.language, source=source, layout=layout, fetched=fetched)

    def article(self) -> Article:
        headline = self.headline
        # A layout that still matches says where everything is; what it does not name, the page does not have.
        around = self.where[:-1] if self._tells_all() else self.where
        moments = read_moments(
            self.page,
            self.where,
            clock=self.clock,
            layout=self.layout or next(iter(self.layouts), None),
            headline=headline.element,
            text=self.cut.elements[-1] if self.cut else None,
            listed=self.listed,
        )
        lede = read_lede(self.page, around)
        text = self.cut.elements[0] if self.cut else None
        people = read_people(self.page, around, headline=headline.element, text=text, dated=moments.elements)
        listed = self.listed.section if self.listed else ""
        labels = read_labels(
            self.page,
            around,
            headline=headline.won.value,
            above=headline.kicker,
            listed=listed,
            text=lambda: self.sample,
        )
        attachments = self._attachments(around)
        body = self._body(moments, lede, people)
        people = with_signature(people, body.signature, self.page)
        lede = replace(lede, won=lede.won or described(lede, headline=headline.won.value, text=body.text))
        said = lede.won.value if lede.won else ""
        citations = cite_all(
            headline=headline.won.value,
            lede=said,
            body=body.text,
            attachments=attachments,
            language=self.language,
        )
        return Article(
            url=self.page.url,
            canonical_url=self.page.canonical,
            headline=headline.won.value,
            kicker=labels.kicker,
            section=labels.section,
            lede=said,
            authors=people.authors,
            origin=people.origin,
            published=moments.published.value if moments.published else None,
            modified=moments.modified.value if moments.modified else None,
            body_html=body.html,
            body_text=body.text,
            images=body.images,
            media=body.media,
            attachments=attachments,
            tags=labels.tags,
            documents=numbers_of(citations),
            citations=citations,
            related=_merged(body.related, labels.related),
            language=self.language,
            comments_count=labels.comments_count,
            layout=self.layout.name if self.layout else "general",
            passport=tuple(self._reasons(moments, lede, people, labels, body)),
            notes=(
                *self.page.notes,
                *moments.notes,
                *self._departures(),
                *departures(self.page, self.cut.rule if self.cut else ""),
            ),
        )

    def _headline(self) -> Heading:
        """The headline; "" for a page that has text but no headline, which only a listing can name then."""
        found = read_headline(self.page, self.where, self.cut, listed=self.listed)
        if found and found.won.value:
            return found
        if self.cut is None or not any(text_of(element) for element in self.cut.elements):
            raise Unreadable(self.page.url, "neither a headline nor a text was found; perhaps scripts build this page")
        return NO_HEADLINE

    def _matched(self) -> Layout | None:
        """The most telling layout that told where the headline or the text is."""
        rules = (self.headline.won.rule, self.cut.rule if self.cut else "")
        matched = (one for one in self.layouts if any(rule.startswith(f"layout {one.name}: ") for rule in rules))
        return next(matched, next(iter(self.layouts), None) if self._by_source() else None)

    def _by_source(self) -> bool:
        """Whether the source's own selectors told where the headline or the text is."""
        return "source" in (self.headline.won.witness, self.cut.witness if self.cut else "")

    def _tells_all(self) -> bool:
        return self._by_source() or (self.layout is not None and not self.layout.loose)

    def _departures(self) -> Iterator[str]:
        """What people should know when the page is of a layout, but not as the layout says."""
        if self.layouts and not self.layout:
            names = " and ".join(layout.name for layout in self.layouts)
            # Of a loose family many websites never kept to its places.
            rebuilt = (
                "" if all(layout.loose for layout in self.layouts) else " If this goes on, the website was rebuilt."
            )
            yield (
                f"The page shows signs of {names}, but neither its headline nor its text stands where that layout "
                f"says; the general reader read it.{rebuilt}"
            )

    def _sample(self) -> str:
        return " ".join(
            (
                self.headline.won.value,
                *(text_of(element)[:_SAMPLE] for element in (self.cut.elements if self.cut else ())[:40]),
            )
        )

    def _attachments(self, around: tuple[Place, ...]) -> tuple[Attachment, ...]:
        named = [found.element for found in look_all(self.page, around, "attachments")]
        regions = self.cut.elements if self.cut else ()
        if self.cut and self.cut.is_loose:
            regions = (next(_regions(self.cut.elements[0])),)
        return read_attachments(self.page, regions, named, known=self._tells_all())

    def _body(self, moments: Moments, lede: Lede, people: People) -> Body:
        if self.cut is None:
            return Body()
        apart = (
            self.headline.element,
            lede.element if self._is_apart(lede) else None,
            *moments.elements,
            *people.elements,
        )
        around = Surroundings(
            headline=self.headline.won.value,
            heading=self.headline.element,
            apart=tuple(element for element in apart if element is not None),
            layout=self.layout,
            signs=partial(signs, people, page=self.page),
        )
        return read_body(self.page, self.cut, around)

    def _is_apart(self, lede: Lede) -> bool:
        """Whether the lede is no part of the text: what only looks like one is as likely the text's first paragraph."""
        told = lede.won is not None and not lede.won.rule.startswith(f"{general.LAYOUT.name}: ")
        return told or self.cut is None or not self.cut.is_loose

    def _reasons(self, moments: Moments, lede: Lede, people: People, labels: Labels, body: Body) -> Iterator[Reason]:
        if self.headline is not NO_HEADLINE:
            yield reason("headline", self.headline.won, self.headline.said)
        if moments.published:
            yield reason("published", moments.published, moments.published_said)
        if moments.modified:
            yield reason("modified", moments.modified, moments.modified_said)
        if lede.won:
            yield reason("lede", lede.won, lede.said)
        yield from people.reasons
        yield from labels.reasons
        if self.cut and body.text:
            yield _body_reason(self.cut, body)


def _refuse_endless(url: str, cut: Cut | None) -> None:
    characters = sum(map(length, cut.elements)) if cut else 0
    if characters > MOST_CHARACTERS:
        raise Unreadable(
            url, f"its text alone has {characters:,} characters; more than {MOST_CHARACTERS:,} are not read"
        )


def _body_reason(cut: Cut, body: Body) -> Reason:
    grade: Grade = "D" if cut.witness == "guess" else "C" if cut.witness == "visible" else "B"
    return Reason(field="body_text", printed=body.text.partition("\n")[0][:120], rule=cut.rule, grade=grade)


def _regions(element: Element) -> Iterator[Element]:
    """The article or main part around the text, where its files are; else the text itself."""
    around = [one for one in (element, *element.iterancestors()) if one.tag in _REGIONS or one.get("role") == "main"]
    yield from around
    yield element


def _merged(*groups: tuple[Link, ...]) -> tuple[Link, ...]:
    links: dict[str, Link] = {}
    for link in (link for group in groups for link in group):
        links.setdefault(link.url, link)
    return tuple(links.values())
