"""``bantin versions`` and ``bantin diff``: what people see of an article's history, and what programs get."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scrapers.items import Attachment, Image
from storage.database import open_archive
from storage.record import record
from tests.command import Command
from tests.storage.making import AUTHORITY, HOME, NOON, article, visit

FIRST = article(
    1,
    headline="Giá nước <mới>",
    body_text="Đoạn đầu ở lại.\n\nDự án cần 3.500 tỷ đồng.\n\nĐoạn sau cũng ở lại.\n\nĐoạn này rồi chuyển đi.\n\nHết.",
    body_html="<p>…</p>",
    attachments=(Attachment(url=f"{HOME}a.pdf", title="Tờ trình"),),
)
SECOND = article(
    1,
    headline="Giá nước <cũ>",
    body_text="Đoạn này rồi chuyển đi.\n\nĐoạn đầu ở lại.\n\nDự án cần 3.700 tỷ đồng.\n\nĐoạn sau cũng ở lại.\n\nHết.\x1b",
    body_html="<p>…</p>",
    images=(Image(url=f"{HOME}anh/khac.jpg", caption="Khác"),),
    attachments=(Attachment(url=f"{HOME}b.pdf", title="Tờ trình"),),
)


@pytest.fixture
def edited(bantin: Command) -> Command:
    """A home whose one article was edited, then read anew; and another article that never was."""
    bantin.home.mkdir(parents=True)
    db = open_archive(bantin.home / "bantin.db")
    looks = ([FIRST], [SECOND, article(2)], [article(1, **{**_fields(SECOND), "headline": "Khác", "layout": "hemera"})])
    for hours, look in enumerate(looks):
        one = visit(*look, at=NOON + timedelta(hours=hours))
        record(db, one, warc=bantin.home / "warc", authority=AUTHORITY, now=one.finished)
    db.close()
    return bantin


def _fields(one: object) -> dict[str, object]:
    return {name: getattr(one, name) for name in ("body_text", "body_html", "images", "attachments")}


def test_versions_lists_the_wordings_with_their_classes(edited: Command) -> None:
    said = edited("versions", "1")

    assert said.code == 0
    first, second, third = said.out.splitlines()[1:]
    assert "first wording" in first
    assert "ministry\tmoney, headline" in second
    assert "\tyes\t" in second
    assert "parser\tread anew, nothing edited" in third


def test_versions_as_json_holds_every_edit(edited: Command) -> None:
    second = edited("versions", "1", "--json").json[1]

    assert second["classes"][0] == "money"
    assert {
        "class": "money",
        "field": "body_text",
        "before": "3.500 tỷ đồng",
        "after": "3.700 tỷ đồng",
    }.items() <= second["edits"][0].items()
    assert second["silent"] is True


def test_diff_marks_words_without_a_terminal(edited: Command) -> None:
    out = edited("diff", "1", "--to", "2").out

    assert "Dự án cần [-3.500-]{+3.700+} tỷ đồng." in out
    assert "> {+Đoạn này rồi chuyển đi.+} (moved to here)" in out
    assert "< [-Đoạn này rồi chuyển đi.-] (moved from here)" in out
    assert "Giá nước <[-mới-]{+cũ+}>" in out
    assert f"{HOME}[-a.pdf-]{{+b.pdf+}}" in out or "a.pdf" in out
    assert "\x1b" not in out
    assert "Section" not in out
    assert "Section" in edited("diff", "1", "--to", "2", "--whole").out


def test_diff_takes_the_last_two_wordings_unless_told_otherwise(edited: Command) -> None:
    assert edited("diff", "1").out.startswith("Wording 2 → 3")
    assert "by another reading of the same page" in edited("diff", "1").out
    assert edited("diff", "1", "--from", "1").out.startswith("Wording 1 → 3")
    assert edited("diff", "1", "--from", "2", "--to", "1").out.startswith("Wording 2 → 1")


def test_diff_as_html_is_safe_and_complete(edited: Command) -> None:
    out = edited("diff", "1", "--to", "2", "--html").out

    assert "&lt;<del>mới</del><ins>cũ</ins>&gt;" in out
    assert 'class="moved"' in out
    assert "Đoạn sau cũng ở lại." in out
    assert "anh/khac.jpg" in out
    assert "<mới>" not in out
    assert out.rstrip().endswith("</html>")


def test_diff_as_json_rebuilds_both_texts(edited: Command) -> None:
    told = edited("diff", "1", "--from", "1", "--to", "2", "--json").json

    [text] = [part for part in told["parts"] if part["field"] == "body_text"]
    for side, but in ((FIRST, "come"), (SECOND, "gone")):
        segments = [one for piece in text["pieces"] for one in piece["segments"] if one["kind"] != but]
        assert "".join(one["text"] for one in segments) == side.body_text
    assert told["edits"][0]["class"] == "money"


def test_any_two_wordings_are_classified_on_the_way(edited: Command) -> None:
    told = edited("diff", "1", "--from", "1", "--to", "3", "--json").json

    assert "money" in [one["class"] for one in told["edits"]]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("diff", "9"), "No article is named '9'"),
        (("versions", "9"), "No article is named '9'"),
        (("diff", "2"), "This article has had one wording only"),
        (("diff", "1", "--to", "7"), "There is no wording 7: this article's go from 1 to 3"),
        (("diff", "1", "--from", "0"), "There is no wording 0"),
        (("diff", "1", "--from", "2", "--to", "2"), "nothing to compare"),
        (("diff", "1", "--html", "--json"), "exclude each other"),
    ],
)
def test_what_cannot_be_compared_is_said(edited: Command, words: tuple[str, ...], sentence: str) -> None:
    said = edited(*words)

    assert said.code == 2
    assert sentence in said.err


def test_colours_are_for_terminals(edited: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commands.diff._colours", lambda: True)

    out = edited("diff", "1", "--to", "2").out

    assert "[-" not in out
    assert "3.700" in out


def test_item_tells_what_kinds_of_edits_there_were(edited: Command) -> None:
    assert "version 2, seen 2026-03-02T06:00:10+00:00: money, headline" in edited("item", "1").out
    assert edited("item", "1", "--json").json["edited"][0]["classes"][0] == "money"
