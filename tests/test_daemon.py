"""The daemon as a process of its own, against the make-believe ministry: what it survives and what it never loses."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from demo.server import Served
from demo.source import SLUG
from tests.command import Command

ROOT = Path(__file__).parent.parent
PATIENCE = 60.0


@contextmanager
def daemon(home: Path) -> Iterator[subprocess.Popen[str]]:
    """``bantin run`` on ``home``; ended, if need be by force, when the block is left."""
    command = [sys.executable, "-m", "cli", "--home", str(home), "run", "--listen", "127.0.0.1:0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def until(look: Callable[[], object], what: str) -> None:
    """Look again and again until something is true, for a minute at most."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if look():
            return
        time.sleep(0.05)
    raise AssertionError(f"waited {PATIENCE:.0f} s in vain: {what}")


def feed(home: Path) -> dict[str, str]:
    """Article addresses of the source's feed, with their ids; empty while there is none."""
    file = home / "public/feeds" / f"{SLUG}.json"
    return {item["url"]: item["id"] for item in json.loads(file.read_text("utf-8"))["items"]} if file.exists() else {}


def finish(process: subprocess.Popen[str], number: int = signal.SIGTERM) -> str:
    process.send_signal(number)
    said, _ = process.communicate(timeout=30)
    return said


def test_terminated_it_ends_in_time_with_zero_and_says_so(following: Command, site: Served) -> None:
    with daemon(following.home) as process:
        until(lambda: len(feed(following.home)) == len(site.ministry.stories), "the first visit")

        said = finish(process)

    assert process.returncode == 0, said
    assert "Pages and feeds: http://127.0.0.1:" in said and "nothing is lost" in said


def test_terminated_while_the_ministry_hangs_it_ends_in_time_too(following: Command, site: Served) -> None:
    site.ministry.hang(only="html")

    with daemon(following.home) as process:
        until(lambda: site.asked("/tin-moi-nhat"), "the listing to be asked for")
        said = finish(process)

    assert process.returncode == 0, said


def test_terminated_while_another_program_holds_the_archive_it_ends_in_time_and_loses_nothing(
    following: Command, site: Served
) -> None:
    with daemon(following.home) as process:
        until(lambda: _planned(following.home), "the first visit")
        with sqlite3.connect(following.home / "bantin.db", isolation_level=None) as other:
            other.execute("begin immediate")
            story = site.ministry.publish()
            until(lambda: any((following.home / "spool").glob("*.visit")), "a visit that cannot be recorded")
            said = finish(process)
        other.close()

    assert process.returncode == 0, said
    assert "recorded at the next start" in said
    assert following("run", "--once").code == 0
    assert site.ministry.address(story.number, site.url) in _recorded(following.home)


def test_a_second_daemon_ends_with_four_and_names_the_first(following: Command) -> None:
    with daemon(following.home) as first:
        until((following.home / "bantin.lock").exists, "the first daemon")
        until(lambda: (following.home / "bantin.lock").read_text().strip() == str(first.pid), "its lock")

        with daemon(following.home) as second:
            said, _ = second.communicate(timeout=30)

    assert second.returncode == 4
    assert str(first.pid) in said


def test_crawl_beside_a_daemon_is_done_by_the_daemon(following: Command, site: Served) -> None:
    slow = re.sub(r'every = "\w+"', 'every = "1d"', (following.home / "sources" / f"{SLUG}.toml").read_text("utf-8"))
    (following.home / "sources" / f"{SLUG}.toml").write_text(slow, encoding="utf-8")
    with daemon(following.home) as process:
        until(lambda: _planned(following.home) == "every 1 d", "the end of the first visit")
        site.ministry.publish()

        said = following("crawl", SLUG)

    assert said.code == 0, said.err
    assert str(process.pid) in said.err
    assert "1 new" in said.out


def test_a_source_file_that_breaks_leaves_the_running_daemon_with_the_old_one(following: Command, site: Served) -> None:
    file = following.home / "sources" / f"{SLUG}.toml"
    good = file.read_text("utf-8")
    with daemon(following.home) as process:
        until(lambda: feed(following.home), "the first visit")
        file.write_text(good.replace("homepage =", "homepgae ="), encoding="utf-8")
        story = site.ministry.publish()

        until(
            lambda: site.ministry.address(story.number, site.url) in feed(following.home), "news in spite of the file"
        )
        said = finish(process)

    assert f"{SLUG}.toml" in said and "homepage" in said


def test_a_source_added_while_it_runs_is_visited(following: Command, site: Served) -> None:
    file = following.home / "sources" / f"{SLUG}.toml"
    text = file.read_text("utf-8")
    file.unlink()
    with daemon(following.home) as process:
        until((following.home / "public/feeds/all.json").exists, "feeds without any source")

        file.write_text(text, encoding="utf-8")
        until(lambda: len(feed(following.home)) == len(site.ministry.stories), "the new source")
        finish(process)

    assert process.returncode == 0


@pytest.mark.slow
def test_killed_at_ten_random_moments_it_loses_and_doubles_nothing(following: Command, site: Served) -> None:
    home, ministry, chance = following.home, site.ministry, random.Random(20231124)
    file = home / "sources" / f"{SLUG}.toml"
    file.write_text(file.read_text("utf-8").replace("pages = 3", "pages = 10"), encoding="utf-8")
    ids: dict[str, str] = {}

    for _ in range(10):
        ministry.publish()
        with daemon(home) as process:
            try:
                process.wait(timeout=chance.uniform(0.3, 3.0))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
        assert process.wait(timeout=30) == -signal.SIGKILL, process.stdout and process.stdout.read()
        now = feed(home)
        assert all(now[url] == known for url, known in ids.items() if url in now), "an id changed"
        assert len(set(now.values())) == len(now)
        ids.update(now)

    addresses = {ministry.address(story.number, site.url) for story in ministry.stories}
    with daemon(home) as process:
        until(lambda: addresses <= set(_recorded(home)), "everything, at last")
        finish(process)

    # The feed holds a window of the newest; what left it is still in the archive, under the same id.
    assert {url: _recorded(home)[url] for url in ids} == ids
    with sqlite3.connect(home / "bantin.db") as db:
        recorded = Counter(url for (url,) in db.execute("select url from articles"))
        versions = [number for (number,) in db.execute("select versions from articles")]
        assert db.execute("pragma integrity_check").fetchone() == ("ok",)
    db.close()
    assert recorded == Counter(addresses)
    assert set(versions) == {1}
    assert not list((home / "spool").glob("*.visit")) and not list((home / "spool").glob("*.bad"))
    assert _responses(home) >= len(addresses)
    _no_orphans(home)


def _planned(home: Path) -> str:
    """Why the source is visited next when it is; "" before there is an archive."""
    if not (home / "bantin.db").exists():
        return ""
    with sqlite3.connect(home / "bantin.db") as db:
        has = db.execute("select 1 from sqlite_master where name = 'sources'").fetchone()
        row = db.execute("select next_why from sources").fetchone() if has else None
    db.close()
    return str(row[0]) if row else ""


def _recorded(home: Path) -> dict[str, str]:
    with sqlite3.connect(home / "bantin.db") as db:
        recorded = dict(db.execute("select url, id from articles"))
    db.close()
    return recorded


def _responses(home: Path) -> int:
    """Read every evidence file to its end, and count the pages in them."""
    count = 0
    for file in home.glob("warc/*/*.warc.gz"):
        with file.open("rb") as stream:
            count += sum(record.rec_type in ("response", "revisit") for record in ArchiveIterator(stream))
    return count


def _no_orphans(home: Path) -> None:
    """No worker may outlive its daemon for long."""

    def orphans() -> list[str]:
        found = []
        for entry in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                words = entry.read_bytes().decode(errors="replace")
            except OSError:
                continue
            if str(home) in words and f"/{os.getpid()}/" not in str(entry):
                found.append(words.replace("\0", " "))
        return found

    until(lambda: not orphans(), f"orphans to end: {orphans()}")
