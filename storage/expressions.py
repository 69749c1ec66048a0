"""A query in the language of SQLite's full-text search; it finds what is asked for, and sometimes a little more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import product

from sqlite_utils import Database

from storage import vocabulary
from storage.folding import codes, is_bare, lowered, words
from storage.queries import Clause, Filter, Query, Term
from storage.tokens import DAY, EVERY, LETTERS, days, document_token, pieces, section_token, source_token

VARIANTS = 16
"""Ways to write a phrase with and without đ that are looked for."""


class Expression:
    """What to ask an archive's index for, to find what a query means there."""

    def __init__(self, db: Database, query: Query) -> None:
        self._db, self._query = db, query
        self._reach = vocabulary.reach(db)
        self.exact = all(_is_single(one) for clause in query.clauses for one in clause if isinstance(one, Term))
        """Whether everything found is what was asked for; else texts must be looked through."""
        self.words = self._whole()
        """Finds every article that is what was asked for."""

    def telling(self) -> list[str]:
        """Return the parts that every match has, each by itself, for telling how much an article is about them."""
        alone = [clause[0] for clause in self._query.clauses if len(clause) == 1 and not clause[0].negated]
        return [_plain(one) for one in alone if isinstance(one, Term) and not one.prefix]

    def in_headline(self) -> str:
        """Return what finds all words in the headline, accents left out; "" for a query without words."""
        asked = [[one for one in clause if isinstance(one, Term)] for clause in self._clauses()]
        parts = [" OR ".join(map(self._in_headline, terms)) for terms in asked if terms]
        return " AND ".join(f"({part})" for part in parts)

    def _in_headline(self, one: Term) -> str:
        if one.negated or not one.words:
            return self._alternative(one)
        stars = self._word(one.words[0], prefix=True) if one.prefix and len(one.words) == 1 else ""
        return f"({{headline}} : {stars if stars and is_bare(one.words[0]) else _plain(one)})"

    def _clauses(self) -> list[Clause]:
        return [clause for clause in self._query.clauses if not _is_without(clause)]

    def _whole(self) -> str:
        asked = " AND ".join(map(self._clause, self._clauses())) or _quoted(EVERY)
        without = [clause[0] for clause in self._query.clauses if _is_without(clause)]
        refused = " OR ".join(filter(None, map(self._surely, without)))
        return f"({asked}) NOT ({refused})" if refused else asked

    def _clause(self, clause: Clause) -> str:
        return f"({' OR '.join(map(self._alternative, clause))})"

    def _alternative(self, one: Term | Filter) -> str:
        if one.negated:
            refused = self._surely(one)
            return f"({_quoted(EVERY)} NOT ({refused}))" if refused else _quoted(EVERY)
        return self._filter(one) if isinstance(one, Filter) else self._term(one)

    def _surely(self, one: Term | Filter) -> str:
        """Return what finds only articles for which this holds, "" where the index cannot tell."""
        if isinstance(one, Filter):
            return self._filter(one)
        if _is_single(one):
            found = self._term(one)
            return "" if found == _quoted(EVERY) else found
        return _phrase(one) if one.words and not one.runs and all(map(is_bare, one.words)) else ""

    def _filter(self, one: Filter) -> str:
        tokens, number = filter_tokens(one, self._reach)
        found = [_quoted(token, "*" if one.prefix else "") for token in tokens]
        if number and number.words:
            found.append(_phrase(number))
        return f"({' OR '.join(found)})" if found else f"({_quoted(EVERY)} NOT {_quoted(EVERY)})"

    def _term(self, term: Term) -> str:
        found = [self._words(term)] if term.words else []
        for run in term.runs:
            tokens = list(pieces(run))[:-1]
            found += [_quoted(token) for token in tokens] or [_quoted(next(pieces(run)), "*")]
        return found[0] if len(found) == 1 else f"({' AND '.join(found)})"

    def _words(self, term: Term) -> str:
        if len(term.words) == 1:
            return self._word(term.words[0], prefix=term.prefix)
        each = [
            self._word(word, prefix=term.prefix and place == len(term.words))
            for place, word in enumerate(term.words, 1)
        ]
        accented = [found for word, found in zip(term.words, each, strict=True) if not is_bare(word)]
        together = f"({' AND '.join([_phrase(term), *accented])})"
        if len(accented) == len(each):
            return together
        # A letter the index does not fold makes it miss a phrase that is typed without it; such rows are looked through.
        return f"({together} OR ({' AND '.join([_quoted(LETTERS), *each])}))"

    def _word(self, word: str, *, prefix: bool) -> str:
        tokens = [word] if is_bare(word) else [f"0{code}" for code in codes(word)]
        if not prefix:
            return _quoted(tokens[0])
        found: list[str] = []
        for token in tokens:
            members = vocabulary.beginning(self._db, token)
            if members == []:
                self.exact = False
                return _quoted(EVERY)
            found += [_quoted(token, "*")] if members is None else map(_quoted, members)
        return f"({' OR '.join(found)})"


def filter_tokens(one: Filter, reach: tuple[date, date] | None) -> tuple[list[str], Term | None]:
    """Return the tokens of which an article has one if the filter holds, and words that do as well."""
    match one.kind:
        case "source":
            return [source_token(one.value.lower())], None
        case "section":
            return [section_token(one.value)], None
        case "document":
            return [document_token(one.value)], Term(words=tuple(words(lowered(one.value))), prefix=one.prefix)
        case _:
            first, last = reach or one.days
            return list(days(DAY, max(first, one.days[0]), min(last, one.days[1]))), None


def _is_without(clause: Clause) -> bool:
    return len(clause) == 1 and clause[0].negated


def _is_single(term: Term) -> bool:
    """Whether a term is one token of the index."""
    return len(term.words) + len(term.runs) == 1 and all(len(run) < 3 for run in term.runs)


def _plain(term: Term) -> str:
    """Return what finds the words as the index of the text itself has them: together, and without accents."""
    return (
        _phrase(term)
        if term.words
        else f"({' AND '.join(_quoted(token) for run in term.runs for token in pieces(run))})"
    )


def _phrase(term: Term) -> str:
    star = "*" if term.prefix else ""
    ways = [_quoted(" ".join(way), star) for way in _with_and_without_bar(term.words)]
    return f"({' OR '.join(ways)})"


def _with_and_without_bar(asked: Sequence[str]) -> Iterable[tuple[str, ...]]:
    """Yield a phrase as typed, then with đ for each d in front: the index holds đ-words folded only one by one."""
    choices = [(word, f"đ{word[1:]}") if word[0] == "d" and is_bare(word) else (word,) for word in asked]
    return list(product(*choices))[:VARIANTS]


def _quoted(token: str, star: str = "") -> str:
    return f'"{token}"{star}'
