"""Files in the spool are whole or put aside, never lost and never half."""

import os
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from scrapers.items import Evidence, Verdict, Visit
from scrapers.spool import SpoolError, clear_drafts, file_name, read_spooled, spooled, write_spooled

NOW = datetime(2024, 5, 1, 8, 30, 0, 123456, tzinfo=UTC)


def a_visit(**fields):
    given = {"id": "ab12", "source": "vn-thu", "started": NOW, "finished": NOW, "verdict": Verdict.FINE, **fields}
    return Visit(**given)


def test_visit_comes_back_as_it_went_in(tmp_path):
    page = Evidence(
        url="http://x/", fetched=NOW, status=200, headers=(("A", "ệ"),), payload=b"\x00\xff", sha256="0", ip="::1"
    )
    visit = a_visit(why="Đã đọc", evidence=(page,), moved=(("a", "b"),))

    path = write_spooled(tmp_path, visit)

    assert read_spooled(path) == visit
    assert [file.name for file in tmp_path.iterdir()] == ["20240501T083000123456Z-vn-thu-ab12.00000.visit"]


def test_names_sort_as_visits_began_and_parts_came(tmp_path):
    later = a_visit(id="aa", started=NOW + timedelta(microseconds=1))
    parts = [a_visit(part=10), a_visit(part=9), later]

    for part in parts:
        write_spooled(tmp_path, part)

    assert [read_spooled(path) for path in spooled(tmp_path)] == [parts[1], parts[0], later]


@pytest.mark.parametrize("word", ["../x", "a/b", "", "a.b"])
def test_words_that_do_not_belong_in_a_name_are_refused(word):
    with pytest.raises(ValueError, match="file's name"):
        file_name(a_visit(id=word))


@pytest.mark.parametrize("damage", ["torn", "changed", "foreign", "empty", "older", "other"])
def test_file_that_holds_no_visit_is_put_aside_and_named(tmp_path, damage):
    path = write_spooled(tmp_path, a_visit())
    whole = path.read_bytes()
    other = b"\x81\xa1a\x01"
    path.write_bytes(
        {
            "torn": whole[:-5],
            "changed": whole[:-5] + b"XXXXX",
            "foreign": b"PK\x03\x04",
            "empty": b"",
            "older": whole.replace(b"visit 1", b"visit 0"),
            "other": b"bantin visit 1 " + sha256(other).hexdigest().encode() + b"\n" + other,
        }[damage]
    )
    before = path.read_bytes()

    with pytest.raises(SpoolError) as caught:
        read_spooled(path)

    assert str(path) in str(caught.value)
    assert spooled(tmp_path) == []
    assert path.with_name(path.name + ".bad").read_bytes() == before


@pytest.mark.parametrize(
    "make", [Path.mkdir, lambda path: path.symlink_to("nowhere"), os.mkfifo], ids=["folder", "link", "pipe"]
)
@pytest.mark.parametrize("aside", [False, True])
def test_what_is_no_file_is_put_aside_once(tmp_path, make, aside):
    path = tmp_path / "x.visit"
    make(path)
    if aside:  # it happened before
        (tmp_path / "x.visit.bad").mkdir()
        (tmp_path / "x.visit.bad" / "something").touch()

    with pytest.raises(SpoolError, match=r"x\.visit: is no file\. It was kept as x\.visit\..*bad"):
        read_spooled(path)

    assert spooled(tmp_path) == []
    assert len(list(tmp_path.iterdir())) == 1 + aside


def test_what_cannot_be_put_aside_is_named_with_what_to_do(tmp_path):
    with pytest.raises(SpoolError, match="cannot be put aside: No such file or directory"):
        read_spooled(tmp_path / "gone.visit")


def test_folder_that_was_removed_is_made_again_but_not_what_is_around_it(tmp_path):
    spool = tmp_path / "spool"

    path = write_spooled(spool, a_visit())

    assert spooled(spool) == [path]
    with pytest.raises(FileNotFoundError):
        write_spooled(tmp_path / "unmounted" / "spool", a_visit())


def test_drafts_are_cleared_and_the_folder_made(tmp_path):
    spool = tmp_path / "var" / "spool"

    clear_drafts(spool)
    (spool / "half.tmp").write_bytes(b"half")
    (spool / "whole.visit").write_bytes(b"whole")
    clear_drafts(spool)

    assert [path.name for path in spool.iterdir()] == ["whole.visit"]
