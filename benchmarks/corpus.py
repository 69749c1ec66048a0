"""Saved real pages with the facts they state, for measuring only; they belong to their publishers and stay out of here."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(os.environ.get("BANTIN_CORPUS") or Path(__file__).parents[2] / "shared" / "corpus")
"""Folders of pages with an ``index.jsonl`` each; point $BANTIN_CORPUS at yours."""


class Page(NamedTuple):
    set: str
    id: str
    url: str
    kind: str
    government: bool
    html: bytes
    facts: dict[str, Any]
    """What the page is known to state. In a set whose pages name authors, "author" is None for a page that names none."""


def sets() -> list[str]:
    """Names of the sets there are; none where there is no corpus."""
    return sorted(path.parent.name for path in FOLDER.glob("*/index.jsonl"))


def pages(name: str, kind: str) -> Iterator[Page]:
    described = json.loads((FOLDER / name / "SET.json").read_text("utf-8"))
    nobody = {"author": None} if "author" in described["gt_fields"] else {}
    for line in (FOLDER / name / "index.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["kind"] == kind:
            raw = (FOLDER / name / row["file"]).read_bytes()
            html = gzip.decompress(raw) if row["file"].endswith(".gz") else raw
            yield Page(name, row["id"], row["url"] or "", kind, bool(row["gov"]), html, {**nobody, **row["gt"]})
