"""What differs between two wordings, word by word, for people who want to see it at a glance."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from markupsafe import Markup

LONGEST = 6000
"""Words of a text that are compared; comparing takes longer than linear time."""
_WORDS = re.compile(r"\s+|\w[\w%./-]*(?<![./-])|[^\w\s]")


def difference(before: str, after: str) -> Markup:
    """Return ``after`` with what is new in <ins> and what is gone in <del>; paragraphs stay paragraphs."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(old), len(new)) > LONGEST:
        return _whole(before, after)
    parts = []
    for kind, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(_plain("".join(new[c:d])))
            continue
        if gone := "".join(old[a:b]):
            parts.append(_marked("del", gone))
        if come := "".join(new[c:d]):
            parts.append(_marked("ins", come))
    return Markup("").join(parts)


def _whole(before: str, after: str) -> Markup:
    return _plain(after) if before == after else _marked("del", before) + _marked("ins", after)


def _marked(tag: str, text: str) -> Markup:
    return Markup("<{0}>{1}</{0}>").format(Markup(tag), text)


def _plain(text: str) -> Markup:
    return Markup("{}").format(text)
