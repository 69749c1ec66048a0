"""A query in the language of SQLite's full-text search; it finds what is asked for, and sometimes a little more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

from storage.folding import codes, is_bare, lowered, words
from storage.queries import Clause, Filter, Query, Term
from storage.tokens import DAY, EVERY, LETTERS, document_token, pieces, section_token, source_token
from storage.tokens import days as day_tokens

VARIANTS = 16
"""Ways to write a phrase with and without đ that are looked for."""


def expression(query: Query, *, scored: bool = False) -> str:
    """Return what finds every article for which the query holds; ``is_exact`` says whether nothing else.

    ``scored`` names the words of the text as well where their tokens would do: only these count for the rank.
    """
    without = [clause[0] for clause in query.clauses if _is_without(clause)]
    asked = " AND ".join(_clause(clause) for clause in query.clauses if not _is_without(clause)) or _quoted(EVERY)
    refused = " OR ".join(filter(None, map(_surely, without)))
    found = f"({asked}) NOT ({refused})" if refused else asked
    counted = " AND ".join(_plain(term) for term in _accented(query)) if scored else ""
    return f"({found}) AND {counted}" if counted else found


def _accented(query: Query) -> list[Term]:
    """The accented words that every match has."""
    alone = (clause[0] for clause in query.clauses if len(clause) == 1 and not clause[0].negated)
    return [one for one in alone if isinstance(one, Term) and len(one.words) == 1 and not is_bare(one.words[0])]


def is_exact(query: Query) -> bool:
    """Say whether the index alone can tell for which articles the query holds."""
    return all(_is_single(one) for clause in query.clauses for one in clause if isinstance(one, Term))


def in_headline(query: Query) -> str:
    """Return the same with all words in the headline; accented words are only looked for without their accents there."""
    clauses = [clause for clause in query.clauses if not _is_without(clause)]
    worded = [" OR ".join(_plain(one) for one in clause if isinstance(one, Term)) for clause in clauses]
    return " AND ".join(f"({{headline}} : ({one}))" for one in worded if one)


def _is_without(clause: Clause) -> bool:
    return len(clause) == 1 and clause[0].negated


def _is_single(term: Term) -> bool:
    """Whether a term is one token of the index."""
    return len(term.words) + len(term.runs) == 1 and all(len(run) < 3 for run in term.runs)


def _clause(clause: Clause) -> str:
    return f"({' OR '.join(_alternative(one) for one in clause)})"


def _alternative(one: Term | Filter) -> str:
    if one.negated:
        refused = _surely(one)
        return f"({_quoted(EVERY)} NOT ({refused}))" if refused else _quoted(EVERY)
    return _filter(one) if isinstance(one, Filter) else _term(one)


def _surely(one: Term | Filter) -> str:
    """Return what finds only articles for which this holds, "" where the index cannot tell."""
    if isinstance(one, Filter):
        return _filter(one)
    if _is_single(one):
        return _term(one)
    return _phrase(one) if one.words and not one.runs and all(map(is_bare, one.words)) else ""


def filter_tokens(one: Filter) -> tuple[list[str], Term | None]:
    """Return the tokens of which an article has one if the filter holds, and words that do as well."""
    match one.kind:
        case "source":
            return [source_token(one.value.lower())], None
        case "section":
            return [section_token(one.value)], None
        case "document":
            return [document_token(one.value)], Term(words=tuple(words(lowered(one.value))), prefix=one.prefix)
        case _:
            return list(day_tokens(DAY, *one.days)), None


def _filter(one: Filter) -> str:
    tokens, number = filter_tokens(one)
    found = [_quoted(token, "*" if one.prefix else "") for token in tokens]
    if number and number.words:
        found.append(_phrase(number))
    return f"({' OR '.join(found)})"


def _term(term: Term) -> str:
    found = [_words(term)] if term.words else []
    for run in term.runs:
        tokens = list(pieces(run))[:-1]
        found += [_quoted(token) for token in tokens] or [_quoted(next(pieces(run)), "*")]
    return f"({' AND '.join(found)})"


def _words(term: Term) -> str:
    if len(term.words) == 1:
        return _word(term.words[0], prefix=term.prefix)
    accented = [word for word in term.words if not is_bare(word)]
    exact = [_word(word, prefix=term.prefix and word is term.words[-1]) for word in accented]
    together = f"({' AND '.join([_phrase(term), *exact])})"
    if len(accented) == len(term.words):
        return together
    # A letter the index does not fold makes it miss a phrase that is typed without it; such rows are looked through.
    apart = [_word(word, prefix=term.prefix and word is term.words[-1]) for word in term.words]
    return f"({together} OR ({' AND '.join([_quoted(LETTERS), *apart])}))"


def _word(word: str, *, prefix: bool) -> str:
    if is_bare(word):
        return _quoted(word, "*" if prefix else "")
    if not prefix:
        return _quoted(f"0{codes(word)[0]}")
    return f"({' OR '.join(_quoted(f'0{code}', '*') for code in codes(word))})"


def _plain(term: Term) -> str:
    """Return what finds the words as the index of the text itself has them: together, and without accents."""
    return _phrase(term) if term.words else _term(term)


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
