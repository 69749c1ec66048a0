"""What is kept, and for how long."""

from collections.abc import Callable

import msgspec

from tests.web.making import SOURCE, Archive, website
from web.shelf import Shelf


class Clock:
    def __init__(self) -> None:
        self.time = 100.0

    def __call__(self) -> float:
        return self.time


def taking(clock: Clock, seconds: float, made: list[float]) -> Callable[[], float]:
    def make() -> float:
        clock.time += seconds
        made.append(clock.time)
        return clock.time

    return make


def test_a_thing_is_made_once_while_it_is_kept() -> None:
    clock, made = Clock(), []
    shelf = Shelf(clock=clock)

    first = shelf.keep("a", taking(clock, 0.01, made))
    clock.time += 1.5

    assert shelf.keep("a", taking(clock, 0.01, made)) == first
    clock.time += 1
    assert shelf.keep("a", taking(clock, 0.01, made)) != first
    assert len(made) == 2


def test_what_takes_long_to_make_is_kept_longer() -> None:
    clock, made = Clock(), []
    shelf = Shelf(clock=clock)
    shelf.keep("a", taking(clock, 1.0, made))

    clock.time += 19
    shelf.keep("a", taking(clock, 1.0, made))
    clock.time += 2
    shelf.keep("a", taking(clock, 1.0, made))

    assert len(made) == 2


def test_nothing_is_also_kept() -> None:
    clock, made = Clock(), []
    shelf = Shelf(clock=clock)

    for _ in range(3):
        assert shelf.keep("a", lambda: made.append(0)) is None

    assert len(made) == 1


def test_home_does_not_list_hundreds_of_sources(archive: Archive) -> None:
    archive.follow(*(msgspec.structs.replace(SOURCE, slug=f"vn-{number}") for number in range(40)))

    with website(archive) as get:
        home, listed = get("/").text, get("/sources").text

    assert "All 40 sources" in home
    assert home.count('href="/sources/vn-') == 30
    assert listed.count('href="/sources/vn-') == 40
