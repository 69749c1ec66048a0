"""The places in one paragraph where words are others, widened to whole amounts, dates and names, and what changed there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from storage.diffs import Segment, words
from storage.names import names
from storage.obligations import OPPOSITES, is_strong, obligations
from storage.quantities import Thing, quantities
from storage.slips import are_slips
from storage.wording import plain

_LONG = 12
"""Words from which on what was put in, left out or rewritten is a sentence, and its common words mean nothing alone."""
_SEARCHED = 20_000
"""Characters of a paragraph in which amounts, dates and names are looked for."""
_AROUND = 200
"""Characters beside a change that are looked at."""
_LONGEST = 500
_BESIDE = 3
"""Words beside a name that belong to it ("Bộ Tài *chính*")."""
_WHY = {
    "money": "The amount",
    "number": "The number",
    "date": "The date",
    "name": "The name",
    "obligation": "What is denied, obliged or allowed",
}
_NUMBERS = frozenset(
    str.split(
        "một hai ba bốn năm sáu bảy tám chín mười mươi trăm nghìn ngàn triệu tỷ tỉ nửa đôi nhất nhì one two three four five six seven eight nine ten "
        "eleven twelve dozen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion half first second third fourth fifth "
        "un deux trois quatre cinq sept huit neuf dix zwei drei vier fünf sechs sieben acht neun zehn uno dos tres cuatro cinco seis siete ocho nueve diez"
    )
)
_FOREIGN = re.compile(r"\W+")


class Found(NamedTuple):
    kind: str
    before: str
    after: str
    why: str


class Spot(NamedTuple):
    """A place that changed: the words of both sides, and what in them is more than a word, with offsets in them."""

    before: str
    after: str
    old: tuple[Thing, ...]
    new: tuple[Thing, ...]


def spots(segments: Sequence[Segment], language: str) -> Iterator[Found]:
    """Tell what changed in a paragraph; of one place the weightier first."""
    if sum(len(one.text) for one in segments if one.kind != "same") > _SEARCHED:
        before = _cut("".join(one.text[:_LONGEST] for one in segments if one.kind == "gone"))
        after = _cut("".join(one.text[:_LONGEST] for one in segments if one.kind == "come"))
        yield Found("rewording", before, after, "Most of a very long paragraph is another.")
        return
    for spot in places([_near_changes(one) for one in segments], language):
        yield from _changes(spot, language)


def _near_changes(one: Segment) -> Segment:
    if one.kind != "same" or len(one.text) <= 3 * _AROUND:
        return one
    return Segment(kind="same", text=f"{one.text[:_AROUND]}\n{one.text[-_AROUND:]}")


def told(before: str, after: str) -> str:
    """Say in words what became of what."""
    if not before:
        return f"“{_cut(after)}” was added"
    return f"“{_cut(before)}” became “{_cut(after)}”" if after else f"“{_cut(before)}” was removed"


def places(segments: Sequence[Segment], language: str) -> list[Spot]:
    """Return where a paragraph changed, each place widened to the whole amounts, dates, names and terms it touches."""
    line = _Line(segments)
    touched = [(start, end) for start, end, kind in line.stretches if kind != "same"]
    old, new = _things(line.before, language), _things(line.after, language)
    held = [(line.outer(one, "come"), one, True) for one in old] + [
        (line.outer(one, "gone"), one, False) for one in new
    ]
    reach = sorted(touched)
    widened = _united(reach)
    for (start, end), _, _ in held:
        if any(start < stop and begin < end for begin, stop in _near(widened, start, end)):
            reach.append((start, end))
    return [line.spot(start, end, held) for start, end in _united(sorted(reach))]


class _Line:
    """Both sides of a paragraph on one line: what both have once, then what went and what came, in order."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.stretches: list[tuple[int, int, str]] = []
        at = 0
        for one in segments:
            self.stretches.append((at, at + len(one.text), one.kind))
            at += len(one.text)
        self.text = "".join(one.text for one in segments)
        self.before = "".join(one.text for one in segments if one.kind != "come")
        self.after = "".join(one.text for one in segments if one.kind != "gone")

    def outer(self, thing: Thing, but: str) -> tuple[int, int]:
        """Where on the line something of one side lies; ``but`` is what that side lacks."""
        return self._place(thing.start, but), self._place(thing.end - 1, but) + 1

    def _place(self, at: int, but: str) -> int:
        for start, end, kind in self.stretches:
            if kind != but:
                if at < end - start:
                    return start + at
                at -= end - start
        return len(self.text)

    def spot(self, start: int, end: int, held: list[tuple[tuple[int, int], Thing, bool]]) -> Spot:
        within = [(a, b, thing, is_old) for (a, b), thing, is_old in held if start <= a and b <= end]
        old = tuple(self._moved(thing, a, start, "come") for a, _, thing, is_old in within if is_old)
        new = tuple(self._moved(thing, a, start, "gone") for a, _, thing, is_old in within if not is_old)
        return Spot(self._side(start, end, "come"), self._side(start, end, "gone"), old, new)

    def _moved(self, thing: Thing, at: int, start: int, but: str) -> Thing:
        offset = len(self._side(start, at, but))
        return thing._replace(start=offset, end=offset + thing.end - thing.start)

    def _side(self, start: int, end: int, but: str) -> str:
        return "".join(
            self.text[max(a, start) : min(b, end)]
            for a, b, kind in self.stretches
            if kind != but and a < end and start < b
        )


def _things(text: str, language: str) -> list[Thing]:
    found = quantities(text)
    for some in (obligations(text, language), names(text, language)):
        found += [one for one in some if not any(one.start < other.end and other.start < one.end for other in found)]
    return found


def _united(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join stretches that overlap or touch; they come in order."""
    united: list[tuple[int, int]] = []
    for start, end in spans:
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united


def _near(spans: list[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    return ((a, b) for a, b in spans if a < end and start < b)


def _changes(spot: Spot, language: str) -> Iterator[Found]:
    before, after = plain(spot.before), plain(spot.after)
    if _letters(before) == _letters(after) and not _is_figure_changed(spot):
        if _typeset(_without(spot.before, spot.old)) == _typeset(_without(spot.after, spot.new)):
            yield Found(
                "white-space", before, after, "Only spacing or the shape of quotation marks and dashes differs."
            )
        else:
            yield Found("typo", before, after, f"Only punctuation differs: {told(before, after)}.")
        return
    long = max(_count(before), _count(after)) > _LONG
    if long and (not before or not after):
        yield Found("rewording", _cut(before), _cut(after), f"A sentence or more: {told(before, after)}.")
        return
    found = [*_quantities(spot), *_obligations(spot, long=long)]
    yield from found
    yield from _rest(spot, found, language, long=long)


def _is_figure_changed(spot: Spot) -> bool:
    """Whether only punctuation differs and yet a value does: "1.5" and "15"."""
    values = [
        Counter(one.value for one in side if one.kind in ("money", "number", "date")) for side in (spot.old, spot.new)
    ]
    return values[0] != values[1]


def _quantities(spot: Spot) -> list[Found]:
    found: list[Found] = []
    for kind in ("money", "date", "number"):
        gone, come = _differing(spot, kind)
        if not gone and not come:
            continue
        named = kind
        if found and _completes(found[-1], gone, come):
            last = found.pop()
            gone, come, named = last.before or gone, last.after or come, last.kind
        found.append(Found(named, gone, come, f"{_WHY[named]} {told(gone, come)}."))
    return found


def _completes(last: Found, gone: str, come: str) -> bool:
    """Whether an amount became a mere number, or the other way round."""
    return (not last.before and bool(gone) and not come) or (not last.after and bool(come) and not gone)


def _differing(spot: Spot, kind: str) -> tuple[str, str]:
    """The amounts, dates … that only one side has, as they are written."""
    old = Counter(one.value for one in spot.old if one.kind == kind)
    new = Counter(one.value for one in spot.new if one.kind == kind)
    return _left(spot.before, spot.old, kind, old - new), _left(spot.after, spot.new, kind, new - old)


def _left(text: str, things: Sequence[Thing], kind: str, values: Counter[str]) -> str:
    some = [text[one.start : one.end] for one in things if one.kind == kind and values[one.value]]
    return _cut("; ".join(dict.fromkeys(some)))


def _obligations(spot: Spot, *, long: bool) -> list[Found]:
    old = Counter(one.value for one in spot.old if one.kind == "obligation")
    new = Counter(one.value for one in spot.new if one.kind == "obligation")
    gone, come = old - new, new - old
    if long:
        # Where a sentence is another, only words that turn it round mean something by themselves.
        gone, come = Counter(filter(is_strong, gone)), Counter(filter(is_strong, come))
    if not gone and not come:
        return []
    before, after = ", ".join(gone), ", ".join(come)
    return [Found("obligation", before, after, f"{_WHY['obligation']} is another: {told(before, after)}.")]


def _rest(spot: Spot, found: list[Found], language: str, *, long: bool) -> Iterator[Found]:
    """Tell what else differs, when amounts, dates and obligations are left aside."""
    before, after = _without(spot.before, spot.old), _without(spot.after, spot.new)
    old, new = _words(before), _words(after)
    if old == new:
        if not found:
            told_as = f"The same is written another way: {told(plain(spot.before), plain(spot.after))}."
            yield Found("white-space", _cut(spot.before), _cut(spot.after), told_as)
        return
    one, other = _cut(spot.before), _cut(spot.after)
    if are_slips(old, new):
        yield Found("typo", one, other, f"A slip was mended, or made: {told(one, other)}.")
    elif (kind := _number_words(old, new)) or (kind := _opposites(old, new)):
        yield Found(kind, one, other, f"{_WHY[kind]} {told(one, other)}.")
    elif _is_renamed(spot, long=long):
        yield Found("name", one, other, f"{_WHY['name']} {told(one, other)}.")
        if max(_beside(spot.before, spot.old), _beside(spot.after, spot.new)) > _BESIDE:
            yield Found("rewording", one, other, f"The words are others: {told(one, other)}.")
    elif not found or long or max(len(old), len(new)) > 1 or (old and new):
        yield Found("rewording", one, other, f"The words are others: {told(one, other)}.")


def _is_renamed(spot: Spot, *, long: bool) -> bool:
    gone, come = _differing(spot, "name")
    if not gone and not come:
        return False
    most = 2 * _BESIDE if gone and come and not long else _BESIDE
    return max(_beside(spot.before, spot.old), _beside(spot.after, spot.new)) <= most


def _beside(text: str, things: Sequence[Thing]) -> int:
    """How many words stand there besides names, amounts and dates."""
    return len(_words(_without(text, things, but=())))


def _number_words(old: list[str], new: list[str]) -> str:
    both = [word.casefold() for word in (*old, *new)]
    return "number" if old and new and all(word in _NUMBERS for word in both) else ""


def _opposites(old: list[str], new: list[str]) -> str:
    """Whether one word became its opposite: "legal" and "illegal"."""
    if len(old) != len(new) or len(old) != 1:
        return ""
    short, long = sorted((old[0].casefold(), new[0].casefold()), key=len)
    is_opposite = (
        long != short and long.endswith(short) and len(short) > 3 and long[: -len(short)].rstrip("-") in OPPOSITES
    )
    return "obligation" if is_opposite else ""


def _without(text: str, things: Sequence[Thing], but: Sequence[str] = ("name",)) -> str:
    """Return the text without what is more than a word; names stay, whose letters may be mistaken."""
    kept, at = [], 0
    for one in sorted((one for one in things if one.kind not in but), key=lambda one: one.start):
        kept.append(text[at : one.start])
        at = max(at, one.end)
    return " ".join([*kept, text[at:]])


def _words(text: str) -> list[str]:
    return [word for word in words(plain(text)) if any(map(str.isalnum, word))]


def _count(text: str) -> int:
    return len(_words(text))


_SHAPES = str.maketrans(
    {**dict.fromkeys("“”„«»″", '"'), **dict.fromkeys("‘’‚`´", "'"), **dict.fromkeys("–—−‐‑", "-"), "…": "..."}
)


def _typeset(text: str) -> str:
    """The text without what a typesetter decides."""
    return "".join(text.translate(_SHAPES).split())


def _letters(text: str) -> str:
    return _FOREIGN.sub("", text)


def _cut(text: str) -> str:
    text = plain(text)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
