"""What the search index holds besides an article's own words: exact words, pieces of unspaced scripts, and filters.

Each is a token of ASCII letters and digits that begins with 0, which no word does. ``FILTERS`` is made by SQLite
itself from the row, so that it is right whatever changes the row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise

from storage.folding import code, folded, hidden, is_bare, lowered, runs, torn, unaccented, words

EVERY = "000a"
"""Stands in every row."""
LETTERS = "000w"
"""Stands in rows with words whose letters the index does not fold, other than đ: phrases must be looked for in their text."""
SOURCE, SECTION, DOCUMENT, DAY, ORDER = "000s", "000e", "000c", "000d", "000o"
_DAY = "coalesce(substr(published_local, 1, 10), substr(first_seen, 1, 10))"
_ORDER = "substr(dated, 1, 10)"

FILTERS = " || ' ' || ".join([
    f"'{EVERY}'",
    f"'{SOURCE}' || replace(replace(source, 'z', 'zy'), '-', 'zz')",
    *(
        f"'{kind}' || replace(substr({day}, 1, {length}), '-', '')"
        for kind, day in ((DAY, _DAY), (ORDER, _ORDER))
        for length in (4, 7, 10)
    ),
])  # fmt: skip
"""SQL for the tokens of a row of ``articles``: its source; its day as printed and its day in the order, by year, month, day."""


def exact(texts: Iterable[str], *, section: str, documents: Iterable[str]) -> tuple[str, str]:
    """Return (folded words the index cannot make itself, tokens of exact words and filters) of an article."""
    text = lowered("\n".join(texts))
    plain = dict.fromkeys(torn(text))
    tokens = [section_token(section)] if section else []
    tokens += map(document_token, dict.fromkeys(documents))
    tokens += dict.fromkeys(token for run in runs(text) for token in pieces(run))
    odd = bool(plain)
    for word in dict.fromkeys(words(text)):
        if not word.isascii():
            own, token, other = _forms(word)
            if own:
                plain[own] = None
                odd = odd or other
            if token:
                tokens.append(token)
    return " ".join(plain), " ".join([LETTERS, *tokens] if odd else tokens)


@lru_cache(maxsize=65536)
def _forms(word: str) -> tuple[str, str, bool]:
    """Return (hidden form, token, whether the form hides more than đ) of a word; "" for what it does not need."""
    own = hidden(word)
    other = not own.isascii() or own != unaccented(word).replace("đ", "d")
    return own, "" if is_bare(word) else word_token(word), other


def word_token(word: str) -> str:
    """Return the token of a word with its accents, or of the beginning of one."""
    return f"0{code(word)}"


def pieces(run: str) -> Iterator[str]:
    """Yield the tokens of what is written without blanks: each two characters that stand together, and the last one."""
    yield from (f"000b{code(one)}{code(two)}" for one, two in pairwise(run))
    yield piece(run[-1])


def piece(character: str) -> str:
    """Return how the tokens of the pieces that begin with this character begin."""
    return f"000b{code(character)}"


def source_token(slug: str) -> str:
    return SOURCE + slug.replace("z", "zy").replace("-", "zz")


def section_token(name: str) -> str:
    return SECTION + _compact(name)


def document_token(number: str) -> str:
    return DOCUMENT + _compact(number)


def _compact(name: str) -> str:
    letters = "".join(letter for letter in folded(lowered(name)) if letter.isalnum())
    return letters if letters.isascii() else code(letters)


def days(kind: str, first: date, last: date) -> Iterator[str]:
    """Yield tokens that together stand for each day from first to last: whole years, whole months, single days."""
    day = first
    while day <= last:
        for whole, text in ((_year_after(day), f"{day:%Y}"), (_month_after(day), f"{day:%Y%m}")):
            begins = day.day == 1 and (len(text) == 6 or day.month == 1)
            if begins and whole is not None and date.fromordinal(whole.toordinal() - 1) <= last:
                break
        else:
            whole, text = date.fromordinal(day.toordinal() + 1), f"{day:%Y%m%d}"
        yield kind + text
        assert whole is not None
        day = whole


def _year_after(day: date) -> date | None:
    return date(day.year + 1, 1, 1)


def _month_after(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
