"""Rules about the HTML of an entry: readers must be able to show it, and it must not be able to do anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from feeds.parsed import Problem, Seen, SeenEntry
from feeds.rules.characters import Fault, Level, suspicious
from feeds.safe_html import PLACEHOLDER

_TOKEN = re.compile(
    r"""<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[^\s=<>"'/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>=`]+))?)*)\s*/?>|(<)"""
)
_ATTRIBUTE = re.compile(r"""([^\s=<>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>=`]+)))?""")
_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_ACTIVE = frozenset(
    {"script", "style", "form", "iframe", "object", "embed", "applet", "input", "button", "meta", "link", "base"}
)
_FRAIL = frozenset({"mark", "details", "summary"})
_BLOCKS = frozenset(
    {"p", "div", "ul", "ol", "dl", "table", "blockquote", "figure", "pre", "hr", "h1", "h2", "h3", "h4", "h5", "h6"}
)
_ADDRESSES = frozenset({"href", "src", "srcset", "poster", "cite", "data", "action"})
_WEB = re.compile(r"(?:https?://[^/\s]|mailto:)", re.IGNORECASE)
_ESCAPED_TAG = re.compile(r"&lt;/?(?:p|div|br|a|img|ul|li|table|span|strong)\b[^&]*&gt;", re.IGNORECASE)


class Judged(NamedTuple):
    faults: tuple[Fault, ...]
    addresses: frozenset[str]
    hosts: tuple[str, ...]
    """One address for each host it leads to."""
    images: tuple[str, ...]


@lru_cache(maxsize=512)
def judge(html: str) -> Judged:
    """Judge a piece of HTML; the three formats carry the same, so the answer is remembered."""
    walk = _Walk()
    walk.through(html)
    walk.faults.extend(suspicious(html))
    hosts = {url.partition("://")[2].partition("/")[0]: url for url in walk.addresses}
    return Judged(
        tuple(dict.fromkeys(walk.faults)), frozenset(walk.addresses), tuple(hosts.values()), tuple(walk.images)
    )


def content(seen: Seen) -> Iterator[Problem]:
    """B03 to B05, C05 to C09, G02 to G05: what is inside the content."""
    for entry in seen.entries:
        for fault in judge(entry.content).faults:
            yield entry.problem(fault.rule, level=fault.level, message=fault.message)


def pictures(seen: Seen) -> Iterator[Problem]:
    """G06: a picture announced beside the content is one that the content shows (FreshRSS shows it twice otherwise)."""
    for entry in seen.entries:
        for image in entry.images:
            if image not in judge(entry.content).images:
                yield entry.problem("G06", level="warning", message=f"does not show {image}")


def harmless_summary(seen: Seen) -> Iterator[Problem]:
    """C07, C11: the summary is plain text, and nothing a careless reader would run."""
    for entry in seen.entries:
        for found in _TOKEN.finditer(entry.summary):
            if found[2]:
                yield _summary(entry, found[2].lower())


def _summary(entry: SeenEntry, name: str) -> Problem:
    if name in _ACTIVE:
        return entry.problem("C07", message=f"summary holds <{name}>")
    return entry.problem("C11", level="warning", message=f"summary is not plain text: <{name}>")


class _Walk:
    """One pass over the tags."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.addresses: list[str] = []
        self.images: list[str] = []
        self.open: list[str] = []

    def through(self, html: str) -> None:
        tags = 0
        for found in _TOKEN.finditer(html):
            tags += 1
            if found[4]:
                self.fault("C06", f"a stray “<” at {html[found.start() : found.start() + 20]!r}")
            elif found[1]:
                self.close(found[2].lower())
            else:
                self.begin(found[2].lower(), found[3])
        if self.open:
            self.fault("C06", f"<{self.open[-1]}> is never closed")
        if not tags and _ESCAPED_TAG.search(html):
            self.fault("C05", "HTML is escaped twice")

    def begin(self, name: str, attributes: str) -> None:
        if name in _ACTIVE:
            self.fault("C07", f"holds <{name}>")
        if name in _FRAIL:
            self.fault("C08", f"<{name}> is lost in some readers", "warning")
        self.nest(name)
        if attributes:
            self.attributes(name, attributes)
        elif name == "img":
            self.image({})
        if name not in _VOID:
            self.open.append(name)

    def nest(self, name: str) -> None:
        """Find what an HTML parser would put elsewhere."""
        inside = self.open[_scope(self.open) :]
        if (name in _BLOCKS and "p" in inside) or (name in ("a", "li") and self.open[-1:] == [name]):
            self.fault("C06", f"<{name}> inside <{'p' if name in _BLOCKS else name}>")
        elif name == "a" and "a" in self.open:
            self.fault("C06", "<a> inside <a>")

    def close(self, name: str) -> None:
        if self.open and self.open[-1] == name:
            self.open.pop()
        else:
            self.fault("C06", f"</{name}> closes nothing, or too early")

    def attributes(self, name: str, text: str) -> None:
        found = {part[1].lower(): unescape(part[2] or part[3] or part[4] or "") for part in _ATTRIBUTE.finditer(text)}
        for attribute, value in found.items():
            if attribute.startswith("on"):
                self.fault("C07", f"{attribute}= on <{name}>")
            elif attribute in ("class", "style", "id"):
                self.fault("C08", f"{attribute}= on <{name}> is lost in readers", "warning")
            elif attribute in _ADDRESSES:
                self.address(attribute, value)
        if name == "img":
            self.image(found)

    def address(self, attribute: str, value: str) -> None:
        for url in re.split(r"\s*,\s+", value) if attribute == "srcset" else [value]:
            scheme = url.strip().lower()
            if scheme.startswith(("javascript:", "vbscript:")):
                self.fault("C07", f"an address that runs: {url[:40]}")
            elif scheme.startswith("data:"):
                self.fault("G03", f"a data: address: {url[:40]}")
            elif not _WEB.match(url):
                self.fault("C09", f"an address that is not absolute: {url[:80]!r}")
            else:
                self.addresses.append(url.split(" ")[0])

    def image(self, found: dict[str, str]) -> None:
        source = found.get("src", "")
        self.images.append(source)
        if not source or PLACEHOLDER.search(source.lower()):
            self.fault("G02", f"a picture that is none: {source!r}")
        if "alt" not in found:
            self.fault("G04", f"a picture without alt: {source}", "warning")
        if "0" in (sizes := {found.get("width"), found.get("height")}) or "1" in sizes:
            self.fault("G05", f"a picture that counts visitors: {source}", "warning")

    def fault(self, rule: str, message: str, level: Level = "error") -> None:
        self.faults.append(Fault(rule, level, message))


def _scope(open_: list[str]) -> int:
    """Return from where in the open elements a <p> would be closed: a table cell begins anew."""
    cells = [index for index, name in enumerate(open_) if name in ("td", "th", "caption")]
    return cells[-1] + 1 if cells else 0
