"""The same archive gives the same bytes: in any process, thread, hash seed and locale."""

import hashlib
import locale
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from feeds.editions import FORMATS
from storage.database import open_readonly
from tests.feeds.making import all_feeds, archive, raw, rich
from tests.storage.making import visit

ROOT = Path(__file__).parents[2]


def digests(folder: Path) -> str:
    with closing(open_readonly(folder / "bantin.db")) as db:
        made = [raw(feed, kind) for feed in all_feeds(db).values() for kind in FORMATS]
    return hashlib.sha256("".join(made).encode()).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    archive(tmp_path, visit(*(rich(number) for number in range(1, 30)))).close()
    return tmp_path


def test_processes_with_other_hash_seeds_and_time_zones_write_the_same_bytes(folder: Path) -> None:
    code = "import sys, pathlib; from tests.feeds.test_determinism import digests; print(digests(pathlib.Path(sys.argv[1])))"

    def run(seed: str, zone: str) -> str:
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        done = subprocess.run(
            [sys.executable, "-c", code, str(folder)],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    assert run("1", "UTC") == run("2", "America/New_York") == digests(folder)


def test_four_threads_at_once_write_the_same_bytes_and_leave_the_locale_alone(folder: Path) -> None:
    before = locale.setlocale(locale.LC_ALL)

    with ThreadPoolExecutor(4) as threads:
        found = set(threads.map(digests, [folder] * 12))

    assert len(found) == 1
    assert locale.setlocale(locale.LC_ALL) == before


def test_nothing_in_a_feed_tells_when_it_was_written(folder: Path) -> None:
    with closing(open_readonly(folder / "bantin.db")) as db:
        texts = [raw(feed, kind) for feed in all_feeds(db).values() for kind in FORMATS]

    years = set(re.findall(r"20[0-9]{2}(?=-[0-9]{2}-[0-9]{2}T)", "".join(texts)))
    assert years == {"2026"}
