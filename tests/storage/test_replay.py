"""Stored pages are read again: what would differ is shown, and taken over as our own doing that nobody is woken by."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from feeds.publish import publish
from home import Home, hold
from replay import Reread
from replay import replay as read_again
from scrapers.items import Article, Cause, Evidence, Reason
from scrapers.reading.article import read_article
from scrapers.sources import ArticleSelectors, Selectors, Source
from storage.articles import latest
from storage.database import Database
from storage.rereading import Selection, count, take
from storage.sources import sync
from storage.versions import history
from tests.command import Command
from tests.storage.conftest import Archive
from tests.storage.making import AUTHORITY, HOME, NOON, page, reading, source, visit

PAGES = Path(__file__).parent.parent / "fixtures"
URLS = {"onecms/article-a": f"{HOME}bai-363001.html", "moit/article-ministry": f"{HOME}tin-363002.html"}
ONE, TWO = URLS
LATER = NOON + timedelta(days=1)
YEARS = NOON - timedelta(days=1500)


def served(name: str) -> Evidence:
    payload = (PAGES / f"{name}.html").read_bytes()
    return page(Article(url=URLS[name]), payload=payload, fetched=NOON)


def read(name: str, of: Source | None = None) -> Article:
    return read_article(served(name).payload, url=URLS[name], content_type="text/html; charset=utf-8", source=of)


def recorded(archive: Archive, name: str, **poorly: object) -> Article:
    """Record a page as a worse reader read it."""
    article = structs.replace(read(name), **poorly)
    evidence = served(name)
    one = visit(article, readings=(reading(article, sha256=evidence.sha256),), evidence=(evidence,))
    archive.record(one)
    return article


def replayed(archive: Archive, of: Source | None = None, **wanted: object) -> list[Reread]:
    some = read_again(archive.db, archive.warc, Selection(**wanted), definition=lambda slug: of)  # type: ignore[arg-type]
    return [one for batch in some for one in batch]


def applied(db: Database, found: list[Reread]) -> None:
    take(db, [(one.kept, one.article) for one in found if one.article and one.differs], now=LATER)


@pytest.fixture
def filled(archive: Archive) -> Archive:
    sync(archive.db, [source()], now=NOON)
    recorded(archive, ONE, lede="", authors=("Ai đó",))
    recorded(archive, TWO, tags=("thừa",))
    return archive


def test_what_todays_reader_tells_otherwise_is_named_field_by_field(filled: Archive) -> None:
    found = replayed(filled)

    assert [one.fields for one in found] == [("lede", "authors"), ("tags",)]
    assert [one.article and one.article.lede for one in found] == [read(ONE).lede, read(TWO).lede]
    assert {one.trouble for one in found} == {""}


def test_taking_it_over_is_the_parsers_doing_and_happens_once(filled: Archive) -> None:
    before = latest(filled.db)

    applied(filled.db, replayed(filled))

    after = latest(filled.db)
    assert [one.id for one in after] == [one.id for one in before]
    assert [(one.revised, one.dated, one.looked_at) for one in after] == [
        (one.revised, one.dated, one.looked_at) for one in before
    ]
    for one in after:
        first, second = history(filled.db, one.number)
        assert (second.cause, second.sha256) == (Cause.PARSER, first.sha256)
    assert {one.differs for one in replayed(filled)} == {False}
    kinds = filled.db.execute("select kind, cause, at from changes where kind <> 'new'").fetchall()
    assert kinds == [("revised", "parser", "2026-03-03T05:00:00Z")] * 2
    filled.db.execute("insert into articles_fts (articles_fts, rank) values ('integrity-check', 1)")


def test_the_feeds_change_in_nothing_but_content(filled: Archive, tmp_path: Path) -> None:
    def published() -> dict[str, str]:
        publish(
            filled.db, [source()], public=tmp_path / "public", base_url="https://b.example.org", title="B", only=None,
            now=LATER,
        )  # fmt: skip
        return {path.name: path.read_text("utf-8") for path in (tmp_path / "public").rglob("*.atom*") if path.is_file()}

    def marks(text: str) -> list[str]:
        return re.findall(r"<(?:id|updated|published)>[^<]*<", text)

    before = published()
    applied(filled.db, replayed(filled))
    after = published()

    assert before and before.keys() == after.keys()
    assert before != after
    assert {name: marks(text) for name, text in before.items()} == {name: marks(text) for name, text in after.items()}


def test_what_only_machines_see_is_taken_over_without_a_version(archive: Archive) -> None:
    recorded(archive, ONE, language="xx", body_html=read(ONE).body_html.replace("<p>", '<p class="x">'))

    [found] = replayed(archive)
    applied(archive.db, [found])

    assert (found.fields, set(found.others)) == ((), {"language", "body_html"})
    assert latest(archive.db)[0].versions == 1
    assert latest(archive.db)[0].article.language == "vi"
    assert not replayed(archive)[0].differs


def test_the_present_definition_of_the_source_reads(archive: Archive) -> None:
    recorded(archive, ONE)
    chosen = source(selectors=Selectors(article=ArticleSelectors(lede="h1")))

    [found] = replayed(archive, chosen)

    assert found.fields == ("lede",)


def test_what_only_an_entrance_told_is_kept(archive: Archive) -> None:
    told = Reason(field="section", printed="Thời sự", rule="listing: section", grade="C")
    as_read = read(ONE)
    others = tuple(reason for reason in as_read.passport if reason.field != "section")
    recorded(archive, ONE, section="Thời sự", passport=(*others, told))
    archive.db.execute("update sightings set section = 'Mục khác'")

    assert [one.article and one.article.section for one in replayed(archive)] in (["Thời sự"], [as_read.section])
    assert not as_read.section or replayed(archive)[0].fields == ("section",)


def test_a_page_that_is_lost_or_damaged_is_named_and_left(filled: Archive) -> None:
    filled.db.execute("update evidence set sha256 = 'x' where number = 1")
    [file] = filled.warc.rglob("*.warc.gz")
    file.write_bytes(file.read_bytes()[:-3000])

    lost, damaged = replayed(filled)

    assert lost.trouble == "its page was never kept, or was pruned"
    assert str(file) in damaged.trouble
    assert not lost.differs and not damaged.differs


def test_a_page_that_would_only_be_guessed_at_is_left(archive: Archive) -> None:
    payload = "<html><title>Tin</title><h1>Tin hôm nay</h1><p>Nội dung.</p></html>".encode()
    article = Article(url=URLS[ONE], headline="Tin hôm nay", layout="onecms", body_text="Nội dung.")
    evidence = page(article, payload=payload)
    archive.record(visit(article, readings=(reading(article, sha256=evidence.sha256),), evidence=(evidence,)))

    [found] = replayed(archive)

    assert found.trouble == "layout onecms matches no more; what it read is better than a guess"


def test_a_page_nobody_can_read_is_named(archive: Archive) -> None:
    article = Article(url=URLS[ONE], headline="Tin hôm nay", layout="onecms")
    evidence = page(article, payload=b"%PDF-1.4 nothing")
    archive.record(visit(article, readings=(reading(article, sha256=evidence.sha256),), evidence=(evidence,)))

    [found] = replayed(archive)

    assert URLS[ONE] in found.trouble


def test_wordings_are_picked_by_source_day_article_and_age(filled: Archive) -> None:
    applied(filled.db, replayed(filled))

    assert count(filled.db, Selection()) == 2
    assert [one.kept.version for one in replayed(filled, earlier=True)] == [1, 2, 1, 2]
    assert [one.kept.is_present for one in replayed(filled, earlier=True, number=1)] == [False, True]
    assert len(replayed(filled, since=LATER)) == 2
    assert replayed(filled, since=LATER + timedelta(days=1)) == []
    assert replayed(filled, source="vn-other") == []


# -- the command --------------------------------------------------------------------------------------------------------


@pytest.fixture
def command(bantin: Command, filled: Archive) -> Command:
    filled.db.execute("pragma wal_checkpoint(truncate)")
    bantin.home.mkdir()
    (bantin.home / "bantin.db").write_bytes(filled.path.read_bytes())
    filled.warc.rename(bantin.home / "warc")
    return bantin


def test_the_command_shows_counts_and_examples_and_changes_nothing(command: Command) -> None:
    said = command("replay")

    assert said.code == 0
    assert "lede\t1\treaders" in said.out
    assert "authors\t1\tAi đó\t" in said.out
    assert "2 pages read again: 2 would differ" in said.err
    assert command("replay").out == said.out


def test_the_command_applies_once(command: Command) -> None:
    assert "2 pages read again: 2 differed" in command("replay", "--apply").err
    assert "2 pages read again: 0 differed" in command("replay", "--apply").err


def test_the_command_prints_json_that_names_everything(command: Command) -> None:
    told = command("replay", "vn-example", "--item", "1", "--json").json

    assert told["counts"] == {"read": 1, "differ": 1, "unreadable": 0, "applied": False}
    assert told["fields"] == {"lede": 1, "authors": 1}
    [one] = told["pages"]
    assert one["fields"]["authors"]["before"] == ["Ai đó"]
    assert command("replay", "--since", "2031-01-01", "--json").json["pages"] == []


def test_the_command_names_what_it_left_alone(command: Command) -> None:
    for file in (command.home / "warc").rglob("*.warc.gz"):
        file.unlink()

    said = command("replay", "--all", "--apply")

    assert said.code == 0
    assert said.err.count("Left as it is: number") == 2


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--since", "gestern"], "--since takes a day such as 2026-03-01, not gestern"),
        (["vn-exampel"], "the archive holds no source called vn-exampel; did you mean vn-example?"),
        (["--item", "99"], "No article is named '99'"),
    ],
)
def test_the_command_says_what_was_meant_wrongly(command: Command, words: list[str], sentence: str) -> None:
    said = command("replay", *words)

    assert said.code == 2
    assert sentence in said.err


def test_the_command_applies_nothing_while_a_daemon_runs(command: Command) -> None:
    with hold(Home(path=command.home)):
        assert command("replay", "--apply").code == 4
        assert command("replay").code == 0


def test_addresses_and_split_are_commands_too(command: Command) -> None:
    url = URLS[ONE]

    assert url in command("addresses", "1").out
    assert command("addresses", "1", "--json").json[0]["standing"] == "read"
    assert command("addresses", "77").code == 2
    assert "Number 1 was only ever read at" in command("split", "1", url).err
    assert command("split", "1", url, "--dry-run").code == 2
    with hold(Home(path=command.home)):
        assert command("split", "1", url).code == 4


def test_a_split_is_told_and_listed(command: Command, filled: Archive) -> None:
    other = f"{HOME}b/bai"
    evidence = structs.replace(served(ONE), url=other)
    article = structs.replace(read(ONE), url=other, lede="")
    one = visit(article, readings=(reading(article, sha256=evidence.sha256),), evidence=(evidence,), at=LATER)
    archive = Archive(command.home)
    archive.record(one)
    archive.db.close()

    planned = command("split", "1", other, "--dry-run", "--json")
    done = command("split", "1", other, "--json")

    assert "Nothing was changed." in planned.err
    assert planned.json["article"] == 1
    assert done.json[0]["split_from"] == 1
    assert done.json[0]["id"].startswith("tag:")
    assert [row["standing"] for row in command("addresses", "1", "--json").json] == ["read", "split off"]
    assert AUTHORITY in done.json[0]["id"]
