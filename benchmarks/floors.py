"""Figures that must not fall: kept in ``floors.toml``, told in docs/reading.md, and compared with what was measured."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

FILE = Path(__file__).with_name("floors.toml")

Floors = dict[str, dict[str, float]]


def floors() -> Floors:
    """Return the floors: set → figure → the least it may be, or for ``WRONG`` ones the most."""
    return tomllib.loads(FILE.read_text("utf-8"))


WRONG = frozenset(("day wrong", "leak", "author invented", "err"))
"""Figures that are better the smaller they are."""


def broken(name: str, figures: Mapping[str, float]) -> list[str]:
    """Return a sentence for each floor of a set that ``figures`` break; a figure that was not measured is one."""
    found = []
    for figure, floor in floors().get(name, {}).items():
        measured = figures.get(figure)
        if measured is None:
            found.append(f"{name}: {figure} was not measured")
        elif measured > floor if figure in WRONG else measured < floor:
            found.append(f"{name}: {figure} is {measured:.3f}, {'above' if figure in WRONG else 'below'} {floor:.3f}")
    return found
