"""A box of seconds for what ``make fuzz`` does at length: damaged pages are read or refused with a reason, never more."""

import random
import time

import pytest

from tests.fuzz import FIXTURES, Fault, attempt, wild

SECONDS = 6
PAGES = [path.read_bytes() for path in sorted(FIXTURES.rglob("*")) if path.suffix in (".html", ".xml", ".json")]


@pytest.mark.parametrize("reader", ["article", "headlines"])
def test_damaged_pages_are_read_or_refused_with_a_reason(reader: str) -> None:
    chance, until = random.Random(20), time.monotonic() + SECONDS
    faults: list[Fault] = []

    for count, payload in enumerate(wild(PAGES, chance)):
        fault, _ = attempt(reader, payload, chance)
        # A busy machine may be slow; `make fuzz` judges the time.
        if fault and not fault.story.startswith("took"):
            faults.append(fault)
        if count > 20 and time.monotonic() > until:
            break

    assert not faults, faults[0].story
