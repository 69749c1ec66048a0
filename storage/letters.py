"""The two pages that go with a package: how to use it, and how to cite it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

_README = """\
# {title}

What ministries' news pages said, changed and took down, {span}, as {publisher} observed it. Made {made} by {software}.

| file | what it is |
|---|---|
| `archive.db` | everything in this package, as a SQLite database with views |
{tables}
| `coverage.json` | what was watched |
| `datapackage.json` | every table and column described ([Data Package](https://datapackage.org)) |
| `CITATION.cff` | how to cite this |
| `SHA256SUMS` | checksums: `sha256sum -c SHA256SUMS` finds any changed byte |

## What was watched

{watched}

`coverage.json` names every gap. An article that came and went between two visits is not in here. Times are UTC; `first_seen` and `seen` are when this
archive first saw something, `published` is what the ministry says.

## Opening it

The tables are UTF-8 with commas. Excel reads them rightly through Data → From Text/CSV → 65001: Unicode (UTF-8); a double
click does not. {csv}

```console
$ sqlite3 "file:archive.db?mode=ro" "select day, ministry, headline from items_view limit 5"
$ frictionless validate datapackage.json
```

## Licence

The articles belong to their publishers: whoever hands them on needs their leave, or a law that gives it. What this package
adds (times of observation, kinds of edits, coverage) may be used freely.

## How to cite

> {publisher} ({authority}). {title}. Version {version}, observed {span}.
"""
_CSV = {
    "guarded": "Text that a spreadsheet would take for a formula (=, +, -, @ first) has an apostrophe before it here; "
    "`archive.db` has every text exactly.",
    "exact": "Every text is exactly as the archive has it: a spreadsheet may take some of it for formulas, so import columns "
    "as text.",
}


def readme(*, about_rows: Mapping[str, int], watched: Iterable[Mapping[str, object]], csv: str, **told: str) -> str:
    tables = "\n".join(
        f"| `data/{view.removesuffix('_view')}.csv` | {count:,} row{'s' * (count != 1)} of `{view}` |"
        for view, count in about_rows.items()
    )
    lines = [
        f"- {one['source']}: visits: {one['visits']}, good ones: {one['fine_visits']}, from {one['first_visit']} to "
        f"{one['last_visit']}; at most {one['longest_hours_without']} h without a good one; {_covered(one)}"
        for one in watched
    ]
    return _README.format(tables=tables, watched="\n".join(lines) or "Nothing was visited.", csv=_CSV[csv], **told)


def _covered(one: Mapping[str, object]) -> str:
    if one["covered_percent"] is None:
        return "whether anything was missed is not known"
    gaps = one["gaps"]
    assert isinstance(gaps, list)
    left = [gap["state"] for gap in gaps if gap["state"] != "closed"]
    return (
        f"nothing was missed in {one['covered_percent']} % of the time from {one['covered_since']} to {one['covered_until']} "
        f"(gaps: {len(left)}, still open: {left.count('open')})"
    )


def citation(*, title: str, publisher: str, authority: str, version: str, made: str, **_: str) -> str:
    """Return a Citation File Format 1.2.0 file. Quoted as JSON, which YAML takes as it is."""

    def quoted(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)

    return "\n".join([
        "cff-version: 1.2.0",
        'message: "If you use this data, please cite it as below."',
        "type: dataset",
        f"title: {quoted(title)}",
        "authors:",
        f"  - name: {quoted(publisher)}",
        f"    alias: {quoted(authority)}",
        f"version: {quoted(version)}",
        f"date-released: {made[:10]}",
        "",
    ])  # fmt: skip
