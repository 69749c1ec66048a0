"""Websites on loopback, for the visits that tests make of them."""

from collections.abc import Iterator

import pytest

from tests.visit.sites import Site, website


@pytest.fixture
def site() -> Iterator[Site]:
    with website() as site:
        yield site
