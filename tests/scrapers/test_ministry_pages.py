"""Pages that are kept for a ministry's own selectors, as CONTRIBUTING.md tells, yield the records beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scrapers.entrances.plain import plain as plain_headlines
from scrapers.entrances.reading import read_headlines
from scrapers.reading.article import read_article
from scrapers.reading.plain import plain
from scrapers.sources import Source, catalogue, load
from tests.reading.pages import FIXTURES
from tests.scrapers.test_contributing import ARTICLE, blocks, example

PAGES = sorted(page for slug in catalogue() for page in (FIXTURES / slug).glob("*.html"))


def as_read(page: Path, record: dict[str, Any], source: Source) -> dict[str, Any]:
    payload = page.read_bytes()
    if "headlines" in record:
        url = next(entrance.url for entrance in source.entrances if entrance.kind == "listing")
        return plain_headlines(read_headlines(payload, url=url, content_type=None, source=source))
    return plain(read_article(payload, url=record["url"], content_type=None, source=source))


def recorded(page: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(page.with_suffix(".json").read_text("utf-8"))
    return record


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_a_page_of_a_ministry_yields_the_record_beside_it(page: Path) -> None:
    record = recorded(page)

    assert as_read(page, record, catalogue()[page.parent.name]) == record


def test_the_pages_of_the_example_are_read_by_its_selectors(tmp_path: Path) -> None:
    source = load(example(tmp_path))
    for name, html in zip(("listing", "article"), blocks("html"), strict=True):
        (tmp_path / f"{name}.html").write_text(html, "utf-8")

    listing = as_read(tmp_path / "listing.html", {"headlines": []}, source)
    article = as_read(tmp_path / "article.html", {"url": ARTICLE}, source)

    assert listing["headlines"][0]["url"] == article["url"] == ARTICLE
    assert {reason["rule"].partition(":")[0] for reason in article["passport"]} == {"source"}
