"""What was taken down, from the website's answer to what the command says of it."""

from __future__ import annotations

from time import monotonic

import pytest

from demo.server import Served
from demo.source import SLUG
from tests.command import Command

LONGEST = 30
"""Seconds of visits, one after another; the make-believe ministry's withdrawals are certain after two."""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("status", "proof"),
    [(404, "404"), (410, "410"), (200, "soft 404"), (302, "listing")],
    ids=["404", "410", "200", "302"],
)
def test_what_is_taken_down_is_listed_with_what_shows_it_and_back_when_it_is_back(
    following: Command, site: Served, status: int, proof: str
) -> None:
    assert following("crawl", SLUG).code in (0, 3)
    story = site.ministry.stories[3]
    site.ministry.withdraw(story.number, status=status)

    found = _until(following, "withdrawn")

    (one,) = found
    assert one["headline"] == story.headline
    assert (one["state"], one["proof"]) == ("withdrawn", proof)
    assert len(one["looks"]) >= 3
    assert all(look["sha256"] and look["why"] for look in one["looks"])
    assert following("withdrawn", "--missing", "--json").json == []
    told = following("item", str(one["number"])).out
    assert f"withdrawn {one['withdrawn_at']}, missing since {one['missing_since']}" in told
    assert f"{proof}: " in told
    assert story.lede in told

    site.ministry.republish(story.number)
    (back,) = _until(following, "restored")
    assert back["number"] == one["number"]


def test_nothing_taken_down_is_said_so(bantin: Command) -> None:
    assert bantin("withdrawn").err == "Nothing was taken down yet.\n"
    assert bantin("withdrawn", "--missing").err == "Nothing is missing now.\n"
    assert bantin("withdrawn", "--json").json == []
    assert bantin("withdrawn", "--source", "vn-unknown").code == 2


def _until(bantin: Command, state: str) -> list[dict[str, object]]:
    began = monotonic()
    while monotonic() - began < LONGEST:
        bantin("crawl", SLUG)
        found: list[dict[str, object]] = bantin("withdrawn", "--json").json
        if found and found[0]["state"] == state:
            return found
    raise AssertionError(bantin("withdrawn", "--missing", "--json").out)
