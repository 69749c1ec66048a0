"""Where in a text the words are that were asked for: for marking them, and for what the index cannot tell alone."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import cached_property

from storage.expressions import filter_tokens
from storage.folding import code, codes, folded, is_bare, places
from storage.queries import Filter, Query, Term

Span = tuple[int, int]
Reach = tuple[date, date] | None


class Text:
    """A text, and where its words are."""

    def __init__(self, text: str) -> None:
        self.text = unicodedata.normalize("NFC", text)

    @cached_property
    def places(self) -> list[tuple[int, int, str]]:
        return places(self.text)

    def spans(self, term: Term) -> list[Span]:
        """Return where the term stands; nothing unless all of it is there."""
        found = self._together(term) if term.words else []
        if term.words and not found:
            return []
        for run in term.runs:
            begins = self._runs(run)
            if not begins:
                return []
            found += [(begin, begin + len(run)) for begin in begins]
        return found

    def _together(self, term: Term) -> list[Span]:
        tests = [
            _test(word, prefix=term.prefix and place == len(term.words)) for place, word in enumerate(term.words, 1)
        ]
        first, rest, length = tests[0], tests[1:], len(self.places)
        found = []
        for place, (start, end, word) in enumerate(self.places):
            if first(word) and place + len(rest) < length:
                after = self.places[place + 1 : place + len(tests)]
                if all(test(there[2]) for test, there in zip(rest, after, strict=True)):
                    found.append((start, after[-1][1] if after else end))
        return found

    def _runs(self, run: str) -> list[int]:
        begins, begin = [], self.text.find(run)
        while begin >= 0:
            begins.append(begin)
            begin = self.text.find(run, begin + len(run))
        return begins


def _test(wanted: str, *, prefix: bool) -> Callable[[str], bool]:
    """Return what tells whether a lowered word is the one that is wanted."""
    if is_bare(wanted):
        return (lambda word: folded(word).startswith(wanted)) if prefix else (lambda word: folded(word) == wanted)
    if prefix:
        beginnings = codes(wanted)
        return lambda word: not word.isascii() and code(word).startswith(beginnings)
    exact = code(wanted)
    return lambda word: not word.isascii() and code(word) == exact


def holds(query: Query, texts: Sequence[Text], tokens: Collection[str], reach: Reach) -> bool:
    """Say whether an article is what was asked for, by its texts and by its tokens in the index."""
    return all(any(_holds(one, texts, tokens, reach) for one in clause) for clause in query.clauses)


def _holds(one: Term | Filter, texts: Sequence[Text], tokens: Collection[str], reach: Reach) -> bool:
    if isinstance(one, Filter):
        return _is_filtered(one, texts, tokens, reach) is not one.negated
    return any(text.spans(one) for text in texts) is not one.negated


def _is_filtered(one: Filter, texts: Sequence[Text], tokens: Collection[str], reach: Reach) -> bool:
    wanted, words = filter_tokens(one, reach)
    if one.prefix:
        has = any(token.startswith(tuple(wanted)) for token in tokens)
    else:
        has = any(token in tokens for token in wanted)
    return has or (words is not None and any(text.spans(words) for text in texts))


def spans(terms: Sequence[Term], text: Text) -> list[tuple[int, int, int]]:
    """Return (where it begins, where it ends, which term it is) of all that was found, in order, none within another."""
    found = sorted(
        ((start, end, place) for place, term in enumerate(terms) for start, end in text.spans(term)),
        key=lambda span: (span[0], -span[1]),
    )
    kept: list[tuple[int, int, int]] = []
    for span in found:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept
