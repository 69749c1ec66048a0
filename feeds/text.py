"""Text as a feed may hold it: nothing that XML forbids, nothing invisible that a reader stumbles over."""

from __future__ import annotations

import re
import unicodedata

# Not among them: controls, noncharacters, lone surrogates, the replacement character, the byte order mark, and the
# bidirectional overrides (with which a title can turn round everything a reader prints after it). Written as what is
# allowed, because that is what nearly every character is: six times faster.
_ALLOWED = "\t\n\r -~\u00a0-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe\uff00-\ufffc" + "".join(
    f"{chr(plane << 16)}-{chr((plane << 16) + 0xFFFD)}" for plane in range(1, 17)
)
FORBIDDEN = re.compile(f"[^{_ALLOWED}]")
_INVISIBLE = re.compile("[\u200b\u2060\u00ad]")
_MARKUP = re.compile(r"<(?=[A-Za-z/!?])")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")

TITLE = 500
SUMMARY = 600


def clean(text: str) -> str:
    """Return text in composed form without what a feed may not hold; lines stay."""
    return unicodedata.normalize("NFC", FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def line(text: str, limit: int = TITLE) -> str:
    """Return text as one line of at most ``limit`` characters."""
    # A headline of megabytes is a broken page: what matters is at its beginning.
    words = " ".join(_INVISIBLE.sub("", clean(text[: limit * 40])).split())
    return words if len(words) <= limit else f"{words[: limit - 1].rstrip()}…"


def teaser(text: str, limit: int = SUMMARY) -> str:
    """Return the first sentences of a text, three at most, as one line that no reader takes for markup."""
    sentences = _SENTENCE.split(line(text, limit * 4), maxsplit=3)[:3]
    while len(sentences) > 1 and len(" ".join(sentences)) > limit:
        sentences.pop()
    return harmless(line(" ".join(sentences), limit))


def harmless(text: str) -> str:
    """RSS readers take a description for HTML: what looks like a tag gets another bracket."""
    return _MARKUP.sub("‹", text)
