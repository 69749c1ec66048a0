"""No figure of our reading is lowered in silence: floors, documentation and saved pages agree."""

import re
from pathlib import Path

import pytest

from benchmarks.corpus import FOLDER, sets
from benchmarks.floors import WRONG, broken, floors
from benchmarks.reading import figures_of

DOCUMENT = Path(__file__).parents[2] / "docs/reading.md"
ROW = re.compile(r"^\| `(\w+)` \| ([\w ]+) \| (?:≥|≤) (\d\.\d+) \|", re.M)


def test_the_floors_are_those_the_documentation_promises() -> None:
    promised = {(name, figure): float(value) for name, figure, value in ROW.findall(DOCUMENT.read_text("utf-8"))}

    kept = {(name, figure): floor for name, figures in floors().items() for figure, floor in figures.items()}

    assert kept == promised


def test_a_figure_below_its_floor_is_told_and_so_is_one_that_nobody_measured() -> None:
    name, figures = next(iter(floors().items()))
    figure, floor = next((figure, floor) for figure, floor in figures.items() if figure not in WRONG)
    rest = {other: value for other, value in figures.items() if other != figure}

    assert broken(name, figures) == []
    assert broken(name, {**rest, figure: floor - 0.01}) == [
        f"{name}: {figure} is {floor - 0.01:.3f}, below {floor:.3f}"
    ]
    assert broken(name, rest) == [f"{name}: {figure} was not measured"]


@pytest.mark.parametrize("name", floors())
def test_saved_pages_are_read_as_truly_as_ever(name: str) -> None:
    if name not in sets():
        pytest.skip(f"no saved pages called {name} in {FOLDER}; set BANTIN_CORPUS")

    assert broken(name, figures_of(name)) == []
