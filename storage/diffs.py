"""What differs between two texts, paragraph by paragraph and word by word, for the command, the web and the classes.

Every word of either text is in the answer, in order: the pieces without what came are the text before, the pieces
without what went are the text after. The work is bounded: what cannot be compared in time is told as a whole.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from scrapers.items import Record
from storage.wording import plain

Kind = Literal["same", "gone", "come"]
Span = tuple[int, int, int, int]
"""Where something was replaced: from and to in the one list, from and to in the other."""

# Thai, Lao, Burmese and Khmer letters with their marks, and the letters of Chinese and Japanese: no blanks part words there.
_ALONE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_MARKS = "\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b4-\u17d3"
# The letters of India have marks that are no letters to a regular expression.
_LETTER = f"(?:(?![{_ALONE}])[\\w\u0900-\u0963\u0966-\u0dff])[{_MARKS}]*"
_WORDS = re.compile(
    rf"\s+|[{_ALONE}][{_MARKS}]*|{_LETTER}(?:{_LETTER}|[./'’-](?={_LETTER})|(?<=\d),(?=\d)|(?<=\d)%)*|.", re.DOTALL
)
_PARAGRAPHS = re.compile(r"[^\n]+\n*|\n+")

MOST = 2_000_000
"""Characters that differ up to which two texts are compared at all."""
_LINES = 40_000
"""Lines of both texts up to which they are compared at all."""
WORK = 1_500_000
"""Steps that comparing two texts may take: about half a second."""
_SMALL = 10_000
"""Pairs of words up to which all are compared with all."""
_ALIKE = 0.4
"""The share of words that two paragraphs have in common when one of them is the other, changed."""
_PAIR = 0.25
"""The same where one paragraph stands in the place of another."""
_PAIRS = 2_500
_BREATH = 3


class Segment(Record, frozen=True, kw_only=True):
    """Some words that both texts have, or only one of them."""

    kind: Kind
    text: str


class Piece(Record, frozen=True, kw_only=True):
    """A paragraph of either text."""

    kind: Literal["same", "changed", "gone", "come", "left", "moved"]
    """"left" stands where a paragraph was that is elsewhere now, "moved" where it is now."""
    segments: tuple[Segment, ...]

    @property
    def before(self) -> str:
        return "".join(one.text for one in self.segments if one.kind != "come")

    @property
    def after(self) -> str:
        return "".join(one.text for one in self.segments if one.kind != "gone")


def words(text: str) -> list[str]:
    """Cut a text into words, punctuation and white space, with nothing lost; syllables in Vietnamese."""
    return _WORDS.findall(text)


def paragraphs(text: str) -> list[str]:
    """Cut a text into its paragraphs, each with the line breaks behind it."""
    return _PARAGRAPHS.findall(text)


def compare(before: str, after: str, effort: Effort | None = None) -> tuple[Piece, ...]:
    """Return what differs between two texts of any length, in the order of the text after."""
    effort = effort or Effort()
    if before.count("\n") + after.count("\n") > _LINES and before != after:
        return (Piece(kind="changed", segments=_whole(before, after)),)
    old, new = paragraphs(before), paragraphs(after)
    start, end, _, stop = _trimmed(old, new, 0, len(old), 0, len(new))
    if sum(map(len, old[start:end])) + sum(map(len, new[start:stop])) > MOST:
        return (Piece(kind="changed", segments=_whole(before, after)),)
    spans = list(_replaced(_compared(old, start, end), _compared(new, start, stop), effort))
    moved = _moved(old, new, spans)
    pieces: list[Piece] = []
    i = j = 0
    for i1, i2, j1, j2 in [*spans, (len(old), len(old), len(new), len(new))]:
        pieces += [_kept(one, other, effort) for one, other in zip(old[i:i1], new[j:j1], strict=True)]
        pieces += _block(old[i1:i2], new[j1:j2], moved, effort)
        i, j = i2, j2
    return tuple(pieces)


def compare_words(before: str, after: str, effort: Effort | None = None) -> tuple[Segment, ...]:
    """Return what differs between two sentences or paragraphs, word by word."""
    if before == after:
        return (Segment(kind="same", text=after),) if after else ()
    effort = effort or Effort()
    if not effort.affords((len(before) + len(after)) // 4):
        return _whole(before, after)
    old, new = words(before), words(after)
    segments: list[Segment] = []
    j = 0
    for i1, i2, j1, j2 in [*_replaced(old, new, effort), (len(old), len(old), len(new), len(new))]:
        _add(segments, "same", new[j:j1])
        # A blank between two words that changed is no common ground.
        if i1 < len(old) or j1 < len(new):
            _bridge(segments)
        _add(segments, "gone", old[i1:i2])
        _add(segments, "come", new[j1:j2])
        j = j2
    return tuple(_ordered(segments))


class Effort:
    """How much more comparing may cost; shared by all that is compared at once."""

    def __init__(self, work: int = WORK) -> None:
        self.left = work

    def affords(self, cost: int) -> bool:
        if cost > self.left:
            return False
        self.left -= cost
        return True


def _compared(found: list[str], start: int, end: int) -> list[str]:
    """What of the paragraphs counts, worked out only where it can matter."""
    return [*found[:start], *(plain(one) for one in found[start:end]), *found[end:]]


def _whole(before: str, after: str) -> tuple[Segment, ...]:
    return tuple(_changed(before, after))


def _changed(gone: str, come: str) -> Iterator[Segment]:
    if gone:
        yield Segment(kind="gone", text=gone)
    if come:
        yield Segment(kind="come", text=come)


def _kept(before: str, after: str, effort: Effort) -> Piece:
    if before == after:
        return Piece(kind="same", segments=(Segment(kind="same", text=after),))
    return Piece(kind="same", segments=compare_words(before, after, effort))


def _block(old: list[str], new: list[str], moved: Counter[str], effort: Effort) -> Iterator[Piece]:
    """Tell which paragraphs of a stretch became which others, and which only came or went."""
    i = j = 0
    stay_old = [one for one in old if moved[plain(one)] <= 0]
    stay_new = [one for one in new if moved[plain(one)] <= 0]
    partners = _partners(old, new, moved, effort) if stay_old and stay_new else []
    for a, b in [*partners, (len(old), len(new))]:
        yield from (_one("left" if moved[plain(one)] > 0 else "gone", one) for one in old[i:a])
        yield from (_one("moved" if moved[plain(one)] > 0 else "come", one) for one in new[j:b])
        if a < len(old):
            yield Piece(kind="changed", segments=compare_words(old[a], new[b], effort))
        i, j = a + 1, b + 1


def _one(kind: Literal["gone", "come", "left", "moved"], text: str) -> Piece:
    return Piece(kind=kind, segments=(Segment(kind="gone" if kind in ("gone", "left") else "come", text=text),))


def _moved(old: list[str], new: list[str], spans: list[Span]) -> Counter[str]:
    """Return the paragraphs that stood somewhere else before; not those that stand there several times."""
    went = Counter(plain(one) for i1, i2, _, _ in spans for one in old[i1:i2])
    came = Counter(plain(one) for _, _, j1, j2 in spans for one in new[j1:j2])
    return Counter({text: 1 for text, times in went.items() if text and times == 1 == came[text]})


def _partners(old: list[str], new: list[str], moved: Counter[str], effort: Effort) -> list[tuple[int, int]]:
    """Pair paragraphs that are alike, in order; with too many of them the first with the first."""
    rows = [(i, _vocabulary(one)) for i, one in enumerate(old) if moved[plain(one)] <= 0]
    columns = [(j, _vocabulary(one)) for j, one in enumerate(new) if moved[plain(one)] <= 0]
    if len(rows) == 1 == len(columns):
        return [(rows[0][0], columns[0][0])] if _alike(rows[0][1], columns[0][1]) > _PAIR else []
    if len(rows) * len(columns) > _PAIRS or not effort.affords(len(rows) * sum(len(one) for _, one in columns)):
        return [(i, j) for (i, one), (j, other) in zip(rows, columns, strict=False) if _alike(one, other) > _ALIKE]
    return _best_pairs(rows, columns)


_Rows = list[tuple[int, frozenset[str]]]


def _best_pairs(rows: _Rows, columns: _Rows) -> list[tuple[int, int]]:
    """Pair in order so that the sum of what they have in common is largest."""
    alike = [[_alike(one, other) for _, other in columns] for _, one in rows]
    best = [[0.0] * (len(columns) + 1) for _ in range(len(rows) + 1)]
    for i in range(len(rows) - 1, -1, -1):
        for j in range(len(columns) - 1, -1, -1):
            pair = alike[i][j] + best[i + 1][j + 1] if alike[i][j] > _ALIKE else 0.0
            best[i][j] = max(pair, best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(rows) and j < len(columns):
        if alike[i][j] > _ALIKE and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            pairs.append((rows[i][0], columns[j][0]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _vocabulary(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in words(text) if word[0].isalnum())


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _replaced(old: Sequence[str], new: Sequence[str], effort: Effort) -> Iterator[Span]:
    """Yield the stretches that are not the same, in order.

    Words that stand once in both hold the lists together; what lies between two of them is compared on its own.
    """
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        i1, i2, j1, j2 = waiting.pop()
        i1, i2, j1, j2 = _trimmed(old, new, i1, i2, j1, j2)
        if i1 == i2 or j1 == j2:
            if i1 < i2 or j1 < j2:
                yield i1, i2, j1, j2
        elif (cost := (i2 - i1) * (j2 - j1)) <= _SMALL and effort.affords(cost):
            yield from _matched(old, new, i1, i2, j1, j2)
        else:
            held = _anchors(old, new, i1, i2, j1, j2) if effort.affords(_BREATH * (i2 - i1 + j2 - j1)) else []
            if not held:
                yield i1, i2, j1, j2
                continue
            ends = [*held, (i2, j2)]
            starts = [(i1, j1), *((i + 1, j + 1) for i, j in held)]
            waiting += [(a, i, b, j) for (a, b), (i, j) in zip(starts[::-1], ends[::-1], strict=True)]


def _trimmed(old: Sequence[str], new: Sequence[str], i1: int, i2: int, j1: int, j2: int) -> Span:
    while i1 < i2 and j1 < j2 and old[i1] == new[j1]:
        i1, j1 = i1 + 1, j1 + 1
    while i1 < i2 and j1 < j2 and old[i2 - 1] == new[j2 - 1]:
        i2, j2 = i2 - 1, j2 - 1
    return i1, i2, j1, j2


def _matched(old: Sequence[str], new: Sequence[str], i1: int, i2: int, j1: int, j2: int) -> Iterator[Span]:
    matcher = SequenceMatcher(a=old[i1:i2], b=new[j1:j2], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            yield i1 + a, i1 + b, j1 + c, j1 + d


def _anchors(old: Sequence[str], new: Sequence[str], i1: int, i2: int, j1: int, j2: int) -> list[tuple[int, int]]:
    """Return the longest run of words, in order in both, that stand once in each."""
    places = _once(new, j1, j2)
    pairs = [(i, places[word]) for word, i in _once(old, i1, i2).items() if word in places]
    ends: list[int] = []
    last: list[int] = []
    back: list[int] = []
    for number, (_, j) in enumerate(pairs):
        at = bisect_left(ends, j)
        ends[at : at + 1] = [j]
        last[at : at + 1] = [number]
        back.append(last[at - 1] if at else -1)
    chain, number = [], last[-1] if last else -1
    while number >= 0:
        chain.append(pairs[number])
        number = back[number]
    return chain[::-1]


def _once(words: Sequence[str], start: int, end: int) -> dict[str, int]:
    """Where each word stands that stands only once, in order."""
    times = Counter(words[start:end])
    return {words[at]: at for at in range(start, end) if times[words[at]] == 1}


def _add(segments: list[Segment], kind: Kind, found: Sequence[str]) -> None:
    if text := "".join(found):
        segments.append(Segment(kind=kind, text=text))


def _bridge(segments: list[Segment]) -> None:
    """Let a change run on over a blank."""
    if len(segments) > 1 and segments[-1].kind == "same" and segments[-1].text.isspace():
        blank = segments.pop().text
        segments += [Segment(kind="gone", text=blank), Segment(kind="come", text=blank)]


def _ordered(segments: Sequence[Segment]) -> Iterator[Segment]:
    """Join what follows on each other: within one change first all that went, then all that came."""
    gone = come = same = ""
    for one in [*segments, Segment(kind="same", text="")]:
        if one.kind == "gone":
            gone += one.text
        elif one.kind == "come":
            come += one.text
        if one.kind != "same" and same:
            yield Segment(kind="same", text=same)
            same = ""
        if one.kind == "same" and (gone or come):
            yield from _changed(gone, come)
            gone = come = ""
        same += one.text if one.kind == "same" else ""
    if same:
        yield Segment(kind="same", text=same)
