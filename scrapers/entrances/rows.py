"""Finds the rows of a listing on a website nobody described: repeated links with headline-like texts in the main column."""

from __future__ import annotations

import re
from typing import NamedTuple

from scrapers.entrances import downloads, row
from scrapers.entrances.groups import Group, containers, groups
from scrapers.entrances.links import Link, is_main_name, links
from scrapers.reading.tree import Element

_ARTICLE = re.compile(
    r"\d{4}/\d{1,2}(?:/|$)|\d{4}-\d{2}-\d{2}|\d{5,}|[^/?#-]+(?:[-_][^/?#-]+){3,}|[?&](?:id|itemid|item|newsid|idnews|articleid|nid|p|post|news_id|aid)=\w+|"
    r"/(?:news|press|release|article|story|post|node|tin|actualite|noticia|nachricht|berita)\w*/[^/?#]+|\.(?:html?|aspx|pdf)(?:$|\?)",
    re.IGNORECASE,
)
_NO_ARTICLE = re.compile(
    r"^https?://(?:www\.)?(?:facebook|twitter|x|linkedin|youtube|instagram|t|pinterest|plus\.google|addtoany)\.(?:com|me)/|/(?:tag|tags|category|author|feed|rss|login|wp-login|search|sitemap)/?(?:$|[/?])",
    re.IGNORECASE,
)
_FRONT = re.compile(r"(?:\.?/)?(?:(?:index|home|default)\.\w+)?$", re.IGNORECASE)
"""A website's front page."""
_COLUMN = re.compile(r"(?:^|\s)(?:col|span|large|medium|grid|uk-width)-?(?:xs-|sm-|md-|lg-|xl-)?(\d{1,2})(?:\s|$)")
_WEIGHTY = 25
"""Letters of the shortest headline; menus are terser."""
_TERSE = 15
"""Letters of the shortest title of a row that shows no date."""
_WORDY, _WORDY_IN_MAIN = 35, 30
"""Letters of the average title in a list that shows no dates and no headings; menus of services are shorter."""
_ENOUGH = 0.3
"""Share of the best group's score that makes another group part of the listing."""

_AS_FILES = 0.4
"""How much less a list of files is worth than one of pages: the same meetings often have both."""
_UNDATED_FILES = 0.3
"""The same for forms and by-laws: many of them stand below a short list of news."""
_CERTAIN = 5
_FEWEST_DATED = 3
"""Rows with short titles that make a list when each shows a date."""
_FEWEST_CUT, _SEVERAL = 4, 1.5
"""Links of the smallest list that is looked through for a row's other links, and how many a row has on average."""
_CODE = re.compile(r"^(?=\S*\d)(?:\S{5,30}|[^\W\d]{2,12}\.?\s\S{1,20})$")
"""A link's words that are a document's number: its title stands beside it."""


class Found(NamedTuple):
    """A row, and what it was found in."""

    link: Link
    title: str
    held: tuple[Element, ...]


class _Judged(NamedTuple):
    group: Group
    rows: list[Found]
    shown: float
    """Share of rows that show a date beside their title."""
    dates: float
    """The same, with those whose title names a day."""
    headings: float
    aside: float
    shape: frozenset[str]
    score: float
    files: bool = False
    """Whether these are documents to download, told by what is around their links rather than by the links' words."""
    terse: bool = False
    """Whether the titles are as short as a menu's, or as the names of members with their terms of office."""


def find_rows(root: Element, *, markup: str = "onclick") -> list[Found]:
    """Return the rows in the page's order, or none when nothing on the page looks like a list of news."""
    found = links(root, markup=markup)
    judged = sorted(filter(None, (_judge(group) for group in groups(found))), key=lambda each: -each.score)
    best = min(filter(_is_list, judged), key=lambda each: each.terse, default=None)
    if best is None:
        return []
    near, column = _columns(best.group.region)
    chosen = [best, *(each for each in judged if each is not best and _belongs(each, best, near, column))]
    rows = {found.link.order: found for each in chosen for found in each.rows}
    # A row's link to the page and to the same as a file are one row.
    several = {order for each in chosen if each.files for order in (found.link.order for found in each.rows)}
    unique = {
        (found.title, order if order in several else found.held[0]): found
        for order, found in sorted(rows.items(), reverse=True)
    }
    return sorted(unique.values(), key=lambda found: found.link.order)


def _is_list(each: _Judged) -> bool:
    """Whether a group can be the listing: dated, or headed, or at least wordy."""
    count = len(each.rows)
    # No menu is made of dated documents, though some lists of them open like one.
    opens = each.files and each.dates > 0.9 and count >= _CERTAIN
    if each.aside > 0.5 and each.shown < 0.5 and not opens:
        return False
    if each.files:
        return True
    if count == 1:
        # The last page of a listing may hold one row.
        only = each.rows[0]
        marked = each.headings == 1 or (only.held[0].tag == "tr" and row.weight(only.title) >= _WEIGHTY)
        return each.dates == 1 and marked and not each.aside and bool(_ARTICLE.search(only.link.href))
    if count == 2 and each.dates < 1 and each.headings < 1:
        return False
    if (
        each.dates >= 0.3
        or each.headings >= 0.3
        or sum(row.names_a_day(found.title) for found in each.rows) * 2 > count
    ):
        return True
    wordy = _WORDY_IN_MAIN if all(found.link.in_main for found in each.rows) else _WORDY
    return count > 2 and sum(row.weight(found.title) for found in each.rows) / count >= wordy


def _judge(group: Group) -> _Judged | None:
    members = [link for link in group.links if not _NO_ARTICLE.search(link.href) and not _FRONT.match(link.href)]
    if not members or len({link.href for link in members}) * 2 < len(members):
        return None
    words = {link.order: _words(link) for link in members}
    several = _by_row(members, group.region)
    members = _headlines(several, words) or members
    if files := downloads.of(members, group.region):
        judged = _scored(group, [Found(*each) for each in files])
        days = sum(downloads.tells_a_day(each.title) for each in judged.rows) / len(judged.rows)
        return judged._replace(
            files=True, dates=max(days, judged.dates), score=_AS_FILES * judged.score / min(1.0, 0.3 + judged.dates)
        )
    members = _first_of_rows(several, words) or members
    said = [words[link.order] for link in members]
    generic = sum(1 for text in said if row.GENERIC.match(text)) * 2 > len(said) or len(set(said)) * 3 < len(said)
    coded = len(said) > 2 and sum(1 for text in said if _CODE.match(text)) > 0.7 * len(said)
    terse = not (generic or coded) and sum(map(_is_wordy, said)) * 2 < len(said)
    if terse and not _are_dated(members, said, group.region):
        return None
    held = containers(Group(members, group.region), lambda element: row.has_date((element,), ""))
    rows = []
    for link, text in zip(members, said, strict=True):
        title = row.title_of((), held[link.order]) if generic or row.GENERIC.match(text) or _is_date(text) else text
        if coded and title == text:
            title = row.first_text(row.lines(held[link.order]), text) or text
        elif not title and text and row.has_date(held[link.order], ""):
            title = row.first_text(row.lines(held[link.order]), text)
        if row.weight(title) >= _TERSE or (len(title) > 3 and row.has_date(held[link.order], title)):
            rows.append(Found(link, title, held[link.order]))
    return _scored(group, rows)._replace(terse=terse) if rows else None


def _headlines(rows: list[list[Link]], words: dict[int, str]) -> list[Link]:
    """A headline of each row where others in the row only lead to what belongs to it: agenda, minutes, contact.

    Nothing where most rows have none, or several.
    """
    weights = {link.order: _weight(words[link.order]) for links in rows for link in links}
    kept = [max(links, key=lambda link: weights[link.order]) for links in rows]
    headed = sum(weights[link.order] >= _WEIGHTY for link in kept)
    weighty = sum(weight >= _WEIGHTY for weight in weights.values())
    return kept if headed * 2 > len(kept) and weighty <= 1.2 * headed else []


def _first_of_rows(rows: list[list[Link]], words: dict[int, str]) -> list[Link]:
    """The first link of each row where rows have the same several, such as "PDF" and "Summary"; else nothing."""
    said = {words[link.order] for links in rows for link in links}
    if len(said) * 2 > len(rows) or any(_weight(text) >= _WEIGHTY for text in said):
        return []
    return [next((link for link in links if not downloads.is_recording(link.href)), links[0]) for links in rows]


def _by_row(members: list[Link], region: Element) -> list[list[Link]]:
    """The links of each row when most rows have several; else nothing."""
    if len(members) < _FEWEST_CUT:
        return []
    rows: dict[Element, list[Link]] = {}
    for link in members:
        rows.setdefault(_row_of(link.element, region), []).append(link)
    return list(rows.values()) if 2 <= len(rows) <= len(members) / _SEVERAL else []


def _weight(text: str) -> float:
    return 0 if row.GENERIC.match(text) else row.weight(text)


def _row_of(link: Element, region: Element) -> Element:
    """The row around a link by its tag, else what is directly in the list's own element."""
    top = link
    for ancestor in link.iterancestors():
        if ancestor is region:
            break
        top = ancestor
        if top.tag in ("tr", "li", "article"):
            break
    return top


def _words(link: Link) -> str:
    """What a link says; what a row says first that is one as a whole."""
    if link.element.tag == "a":
        return row.link_title(link.element)
    return row.title_of((), (link.element,)) or row.first_text(row.lines((link.element,)), "")


def _is_wordy(text: str) -> bool:
    """Whether a text is longer than a menu's, or is called by a day, as minutes are."""
    return row.weight(text) >= _WEIGHTY or (row.names_a_day(text) and not _is_date(text))


def _are_dated(members: list[Link], said: list[str], region: Element) -> bool:
    """Whether short titles stand beside dates, in the main column: no menu has them."""
    if len(members) < _FEWEST_DATED or any(link.aside for link in members):
        return False
    around = [_row_of(link.element, region) for link in members]
    # The second one first: most lists that are none end here.
    return len(set(around)) == len(members) and all(
        not _is_date(text) and row.has_date((element,), "")
        for text, element in zip(said[1:] + said[:1], around[1:] + around[:1], strict=True)
    )


def _is_date(text: str) -> bool:
    """Whether a link says nothing but a day."""
    return len(text) < 40 and row.is_date(text)


def _scored(group: Group, rows: list[Found]) -> _Judged:
    count = len(rows)
    shown = [row.has_date(each.held, each.title) for each in rows]
    dates = sum(is_shown or row.names_a_day(each.title) for is_shown, each in zip(shown, rows, strict=True)) / count
    headings = sum(bool(each.link.heading) for each in rows) / count
    articles = sum(bool(_ARTICLE.search(each.link.href)) for each in rows) / count
    main = sum(each.link.in_main for each in rows) / count
    aside = sum(each.link.aside for each in rows) / count
    worth = sum(min(row.weight(each.title), 100) for each in rows)
    score = (
        worth
        * (0.3 + dates)
        * (1 + 0.6 * headings)
        * (0.4 + articles)
        * (1 + 0.4 * main)
        * (1 - 0.9 * aside)
        * _width(group.region)
        * (_UNDATED_FILES if dates < 0.1 and sum(downloads.is_file(each.link.href) for each in rows) * 2 > count else 1)
    )
    shape = frozenset(_shape(each.link.href) for each in rows)
    return _Judged(group, rows, sum(shown) / count, dates, headings, aside, shape, score)


def _width(region: Element) -> float:
    """How much the width of the column around a list speaks for it, on a grid of twelve."""
    for element in (region, *region.iterancestors()):
        found = _COLUMN.search(element.get("class") or "")
        if found:
            return 1.3 if int(found[1]) >= 7 else 0.6 if int(found[1]) <= 4 else 1.0
    return 1.0


def _shape(href: str) -> str:
    """What addresses of one kind of page have in common: the first folder, how deep, digits or not, the ending."""
    path = re.sub(r"^https?://[^/]+", "", href.partition("?")[0].partition("#")[0])
    parts = [part for part in path.split("/") if part]
    last = parts[-1] if parts else ""
    return f"{parts[0] if len(parts) > 1 else ''}|{len(parts)}|{bool(re.search(r'[0-9]{4,}', last))}|{last.rpartition('.')[2] if '.' in last else ''}"


def _columns(region: Element) -> tuple[Element, Element]:
    """The block around the best group, and the main column around that."""
    parent = region.getparent()
    near = parent if parent is not None and region.tag != "body" else region
    for element in (near, *near.iterancestors()):
        if element.tag == "body":
            break
        if is_main_name(element):
            return near, element
    return near, near


def _belongs(each: _Judged, best: _Judged, near: Element, column: Element) -> bool:
    """Whether a group is a further part of the listing, such as the story on top of it."""
    if (each.files and not best.files) or (each.terse and not best.terse):
        return False
    if any(found.link.aside for found in each.rows) and not all(found.link.aside for found in best.rows):
        return False
    outer = not all(_inside(found.link.element, near) for found in each.rows)
    if (
        outer
        and not _same_headings(each, best)
        and not all(
            _inside(found.link.element, column) and found.link.order < best.rows[0].link.order for found in each.rows
        )
    ):
        # Beyond the list's own block only what stands above it belongs to it; what comes after is another list.
        return False
    alike = bool(each.shape & best.shape)
    as_dated = each.dates >= 0.5 or best.dates < 0.5
    if len(each.rows) == 1:
        return alike and as_dated and (each.headings > 0 or each.dates > 0)
    return as_dated and (alike or each.score >= _ENOUGH * best.score)


def _same_headings(each: _Judged, best: _Judged) -> bool:
    return best.headings == 1 and {found.link.heading for found in each.rows} <= {
        found.link.heading for found in best.rows
    }


def _inside(element: Element, column: Element) -> bool:
    return any(ancestor is column for ancestor in element.iterancestors())
