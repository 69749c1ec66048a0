"""Every saved entrance yields exactly what was read on it by a person."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from scrapers.entrances.reading import read_headlines
from scrapers.items import Headline
from scrapers.sources import Entrance, Selectors, Source

FOLDER = Path(__file__).parents[1] / "fixtures" / "entrances"
PAGES = sorted(path.name.removesuffix(".golden.json") for path in FOLDER.glob("*.golden.json"))


def source(about: dict[str, Any]) -> Source | None:
    """A source with the layout or the selectors the fixture states; None when the page must speak for itself."""
    if "layout" not in about and "selectors" not in about:
        return None
    listing = {"listing": about["selectors"]} if "selectors" in about else {}
    return Source(
        slug="vn-example",
        ministry={"vi": "Bộ Ví dụ"},
        country="VN",
        language="vi",
        timezone="Asia/Ho_Chi_Minh",
        homepage=about["url"],
        entrances=(),
        layout=about.get("layout", ""),
        selectors=msgspec.convert(listing, Selectors),
    )


def seen(payload: bytes, about: dict[str, Any]) -> dict[str, Any]:
    entrance = msgspec.convert({"url": about["url"], **about["entrance"]}, Entrance) if "entrance" in about else None
    found = read_headlines(payload, url=about["url"], content_type=None, source=source(about), entrance=entrance)
    assert [row.position for row in found.rows] == list(range(len(found.rows)))
    return {"rows": [_row(row) for row in found.rows], "next_page": found.next_page, "sitemaps": list(found.sitemaps)}


def _row(row: Headline) -> dict[str, str | None]:
    return {
        "title": row.title,
        "url": row.url,
        "published": row.published.iso if row.published else None,
        "modified": row.modified.iso if row.modified else None,
        "summary": row.summary,
        "section": row.section,
    }


@pytest.mark.parametrize("name", PAGES)
def test_saved_entrance_yields_its_golden_rows(name: str) -> None:
    about = json.loads((FOLDER / f"{name}.golden.json").read_text("utf-8"))

    found = seen((FOLDER / name).read_bytes(), about)

    assert found == about["yields"]
