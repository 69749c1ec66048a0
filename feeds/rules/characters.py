"""Rules about characters: nothing invisible, nothing garbled, everything composed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal, NamedTuple

from feeds.text import FORBIDDEN

Level = Literal["error", "warning"]

_MOJIBAKE = re.compile(r"á»[\x80-\xbf¡-ÿ™-]|Ã[\x80-\xbf¡-ÿ]|â€[œ\x9d™“”¢¦˜]|Ä[\x80-\x91‘]")


class Fault(NamedTuple):
    rule: str
    level: Level
    message: str


def suspicious(text: str) -> Iterator[Fault]:
    """B03, B04, B05."""
    if text.isascii() and text.isprintable():
        return
    if found := FORBIDDEN.search(text):
        yield Fault("B03", "error", f"holds U+{ord(found[0]):04X} in {_around(text, found)}")
    if found := _MOJIBAKE.search(text):
        yield Fault("B04", "warning", f"looks garbled: {_around(text, found)}")
    if not unicodedata.is_normalized("NFC", text):
        yield Fault("B05", "warning", "is not in composed form (NFC)")


def _around(text: str, found: re.Match[str]) -> str:
    return ascii(text[max(0, found.start() - 12) : found.end() + 12])
