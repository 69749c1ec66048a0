from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from feeds.channels import addresses, channels
from scrapers.sources import Schedule
from tests.feeds.making import BASE, archive
from tests.storage.making import article, source, visit


def test_there_is_a_feed_for_everything_each_source_and_each_section(tmp_path: Path) -> None:
    db = archive(tmp_path, visit(article(1), article(2, section="Ngành TN&MT"), article(3, section="")))

    assert [(one.slug, one.title) for one in channels(db, [source()], title="Tin bộ")] == [
        ("all", "Tin bộ – Tin của mọi nguồn"),
        ("vn-example", "Bộ Ví dụ"),
        ("vn-example.nganh-tn-mt", "Bộ Ví dụ – Ngành TN&MT"),
        ("vn-example.tin-tuc", "Bộ Ví dụ – Tin tức"),
    ]


def test_each_channel_says_what_it_is(tmp_path: Path) -> None:
    db = archive(tmp_path, visit(article(1)))

    everything, whole, section = channels(db, [source(schedule=Schedule(every=timedelta(minutes=10)))])

    assert "www.example.gov.vn" in whole.description
    assert "Tin tức" in section.description
    assert "không phải kênh chính thức" in everything.description
    assert {one.language for one in (everything, whole, section)} == {"vi"}
    assert {one.every for one in (everything, whole, section)} == {timedelta(minutes=10)}
    assert (everything.source, whole.source, section.source) == ("", "vn-example", "vn-example")


def test_ways_to_write_a_section_share_one_feed(tmp_path: Path) -> None:
    db = archive(
        tmp_path, visit(article(1, section="TIN TỨC"), article(2, section="Tin tức"), article(3, section="Tin-tức"))
    )

    section = channels(db, [source()])[2]

    assert section.slug == "vn-example.tin-tuc"
    assert section.title == "Bộ Ví dụ – Tin tức"
    assert section.sections == ("TIN TỨC", "Tin tức", "Tin-tức")
    assert len(channels(db, [source()])) == 3


def test_two_websites_of_one_ministry_have_different_titles(tmp_path: Path) -> None:
    one = source("vn-example")
    two = source("vn-example-bao", homepage="https://bao.example.gov.vn/")
    three = source("vn-example-cu")
    db = archive(tmp_path, sources=(one, two, three))

    assert [channel.title for channel in channels(db, [three, two, one])[1:]] == [
        "Bộ Ví dụ (vn-example)",
        "Bộ Ví dụ (bao.example.gov.vn)",
        "Bộ Ví dụ (vn-example-cu)",
    ]


def test_the_feed_of_everything_is_in_the_language_of_most_sources(tmp_path: Path) -> None:
    vi = [source("vn-a"), source("vn-b")]
    en = source("uk-a", language="en", ministry={"en": "Ministry of A"})
    db = archive(tmp_path, sources=(*vi, en))

    assert channels(db, [*vi, en])[0].language == "vi"
    assert channels(db, [vi[0], en])[0].language == "en"
    assert channels(db, [])[0].language == "en"
    assert channels(db, [])[0].title == "Bantin – News from all sources"


def test_a_source_on_a_private_network_is_known_as_such(tmp_path: Path) -> None:
    limits = msgspec.structs.replace(source().limits, allow_private=("10.0.0.0/8",))
    db = archive(tmp_path)

    assert [channel.private for channel in channels(db, [source(limits=limits)])] == [True, True]


@pytest.mark.parametrize("base_url", [BASE, f"{BASE}/"])
def test_every_channel_has_an_address_in_each_format(tmp_path: Path, base_url: str) -> None:
    db = archive(tmp_path, visit(article(1)))

    found = addresses(channels(db, [source()]), base_url)

    assert [one.slug for one in found] == ["all", "vn-example", "vn-example.tin-tuc"]
    assert msgspec.structs.asdict(found[2]) == {
        "slug": "vn-example.tin-tuc",
        "title": "Bộ Ví dụ – Tin tức",
        "rss": f"{BASE}/feeds/vn-example.tin-tuc.rss",
        "atom": f"{BASE}/feeds/vn-example.tin-tuc.atom",
        "json": f"{BASE}/feeds/vn-example.tin-tuc.json",
        "html": f"{BASE}/feeds/vn-example.tin-tuc.html",
    }
