import os
import resource
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest

from feeds.parsed import Problem
from feeds.publish import Kept, Published, PublishError, publish
from scrapers.sources import Source
from storage.database import Database, open_readonly
from storage.record import record
from tests.feeds.making import BASE, LATER, archive, rich
from tests.storage.making import AUTHORITY, NOON, article, source, visit

ROOT = Path(__file__).parents[2]
TOMORROW = NOON + timedelta(days=1)


def run(db: Database, folder: Path, *sources: Source, now: datetime = LATER, **details: Any) -> Published:
    settings: dict[str, Any] = {"base_url": BASE, "title": "Bantin", "only": None}
    return publish(db, sources or (source(),), public=folder / "public", now=now, **{**settings, **details})


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in (folder / "public/feeds").iterdir()}


def test_every_feed_is_written_in_every_format(tmp_path: Path) -> None:
    done = run(archive(tmp_path, visit(rich(1))), tmp_path)

    channels = ("all", "vn-example", "vn-example.tin-tuc")
    expected = [f"{name}.{kind}" for name in channels for kind in ("rss", "atom", "json")]
    assert done.written == (*(f"feeds/{name}" for name in expected), "feeds/bantin.opml", "feeds/bantin.png")
    assert (done.unchanged, done.kept, done.warnings) == ((), (), ())
    assert set(state(tmp_path)) == {*expected, "bantin.opml", "bantin.png"}


def test_publishing_the_same_archive_again_touches_nothing(tmp_path: Path) -> None:
    db = archive(tmp_path, visit(rich(1)))
    first = run(db, tmp_path)
    before = state(tmp_path)

    again = run(db, tmp_path, now=TOMORROW)

    assert again == Published(unchanged=first.written)
    assert state(tmp_path) == before


def test_only_what_changed_is_made_anew(tmp_path: Path) -> None:
    other = source("vn-other", homepage="https://other.example.gov.vn/")
    db = archive(tmp_path, visit(article(1)), sources=(source(), other))
    run(db, tmp_path, source(), other)
    record(db, visit(article(2), at=LATER), warc=tmp_path / "w.gz", authority=AUTHORITY, now=LATER)

    done = run(db, tmp_path, source(), other, only={"vn-example"}, now=TOMORROW)

    names = {Path(name).name.partition(".")[0] for name in done.written + done.unchanged}
    assert names == {"all", "vn-example", "bantin"}
    assert {name for name in done.written if name.endswith(".rss")} == {
        "feeds/all.rss",
        "feeds/vn-example.rss",
        "feeds/vn-example.tin-tuc.rss",
    }


def test_a_look_that_finds_nothing_new_changes_no_feed(tmp_path: Path) -> None:
    db = archive(tmp_path, visit(article(1)))
    run(db, tmp_path)
    before = state(tmp_path)
    again = visit(article(1, comments_count=12), at=LATER)
    record(db, again, warc=tmp_path / "w.gz", authority=AUTHORITY, now=LATER)

    assert run(db, tmp_path, now=TOMORROW).written == ()
    assert state(tmp_path) == before


def test_a_revision_keeps_the_id_and_tells_of_itself(tmp_path: Path) -> None:
    db = archive(tmp_path, visit(article(1)))
    run(db, tmp_path)
    (old,) = feedparser.parse(tmp_path / "public/feeds/vn-example.atom").entries
    changed = article(1, body_html="<p>Đã sửa.</p>", body_text="Đã sửa.")
    record(db, visit(changed, at=LATER), warc=tmp_path / "w.gz", authority=AUTHORITY, now=LATER)

    done = run(db, tmp_path, now=TOMORROW)

    (new,) = feedparser.parse(tmp_path / "public/feeds/vn-example.atom").entries
    assert "feeds/vn-example.atom" in done.written
    assert (new.id, new.published) == (old.id, old.published)
    assert new.updated == "2026-03-02T13:00:00+07:00" > old.updated
    assert "Bài này đã thay đổi" in new.content[0].value


def test_a_withdrawn_article_stays_with_a_notice_and_so_does_its_return(tmp_path: Path) -> None:
    db = archive(tmp_path, visit(article(1), article(2)))
    told: list[Any] = []
    for hours in (0, 1, 14, 27, 28, 50):
        now = NOON + timedelta(hours=hours)
        back = hours == 50
        again = visit(*([article(1)] if back else []), at=now, gone=() if back or not hours else (article(1).url,))
        record(db, again, warc=tmp_path / "w.gz", authority=AUTHORITY, now=now)
        run(db, tmp_path, now=now + timedelta(minutes=1))
        feed = feedparser.parse(tmp_path / "public/feeds/vn-example.atom")
        told.append(
            (feed.feed.updated, [(one.id, one.published, one.updated, one.content[0].value) for one in feed.entries])
        )

    noticed, entries = zip(*told, strict=True)
    first, second = zip(*entries, strict=True)
    assert len(set(second)) == 1
    assert len({one[:2] for one in first}) == 1
    before, gone, returned = first[0], first[3], first[5]
    assert first[1] == first[2] == before
    assert first[4] == gone
    assert "đã bị gỡ" in gone[3] and gone[2] == noticed[3] == "2026-03-03T15:00:00+07:00"
    assert returned[3] == before[3] and returned[2] == noticed[5] == "2026-03-04T14:00:00+07:00"


def test_a_short_absence_changes_nothing(tmp_path: Path) -> None:
    db = archive(tmp_path, visit(article(1)))
    run(db, tmp_path)
    before = state(tmp_path)
    for hours, gone in ((1, True), (2, False)):
        now = NOON + timedelta(hours=hours)
        again = visit(at=now, gone=(article(1).url,)) if gone else visit(article(1), at=now)
        record(db, again, warc=tmp_path / "w.gz", authority=AUTHORITY, now=now)
        run(db, tmp_path, now=TOMORROW)

    assert state(tmp_path) == before


def test_an_article_that_is_given_its_date_later_keeps_its_time_and_place(tmp_path: Path) -> None:
    db = archive(tmp_path, visit(article(1, published=None), article(2)))
    run(db, tmp_path)
    before = feedparser.parse(tmp_path / "public/feeds/vn-example.atom").entries
    record(db, visit(article(1), at=LATER), warc=tmp_path / "w.gz", authority=AUTHORITY, now=LATER)

    run(db, tmp_path, now=TOMORROW)

    after = feedparser.parse(tmp_path / "public/feeds/vn-example.atom").entries
    assert [(one.id, one.published) for one in after] == [(one.id, one.published) for one in before]


def test_an_empty_archive_has_valid_feeds(tmp_path: Path) -> None:
    done = run(archive(tmp_path), tmp_path)

    assert done.kept == ()
    assert feedparser.parse(tmp_path / "public/feeds/vn-example.rss").entries == []


def test_a_feed_with_an_error_is_not_replaced(tmp_path: Path) -> None:
    db = archive(tmp_path, visit(article(1)))
    run(db, tmp_path)
    before = state(tmp_path)

    # A clock set back a day makes everything lie in the future.
    done = run(db, tmp_path, now=NOON - timedelta(days=1))

    assert done.written == ()
    assert {Path(kept.path).suffix for kept in done.kept} == {".rss", ".atom", ".json"}
    assert done.kept[0].problem.startswith("D04 feed: lies in the future")
    assert state(tmp_path) == before


def test_what_was_kept_tells_why_in_one_line() -> None:
    problems = tuple(Problem(rule=rule, where="feed", message="x") for rule in ("A01", "A02", "A03"))

    assert Kept(path="feeds/x.rss", problems=problems).problem == "A01 feed: x (and 2 more)"
    assert Kept(path="feeds/x.rss", problems=problems[:1]).problem == "A01 feed: x"


def test_oddities_are_told_and_published_all_the_same(tmp_path: Path) -> None:
    done = run(archive(tmp_path, visit(article(1, headline="Bá»™ Y táº¿"))), tmp_path)

    assert done.kept == ()
    assert ("feeds/vn-example.rss", "B04") in {(path, problem.rule) for path, problem in done.warnings}


def test_an_address_change_changes_no_id(tmp_path: Path) -> None:
    db = archive(tmp_path, visit(article(1), article(2)))
    run(db, tmp_path)
    before = [one.id for one in feedparser.parse(tmp_path / "public/feeds/all.rss").entries]

    run(db, tmp_path, base_url="https://elsewhere.example.org/")

    after = feedparser.parse(tmp_path / "public/feeds/all.rss")
    assert [one.id for one in after.entries] == before
    assert after.feed.link == "https://elsewhere.example.org/feeds/all.html"


def test_a_folder_that_cannot_be_made_is_one_clear_error(tmp_path: Path) -> None:
    db = archive(tmp_path, visit(article(1)))
    (tmp_path / "public").write_text("in the way")

    with pytest.raises(PublishError, match=r"cannot write the feed .*public.*in the way.*stay as they are"):
        run(db, tmp_path)


def test_a_file_that_cannot_be_written_is_one_clear_error_and_leaves_nothing_torn(tmp_path: Path) -> None:
    db = archive(tmp_path, visit(article(1)))
    run(db, tmp_path)
    rss = tmp_path / "public/feeds/vn-example.rss"
    rss.unlink()
    rss.mkdir()

    with pytest.raises(PublishError) as caught:
        run(db, tmp_path)

    assert caught.value.path == rss
    assert not list((tmp_path / "public/feeds").glob(".*"))


def test_a_full_disk_is_one_clear_error_and_the_last_good_feed_stays(tmp_path: Path) -> None:
    db = archive(tmp_path, visit(*(rich(number) for number in range(1, 4))))
    run(db, tmp_path)
    before = state(tmp_path)
    record(db, visit(article(9), at=LATER), warc=tmp_path / "w.gz", authority=AUTHORITY, now=LATER)

    code = "import pathlib, sys; from tests.feeds.test_publish import no_room; no_room(pathlib.Path(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.startswith("cannot write the feed")
    assert state(tmp_path) == before


def no_room(folder: Path) -> None:
    # A limit on the size of files stands in for a full disk: writing past it fails just so.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))
    try:
        with closing(open_readonly(folder / "bantin.db")) as db:
            run(db, folder, now=TOMORROW)
    except PublishError as error:
        print(error)


def test_drafts_of_a_killed_process_are_swept_away(tmp_path: Path) -> None:
    folder = tmp_path / "public/feeds"
    folder.mkdir(parents=True)
    for name, age in ((".all.rss.1-1.tmp", 7200), (".all.rss.2-2.tmp", 0)):
        (folder / name).write_bytes(b"<rss>")
        stamp = (folder / name).stat().st_mtime - age
        os.utime(folder / name, (stamp, stamp))

    run(archive(tmp_path), tmp_path)

    assert [path.name for path in folder.glob(".*")] == [".all.rss.2-2.tmp"]


def test_feeds_can_be_read_by_other_users(tmp_path: Path) -> None:
    run(archive(tmp_path), tmp_path)
    umask = os.umask(0)
    os.umask(umask)

    assert (tmp_path / "public/feeds/all.rss").stat().st_mode & 0o777 == 0o666 & ~umask


def test_readers_never_see_half_a_feed(tmp_path: Path) -> None:
    db = archive(tmp_path, visit(*(rich(number) for number in range(1, 40))))
    run(db, tmp_path)
    path = tmp_path / "public/feeds/all.atom"

    def write() -> None:
        with closing(open_readonly(tmp_path / "bantin.db")) as reading:
            for number in range(6):
                run(reading, tmp_path, title=f"Bantin {number % 2}")

    with ThreadPoolExecutor(3) as threads:
        writers = [threads.submit(write) for _ in range(2)]
        while not all(writer.done() for writer in writers):
            assert path.read_bytes().endswith(b"</feed>\n")
    assert [writer.result() for writer in writers] == [None, None]
    assert not list(path.parent.glob(".*"))
