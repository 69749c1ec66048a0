"""Every rule notices the fault it is there for: a good document is spoiled in one place."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from feeds.build import Feed
from feeds.entries import Entry, Origin, entry
from feeds.parsed import Kind
from feeds.windows import LIMITS
from tests.feeds.making import BASE, KINDS, by, feed, found, problems, raw, rich, stored, told
from tests.storage.making import NOON

HOST = "https://www.example.gov.vn/"


def good(number: int = 1) -> Entry:
    return entry(stored(number, read=rich(number)), by(), limit=LIMITS[0])


@pytest.fixture(scope="module")
def made() -> Feed:
    return feed(good(1), good(2))


def escaped(html: str) -> str:
    return html.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize("kind", KINDS)
def test_a_good_document_has_no_problem(made: Feed, kind: Kind) -> None:
    assert problems(raw(made, kind).encode(), kind) == []


STRUCTURE: list[tuple[str, Kind, str, str]] = [
    ("A01", "rss", "<?xml version='1.0' encoding='UTF-8'?>\n", ""),
    ("A01", "rss", "</channel>", ""),
    ("A01", "atom", "<?xml", "\n<?xml"),
    ("A01", "json", '"items":', '"items":,'),
    ("A02", "rss", "channel", "chan"),
    ("A02", "rss", "<description>Toàn văn tin bài của Bộ Ví dụ.</description>", ""),
    ("A02", "atom", "<title>Bộ Ví dụ</title>", "<title> </title>"),
    ("A02", "json", "version/1.1", "version/1"),
    ("A02", "json", '"items":', '"entries":'),
    ("A03", "atom", "<feed", "<!DOCTYPE feed><feed"),
    ("A04", "rss", "media", "ns0"),
    (
        "A05",
        "json",
        '"version":"https://jsonfeed.org/version/1.1",',
        '"_":1,"version":"https://jsonfeed.org/version/1.1",',
    ),
    ("A05", "rss", "</channel>", "<ttl>1</ttl></channel>"),
    ("B01", "rss", "<?xml version", "\ufeff<?xml version"),
    ("B01", "rss", "encoding='UTF-8'", "standalone='yes'"),
    ("B01", "json", '{"version"', '\ufeff{"version"'),
    ("B03", "rss", "<title>Bộ trưởng", "<title>Bộ\u0092 trưởng"),
    ("B03", "json", '"title":"Bộ trưởng', '"title":"Bộ\\u0007 trưởng'),
    ("B04", "atom", "<title>Bộ trưởng", "<title>Bá»™ trÆ°á»Ÿng"),
    ("B05", "atom", "<title>Bộ trưởng", "<title>Bô\u0323 trưởng"),
    ("B06", "rss", "<language>vi<", "<language>tiếng Việt<"),
    ("B06", "atom", ' xml:lang="vi"', ""),
    ("B06", "atom", "<entry>", '<entry xml:lang="v_n">'),
    ("B06", "json", '"language":"vi"', '"language":1'),
    ("E01", "rss", 'rel="self" type="application/rss+xml"', 'rel="self" type="text/xml"'),
    ("E01", "atom", f'href="{BASE}/feeds/vn-example.atom"', 'href="https://elsewhere.example.org/x.atom"'),
    ("E01", "json", '"feed_url"', '"feed"'),
    ("I02", "json", '"description":"Toàn văn tin bài của Bộ Ví dụ."', '"description":""'),
    ("I03", "rss", f"<link>{BASE}/feeds/vn-example.html<", f"<link>{BASE}/feeds/vn-example.rss<"),
    ("I03", "json", '"home_page_url"', '"home"'),
    ("I04", "rss", "<title>Bộ Ví dụ</title>\n      <link>", "<title>Khác</title>\n      <link>"),
    ("I05", "rss", "<generator>Bantin", "<generator>python-feedgen"),
    ("K03", "rss", "<rss", "<?xml-stylesheet href='x.xsl'?><rss"),
]

WORDS: list[tuple[str, Kind, str, str]] = [
    ("C01", "json", '"content_html"', '"content"'),
    ("C02", "rss", "<title>Bộ trưởng", "<title>Bộ &amp;amp; trưởng"),
    ("C02", "atom", "<title>Bộ trưởng", '<title type="html">Bộ trưởng'),
    ("C02", "json", '"title":"Bộ trưởng trả lời câu hỏi thứ 1"', '"title":""'),
    ("C03", "json", '"title":"Bộ trưởng', '"title":" Bộ  trưởng'),
    ("C10", "rss", "<description>(VD)", "<description>x</description><description>(VD)"),
    ("C12", "rss", "dc:creator", "dc:publisher"),
    ("C12", "rss", "<dc:creator>", "<author>Vụ</author><dc:creator>"),
    ("C12", "rss", "<dc:creator>", "<dc:creator>Vụ</dc:creator><dc:creator>"),
    ("C12", "atom", "<name>Nguyễn Văn An</name>", "<name/>"),
    ("C12", "json", '"authors":[{"name":"Nguyễn', '"writers":[{"name":"Nguyễn'),
    ("C13", "json", '"tags":["Tin tức"', '"tags":["Tin, tức"'),
    ("C13", "rss", "<category>khí hậu</category>", "<category/>"),
    ("C14", "atom", '<content type="html">', "<content>"),
    ("C14", "atom", '<content type="html">', '<content type="CDATA">'),
    ("D01", "rss", "<pubDate>Mon, 02 Mar 2026", "<pubDate>Mon, 2 Mar 26"),
    ("D01", "rss", "<pubDate>Mon, 02", "<pubDate>Tue, 02"),
    ("D01", "rss", "11:00:00 +0700<", "11:00:00 ICT<"),
    ("D01", "atom", "<published>2026-03-02T11:00:00+07:00", "<published>2026-03-02T11:00:00"),
    ("D01", "json", '"date_published":"2026-03-02T11', '"date_published":"2026-03-02 11'),
    ("D01", "json", '"date_published":"2026-03-02T11', '"date_published":"2026-13-02T11'),
    ("D03", "atom", "<published>2026-03-02T11:00:00+07:00</published>", ""),
    ("D03", "atom", "<updated>2026-03-02T11:00", "<updated>2026-03-02T10:00"),
    ("D04", "rss", "<pubDate>Mon, 02 Mar 2026", "<pubDate>Wed, 02 Mar 2033"),
    ("D05", "atom", "<published>2026-03-02T11:00:00+07:00", "<published>1970-01-01T00:00:00Z"),
    ("D06", "rss", "<pubDate>Mon, 02 Mar 2026 11", "<pubDate>Mon, 02 Mar 2026 01"),
    ("D07", "atom", "<updated>2026-03-02T12:00:00+07:00", "<updated>2026-03-01T12:00:00+07:00"),
    ("D07", "rss", "lastBuildDate", "lastBuild"),
    ("D09", "rss", "<dc:creator>", "<dc:date>2026-03-01T00:00:00Z</dc:date><dc:creator>"),
    ("E02", "json", f"{2:032x}", f"{1:032x}"),
    ("E03", "json", '"id":"tag:bantin.internal,2026-03-02:vn-example/', '"id":"'),
    ("E04", "rss", '<guid isPermaLink="false">', "<guid>"),
    ("E04", "rss", '<guid isPermaLink="false">', '<guid isPermaLink="true">'),
    ("E05", "atom", f'<link href="{HOST}tin-so-363001.html" rel="alternate" type="text/html"/>', ""),
    ("E05", "rss", f"<link>{HOST}tin-so-363001.html</link>", "<link>/tin-so-363001.html</link>"),
    ("E05", "json", f'"url":"{HOST}tin-so-363001.html"', '"url":1'),
    ("E06", "rss", f"<link>{HOST}tin-so-363001.html", f"<link>{HOST}tin-so-363001.html?utm_source=x"),
    ("F05", "rss", f"<link>{HOST}tin-so", "<link>http://192.168.1.9/tin-so"),
    ("F05", "atom", f'href="{HOST}tin-so', 'href="https://admin:secret@www.example.gov.vn/tin-so'),
    ("F05", "json", f'"url":"{HOST}tep/1/thong-tu.pdf"', '"url":"file:///srv/tep/thong-tu.pdf"'),
    ("G06", "rss", f'<media:content url="{HOST}anh/1.jpg"', f'<media:content url="{HOST}anh/9.jpg"'),
    ("G06", "atom", "<media:content", "<media:group/><media:content"),
    ("H01", "rss", f'<enclosure url="{HOST}', '<enclosure url="/'),
    ("H02", "atom", 'type="application/pdf"', 'type="application/zip"'),
    ("H02", "json", '"mime_type":"application/pdf"', '"mime_type":"pdf"'),
    ("H03", "rss", 'length="182044"', 'length="None"'),
    ("H03", "json", '"size_in_bytes":182044', '"size_in_bytes":null'),
    ("H04", "rss", "<enclosure", f'<enclosure url="{HOST}x.pdf" length="0" type="application/pdf"/><enclosure'),
    ("H04", "atom", ' title="Thông tư 12/2026"', ""),
    ("H04", "json", f'"url":"{HOST}tep/1/thong-tu.pdf"', f'"url":"{HOST}tep/1/khac.pdf"'),
    (
        "L04",
        "atom",
        "<entry>",
        f'<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="{stored().id}"/><entry>',
    ),
]


@pytest.mark.parametrize(("rule", "kind", "before", "after"), STRUCTURE + WORDS)
def test_a_planted_fault_is_found(made: Feed, rule: str, kind: Kind, before: str, after: str) -> None:
    text = raw(made, kind)
    assert before in text

    # The name of an element is replaced wherever it stands, anything else once.
    once = -1 if before.replace(":", "").isalpha() else 1
    assert rule in found(text.replace(before, after, once), kind)


CONTENT: list[tuple[str, str]] = [
    ("C05", "&lt;p&gt;Thứ nhất&lt;/p&gt;"),
    ("C06", "<p>Thứ nhất"),
    ("C06", "<p><b>Thứ nhất</p></b>"),
    ("C06", "Thứ nhất</p>"),
    ("C06", "<p><table></table></p>"),
    ("C06", "<p>Một < hai</p>"),
    ("C06", '<a href="https://x.vn/"><b><a href="https://y.vn/">x</a></b></a>'),
    ("C06", "<ul><li><li>Một</li></li></ul>"),
    ("C07", "<p>Một</p><script>x()</script>"),
    ("C07", '<iframe src="https://x.vn/"></iframe>'),
    ("C07", '<p onclick="x()">Một</p>'),
    ("C07", '<a href="javascript:x()">Một</a>'),
    ("C08", '<p class="do">Một</p>'),
    ("C08", "<p><mark>Một</mark></p>"),
    ("C09", '<a href="/tep.pdf">Một</a>'),
    ("C09", '<a href="#muc-2">Một</a>'),
    ("C09", '<img src="https://x.vn/1.jpg" srcset="/2.jpg 2x, https://x.vn/3.jpg 3x" alt="">'),
    ("F05", '<a href="http://localhost:8080/x">Một</a>'),
    ("F05", '<a href="https://an:secret@x.vn/">Một</a>'),
    ("G02", '<p>Một<img alt=""></p>'),
    ("G02", "<p>Một<img></p>"),
    ("G02", '<img src="https://x.vn/blank.gif" alt="">'),
    ("G03", '<img src="data:image/png;base64,AAAA" alt="">'),
    ("G04", '<img src="https://x.vn/1.jpg">'),
    ("G05", '<img src="https://x.vn/1.jpg" alt="" width="1" height="1">'),
]


@pytest.mark.parametrize(("rule", "html"), CONTENT)
@pytest.mark.parametrize("kind", KINDS)
def test_a_fault_in_the_content_is_found_in_every_format(made: Feed, rule: str, html: str, kind: Kind) -> None:
    text = raw(made, kind)
    whole = "<p>Thứ nhất &amp; thứ hai.</p>"
    before, after = (json.dumps(part, ensure_ascii=False)[1:-1] for part in (good(1).content, html))
    if kind != "json":
        before, after = escaped(good(1).content), escaped(html)
    assert whole in good(1).content and before in text

    assert rule in found(text.replace(before, after, 1), kind)


@pytest.mark.parametrize(
    "html",
    [
        "<table><tbody><tr><td><p>Một</p><ul><li>hai</li></ul></td></tr></tbody></table>",
        '<p>Một<br>hai</p><hr><figure><img src="https://x.vn/1.jpg" alt=""></figure>',
        "<ul><li>Một<ul><li>hai</li></ul></li></ul>",
        '<p>Về thẻ &lt;p&gt; <a href="mailto:vanthu@x.vn">thư</a></p>',
    ],
)
def test_sound_html_is_not_complained_about(html: str) -> None:
    whole = raw(feed(told(1, attachments=(), images=())), "json")
    before = told(1, attachments=(), images=()).content
    after = json.dumps(html, ensure_ascii=False)[1:-1]

    assert found(whole.replace(before, after), "json") == set()


@pytest.mark.parametrize(
    ("rule", "kind", "change"),
    [
        ("C07", "rss", lambda text: text.replace("<description>(VD)", "<description>&lt;script&gt;", 1)),
        ("C11", "atom", lambda text: text.replace("<summary>(VD)", "<summary>&lt;b&gt;(VD)&lt;/b&gt;", 1)),
        ("C11", "json", lambda text: text.replace('"summary":"(VD)', f'"summary":"{"dài " * 300}', 1)),
    ],
)
def test_a_summary_is_short_and_harmless(made: Feed, rule: str, kind: Kind, change: Callable[[str], str]) -> None:
    assert rule in found(change(raw(made, kind)), kind)


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_an_entry_of_a_combined_feed_must_name_its_own(made: Feed, kind: Kind) -> None:
    assert "I06" in found(raw(made, kind), kind, combined=True)


@pytest.mark.parametrize(
    "part", ["id", "title", "updated", 'link href="https://bantin.example.org/feeds/vn-example.atom"']
)
def test_a_combined_feeds_source_must_be_whole(part: str) -> None:
    one = msgspec.structs.replace(good(), origin=Origin(slug="vn-example", title="Bộ Ví dụ"))
    head, source = raw(feed(one, slug="all"), "atom").split("<source>")
    name = part.split()[0]
    spoiled = source.replace(f"<{part}", "<x", 1) if " " in part else source.replace(f"{name}>", "x>", 2)

    asked: dict[str, Any] = {"combined": True, "url": f"{BASE}/feeds/all.atom"}
    assert "I06" not in found(f"{head}<source>{source}", "atom", **asked)
    assert "I06" in found(f"{head}<source>{spoiled}", "atom", **asked)


def test_a_document_that_is_too_big_is_told() -> None:
    big = raw(feed(told(1, body_html=f"<p>{'x' * 20_000}</p>")), "json").replace("x" * 20_000, "x" * 600_000)

    assert "F01" in found(big, "json")


def test_more_than_a_hundred_entries_are_told() -> None:
    assert "F02" in found(raw(feed(*(told(number) for number in range(1, 102))), "rss"), "rss")


def test_bytes_that_are_no_utf8_are_refused() -> None:
    assert found(b"<?xml version='1.0'?><rss>B\xf4</rss>", "rss") == {"B01"}


def test_an_atom_feed_with_a_prefix_is_refused(made: Feed) -> None:
    text = raw(made, "atom").replace('xmlns="', 'xmlns:atom="')
    prefixed = re.sub(r"(</?)([a-z]+)(?=[ >/])(?!:)", r"\1atom:\2", text)

    assert "A04" in found(prefixed, "atom")


def test_a_json_document_with_values_of_the_wrong_kind_is_judged_all_the_same() -> None:
    document = {"version": 1, "title": None, "items": [{"id": 3, "title": [], "tags": ["x"], "attachments": []}]}

    assert {"A02", "C02", "E03"} <= found(json.dumps(document), "json")
    assert found("[]", "json") == {"A02"}


def test_nothing_is_in_the_future_for_who_does_not_say_what_time_it_is(made: Feed) -> None:
    assert "D04" in found(raw(made, "atom"), "atom", now=NOON.replace(year=2025))
    assert found(raw(made, "atom"), "atom", now=None) == set()


def test_a_problem_tells_where_it_is() -> None:
    (first, *_) = problems(raw(feed(good()), "rss").replace("dc:creator", "dc:publisher").encode(), "rss")

    assert str(first) == "C12 entry 1 “Bộ trưởng trả lời câu hỏi thứ 1”: has no author, or one without a name"
    assert first.entry == 1


def test_every_rule_is_in_the_documentation_and_nothing_else() -> None:
    root = Path(__file__).parents[2]
    code = "".join(path.read_text("utf-8") for path in [*root.glob("feeds/rules/*.py"), root / "feeds/parsed.py"])
    documented = re.findall(r"^\| ([A-Z]\d\d) \|", (root / "docs/feeds.md").read_text("utf-8"), re.MULTILINE)

    assert set(re.findall(r'"([A-Z]\d\d)"', code)) == set(documented)
    assert len(documented) == len(set(documented))
    assert set(documented) == {row[0] for row in STRUCTURE + WORDS + CONTENT} | {"C11", "F01", "F02", "I06"}
