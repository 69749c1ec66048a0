from pathlib import Path

from lxml import etree

from feeds.channels import channels
from feeds.opml import opml
from tests.feeds.making import BASE, archive
from tests.storage.making import article, source, visit


def test_the_list_holds_each_source_once_in_a_folder_of_its_country(tmp_path: Path) -> None:
    sources = (
        source("vn-b", homepage="https://b.example.gov.vn/"),
        source("uk-a", country="GB", language="en", ministry={"en": "Ministry of A & <B>"}),
        source(),
    )
    db = archive(tmp_path, visit(article(1)), sources=sources)

    root = etree.fromstring(opml(channels(db, sources), title="Bantin", base_url=BASE))

    assert root.get("version") == "2.0"
    assert root.findtext("head/title") == "Bantin"
    assert [folder.get("text") for folder in root.findall("body/outline")] == ["GB", "VN"]
    assert [outline.get("text") for outline in root.findall("body/outline/outline")] == [
        "Ministry of A & <B>",
        "Bộ Ví dụ (b.example.gov.vn)",
        "Bộ Ví dụ (www.example.gov.vn)",
    ]


def test_an_outline_says_where_the_feed_and_its_page_are(tmp_path: Path) -> None:
    db = archive(tmp_path)

    root = etree.fromstring(opml(channels(db, [source()]), title="Bantin", base_url=f"{BASE}/"))

    (outline,) = root.findall("body/outline/outline")
    assert dict(outline.attrib) == {
        "text": "Bộ Ví dụ",
        "title": "Bộ Ví dụ",
        "type": "rss",
        "xmlUrl": f"{BASE}/feeds/vn-example.atom",
        "htmlUrl": f"{BASE}/feeds/vn-example.html",
        "description": outline.get("description"),
        "language": "vi",
    }


def test_an_empty_list_is_a_list(tmp_path: Path) -> None:
    root = etree.fromstring(opml(channels(archive(tmp_path), []), title="\x00Bantin", base_url=BASE))

    assert root.findall("body/outline") == []
    assert root.findtext("head/title") == "Bantin"
