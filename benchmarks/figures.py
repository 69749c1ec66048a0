"""How a record compares with what a page is known to state: each figure is a share between 0 and 1."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

_CJK = re.compile(r"[぀-ヿ一-鿿]")

Marks = defaultdict[str, list[float]]


def mark_article(facts: Mapping[str, Any], record: Mapping[str, Any], marks: Marks) -> None:
    """Add this page's marks to ``marks``, for every field the facts know of."""
    marks["err"].append("error" in record)
    if facts.get("title"):
        marks["title"].append(folded(record.get("headline")) == folded(facts["title"]))
    published = str(facts.get("published") or "")
    if re.match(r"\d{4}-\d\d-\d\d", published):
        _mark_date(str(record.get("published") or ""), published, marks)
    body = str(record.get("body_text") or "")
    if facts.get("body"):
        marks["body"].append(f1(body, facts["body"] if isinstance(facts["body"], str) else "\n".join(facts["body"])))
    for key, name in (("with", "body_with"), ("leak", "body_without")):
        marks[key] += [squeezed(snippet) in squeezed(body) for snippet in facts.get(name) or ()]
    if "author" in facts:
        _mark_author([str(name) for name in record.get("authors") or ()], facts["author"], marks)


def mark_listing(facts: Mapping[str, Any], record: Mapping[str, Any], marks: Marks) -> None:
    marks["err"].append("error" in record)
    true = {address(row["url"]) for row in facts.get("items") or () if row.get("url")}
    if true:
        found = {address(row["url"]) for row in record.get("headlines") or () if row.get("url")}
        marks["rows P"].append(len(found & true) / len(found) if found else 0.0)
        marks["rows R"].append(len(found & true) / len(true))
    following = facts.get("next_page")
    if following := [following] if isinstance(following, str) else following:
        marks["next"].append(address(str(record.get("next_page") or "")) in set(map(address, following)))


def means(marks: Marks) -> dict[str, float]:
    return {name: sum(values) / len(values) for name, values in marks.items() if values}


def f1(found: str, true: str) -> float:
    """Token F1: the harmonic mean of precision and recall over words (characters for Chinese and Japanese)."""
    a, b = Counter(tokens(found)), Counter(tokens(true))
    both = sum((a & b).values())
    return 2 * both / (sum(a.values()) + sum(b.values())) if both else 0.0


def tokens(text: str) -> Iterable[str]:
    text = unicodedata.normalize("NFC", text).lower()
    return re.findall(r"\w", text) if len(_CJK.findall(text)) > len(text) / 4 else re.findall(r"\w+", text)


def folded(text: str | None) -> str:
    return re.sub(r"\W+", " ", unicodedata.normalize("NFC", html.unescape(text or "")).lower()).strip()


def squeezed(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def address(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"


def _mark_date(found: str, true: str, marks: Marks) -> None:
    a, b = _instant(found), _instant(true)
    same = found[:10] == true[:10]
    if a and b and a.tzinfo and b.tzinfo:
        same = a.astimezone(b.tzinfo).date() == b.date()
    marks["day"].append(same)
    marks["day wrong"].append(bool(found) and not same)
    if b and b.tzinfo:
        marks["minute"].append(bool(a and a.tzinfo and abs((a - b).total_seconds()) < 60))


def _mark_author(found: list[str], stated: str | list[str] | None, marks: Marks) -> None:
    """Right when every name found is in the stated byline and the other way round; word order and additions aside."""
    if not stated:
        marks["author invented"].append(bool(found))
        return
    true = set(tokens(stated if isinstance(stated, str) else " ".join(stated)))
    said = set(tokens(" ".join(found)))
    marks["author"].append(len(true & said) >= 0.7 * len(true | said))


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
