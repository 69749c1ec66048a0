"""Every saved page yields exactly the record beside it."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from scrapers.reading.article import read_article
from scrapers.reading.plain import plain
from scrapers.sources import catalogue
from tests.reading.pages import FIXTURES, PAGES, golden, name


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_saved_page_yields_the_record_beside_it(path: Path) -> None:
    wanted = golden(path)

    found = plain(read_article(path.read_bytes(), url=wanted["url"], content_type=None))

    assert found == wanted


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_record_is_written_in_composed_characters(path: Path) -> None:
    text = path.with_suffix(".json").read_text("utf-8")

    assert unicodedata.is_normalized("NFC", text)


def test_every_golden_record_has_its_page() -> None:
    records = {path for path in FIXTURES.glob("*/article-*.json") if path.parent.name not in catalogue()}

    assert records == {path.with_suffix(".json") for path in PAGES}


def test_every_family_has_pages() -> None:
    assert {path.parent.name for path in PAGES} >= {"onecms", "hemera", "vccorp", "liferay", "govuk", "general"}
