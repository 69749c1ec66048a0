"""The saved pages of the tests, with the record each must yield beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).parents[1] / "fixtures"
PAGES = sorted(path for path in FIXTURES.glob("*/article-*") if path.suffix != ".json")


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def golden(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.with_suffix(".json").read_text("utf-8"))
    return found


def page(family: str, stem: str) -> Path:
    return next(path for path in PAGES if name(path) == f"{family}/{stem}")
