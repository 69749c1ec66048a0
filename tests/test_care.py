"""The commands that look after an archive, as one types them."""

import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from demo.server import Served
from demo.source import SLUG
from home import Home, hold
from tests.command import Command
from tests.storage.test_schemas import old_archive


@pytest.fixture
def visited(following: Command) -> Command:
    """The command on a home with one visit of the make-believe ministry in it."""
    assert following("crawl", SLUG).code == 0
    return following


def ids(home: Path) -> dict[str, str]:
    with closing(sqlite3.connect(home / "bantin.db")) as db:
        return dict(db.execute("select url, id from articles"))


def test_a_backup_made_while_the_daemon_holds_the_home_is_put_back(
    visited: Command, site: Served, tmp_path: Path
) -> None:
    known, folder = ids(visited.home), tmp_path / "copies"
    folder.mkdir()
    with hold(Home(path=visited.home)):
        made = visited("backup", str(folder), "--json")
        refused = visited("restore", str(made.json[0]["backup"]))
    assert made.code == 0 and "bantin restore" in made.err
    (copy,) = folder.iterdir()
    assert copy.name.startswith("bantin-2") and made.json[0]["bytes"] == copy.stat().st_size
    assert refused.code == 4 and "in use" in refused.err
    story = site.ministry.publish()
    visited("crawl", SLUG)

    back = visited("restore", str(copy), "--json")

    assert back.code == 0 and back.json[0]["articles"] == len(known)
    assert "is now bantin-before-restore-" in back.err and "are in warc-before-restore-" in back.err
    assert ids(visited.home) == known
    again = visited("crawl", SLUG, "--json")
    assert [change["url"] for one in again.json for change in one["changes"]] == [
        site.ministry.address(story.number, site.url)
    ]
    assert {url: tag for url, tag in ids(visited.home).items() if url in known} == known
    assert visited("doctor", "--full").code in (0, 3)


def test_a_backup_never_replaces_anything_unasked(visited: Command, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"

    assert visited("backup", str(copy)).code == 0
    twice = visited("backup", str(copy))
    forced = visited("backup", str(copy), "--force")
    itself = visited("backup", str(visited.home / "bantin.db"), "--force")

    assert twice.code == 4 and "--force" in twice.err
    assert forced.code == 0
    assert itself.code == 4 and len(ids(visited.home)) > 0


def test_a_backup_with_evidence_is_a_home_of_its_own(visited: Command, site: Served, tmp_path: Path) -> None:
    target = tmp_path / "whole"
    first = visited("backup", str(target), "--warc", "--json")
    site.ministry.publish()
    visited("crawl", SLUG)
    refused, second = (
        visited("backup", str(target), "--warc"),
        visited("backup", str(target), "--warc", "--force", "--json"),
    )

    assert first.code == second.code == 0 and refused.code == 4
    assert second.json[0]["warc_missing"] == [] and second.json[0]["warc_bytes"] > first.json[0]["warc_bytes"]
    assert ids(target) == ids(visited.home)
    assert {path.name for path in target.iterdir()} == {"bantin.db", "bantin.toml", "sources", "warc"}
    there = Command(target, visited._capsys)
    assert len(there("items", "--json").json) == len(visited("items", "--json").json)
    assert there("doctor", "--full", "--json").code in (0, 3)
    for path in visited.home.rglob("*.warc.gz"):
        path.write_bytes(path.read_bytes()[:100])
    lame = visited("backup", str(tmp_path / "lame"), "--warc")
    assert lame.code == 3 and "shorter than the archive says" in lame.err


def test_an_older_archive_is_brought_up_to_date_when_asked(bantin: Command) -> None:
    bantin.home.mkdir()
    old_archive(bantin.home, 5)

    told = bantin("items")
    dry = bantin("migrate", "--dry-run", "--json")
    assert told.code == 1 and "`bantin migrate`" in told.err
    assert dry.code == 0 and {row["state"] for row in dry.json} == {"to do"} and "Nothing was done" in dry.err
    assert not list(bantin.home.glob("bantin-schema-*"))
    with hold(Home(path=bantin.home)):
        assert bantin("migrate").code == 4

    done = bantin("migrate", "--json")
    again = bantin("migrate")

    assert done.code == 0 and {row["state"] for row in done.json} == {"done"}
    assert "step 6 templates (1 of" in done.err and "it is copied to bantin-schema-5-" in done.err
    assert len(list(bantin.home.glob("bantin-schema-5-*.db"))) == 1
    assert again.code == 0 and "is up to date" in again.err
    assert len(bantin("items", "--json").json) == 9


def test_a_newer_archive_is_exit_four_everywhere_and_says_what_to_do(visited: Command) -> None:
    with closing(sqlite3.connect(visited.home / "bantin.db", isolation_level=None)) as db:
        db.execute("pragma user_version = 999")

    for words in (["items"], ["run", "--once"], ["crawl", SLUG], ["migrate"], ["prune"], ["export"]):
        said = visited(*words)
        assert said.code == 4 and "install the newer Bantin" in said.err, words


def test_pruning_shows_before_it_does(visited: Command) -> None:
    shown = visited("prune", "--older", "0s", "--json")
    assert shown.code == 0 and "Nothing was deleted" in shown.err
    assert {row["kind"] for row in shown.json} == {"exchanges", "troubles", "looks", "sightings", "visits", "warc"}
    with hold(Home(path=visited.home)):
        assert visited("prune", "--apply").code == 4
    known = ids(visited.home)

    done = visited("prune", "--older", "0s", "--warc-size", "1MB", "--apply")

    assert done.code == 0 and "smaller" in done.err
    assert ids(visited.home) == known
    assert visited("crawl", SLUG).code == 0
    assert visited("prune", "--older", "long ago").code == 2


def test_articles_come_out_as_json_lines_with_their_history(visited: Command, tmp_path: Path) -> None:
    file = tmp_path / "out.jsonl"

    plain, whole = visited("export"), visited("export", "--history", "-o", str(file))

    assert whole.code == 0
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert len(lines) == len(plain.out.splitlines()) == len(ids(visited.home))
    assert all(one["versions"][0]["headline"] and one["changes"][0]["kind"] == "new" for one in lines)
    refused = visited("export", "-o", str(file))
    assert refused.code == 4 and "--force" in refused.err
    assert visited("export", "--since", "yesterday").code == 2
    assert visited("export", "--source", "vn-thidy").code == 2


def test_a_view_comes_out_as_csv(visited: Command) -> None:
    said, wrong = visited("export", "--csv", "items_view"), visited("export", "--csv", "articles")

    assert said.out.splitlines()[0].startswith("id,number,source,ministry,headline")
    assert wrong.code == 2 and "changes_view" in wrong.err


def test_a_package_comes_out_once(visited: Command, tmp_path: Path) -> None:
    target = str(tmp_path / "package")

    made, twice, forced = (
        visited("export", "--package", target, *more) for more in ((), (), ("--force", "--source", SLUG))
    )

    assert (made.code, twice.code, forced.code) == (0, 4, 0)
    assert json.loads((tmp_path / "package" / "datapackage.json").read_text("utf-8"))["sources"]


def test_reading_a_home_nobody_may_write_to_works_and_writing_says_so(visited: Command, tmp_path: Path) -> None:
    """A disk mounted read-only; where that may not be tried, the rest of this file says the same of permissions."""
    place = tmp_path / "disk"
    place.mkdir()
    if os.system(f"mount -t tmpfs -o size=20m bantin-test {place} 2>/dev/null"):
        pytest.skip("mounting needs more rights")
    try:
        shutil.copytree(visited.home, place / "home")
        assert os.system(f"mount -o remount,ro {place}") == 0
        there = Command(place / "home", visited._capsys)

        assert len(there("items", "--json").json) == len(visited("items", "--json").json)
        assert there("backup", str(tmp_path / "copy.db")).code == 0
        assert there("export", "--csv", "changes_view").code == 0
        for words in (["run", "--once"], ["crawl", SLUG], ["migrate"]):
            said = there(*words)
            assert said.code in (0, 1, 2) and "Traceback" not in said.err
            assert words == ["migrate"] or "cannot be written" in said.err
        looked = there("doctor", "--json")
        assert looked.code == 1
        assert any("make the disk writable" in row["next"] for row in looked.json)
    finally:
        os.system(f"umount -l {place}")
