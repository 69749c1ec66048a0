"""Tells what a ministry edited from what is only read otherwise than before, by the two pages themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice

from scrapers.items import Article
from storage.counters import lasting
from storage.wording import plain

_UNSEEN = re.compile(r"<(?:(script|style)\b|!--)", re.IGNORECASE)
_ENDS = {
    "script": re.compile(r"</script\s*>", re.IGNORECASE),
    "style": re.compile(r"</style\s*>", re.IGNORECASE),
    "": re.compile("-->"),
}
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_HEAD = 4096
"""Bytes in which a page says how it is written."""
_BYTES = 1_500_000
"""How much of a page is compared, and how many of the lines and words that differ: enough for any page but a hostile one."""
_LINES = 150
_TAG = re.compile(r"<[^<>]*>")
_LINK = re.compile(r'<a\b[^<>]*?\shref="([^"]*)"')


def edited(before: Article, after: Article, *, was: bytes, now: bytes) -> bool:
    """Say whether something that the two readings tell differently stands in only one of the pages they were read from.

    Another template finds other lines of a page worth telling; then both pages have them.
    """
    here, there = set(_said(before)), set(_said(after))
    old, new = _squeezed_page(was), _squeezed_page(now)
    shared = here & there
    if shared and not any(line in new for line in islice(shared, _LINES)):
        # The page is written in letters we cannot compare; an edit must not go unnoticed.
        return True
    differing = sorted(here ^ there, key=len, reverse=True)[:_LINES]
    if any((line in old) != (line in new) for line in differing):
        return True
    if any(line in old for line in differing):
        return False
    return _other_words(before, after, old, new) if differing else _rearranged(before, after, old, new)


def _other_words(before: Article, after: Article, old: str, new: str) -> bool:
    """Whether words differ that only one of the pages has, where no line stands in them as it was read.

    If neither has any of them, nothing can be told by the pages; an edit must not go unnoticed.
    """
    here, there = (
        {word for line in _lines(one) for word in plain(line).split() if any(map(str.isalnum, word))}
        for one in (before, after)
    )
    found = [(word in old, word in new) for word in sorted(here ^ there, key=len, reverse=True)[:_LINES]]
    return bool(found) and (any(one != other for one, other in found) or not any(one for one, _ in found))


def _rearranged(before: Article, after: Article, old: str, new: str) -> bool:
    """Whether the same lines stand in another order, or a date differs that neither page prints."""
    was, now = (list(dict.fromkeys(_said(one))) for one in (before, after))
    apart = [line for line, other in zip(was, now, strict=False) if line != other][:_LINES] or was[:_LINES]
    lines = [line for line in apart if 0 < old.count(line) == new.count(line)]
    if sorted(lines, key=old.find) != sorted(lines, key=new.find):
        return True
    printed = all(one.published is None or one.published.printed for one in (before, after))
    return before.published != after.published and not printed


def _said(article: Article) -> Iterator[str]:
    yield from (_squeezed(line) for line in _lines(article) if line)


def _lines(article: Article) -> list[str]:
    published = article.published.printed if article.published else ""
    lines = [article.headline, article.kicker, article.section, article.lede, article.origin, published]
    lines += [*article.authors, *article.tags, *lasting(article.body_text[:_BYTES]).splitlines()]
    lines += [text for image in article.images for text in (image.caption, image.credit, _name(image.url))]
    lines += [text for file in article.attachments for text in (file.title, _name(file.url))]
    return [*lines, *(_name(unescape(url)) for url in _LINK.findall(article.body_html))]


def _name(url: str) -> str:
    return url.partition("?")[0].rstrip("/").rpartition("/")[2]


def _squeezed(text: str) -> str:
    """Nothing but what can be seen: where markup breaks words and lines is no difference."""
    return "".join(plain(text).split())


def _squeezed_page(page: bytes) -> str:
    page = page[:_BYTES]
    declared = _CHARSET.search(page, 0, _HEAD)
    try:
        markup = page.decode(declared[1].decode("ascii") if declared else "utf-8", "replace")
    except LookupError:
        markup = page.decode("utf-8", "replace")
    words = _squeezed(unescape(_TAG.sub("", _seen(markup))))
    # Addresses and what is said to machines alone stand in the markup.
    return f"{words} {_squeezed(unescape(markup))}"


def _seen(markup: str) -> str:
    """Return the markup without scripts, styles and comments; one that never ends is none."""
    kept, at, unending = [], 0, set[str]()
    for one in _UNSEEN.finditer(markup):
        kind = (one[1] or "").lower()
        if one.start() < at or kind in unending:
            continue
        end = _ENDS[kind].search(markup, one.end())
        if end is None:
            unending.add(kind)
            continue
        kept.append(markup[at : one.start()])
        at = end.end()
    return "".join([*kept, markup[at:]])
