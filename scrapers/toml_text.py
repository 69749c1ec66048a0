"""TOML texts for people who make mistakes: plain words for what is no TOML, and the line of every key that is."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from scrapers.source_problems import KeyPath

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r"""(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^"'=\]])+""")
_STRING = re.compile(
    r'''"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*\'''',
    re.DOTALL,
)
_PLAIN = re.compile(r"[^,\]}#\n]+")
_UNDECODED = re.compile("[\ud800-\udfff]")

_NO_QUOTE = "a closing quote is missing"
_PLAIN_WORDS = {
    "Cannot overwrite a value": "this key is given a second time",
    "Cannot declare": "this table is given a second time; a list of tables needs [[…]] each time",
    "Invalid value": "this is no value; text stands in quotes",
    "Invalid statement": "a line must be `key = value`, [table] or # comment",
    "Expected newline or end of document": "there is more on the line than `key = value`",
    "Expected '=' after a key": "the key needs an equals sign and a value",
    "Illegal character '\\n'": _NO_QUOTE,
    "Found invalid character '\\n'": _NO_QUOTE,
    "Unterminated string": _NO_QUOTE,
    "Expected \"'": _NO_QUOTE,
    "Unclosed array": "a closing ] is missing",
}


class BadTomlError(Exception):
    """A text that is no TOML."""

    def __init__(self, message: str, *, line: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def tables(text: str) -> dict[str, Any]:
    """Parse a text, where lone surrogates stand for bytes that are not UTF-8. Raises BadTomlError."""
    if undecoded := _UNDECODED.search(text):
        line = text.count("\n", 0, undecoded.start()) + 1
        raise BadTomlError("is not UTF-8; save the file as UTF-8", line=line)
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise BadTomlError("is nested too deeply to be a source", line=1) from None
    except tomllib.TOMLDecodeError as error:
        raise _plain_error(str(error), text) from None
    except ValueError:
        # Python itself refuses to read numbers of thousands of digits.
        digits = re.search(r"[\d_]{4000}", text)
        line = text.count("\n", 0, digits.start() if digits else 0) + 1
        raise BadTomlError("holds a number of too many digits", line=line) from None


def _plain_error(reason: str, text: str) -> BadTomlError:
    """tomllib says "Invalid value (at line 3, column 7)"; people get the place first and a plainer reason."""
    message, _, place = reason.partition(" (at ")
    plain = next((words for start, words in _PLAIN_WORDS.items() if message.startswith(start)), message)
    if numbers := re.match(r"line (\d+), column (\d+)", place):
        return BadTomlError(f"is not TOML at column {numbers[2]}: {plain}", line=int(numbers[1]))
    # At the end of the text. The quote that was never closed is the last one.
    end = max(text.rfind("'"), text.rfind('"')) if plain == _NO_QUOTE else len(text.rstrip())
    return BadTomlError(f"is not TOML: {plain}", line=text.count("\n", 0, end) + 1)


def key_lines(text: str) -> dict[KeyPath, int]:
    """Return the line, from 1, of every table, key and list entry of ``text``, which must be valid TOML."""
    newlines = [place for place, character in enumerate(text) if character == "\n"]
    scan = _Scan(text)
    # What nests too deeply even to be walked stands where its outermost list does.
    with suppress(RecursionError):
        scan.walk()
    return {path: bisect_left(newlines, place) + 1 for path, place in scan.places.items()}


class _Scan:
    """One walk over a text that tomllib has already accepted, so that nothing needs checking here."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._lengths: Counter[KeyPath] = Counter()
        """How many tables each [[list]] has so far."""
        self.places: dict[KeyPath, int] = {}

    def walk(self) -> None:
        table: KeyPath = ()
        while self._skip_blank():
            if self._text.startswith("[", self._at):
                table = self._header()
            else:
                self._pair(table)

    def _skip_blank(self) -> bool:
        self._at = self._end(_BLANK)
        return self._at < len(self._text)

    def _end(self, pattern: re.Pattern[str]) -> int:
        match = pattern.match(self._text, self._at)
        return match.end() if match else self._at

    def _header(self) -> KeyPath:
        place = self._at
        many = self._text.startswith("[[", place)
        self._at += 2 if many else 1
        *parents, last = self._key()
        self._at += 2 if many else 1
        path = (*self._resolved(parents), last)
        if many:
            self._note(path, place)
            self._lengths[path] += 1
        path = self._resolved([last], start=path[:-1])
        self._note(path, place)
        return path

    def _resolved(self, names: list[str], *, start: KeyPath = ()) -> KeyPath:
        """A header that goes through a [[list]] means the list's latest table."""
        path = start
        for name in names:
            path = (*path, name)
            if self._lengths[path]:
                path = (*path, self._lengths[path] - 1)
        return path

    def _pair(self, table: KeyPath) -> None:
        place = self._at
        path = (*table, *self._key())
        self._at += 1
        self._note(path, place)
        self._value(path)

    def _key(self) -> list[str]:
        raw, self._at = self._text[self._at : self._end(_KEY)], self._end(_KEY)
        return list(_names(tomllib.loads(f"{raw.strip()} = 0")))

    def _note(self, path: KeyPath, place: int) -> None:
        """A table made by a dotted key or a longer header stands where it is first named."""
        for length in range(1, len(path) + 1):
            self.places.setdefault(path[:length], place)

    def _value(self, path: KeyPath) -> None:
        self._skip_blank()
        opening = self._text[self._at]
        if opening == "[":
            self._list(path)
        elif opening == "{":
            self._inline_table(path)
        else:
            self._at = self._end(_STRING if opening in "\"'" else _PLAIN)

    def _list(self, path: KeyPath) -> None:
        for index, _ in enumerate(self._members("]")):
            self._note((*path, index), self._at)
            self._value((*path, index))

    def _inline_table(self, path: KeyPath) -> None:
        for _ in self._members("}"):
            self._pair(path)

    def _members(self, closing: str) -> Iterator[None]:
        self._at += 1
        while self._skip_blank() and self._text[self._at] != closing:
            if self._text[self._at] == ",":
                self._at += 1
            else:
                yield
        self._at += 1


def _names(table: object) -> Iterator[str]:
    while isinstance(table, dict):
        ((name, table),) = table.items()
        yield name
