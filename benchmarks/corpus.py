"""Saved real pages with the facts they state, for measuring only; they belong to their publishers and stay out of here."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin

from scrapers.addresses import absolute
from scrapers.reading.text import decode
from scrapers.reading.tree import Element, parse, select

FOLDER = Path(os.environ.get("BANTIN_CORPUS") or Path(__file__).parents[2] / "shared" / "corpus")
"""Folders of pages with an ``index.jsonl`` each; point $BANTIN_CORPUS at yours."""


class Page(NamedTuple):
    set: str
    id: str
    url: str
    kind: str
    government: bool
    html: bytes
    facts: dict[str, Any]
    """What the page is known to state. In a set that states authors, "author" is None for a page whose facts
    are whole, as their title tells, and name none."""


def sets() -> list[str]:
    """Names of the sets there are; none where there is no corpus."""
    return sorted(path.parent.name for path in FOLDER.glob("*/index.jsonl"))


def pages(name: str, kind: str) -> Iterator[Page]:
    described = json.loads((FOLDER / name / "SET.json").read_text("utf-8"))
    nobody = {"author": None} if "author" in described["gt_fields"] else {}
    for line in (FOLDER / name / "index.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["kind"] == kind:
            raw = (FOLDER / name / row["file"]).read_bytes()
            html = gzip.decompress(raw) if row["file"].endswith(".gz") else raw
            whole = {**(nobody if row["gt"].get("title") else {}), **row["gt"]}
            facts = _with_next_page(whole, html, row["url"] or "")
            yield Page(name, row["id"], row["url"] or "", kind, bool(row["gov"]), html, facts)


def _with_next_page(facts: dict[str, Any], html: bytes, url: str) -> dict[str, Any]:
    """Some facts say where links to the next page stand rather than where they lead: the selector is looked up."""
    selector = facts.get("NEXT")
    root = parse(decode(html, content_type=None).text) if isinstance(selector, str) and selector else None
    if root is None or "next_page" in facts:
        return facts
    base = next((urljoin(url, element.get("href") or "") for element in root.iter("base")), url)
    found = {absolute(href, base=base) for element in select(root, str(selector)) if (href := _href(element))}
    return {**facts, "next_page": sorted(found - {""})}


def _href(element: Element) -> str:
    links = (element, *element.iter("a"), *element.iterancestors("a"))
    return next((href for link in links if (href := link.get("href") or "") and href[0] != "#"), "")
