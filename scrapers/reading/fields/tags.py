"""What an article is filed under, and how many comments it has. For the reader of labels."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from scrapers.items import Grade, Reason
from scrapers.reading.page import Page, folded
from scrapers.reading.places import Found, Place, look, look_all, said
from scrapers.reading.text import clean, repair
from scrapers.reading.tree import text_of

_LONGEST = 80
_MOST = 40
_MOST_KEYWORDS = 20
_BETWEEN = re.compile(r"\s*[,;|、，]\s*")
_COUNT = re.compile(r"\(\s*(\d[\d.,]{0,8})\s*\)|(?<![\d/:.])(\d[\d.,]{0,8})(?![\d/:])")
_WORD = (
    r"(?:comments?|bình luận|ý kiến|kommentare?|commentaires?|réactions?|comentarios?|comentários?|commenti|commento|komentar(?:ze|zy)?|"
    r"reacties|kommentarer|yorum|комментари(?:й|я|ев|и)|コメント|评论|評論|留言|댓글|ความคิดเห็น)"
)
_COMMENTS = re.compile(
    rf"^(?:(?:view |read |all |tất cả )?(?P<a>\d[\d.,]{{0,8}})\s*(?:件の)?{_WORD}|{_WORD}\s*[:：]?\s*[(（\[]?\s*(?P<b>\d[\d.,]{{0,8}})\s*[)）\]]?)$",
    re.I,
)
_CALLED = re.compile(r"comment|binh-?luan|kommentar|coment[aá]rio|reaction|reactie|komentar|disqus", re.I)


def read_tags(page: Page, where: tuple[Place, ...], text: Callable[[], str]) -> tuple[tuple[str, ...], Reason | None]:
    """Return the tags the page shows, else those it tells machines.

    Keywords are the whole website's on many pages: those of the meta element of that name are not heard at all, and
    of others what the article's ``text`` names.
    """
    found = look_all(page, where, "tags")
    shown = _tags((said(one.element).lstrip("#") for one in found), _MOST)
    if shown:
        return shown, Reason(field="tags", printed=", ".join(shown), rule=found[0].rule, grade=_grade(found[0]))
    for rule, printed in _stated(page):
        tags = _tags((part for words in printed for part in _BETWEEN.split(repair(clean(words)))), _MOST)
        if rule.endswith(("keywords", "subject")):
            tags = _named(tags, text) if len(tags) <= _MOST_KEYWORDS else ()
        if tags:
            return tags, Reason(field="tags", printed=clean(", ".join(printed)), rule=rule, grade="B")
    return (), None


def _stated(page: Page) -> Iterator[tuple[str, list[str]]]:
    yield "meta: article:tag", page.metas.get("article:tag", [])
    thing = next(iter(page.things), None)
    if thing and thing.is_article:
        yield "json-ld: keywords", thing.texts("keywords")
    for name in ("news_keywords", "dcterms.subject", "dc.subject", "dcterms:subject"):
        yield f"meta: {name}", page.metas.get(name, [])[:_MOST]


def _tags(texts: Iterable[str], most: int) -> tuple[str, ...]:
    tags = (repair(clean(text)).strip(" ,;#") for text in texts)
    return tuple({folded(tag): tag for tag in tags if 1 < len(tag) <= _LONGEST and folded(tag)}.values())[:most]


def _named(tags: tuple[str, ...], text: Callable[[], str]) -> tuple[str, ...]:
    """Those that the text names; none of them when most are not named."""
    words = f" {folded(text())} "
    named = tuple(tag for tag in tags if f" {folded(tag)} " in words or (not tag.isascii() and folded(tag) in words))
    return named if len(named) * 2 >= len(tags) else ()


def _grade(found: Found) -> Grade:
    return "C" if found.place.witness == "visible" else "B"


def count_comments(page: Page, where: tuple[Place, ...]) -> tuple[int | None, Reason | None]:
    """Return how many comments the page says it has: where that usually stands, else beside the word in its language."""
    for found in look(page, where, "comments"):
        printed = said(found.element)
        match = _COUNT.search(printed) if len(printed) <= 60 else None
        if match:
            reason = Reason(field="comments_count", printed=printed, rule=found.rule, grade=_grade(found))
            return _number(match.group(1) or match.group(2)), reason
    for thing in page.things[:3]:
        stated = thing.text("commentCount")
        if stated.isdecimal() and len(stated) < 10:
            return int(stated), Reason(field="comments_count", printed=stated, rule="json-ld: commentCount", grade="B")
    return _beside_word(page)


def _beside_word(page: Page) -> tuple[int | None, Reason | None]:
    """The number beside the word, when all such lines say the same: teasers have numbers of their own."""
    found: dict[int, str] = {}
    for name in (name for name in page.names if _CALLED.search(name)):
        for element in page.index.named(name)[:_MOST_KEYWORDS]:
            words = text_of(element) if len(element) < 6 else ""
            match = _COMMENTS.match(words) if len(words) < 60 else None
            if match:
                found[_number(match.group("a") or match.group("b"))] = words
    if len(found) != 1:
        return None, None
    ((count, words),) = found.items()
    return count, Reason(field="comments_count", printed=words, rule="general: beside the word", grade="C")


def _number(printed: str) -> int:
    return int(re.sub(r"\D", "", printed))
