"""What ministries took down: withdrawn, and the lines about it that ``item`` shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click
import msgspec

from commands.shared import json_option, known_source, reading, source_option
from home import Home
from printing import show

if TYPE_CHECKING:
    from storage.absences import Look, Withdrawal
    from storage.database import Database


@click.command()
@source_option
@click.option("--missing", is_flag=True, help="What is missing now and not certain yet, instead.")
@json_option
@click.pass_obj
def withdrawn(home: Home, source: str | None, missing: bool, json: bool) -> None:
    """List what was taken down, and what shows it: the looks that missed it. The archive keeps its text and pages."""
    from storage import absences

    with reading(home) as db:
        known_source(db, source)
        found = absences.missing(db, source=source) if missing else absences.withdrawals(db, source=source)
    show(
        [_row(one) for one in found],
        json=json,
        empty="Nothing is missing now." if missing else "Nothing was taken down yet.",
        columns=("number", "source", "state", "missing_since" if missing else "withdrawn_at", "proof", "headline"),
    )


def story(db: Database, number: int) -> list[Withdrawal]:
    """Return how an article was missed and taken down, the latest first."""
    from storage import absences

    return [*absences.missing(db, number=number), *absences.withdrawals(db, number=number)]


def told(stories: list[Withdrawal]) -> Iterator[str]:
    """Say how an article was taken down, line by line."""
    for one in stories:
        yield (
            f"missing since {one.missing_since}, not certain yet"
            if one.state == "missing"
            else (
                f"withdrawn {one.withdrawn_at}, missing since {one.missing_since}"
                + (f", restored {one.restored_at}" if one.restored_at else "")
            )
        )
        yield from (f"  {_look(look)}" for look in one.looks)


def _row(one: Withdrawal) -> dict[str, object]:
    return {**msgspec.structs.asdict(one), "proof": ", ".join(dict.fromkeys(look.proof for look in one.looks))}


def _look(look: Look) -> str:
    page = f", kept as {look.sha256[:12]}…" if look.sha256 else ""
    doubt = f" (does not count: {look.doubt})" if look.doubt else ""
    return f"{look.at}  {look.proof}: {look.why or 'an older Bantin did not say how'}{page}{doubt}"
