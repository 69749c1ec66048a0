import json
import os
import socket
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

import cli
from demo.server import Served
from demo.source import SLUG
from home import Home, hold
from scrapers.items import Moment
from scrapers.spool import write_spooled
from tests.command import Command
from tests.storage.making import article, visit

ROOT = Path(__file__).parent.parent


def test_a_first_crawl_fills_archive_and_feeds_and_a_second_finds_no_news(following: Command, site: Served) -> None:
    first = following("crawl", SLUG, "--json")
    second = following("crawl", SLUG)

    assert first.code == 0, first.err
    assert len(first.json[0]["changes"]) == len(site.ministry.stories)
    assert "no news" in second.out
    feed = json.loads((following.home / "public/feeds" / f"{SLUG}.json").read_text("utf-8"))
    assert len(feed["items"]) == len(site.ministry.stories)
    assert "1 visited, 1 fine" in second.err


def test_what_the_archive_holds_can_be_asked_in_every_way(following: Command, site: Served) -> None:
    following("crawl", "--all")

    items = following("items", "--last", "3", "--json").json
    whole = following("item", str(items[0]["number"]), "--json").json
    by_id = following("item", items[0]["id"]).out
    found = following("search", "da dang sinh hoc", "--json").json
    exact = following("search", "đa dạng sinh học", "--json").json

    assert [item["headline"] for item in items] == [story.headline for story in site.ministry.stories[:3]]
    assert whole["headline"] == items[0]["headline"] and whole["body_text"] and whole["layout"] == "onecms"
    assert items[0]["headline"] in by_id and items[0]["url"] in by_id
    assert exact and {one["id"] for one in exact} <= {one["id"] for one in found}
    assert following("items").out.startswith("number\tsource\tpublished\tstate\theadline\n")


def test_the_offset_a_ministry_prints_survives_the_way_through_spool_and_archive(following: Command) -> None:
    following("crawl", SLUG)

    published = [item["published"] for item in following("items", "--last", "100", "--json").json]

    assert all(len(moment) == 10 or moment.endswith("+07:00") for moment in published)
    assert any(len(moment) == 10 for moment in published)


def test_feeds_and_status_are_tables_and_json(following: Command) -> None:
    following("crawl", SLUG)

    feeds = following("feeds", "--json").json
    status = following("status", "--json")

    assert {"all", SLUG} <= {feed["slug"] for feed in feeds}
    assert all((following.home / "public/feeds" / f"{feed['slug']}.atom").exists() for feed in feeds)
    assert status.code == 0
    assert status.json[0]["state"] == "fine" and status.json[0]["articles"] > 20
    assert "ago" in following("status").out


def test_a_source_that_needs_attention_makes_the_exit_code_three(following: Command, site: Served) -> None:
    following("crawl", SLUG)
    site.ministry.relaunch()

    crawled = following("crawl", SLUG)
    status = following("status")

    assert crawled.code == status.code == 3
    assert "changed" in crawled.out and "/tin-moi-nhat" in crawled.out


def test_a_failing_source_leaves_the_last_good_feed(following: Command, site: Served) -> None:
    following("crawl", SLUG)
    feed = following.home / "public/feeds" / f"{SLUG}.atom"
    before = feed.read_bytes()
    site.ministry.block()

    blocked = following("crawl", SLUG)

    assert blocked.code == 3 and "blocked" in blocked.out
    assert feed.read_bytes() == before


def test_adding_showing_checking_and_removing_a_source(bantin: Command) -> None:
    available = bantin("sources", "list", "--available", "--json").json
    added = bantin("add", "vn-monre")
    again = bantin("add", "vn-monre")
    shown = bantin("sources", "show", "vn-monre", "--json").json
    checked = bantin("sources", "check")
    listed = bantin("sources").out
    removed = bantin("remove", "vn-monre")

    assert "vn-monre" in {source["source"] for source in available}
    assert added.code == again.code == 0
    assert "not on the live site" in added.err and "already" in again.err
    assert shown["layout"] == "onecms" and shown["successor"] == "vn-mae"
    assert (checked.code, checked.out) == (0, "")
    assert "baotainguyenmoitruong.vn" in listed
    assert removed.code == 0 and bantin("sources").err.startswith("No source is followed yet")
    assert bantin("remove", "vn-monre").code == 2


def test_a_removed_file_is_never_overwritten_and_is_mentioned_when_the_source_is_added_again(bantin: Command) -> None:
    names = []
    for text in ("# first\n", "# second\n", "# third\n"):
        added = bantin("add", "vn-mae")
        assert [line.split("/")[-1] for line in added.err.splitlines() if "before" in line] == names[-1:]
        with (bantin.home / "sources/vn-mae.toml").open("a", encoding="utf-8") as file:
            file.write(text)
        removed = bantin("remove", "vn-mae")
        (name,) = {path.name for path in (bantin.home / "sources").iterdir()} - set(names)
        assert name in removed.err
        names.append(name)

    assert names == ["vn-mae.toml.removed", "vn-mae.toml.removed-2", "vn-mae.toml.removed-3"]
    assert (bantin.home / "sources/vn-mae.toml.removed").read_text("utf-8").endswith("# first\n")


def test_good_sources_are_listed_beside_a_broken_one(following: Command) -> None:
    broken = following.home / "sources/vn-broken.toml"
    broken.write_text("nonsense", encoding="utf-8")

    for words in (["sources"], ["sources", "list"]):
        both = following(*words)
        assert both.code == 2 and SLUG in both.out and "vn-broken.toml:1" in both.err

    (following.home / "sources" / f"{SLUG}.toml").unlink()
    alone = following("sources", "list")
    assert alone.code == 2 and "vn-broken.toml:1" in alone.err and "No source is followed" not in alone.err


def test_a_broken_source_file_is_exit_two_with_file_line_and_key(following: Command) -> None:
    file = following.home / "sources" / f"{SLUG}.toml"
    file.write_text(file.read_text("utf-8").replace("homepage", "homepgae"), encoding="utf-8")

    for words in (["sources", "check"], ["crawl", SLUG], ["run", "--once"], ["feeds"]):
        said = following(*words)
        assert said.code == 2, words
        assert f"{SLUG}.toml" in said.out + said.err and "homepage" in said.out + said.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["crawl"], "name the sources to visit, or say --all"),
        (["crawl", "vn-thidy"], "did you mean vn-thidu"),
        (["item", "1"], "No article is named"),
        (["items", "--source", "vn-thidy"], "the archive holds no source called vn-thidy"),
        (["add", "vn-monre", "--every", "often"], "schedule.every"),
        (["read"], "name a saved page"),
        (["run", "--listen", "nowhere"], "127.0.0.1:8080"),
        (["nonsense"], "No such command"),
        (["crawl", "vn-mae"], "vn-mae is not followed yet; next: bantin add vn-mae"),
        (["add", "vn-nosuch"], "no source is called vn-nosuch"),
    ],
)
def test_wrong_usage_is_exit_two_and_says_what_to_do(following: Command, words: list[str], sentence: str) -> None:
    said = following(*words)

    assert said.code == 2
    assert sentence in said.err
    assert "Traceback" not in said.err


def test_a_home_in_use_is_exit_four_naming_the_process(following: Command) -> None:
    following("crawl", SLUG)
    with hold(Home(path=following.home)):
        said = following("run")

    assert said.code == 4
    assert str(os.getpid()) in said.err


def test_an_address_in_use_is_one_line_naming_the_option(following: Command) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = following("run", "--listen", f"127.0.0.1:{taken.getsockname()[1]}")

    assert said.code == 1
    assert "in use" in said.err and "--listen HOST:PORT" in said.err and "Traceback" not in said.err


def test_a_file_as_home_is_one_line(bantin: Command) -> None:
    bantin.home.write_text("a file, not a folder")

    for words in (["run", "--once"], ["items"], ["add", "vn-mae"], ["demo"]):
        said = bantin(*words)
        assert said.code == 2, words
        assert said.err == f"{bantin.home} is a file, not a folder; choose another --home.\n"


def test_a_home_named_with_a_tilde_in_the_environment_is_found(
    following: Command, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOME", str(following.home.parent))
    monkeypatch.setenv("BANTIN_HOME", "~/home")

    with pytest.raises(SystemExit):
        cli.main(["sources"])

    assert SLUG in capsys.readouterr().out


def test_a_file_that_is_no_archive_is_one_line_and_stays_as_it_is(following: Command) -> None:
    database = following.home / "bantin.db"
    database.write_text("this is not a database, but somebody's notes" * 100)
    before = database.read_bytes()

    said = following("crawl", SLUG)

    assert said.code == 1
    assert "Traceback" not in said.err and "bantin.db" in said.err
    assert database.read_bytes() == before


def test_reading_one_page_prints_its_record(bantin: Command, site: Served, tmp_path: Path) -> None:
    story = site.ministry.stories[-1]
    address = site.ministry.address(story.number, site.url)
    page = tmp_path / "page.html"
    page.write_bytes(site.ministry.answer(address.removeprefix(site.url), site=site.url).body)

    record = bantin("read", str(page), "--url", address).json

    assert record["headline"] == story.headline
    assert record["published"] == "2023-08-24T15:52:00+07:00"
    assert {
        "url",
        "canonical_url",
        "kicker",
        "section",
        "lede",
        "authors",
        "published_text",
        "published_precision",
    } <= set(record)
    assert {"modified", "body_text", "body_html", "images", "attachments", "tags", "language", "layout"} <= set(record)


def test_a_batch_answers_every_line_in_order_whatever_it_holds(site: Served, tmp_path: Path) -> None:
    good, listing, empty = tmp_path / "good", tmp_path / "listing", tmp_path / "empty"
    story = site.ministry.stories[-1]
    address = site.ministry.address(story.number, site.url)
    good.write_bytes(site.ministry.answer(address.removeprefix(site.url), site=site.url).body)
    listing.write_bytes(site.ministry.answer("/tin-moi-nhat", site=site.url).body)
    empty.write_bytes(b"")
    lines = [
        {"path": str(good), "url": address, "content_type": None},
        {"path": str(empty), "url": None},
        {"path": str(tmp_path / "nowhere"), "url": address},
        {"nonsense": 1},
        {"path": "nul\0byte", "url": address},
        {"path": str(good), "url": "http://[::1"},
        {"path": str(good), "url": address, "content_type": "text/html; charset=utf-8"},
    ]
    text = "\n".join(json.dumps(one) for one in lines) + "\nnot json\n"

    read = _batch("read", text)
    headlines = _batch("headlines", json.dumps({"path": str(listing), "url": f"{site.url}/tin-moi-nhat"}))

    assert [("error" in one) for one in read] == [False, True, True, True, True, False, False, True]
    assert read[0]["headline"] == read[6]["headline"] == story.headline
    assert len(headlines) == 1
    assert {"title", "url", "published", "summary"} <= set(headlines[0]["headlines"][0])
    assert headlines[0]["next_page"].startswith(f"{site.url}/api/getMoreArticle/")


def test_a_file_and_a_batch_are_not_read_at_once(bantin: Command) -> None:
    said = bantin("read", str(ROOT / "README.md"), "--batch")

    assert said.code == 2
    assert "--batch takes pages and their addresses from stdin" in said.err


def test_a_page_without_headlines_is_said_to_have_none(bantin: Command, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html><body><h1>Giới thiệu</h1><p>Bộ có ba cục.</p></body></html>")

    said = bantin("headlines", str(tmp_path / "page.html"))

    assert (said.code, said.json["headlines"]) == (0, [])
    assert "no headlines were found; without --url, relative links lead nowhere" in said.err


def _batch(command: str, text: str) -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-m", "cli", command, "--batch"],
        input=text,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_demo_home_is_not_mixed_with_real_ministries(bantin: Command) -> None:
    bantin.home.mkdir()
    (bantin.home / "demo.txt").write_text("")

    said = bantin("add", "vn-monre")

    assert said.code == 4 and "--home" in said.err


def test_unexpected_trouble_shows_a_traceback_only_when_asked(following: Command) -> None:
    (following.home / "bantin.db").mkdir()

    plain, debug = following("items"), following("--debug", "items")

    assert plain.code == debug.code == 1
    assert "Traceback" not in plain.err and "Traceback" in debug.err


def test_before_the_first_visit_there_is_nothing_to_show_and_nothing_wrong(following: Command) -> None:
    said = {word: following(word) for word in ("items", "status", "feeds")}
    found = following("search", "biển")

    assert [one.code for one in (*said.values(), found)] == [0, 0, 0, 0]
    assert "not visited yet" in said["status"].out and SLUG in said["status"].out
    assert not (following.home / "bantin.db").exists()


def test_an_archive_of_a_newer_version_is_refused_with_four(following: Command) -> None:
    following("crawl", SLUG)
    with sqlite3.connect(following.home / "bantin.db") as db:
        db.execute("pragma user_version = 999")
    db.close()

    for words in (["items"], ["status"], ["crawl", SLUG], ["run", "--once"]):
        said = following(*words)
        assert said.code == 4, words
        assert "999" in said.err and "Traceback" not in said.err


def test_a_visit_that_cannot_be_recorded_is_put_aside_and_the_others_go_on(following: Command) -> None:
    before = datetime(2026, 1, 1, tzinfo=UTC)
    poison = visit(
        article(published=Moment(at=datetime.max.replace(tzinfo=timezone(-timedelta(hours=5))), precision="minute")),
        slug=SLUG,
        at=before,
    )
    spool = following.home / "spool"
    spool.mkdir()
    bad = write_spooled(spool, poison)

    said = following("crawl", SLUG, "--json")

    assert said.code == 0 and said.json[0]["changes"], said.err
    assert "cannot be recorded" in said.err and bad.with_suffix(".bad").exists()


def test_an_editors_lock_file_and_a_note_for_nobody_disturb_nothing(following: Command) -> None:
    (following.home / "sources" / ".#vn-thidu.toml").symlink_to("someone@somewhere.1234")
    (following.home / "spool" / "wanted").mkdir(parents=True)
    (following.home / "spool" / "wanted" / "vn-nobody").touch()

    said = following("run", "--once", "--json")

    assert said.code == 0, said.err
    assert [one["source"] for one in said.json] == [SLUG]


def test_a_rhythm_of_ones_own_keeps_the_definition_and_its_comments(bantin: Command) -> None:
    said = bantin("add", "vn-mae", "--every", "2h")

    text = (bantin.home / "sources/vn-mae.toml").read_text("utf-8")
    assert said.code == 0
    assert bantin("sources", "show", "vn-mae", "--json").json["schedule"]["every"] == "PT7200S"
    assert "#" in text and "successor" not in said.err


def test_mistakes_are_data_too(following: Command) -> None:
    file = following.home / "sources" / f"{SLUG}.toml"
    file.write_text(file.read_text("utf-8").replace("homepage", "homepgae"), encoding="utf-8")

    said = following("sources", "check", "--json")

    assert said.code == 2
    assert {"file", "line", "key", "message", "suggestion"} == set(said.json[0])
    assert any(mistake["suggestion"] == "homepage" for mistake in said.json)
