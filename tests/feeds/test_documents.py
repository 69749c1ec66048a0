import json
from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import feedparser
import msgspec
import pytest
from lxml import etree

from feeds.build import Feed
from feeds.editions import edition
from feeds.entries import Entry, Origin, entry
from feeds.extension import rhythm
from feeds.parsed import Kind
from feeds.windows import LIMITS
from tests.feeds.making import (
    BASE,
    KINDS,
    LATER,
    RNG,
    all_feeds,
    archive,
    as_read,
    by,
    documents,
    feed,
    found,
    raw,
    rich,
    stored,
    told,
)
from tests.storage.making import HOME, NOON, article, moment, source, visit

ATOM = {"a": "http://www.w3.org/2005/Atom", "media": "http://search.yahoo.com/mrss/"}


def rich_entry(number: int = 1, **details: Any) -> Entry:
    return entry(stored(number, read=rich(number, **details)), by(), limit=LIMITS[0])


@pytest.fixture(scope="module")
def made() -> Feed:
    return feed(rich_entry(1), rich_entry(2, headline="A & B <đợt 2> ]]>"), told(3, authors=(), attachments=()))


@pytest.fixture(scope="module")
def written(made: Feed) -> dict[Kind, bytes]:
    return documents(made)


def test_the_three_formats_say_the_same(made: Feed, written: dict[Kind, bytes]) -> None:
    rss, atom, items = (as_read(written[kind], kind) for kind in KINDS)

    for one, in_rss, in_atom, item in zip(made.entries, rss, atom, items, strict=True):
        assert one.id == in_rss.id == in_atom.id == item["id"]
        assert one.title == in_rss.title == in_atom.title == item["title"]
        assert one.link == in_rss.link == in_atom.link == item["url"]
        assert one.summary == in_rss.summary == in_atom.summary == item["summary"]
        assert one.content == in_rss.content[0].value == in_atom.content[0].value == item["content_html"]
        assert in_rss.published_parsed == in_atom.published_parsed
        assert in_atom.published == item["date_published"] == one.published.isoformat()
        assert in_atom.updated == item["date_modified"] == one.updated.isoformat()
        assert in_rss.author == ", ".join(author.name for author in in_atom.authors) == ", ".join(one.authors)
        assert [author["name"] for author in item["authors"]] == list(one.authors)
        labels = [tag.term for tag in in_rss.tags]
        assert labels == [tag.term for tag in in_atom.tags] == item["tags"] == [one.section, *one.tags]


def test_what_readers_show_of_a_title_is_the_title(written: dict[Kind, bytes]) -> None:
    assert "<title>A &amp; B &lt;đợt 2&gt; ]]&gt;</title>" in written["rss"].decode()
    assert "<title>A &amp; B &lt;đợt 2&gt; ]]&gt;</title>" in written["atom"].decode()


def test_atom_is_valid_under_the_schema_of_its_specification(written: dict[Kind, bytes]) -> None:
    assert RNG.validate(etree.fromstring(written["atom"])), RNG.error_log


def test_the_schema_notices_an_atom_feed_that_is_not(written: dict[Kind, bytes]) -> None:
    assert not RNG.validate(etree.fromstring(written["atom"].replace(b"<updated>", b"<updated>x")))


def test_atom_links_keep_all_their_attributes(written: dict[Kind, bytes]) -> None:
    entries = etree.fromstring(written["atom"]).findall("a:entry", ATOM)

    assert [dict(link.attrib) for link in entries[0].findall("a:link", ATOM)] == [
        {"href": f"{HOME}tin-so-363001.html", "rel": "alternate", "type": "text/html"},
        {
            "href": f"{HOME}tep/1/thong-tu.pdf",
            "rel": "enclosure",
            "type": "application/pdf",
            "title": "Thông tư 12/2026",
            "length": "182044",
        },
        {
            "href": f"{HOME}tep/1/phu-luc.docx",
            "rel": "enclosure",
            "type": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "title": "Phụ lục <đợt 2>",
        },
    ]


def test_json_lists_every_attachment_and_leaves_out_what_is_unknown(written: dict[Kind, bytes]) -> None:
    items = json.loads(written["json"])["items"]

    assert [set(file) for file in items[0]["attachments"]] == [
        {"url", "mime_type", "title", "size_in_bytes"},
        {"url", "mime_type", "title"},
    ]
    assert "attachments" not in items[2]


def test_rss_has_one_enclosure_and_lists_the_others_in_the_content(written: dict[Kind, bytes]) -> None:
    first = feedparser.parse(written["rss"]).entries[0]

    (only,) = first.enclosures
    assert (only.href, only.length, only.type) == (f"{HOME}tep/1/thong-tu.pdf", "182044", "application/pdf")
    assert "phu-luc.docx" in first.content[0].value


def test_an_unmeasured_enclosure_has_length_0_in_rss() -> None:
    payload = documents(feed(rich_entry(attachments=(rich().attachments[1],))))["rss"]

    assert feedparser.parse(payload).entries[0].enclosures[0].length == "0"


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_pictures_carry_caption_and_credit(written: dict[Kind, bytes], kind: Kind) -> None:
    media = etree.fromstring(written[kind]).find(".//media:content", ATOM)

    assert media is not None
    assert dict(media.attrib) == {"url": f"{HOME}anh/1.jpg", "medium": "image", "type": "image/jpeg"}
    assert media.findtext("media:description", namespaces=ATOM) == "Toàn cảnh"
    assert media.findtext("media:credit", namespaces=ATOM) == "Ảnh: Minh Anh"


def test_json_feed_has_what_its_specification_requires(written: dict[Kind, bytes]) -> None:
    document = json.loads(written["json"])

    assert next(iter(document)) == "version"
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert document["feed_url"] == f"{BASE}/feeds/vn-example.json"
    assert document["home_page_url"] == f"{BASE}/feeds/vn-example.html"
    assert document["language"] == "vi"
    for item in document["items"]:
        assert isinstance(item["id"], str) and item["id"].startswith("tag:")
        assert item["content_html"]
        assert all(set(author) == {"name"} for author in item["authors"])


def test_rss_tells_the_time_in_the_ministrys_zone_with_the_right_weekday(written: dict[Kind, bytes]) -> None:
    text = etree.fromstring(written["rss"]).findtext("channel/item/pubDate")

    assert text == "Mon, 02 Mar 2026 11:00:00 +0700"
    assert parsedate_to_datetime(text) == moment(-1).at


def test_half_past_nine_in_ha_noi_is_half_past_two_for_everybody() -> None:
    payloads = documents(feed(told(published=moment(-2.5))))

    for kind in ("rss", "atom"):
        assert feedparser.parse(payloads[kind]).entries[0].published_parsed[3:5] == (2, 30)


def test_a_guid_says_that_it_is_no_address(written: dict[Kind, bytes]) -> None:
    assert written["rss"].count(b'<guid isPermaLink="false">tag:') == 3


def test_the_channel_introduces_itself(written: dict[Kind, bytes]) -> None:
    channel = etree.fromstring(written["rss"])[0]

    assert channel.findtext("title") == "Bộ Ví dụ"
    assert channel.findtext("link") == f"{BASE}/feeds/vn-example.html"
    assert channel.findtext("language") == "vi"
    assert channel.findtext("ttl") == "30"
    assert channel.findtext("image/url") == f"{BASE}/feeds/bantin.png"
    assert channel.findtext("image/title") == "Bộ Ví dụ"
    assert "Bantin" in (channel.findtext("generator") or "")
    assert channel.findtext("lastBuildDate") == "Mon, 02 Mar 2026 12:00:00 +0700"
    assert channel.findtext("{http://purl.org/rss/1.0/modules/syndication/}updateFrequency") == "2"
    own = channel.find("a:link", ATOM)
    assert own is not None
    assert dict(own.attrib) == {
        "href": f"{BASE}/feeds/vn-example.rss",
        "rel": "self",
        "type": "application/rss+xml",
    }


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (10, ("hourly", 6)),
        (30, ("hourly", 2)),
        (60, ("hourly", 1)),
        (360, ("daily", 4)),
        (4320, ("weekly", 2)),
        (50_000, ("weekly", 1)),
    ],
)
def test_the_rhythm_of_a_source_is_told_in_periods(minutes: int, expected: tuple[str, int]) -> None:
    assert rhythm(timedelta(minutes=minutes)) == expected


def test_a_feed_is_as_new_as_its_newest_change() -> None:
    revised = entry(stored(1, versions=2, revised=NOON + timedelta(minutes=20)), by(), limit=LIMITS[0])

    payloads = documents(feed(revised, told(2)))

    assert feedparser.parse(payloads["atom"]).feed.updated == "2026-03-02T12:20:00+07:00"
    assert feedparser.parse(payloads["rss"]).feed.updated == "Mon, 02 Mar 2026 12:20:00 +0700"
    assert feedparser.parse(payloads["atom"]).entries[0].updated == "2026-03-02T12:20:00+07:00"
    assert feedparser.parse(payloads["atom"]).entries[0].published == "2026-03-02T11:00:00+07:00"


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_feed_is_valid(kind: Kind) -> None:
    payload = documents(feed())[kind]

    assert list(as_read(payload, kind)) == []
    assert kind != "atom" or RNG.validate(etree.fromstring(payload))


def test_an_entry_in_another_language_carries_its_own() -> None:
    payloads = documents(feed(told(language="en")))

    assert b'<entry xml:lang="en">' in payloads["atom"]
    assert b"<dc:language>en</dc:language>" in payloads["rss"]
    assert json.loads(payloads["json"])["items"][0]["language"] == "en"


def test_the_feed_of_everything_names_where_each_entry_comes_from(tmp_path: Path) -> None:
    db = archive(tmp_path, visit(rich(1)))
    everything = all_feeds(db)["all"]

    payloads = {kind: edition(everything, kind, now=LATER) for kind in KINDS}

    assert [one.problems for one in payloads.values()] == [(), (), ()]
    (in_atom,) = feedparser.parse(payloads["atom"].payload).entries
    assert in_atom.author == "Bộ Ví dụ"
    assert [name.name for name in in_atom.contributors] == ["Nguyễn Văn An", "Vụ Hợp tác quốc tế (Bộ VD)"]
    assert in_atom.source.title == "Bộ Ví dụ"
    assert in_atom.source.links[0].href == f"{BASE}/feeds/vn-example.atom"
    (in_rss,) = feedparser.parse(payloads["rss"].payload).entries
    assert in_rss.author == "Bộ Ví dụ"
    assert in_rss.source.href == f"{BASE}/feeds/vn-example.rss"
    (item,) = json.loads(payloads["json"].payload)["items"]
    assert [author["name"] for author in item["authors"]] == ["Bộ Ví dụ"]
    assert RNG.validate(etree.fromstring(payloads["atom"].payload)), RNG.error_log


def test_an_article_has_one_id_in_every_feed_wherever_bantin_is_published(tmp_path: Path) -> None:
    db = archive(tmp_path, visit(rich(1), rich(2)))

    feeds = all_feeds(db)
    moved = msgspec.structs.replace(feeds["all"], base_url="https://elsewhere.example.org")

    assert set(feeds) == {"all", "vn-example", "vn-example.tin-tuc"}
    ids = {slug: [one.id for one in made.entries] for slug, made in feeds.items()}
    assert ids["all"] == ids["vn-example"] == ids["vn-example.tin-tuc"]
    assert [one.id for one in as_read(raw(moved, "atom").encode(), "atom")] == ids["all"]


def test_a_section_is_a_category_with_the_address_of_its_own_feed(written: dict[Kind, bytes]) -> None:
    category = etree.fromstring(written["atom"]).find("a:entry/a:category", ATOM)

    assert category is not None
    assert dict(category.attrib) == {"term": "Tin tức", "scheme": f"{BASE}/feeds/vn-example.tin-tuc.html"}


def test_an_entry_that_would_break_the_feed_is_told_in_plain_words() -> None:
    broken = msgspec.structs.replace(rich_entry(1), content="<p>Một <script>x</script></b> hai</p>")

    for kind in KINDS:
        made = edition(feed(broken, rich_entry(2)), kind, now=LATER)

        assert made.errors == ()
        assert {problem.level for problem in made.problems} == {"warning"}
        assert {problem.rule for problem in made.problems} >= {"C06", "C07"}
        assert [one["id"] if kind == "json" else one.id for one in as_read(made.payload, kind)] == [
            broken.id,
            rich_entry(2).id,
        ]


def test_what_cannot_be_mended_stays_an_error() -> None:
    broken = msgspec.structs.replace(rich_entry(1), id="363001")

    assert {problem.rule for problem in edition(feed(broken), "atom", now=LATER).errors} == {"E03"}


def test_a_private_instance_may_name_private_hosts() -> None:
    at_home = msgspec.structs.replace(feed(told()), base_url="http://127.0.0.1:8080")

    assert edition(at_home, "rss", now=LATER).problems == ()
    assert "F05" in found(raw(at_home, "rss"), "rss", url="http://127.0.0.1:8080/feeds/vn-example.rss")


def test_an_intranets_articles_keep_their_addresses(tmp_path: Path) -> None:
    limits = msgspec.structs.replace(source().limits, allow_private=("127.0.1.0/24",))
    inside = source(homepage="http://127.0.1.1:9000/", limits=limits)
    url = "http://127.0.1.1:9000/tin-1.html"
    db = archive(tmp_path, visit(article(1, url=url, canonical_url=url, images=())), sources=(inside,))

    made = all_feeds(db, inside)["vn-example"]

    assert made.entries[0].link == url
    assert documents(made)


def test_origin_of_an_entry_is_stable_while_its_source_goes_on() -> None:
    one = msgspec.structs.replace(told(1), origin=Origin(slug="vn-example", title="Bộ Ví dụ"))
    alone, with_more = feed(one, publisher=None), feed(told(2), one, publisher=None)

    def origin(made: Feed) -> bytes:
        return etree.tostring(etree.fromstring(raw(made, "atom").encode()).findall(".//a:source", ATOM)[-1])

    assert origin(alone).strip() == origin(with_more).strip()
