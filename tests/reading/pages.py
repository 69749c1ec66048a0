"""The saved pages of the tests, with the record each must yield beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from scrapers.items import Article
from scrapers.reading.article import read_article
from scrapers.sources import catalogue

FIXTURES = Path(__file__).parents[1] / "fixtures"
PAGES = sorted(
    path for path in FIXTURES.glob("*/article-*") if path.suffix != ".json" and path.parent.name not in catalogue()
)
"""Those that are read without a source; ``tests/scrapers/test_ministry_pages.py`` has the others."""


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def golden(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.with_suffix(".json").read_text("utf-8"))
    return found


def page(family: str, stem: str) -> Path:
    return next(path for path in PAGES if name(path) == f"{family}/{stem}")


URL = "https://www.example.gov.vn/tin-tuc/bai-1.html"


def read(html: str, *, url: str = URL) -> Article:
    """Read a small page written in the test."""
    return read_article(html.encode(), url=url, content_type="text/html; charset=utf-8")


def rule(article: Article, field: str) -> str:
    return next((reason.rule for reason in article.passport if reason.field == field), "")


def grade(article: Article, field: str) -> str:
    return next((reason.grade for reason in article.passport if reason.field == field), "")
