"""TOML tables into records, with every mistake collected: what may stand where follows from the records' own types."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, Generic, TypeVar
from unicodedata import category

from msgspec import Struct, inspect

from scrapers.source_problems import BadValueError, KeyPath, Problem, nearest, shown, written
from scrapers.source_values import day, duration, size

Rule = Callable[[Any], object]
"""Returns what to keep of a value that already has the right type. Raises BadValueError."""

T = TypeVar("T", bound=Struct)

_UNUSABLE = object()


class Table(Generic[T]):
    """One reading of a TOML table as a record; ``problems`` says why ``record`` is None."""

    def __init__(self, table: Mapping[str, object], kind: type[T], *, rules: Mapping[str, Rule]) -> None:
        """``rules`` are by key: "homepage", "entrances[].url", "ministry.*", and "ministry.* key" for a key itself."""
        self.problems: list[Problem] = []
        self.values: dict[KeyPath, Any] = {}
        """What could be read, by its place: for rules that concern more than one value."""
        self._rules = rules
        self._homes = _homes(kind)
        record = self._record(table, _described(kind), (), "")
        self.record: T | None = record if isinstance(record, kind) else None

    def _value(self, value: object, kind: inspect.Type, path: KeyPath, rule: str) -> object:
        if isinstance(kind, inspect.UnionType):
            kind = next(one for one in kind.types if not isinstance(one, inspect.NoneType))
        if isinstance(kind, inspect.StructType):
            return self._record(value, kind, path, rule)
        if isinstance(kind, inspect.VarTupleType):
            value = self._list(value, kind, path, rule)
        elif isinstance(kind, inspect.DictType):
            value = self._mapping(value, kind, path, rule)
        else:
            value = self._kept(path, lambda given: _simple(given, kind, str(path[-1])), value)
        if value is not _UNUSABLE and rule in self._rules:
            value = self._kept(path, self._rules[rule], value)
        if value is not _UNUSABLE:
            self.values[path] = value
        return value

    def _kept(self, path: KeyPath, check: Rule, value: object) -> object:
        try:
            return check(value)
        except BadValueError as error:
            return self._refuse(path, error.message, error.suggestion)

    def _refuse(self, path: KeyPath, message: str, suggestion: str = "") -> object:
        self.problems.append(Problem(path=path, message=message, suggestion=suggestion))
        return _UNUSABLE

    def _record(self, value: object, kind: inspect.StructType, path: KeyPath, rule: str) -> object:
        if not isinstance(value, Mapping):
            suggestion = f"[{written(path)}]" if isinstance(path[-1], str) else ""
            return self._refuse(path, f"must be a table, not {shown(value)}", suggestion)
        fields = {field.name: field for field in kind.fields}
        meant = {name: self._right_key(name, path, fields) for name in sorted(value.keys() - fields.keys())}
        for name, suggestion in meant.items():
            self._refuse((*path, name), "is no key that belongs here", suggestion)
        missing = [field.name for field in kind.fields if field.required and field.name not in value]
        for name in missing:
            # A misspelt key has been named already.
            if name not in meant.values():
                self._refuse((*path, name), "is missing")
        read = {
            name: self._value(value[name], field.type, (*path, name), f"{rule}.{name}".removeprefix("."))
            for name, field in fields.items()
            if name in value
        }
        return _UNUSABLE if missing or _UNUSABLE in read.values() else kind.cls(**read)

    def _right_key(self, name: str, path: KeyPath, here: Collection[str]) -> str:
        """The nearest key of this table, else the table that has a key of this name."""
        if near := nearest(name, here):
            return near
        home = self._homes.get(name, "")
        return f"{home}, above the first [table]" if home and "." not in home else home

    def _list(self, value: object, kind: inspect.VarTupleType, path: KeyPath, rule: str) -> object:
        if not isinstance(value, list):
            tables = isinstance(kind.item_type, inspect.StructType)
            wish = f"[[{written(path)}]]" if tables else f"[{shown(value)}]"
            return self._refuse(path, "must be a list" + (" of tables" if tables else ""), wish)
        read = [self._value(one, kind.item_type, (*path, index), f"{rule}[]") for index, one in enumerate(value)]
        return _UNUSABLE if _UNUSABLE in read else tuple(read)

    def _mapping(self, value: object, kind: inspect.DictType, path: KeyPath, rule: str) -> object:
        if not isinstance(value, Mapping):
            return self._refuse(path, f"must be a table such as {path[-1]} = {{ … = … }}, not {shown(value)}")
        names = [self._kept((*path, name), self._rules.get(f"{rule}.* key", str), name) for name in value]
        read = {name: self._value(one, kind.value_type, (*path, name), f"{rule}.*") for name, one in value.items()}
        return _UNUSABLE if _UNUSABLE in (*names, *read.values()) else read


def _simple(value: object, kind: inspect.Type, name: str) -> object:
    """Return a value that is no table and no list in the type the record wants."""
    match kind:
        case inspect.TimeDeltaType():
            return duration(value)
        case inspect.DateType():
            return day(value)
        case inspect.LiteralType(values=choices):
            return _choice(value, [str(choice) for choice in choices])
        case inspect.IntType():
            return size(value) if name.endswith("bytes") else _number(value)
        case inspect.FloatType():
            return _fraction(value)
        case inspect.BoolType():
            return _truth(value)
        case _:
            return _text(value)


def _choice(value: object, choices: list[str]) -> str:
    if isinstance(value, str) and value in choices:
        return value
    near = nearest(str(value), choices)
    named = ", ".join(f'"{choice}"' for choice in choices)
    raise BadValueError(f"must be one of {named}, not {shown(value)}", suggestion=f'"{near}"' if near else "")


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        whole = isinstance(value, str) and value.strip().isdecimal()
        suggestion = str(value).strip() if whole else ""
        raise BadValueError(f"must be a whole number, not {shown(value)}", suggestion=suggestion)
    return value


def _fraction(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadValueError(f"must be a number, not {shown(value)}")
    return float(value)


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        word = str(value).casefold()
        meant = {"true": "true", "yes": "true", "1": "true", "false": "false", "no": "false", "0": "false"}
        raise BadValueError(
            f"must be true or false, without quotes, not {shown(value)}", suggestion=meant.get(word, "")
        )
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        simple = isinstance(value, int | float | date)
        raise BadValueError(
            f"must be text in quotes, not {shown(value)}", suggestion=f'"{shown(value)}"' if simple else ""
        )
    if bad := next((one for one in value if category(one) in ("Cc", "Cs") and one not in "\n\t"), ""):
        raise BadValueError(f"holds a character that cannot be printed (U+{ord(bad):04X}); take it out")
    return value


@cache
def _described(kind: type[Struct]) -> inspect.StructType:
    described = inspect.type_info(kind)
    assert isinstance(described, inspect.StructType)
    return described


@cache
def _homes(kind: type[Struct]) -> dict[str, str]:
    """Where each key belongs, by its last name: "every" → "schedule.every"; the outermost place of several."""
    places = sorted(_keys(_described(kind), ""), key=lambda place: place.count("."))
    return {place.rsplit(".", 1)[-1]: place for place in reversed(places)}


def _keys(kind: inspect.Type, place: str) -> Iterator[str]:
    if isinstance(kind, inspect.UnionType):
        for one in kind.types:
            yield from _keys(one, place)
    elif isinstance(kind, inspect.VarTupleType):
        yield from _keys(kind.item_type, f"{place}[]")
    elif isinstance(kind, inspect.StructType):
        for field in kind.fields:
            inner = f"{place}.{field.name}".removeprefix(".")
            yield inner
            yield from _keys(field.type, inner)
