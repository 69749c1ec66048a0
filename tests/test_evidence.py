"""The commands that make what was said stand up to doubt, on a home the make-believe ministry was read into."""

import asyncio
import gzip
import json
import shutil
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import cli
from demo.ministry import Ministry
from demo.server import serve
from demo.source import SLUG, source_toml
from home import Home, hold, read_settings
from scheduler import Daemon
from storage.database import open_readonly
from storage.seals import last_seal
from tests.command import Command


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home into which the make-believe ministry was read once; tests work on copies."""
    home = tmp_path_factory.mktemp("crawled") / "home"
    with serve(Ministry()) as site:
        (home / "sources").mkdir(parents=True)
        hurried = source_toml(site.url).replace('delay = "0.05s"', 'delay = "0s"')
        (home / "sources" / f"{SLUG}.toml").write_text(hurried, encoding="utf-8")
        with pytest.raises(SystemExit) as end:
            cli.main(["--home", str(home), "crawl", "--all"])
    assert not end.value.code
    return home


@pytest.fixture
def visited(bantin: Command, crawled: Path) -> Command:
    shutil.copytree(crawled, bantin.home)
    return bantin


def test_an_article_is_packed_sealed_on_the_way_and_checked(visited: Command, tmp_path: Path) -> None:
    case = tmp_path / "case.zip"

    packed = visited("evidence", "1", "-o", str(case), "--json")

    assert packed.code == 0
    [told] = [packed.json] if isinstance(packed.json, dict) else packed.json
    assert told["sealed"]
    assert told["seals"] == [1]
    good = visited("verify", str(case))
    assert good.code == 0
    assert "Nothing was changed" in good.out
    outcome = visited("verify", str(case), "--json").json
    assert outcome["newest_seal"] == 1
    assert visited("verify", str(case), "--witness", outcome["newest_seal_sha256"]).code == 0
    assert visited("verify", str(case), "--witness", "0" * 64).code == 1


def test_our_request_and_its_conditions_are_kept(visited: Command, tmp_path: Path) -> None:
    case = tmp_path / "case.zip"
    visited("evidence", "1", "-o", str(case))
    with zipfile.ZipFile(case) as opened:
        [asked] = [
            one["leaf"]["request"]
            for one in json.loads(opened.read("proof.json"))["leaves"]
            if one["leaf"]["kind"] == "record"
        ]
        excerpt = opened.read("evidence.warc.gz")

    text = gzip.decompress(excerpt)
    assert asked
    assert b"WARC-Type: request" in text
    assert b"User-Agent: Bantin" in text
    assert b"\r\nGET /" in text


def test_a_spoilt_case_is_named_and_exits_1(visited: Command, tmp_path: Path) -> None:
    case = tmp_path / "case.zip"
    visited("evidence", "1", "-o", str(case))
    spoilt = bytearray(case.read_bytes())
    spoilt[1000] ^= 1
    case.write_bytes(spoilt)

    outcome = visited("verify", str(case))

    assert outcome.code == 1
    assert "WRONG  README.txt" in outcome.out


def test_the_whole_archive_is_checked(visited: Command) -> None:
    assert visited("seal", "--now").code == 0

    good = visited("verify", "--all")
    assert good.code == 0
    assert "0 rows are not sealed yet" in good.out
    file = next((visited.home / "warc").glob("*/*.warc.gz"))
    spoilt = bytearray(file.read_bytes())
    spoilt[4] ^= 1  # the time in the header of a gzip member, which no checksum covers
    file.write_bytes(spoilt)
    bad = visited("verify", "--all", "--json")
    assert bad.code == 1
    [problem] = bad.json["problems"]
    assert problem["where"].startswith(file.relative_to(visited.home / "warc").as_posix())
    assert "backup" in problem["next"]


def test_sealing_says_what_to_publish(visited: Command) -> None:
    before = visited("seal")
    made = visited("seal", "--now", "--json").json
    again = visited("seal", "--now")

    assert "--now" in before.err
    [row] = made
    assert row["seal"] == 1
    assert row["sha256"] in again.err
    assert again.out == ""


def test_sealing_an_empty_home_is_no_mistake(bantin: Command) -> None:
    bantin.home.mkdir()

    assert bantin("seal", "--now").code == 0


def test_a_daemon_at_work_is_left_alone(visited: Command, tmp_path: Path) -> None:
    case = tmp_path / "case.zip"
    with hold(Home.at(visited.home)):
        assert visited("seal", "--now").code == 4
        packed = visited("evidence", "1", "-o", str(case))
        assert visited("verify", "--all").code == 0

    assert packed.code == 0
    assert "Not all of it is sealed" in packed.err
    assert "NOT (WHOLLY) SEALED" in visited("verify", str(case)).out


@pytest.mark.parametrize(
    "words",
    [("verify",), ("verify", "x.zip", "--all"), ("verify", "missing.zip"), ("evidence", "1"),
     ("evidence", "1", "--version", "1", "--all-versions", "-o", "x.zip")],
)  # fmt: skip
def test_wrong_usage_exits_2(visited: Command, words: tuple[str, ...]) -> None:
    assert visited(*words).code == 2


def test_an_unknown_article_or_wording_exits_2(visited: Command, tmp_path: Path) -> None:
    out = str(tmp_path / "case.zip")

    assert visited("evidence", "999999", "-o", out).code == 2
    assert visited("evidence", "1", "--version", "7", "-o", out).code == 2
    assert not Path(out).exists()


def test_checking_a_home_without_an_archive_says_so(bantin: Command) -> None:
    outcome = bantin("verify", "--all")

    assert outcome.code == 1
    assert "there is no archive here yet" in outcome.err


async def later(home: Path, days: int) -> None:
    place = Home.at(home)
    daemon = Daemon(place, read_settings(place), now=lambda: datetime.now(UTC) + timedelta(days=days))
    async with daemon.open():
        pass


def test_the_daemon_seals_the_days_before_by_itself(visited: Command) -> None:
    asyncio.run(later(visited.home, 1))

    db = open_readonly(visited.home / "bantin.db")
    sealed = last_seal(db)
    db.close()
    assert sealed is not None
    assert sealed.day == datetime.now(UTC).date().isoformat()
    assert visited("verify", "--all").code == 0


def test_a_log_that_was_changed_stops_no_daemon(visited: Command) -> None:
    visited("seal", "--now")
    log = visited.home / "warc" / "seals.jsonl"
    log.write_bytes(log.read_bytes().replace(b"Bantin", b"Nobody"))

    asyncio.run(later(visited.home, 1))

    outcome = visited("verify", "--all")
    assert outcome.code == 1
    assert "seals.jsonl line 1" in outcome.out
