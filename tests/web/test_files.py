"""Feeds from the disk: what is found, what is kept in memory, what never gets out."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from web.files import Files

NOW = datetime(2023, 9, 20, tzinfo=UTC)


@pytest.fixture
def public(tmp_path: Path) -> Path:
    folder = tmp_path / "public"
    (folder / "feeds").mkdir(parents=True)
    return folder


def put(public: Path, name: str, text: str, *, at: float = 1_690_000_000) -> Path:
    place = public / "feeds" / name
    place.write_text(text, encoding="utf-8")
    os.utime(place, (at, at))
    return place


def test_a_feed_is_read_once_and_again_when_it_changed(public: Path) -> None:
    files = Files(public, now=lambda: NOW)
    put(public, "a.atom", "one")
    first = files.find("feeds/a.atom")
    assert first
    assert files.fresh("feeds/a.atom") is first

    put(public, "a.atom", "two", at=1_690_000_001)

    assert files.fresh("feeds/a.atom") is None
    second = files.find("feeds/a.atom")
    assert second
    assert second.body == b"two"
    assert second.modified == datetime.fromtimestamp(1_690_000_001, UTC)


def test_a_file_from_the_future_was_modified_now(public: Path) -> None:
    put(public, "a.atom", "one", at=NOW.timestamp() + 3600)

    found = Files(public, now=lambda: NOW).find("feeds/a.atom")

    assert found
    assert found.modified == NOW


def test_a_feed_taken_away_is_gone(public: Path) -> None:
    files = Files(public, now=lambda: NOW)
    place = put(public, "a.atom", "one")
    assert files.find("feeds/a.atom")

    place.unlink()

    assert files.find("feeds/a.atom") is None


def test_readers_get_what_memory_has_when_the_disk_fails(public: Path) -> None:
    files = Files(public, now=lambda: NOW)
    place = put(public, "a.atom", "one")
    first = files.find("feeds/a.atom")

    place.unlink()
    place.symlink_to(place)  # opening a loop of links is an error of the system, not a missing file

    assert files.find("feeds/a.atom") is first
    assert files.find("feeds/b.atom") is None


@pytest.mark.parametrize(
    "path",
    [
        "feeds/../../secret.atom",
        "feeds/..",
        "feeds//a.atom",
        "feeds/./a.atom",
        "feeds/.hidden.atom",
        "feeds/a.atom/",
        "feeds\\a.atom",
        "feeds/a.atom\0.json",
        "feeds/a.tmp",
        "feeds/a",
        "feeds/a.atom/b.atom",
        "feeds/folder.atom",
        "feeds/link.atom",
        "",
    ],
)
def test_nothing_else_gets_out(public: Path, path: str) -> None:
    put(public, "a.atom", "one")
    put(public, "a.tmp", "half")
    put(public, ".hidden.atom", "half")
    (public / "feeds" / "folder.atom").mkdir()
    (public.parent / "secret.atom").write_text("secret")
    (public / "feeds" / "link.atom").symlink_to(public.parent / "secret.atom")

    assert Files(public, now=lambda: NOW).find(path) is None


def test_memory_has_a_limit_and_keeps_what_is_asked_for(public: Path) -> None:
    files = Files(public, now=lambda: NOW, budget=250)
    for name in ("a", "b", "c"):
        put(public, f"{name}.atom", name * 100)
    files.find("feeds/a.atom")
    files.find("feeds/b.atom")
    files.find("feeds/a.atom")

    files.find("feeds/c.atom")

    assert files.fresh("feeds/a.atom")
    assert files.fresh("feeds/b.atom") is None
    assert files.fresh("feeds/c.atom")


@pytest.mark.parametrize(
    ("rss", "seconds"),
    [
        ("<rss><ttl>30</ttl></rss>", 1800),
        ("<rss><ttl>1</ttl></rss>", 300),
        ("<rss><ttl>999</ttl></rss>", 3600),
        ("", 3600),
    ],
)
def test_readers_are_told_to_wait_as_long_as_the_feed_says(public: Path, rss: str, seconds: int) -> None:
    put(public, "a.rss", rss)
    put(public, "a.json", "{}")

    found = Files(public, now=lambda: NOW).find("feeds/a.json")

    assert found
    assert found.cache == f"public, max-age={seconds}"


def test_a_file_without_an_rss_form_waits_longest(public: Path) -> None:
    put(public, "bantin.opml", "<opml/>")

    found = Files(public, now=lambda: NOW).find("feeds/bantin.opml")

    assert found
    assert found.cache == "public, max-age=3600"
