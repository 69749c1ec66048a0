"""Which blocks of a text are not the article's own: its headline again, the way to other articles, buttons, notices."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from scrapers.reading.blocks import Block
from scrapers.reading.endings import without_ending, without_opening
from scrapers.reading.page import folded
from scrapers.reading.phrases import BUTTON, END, FURTHER, LEADING, NOTICE

_FILES = re.compile(r'href="[^"]+\.(?:pdf|docx?|xlsx?|zip|rar|pptx?|csv|ods|odt)\b', re.I)
_NEARLY = 12
"""By so many characters of spacing and punctuation two wordings of a headline can differ."""
_BUTTON, _NOTICE, _LEADING = 100, 350, 300
_REST = 0.35


class Trust(NamedTuple):
    """How far the element a text was cut from is known to hold the text and nothing else."""

    loose: bool
    exact: bool


def own_blocks(blocks: list[Block], headline: str, trust: Trust) -> list[Block]:
    """Return the blocks that are the article's own."""
    kept = list(_without_headline(blocks, headline))
    if trust.loose:
        kept = without_opening(without_ending(list(_without_ways(_until_end(kept))), exact=trust.exact))
        kept = without_ending(_without_end(kept, exact=trust.exact), exact=trust.exact)
    return _without_last_headings(kept if trust.exact else [block for block in kept if not _is_menu(block)])


def _without_last_headings(blocks: list[Block]) -> list[Block]:
    """What stood below them was no text: files, other articles."""
    while blocks and blocks[-1].kind == "heading":
        blocks = blocks[:-1]
    return blocks


def _without_headline(blocks: list[Block], headline: str) -> Iterator[Block]:
    said = folded(headline)
    for block in blocks:
        if not said or abs(len(block.text) - len(headline)) >= _NEARLY or folded(block.text) != said:
            yield block


def _until_end(blocks: list[Block]) -> list[Block]:
    """The blocks before comments, the author's life and other parts that end a page."""
    whole = sum(len(block.text) for block in blocks)
    before = 0
    for number, block in enumerate(blocks):
        if len(block.text) < _BUTTON and whole - before < _REST * whole and END.match(block.text):
            return blocks[:number]
        before += len(block.text)
    return blocks


def _without_ways(blocks: list[Block]) -> Iterator[Block]:
    leading_away = False
    for block in blocks:
        if leads_away(block):
            leading_away = True
        elif not (leading_away and _is_link(block)):
            leading_away = False
            if not is_furniture(block):
                yield block


def leads_away(block: Block) -> bool:
    """Whether the block announces other articles or names one."""
    if block.kind not in ("text", "heading", "quote") or len(block.text) > _LEADING:
        return False
    return FURTHER.match(block.text) is not None or LEADING.match(block.text) is not None or _is_lone_link(block)


def _is_lone_link(block: Block) -> bool:
    """A paragraph that is one link, worded as a headline."""
    words = block.text.count(" ") + 1
    return (
        block.kind in ("text", "quote")
        and block.links > 0.9 * len(block.text)
        and words >= _HEADLINE
        and "\n" not in block.text
        and not _FILES.search(block.html)
    )


_HEADLINE = 5


def is_furniture(block: Block) -> bool:
    """Whether the block is a button's or a notice's words."""
    text = block.text
    if block.kind == "heading" or block.kind in ("table", "figure"):
        return False
    return (len(text) < _BUTTON and BUTTON.match(text) is not None) or (
        len(text) < _NOTICE and NOTICE.search(text) is not None
    )


def _is_link(block: Block) -> bool:
    return block.kind == "figure" or (block.links > 0.7 * len(block.text) and not _FILES.search(block.html))


def _without_end(blocks: list[Block], *, exact: bool) -> list[Block]:
    """The blocks without the links that end them, their headings and pictures included."""
    end = len(blocks)
    texts = Counter(block.text for block in blocks)
    for number in range(len(blocks) - 1, 0, -1):
        block = blocks[number]
        if block.kind == "figure" or (block.kind == "heading" and not _is_link(block)):
            continue
        if not _is_link(block) or len(block.text) < _SHORTEST or texts[block.text] > _REFRAIN:
            break
        if exact and block.kind == "list" and blocks[number - 1].kind == "text" and not _is_link(blocks[number - 1]):
            # A list that a paragraph announces.
            break
        end = number
    while end < len(blocks) and end > 1 and blocks[end - 1].kind in ("heading", "figure"):
        end -= 1
    return blocks[:end]


_SHORTEST = 15
_REFRAIN = 2
"""A link that stands more often than so in one text ("View this dataset" below each entry) belongs to it at its end, too."""


def _is_menu(block: Block) -> bool:
    """A list that is nothing but links leads away from the text, unless it leads to files."""
    return block.kind == "list" and block.links > 0.8 * len(block.text) and not _FILES.search(block.html)
