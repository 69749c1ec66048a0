"""The finder of rows on listings in the markup of ministries: no row lost, no other link among them."""

from __future__ import annotations

import pytest

from scrapers.addresses import absolute
from scrapers.entrances.reading import read_headlines
from tests.entrances import boards
from tests.entrances.ministries import LISTINGS, Listing

PLACE = "https://www.ministry.example/section/"


@pytest.mark.parametrize("listing", (*LISTINGS, *boards.LISTINGS), ids=lambda listing: listing.name)
def test_rows_are_those_a_reader_would_name(listing: Listing) -> None:
    found = read_headlines(listing.html.encode(), url=PLACE, content_type=None)

    assert [row.url for row in found.rows] == [absolute(url, base=PLACE) for url in listing.rows]


def test_rows_are_called_what_the_page_calls_them() -> None:
    titles = {
        listing.name: [row.title for row in read_headlines(listing.html.encode(), url=PLACE, content_type=None).rows]
        for listing in LISTINGS
    }

    assert titles["French table, titles beside files"][0].startswith("Le ministre installe")
    assert titles["Arabic boxes whose only link says read more"][0].startswith("وزير البيئة")
    assert titles["meetings with agenda, minutes and video"][:2] == [
        "Agenda, January 14, 2023",
        "Minutes, January 14, 2023",
    ]
