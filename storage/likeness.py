"""Says whether two readings tell the same story, and what tells them apart: a number, a date or a name that differs.

Headlines alone are often boilerplate, and so is most of a notice: two weekly schedules share nine words in ten.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from urllib.parse import urlsplit

from scrapers.items import Article, Attachment, Image
from storage.folding import folded
from storage.wording import plain

ALIKE = 0.8
"""The part of the words that two looks at one article share at least, with its relaunch between them."""
PRACTICALLY = 0.95
"""The same where no minute of publication vouches for them."""
FEW = 40
"""With fewer words than this ("Xem tệp đính kèm"), it is the files that make an article."""
_SWAPPED = 12
"""More words than this in place of others are another passage, not another number."""
_COMPARED = 2000
"""Words in which differences are looked for; a law has a hundred thousand."""

_EDGES = re.compile(r"^\W+|\W+$")
_DIGITS = re.compile(r"\d+")
_COUNTS = re.compile(r"\d|^[a-z]$")
"""What has a digit, and what is a letter alone: "phần b"."""
_COUNTER = re.compile(r"lượt|xem|view|đọc|cập|nhật|updated|stand", re.IGNORECASE)
"""Words beside a number that counts readers or says when the page was made."""
_ENDING = (".", "!", "?", ":", "…", ";", "-", "–", "\N{RIGHT DOUBLE QUOTATION MARK}", "/.")


@lru_cache(maxsize=4096)
def told(headline: str) -> str:
    """Return a headline in the form in which it is compared."""
    return plain(headline).casefold()


def words_of(article: Article) -> list[str]:
    """Return what an article says besides its headline, word by word, as compared."""
    return plain(" ".join(_lines(article))).casefold().split()


def alike(one: Article, other: Article) -> bool:
    """Say whether two pages tell the same: at least eight words in ten, and of short notices the same files."""
    here, there = Counter(words_of(one)), Counter(words_of(other))
    most = max(here.total(), there.total())
    if not most:
        return bool(one.images) and _names(one.images) == _names(other.images)
    if most < FEW and _names(one.attachments) != _names(other.attachments):
        return False
    return (here & there).total() >= ALIKE * most


def share(one: Article, other: Article) -> float:
    """Return which part of the words two pages have in common, from 0 to 1."""
    here, there = Counter(words_of(one)), Counter(words_of(other))
    most = max(here.total(), there.total())
    return (here & there).total() / most if most else 0.0


def practically_equal(one: Article, other: Article) -> bool:
    """Say whether two pages tell the same even if they bear no time: nearly all words, or all of few."""
    here, there = words_of(one), words_of(other)
    if min(len(here), len(there)) >= FEW:
        return share(one, other) >= PRACTICALLY and not told_apart(one, other)
    if not here and not there:
        return alike(one, other)
    return here == there and _names(one.attachments) == _names(other.attachments)


def verbatim(one: Article, other: Article) -> bool:
    """Say whether two pages tell the same word for word, in so many words or with such files that no others would."""
    same = words_of(one) == words_of(other) and _names(one.attachments) == _names(other.attachments)
    return same and (len(words_of(one)) >= FEW or bool(one.attachments))


def told_apart(one: Article, other: Article) -> tuple[str, str] | None:
    """Return what two pages that are much alike say differently in one place, if that is a number, a date or a name.

    Words that one of them merely has more are no difference of that kind, nor is a name with its accents mended.
    """
    return differing_place(_lines(one), _lines(other))


def differing_place(one: Sequence[str], other: Sequence[str]) -> tuple[str, str] | None:
    """Return the first number, date or name that stands in one text where another one stands in the other."""
    here, there = _Words(one), _Words(other)
    for mine, theirs in _swapped(here.compared, there.compared):
        for found, against in ((here.numbers(mine), there.numbers(theirs)), (here.names(mine), there.names(theirs))):
            if found - against and against - found:
                return here.printed(mine), there.printed(theirs)
    return None


class _Words:
    """A text's words, as printed and as compared, and which of them begin a sentence or a line."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.words: list[str] = []
        self._beginnings: set[int] = set()
        for line in lines:
            self._beginnings.add(len(self.words))
            self.words += plain(line).split()
            if len(self.words) > _COMPARED:
                break
        self.compared = [_bare(word) for word in self.words]

    def numbers(self, places: range) -> set[str]:
        """Return what has digits, or is a letter alone, without what merely counts readers; "01/3" is "1/3"."""
        return {
            _DIGITS.sub(lambda digits: digits[0].lstrip("0") or "0", self.compared[place])
            for place in places
            if _COUNTS.search(self.compared[place]) and not self._counts_readers(place)
        }

    def names(self, places: range) -> set[str]:
        """Return the words with a capital that no beginning of a sentence explains, without accents."""
        return {
            folded(self.compared[place])
            for place in places
            if _EDGES.sub("", self.words[place])[:1].isupper() and not self._begins(place)
        }

    def printed(self, places: range) -> str:
        return " ".join(self.words[place] for place in places)

    def _begins(self, place: int) -> bool:
        return place in self._beginnings or self.words[place - 1].endswith(_ENDING)

    def _counts_readers(self, place: int) -> bool:
        return any(_COUNTER.fullmatch(word) for word in self.compared[max(place - 3, 0) : place + 3])


def _swapped(here: list[str], there: list[str]) -> Iterator[tuple[range, range]]:
    """Yield the few words that stand in place of few others, as places in both."""
    same = 0
    while same < min(len(here), len(there)) and here[same] == there[same]:
        same += 1
    for what, start, end, first, last in SequenceMatcher(None, here[same:], there[same:], autojunk=False).get_opcodes():
        if what == "replace" and max(end - start, last - first) <= _SWAPPED:
            yield range(same + start, same + end), range(same + first, same + last)


def _lines(article: Article) -> list[str]:
    titles = [attachment.title for attachment in article.attachments]
    return [article.lede, *article.body_text.splitlines(), *titles]


@lru_cache(maxsize=65536)
def _bare(word: str) -> str:
    return _EDGES.sub("", word).casefold() or word


def _names(files: tuple[Image, ...] | tuple[Attachment, ...]) -> set[str]:
    """Return what files are called: a relaunch puts them into other folders."""
    return {urlsplit(file.url).path.rsplit("/", 1)[-1] for file in files}
