import re
import tomllib
import unicodedata
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from scrapers.entrances.reading import read_headlines
from scrapers.layouts.registry import LAYOUTS
from scrapers.reading.article import read_article
from scrapers.sources import CATALOGUE, SourceError, all_problems, catalogue, load_folder

FILES = sorted(CATALOGUE.glob("*.toml"))
MINISTRIES = catalogue()


def test_every_file_is_a_source_without_a_mistake() -> None:
    sources, mistakes = load_folder(CATALOGUE)

    assert [str(mistake) for mistake in mistakes] == []
    assert list(sources) == [file.stem for file in FILES]
    assert len(sources) >= 7


@pytest.mark.parametrize("slug", MINISTRIES)
def test_every_ministry_has_its_name_in_vietnamese_and_english(slug: str) -> None:
    names = MINISTRIES[slug].ministry

    assert set(names) >= {"vi", "en"}
    assert names["vi"] != names["en"]
    assert all(name == unicodedata.normalize("NFC", name) for name in names.values())


@pytest.mark.parametrize("slug", MINISTRIES)
def test_every_ministry_says_when_and_how_it_was_last_seen(slug: str) -> None:
    seen = MINISTRIES[slug].seen
    written = tomllib.loads((CATALOGUE / f"{slug}.toml").read_text("utf-8"))["seen"]

    assert seen and date(2018, 1, 1) < seen.on
    assert seen.how.endswith(".")
    assert seen.live or "not checked live" in seen.how
    assert "live" in written


@pytest.mark.parametrize("slug", MINISTRIES)
def test_entrances_are_on_the_ministry_s_own_host(slug: str) -> None:
    source = MINISTRIES[slug]
    home = urlsplit(source.homepage).hostname

    assert {urlsplit(entrance.url).hostname for entrance in source.entrances} == {home}
    assert all(address.startswith("https://") for address in (source.homepage, *(one.url for one in source.entrances)))


@pytest.mark.parametrize("slug", MINISTRIES)
def test_what_is_inferred_is_said_in_the_note(slug: str) -> None:
    text = (CATALOGUE / f"{slug}.toml").read_text("utf-8")

    assert ("# inferred" in text) == ("inferred" in MINISTRIES[slug].note)


@pytest.mark.parametrize("slug", MINISTRIES)
def test_every_ministry_can_be_read(slug: str) -> None:
    source = MINISTRIES[slug]
    listings = [entrance for entrance in source.entrances if entrance.kind == "listing"]

    assert source.layout or source.selectors.article
    assert source.layout or source.selectors.listing or not listings
    assert source.schedule.every >= timedelta(minutes=30)
    assert source.limits.allow_private == ()


def test_successors_and_predecessors_agree() -> None:
    for source in MINISTRIES.values():
        if source.successor:
            follower = MINISTRIES[source.successor]
            assert source.slug in follower.predecessor
            assert source.until and follower.since and source.until < follower.since
        for slug in source.predecessor:
            assert MINISTRIES[slug].successor == source.slug


def test_the_reorganisation_of_march_2025_is_told() -> None:
    before, after = MINISTRIES["vn-monre"], MINISTRIES["vn-mae"]

    assert (before.name, before.until, before.successor) == (
        "Bộ Tài nguyên và Môi trường",
        date(2025, 2, 28),
        "vn-mae",
    )
    assert (after.name, after.since, after.predecessor) == (
        "Bộ Nông nghiệp và Môi trường",
        date(2025, 3, 1),
        ("vn-monre",),
    )
    assert urlsplit(before.homepage).hostname != urlsplit(after.homepage).hostname


LISTINGS = {
    "vn-moit": """
        <div class="list"><a class="article-title" href="/tin-tuc/bai-mot.html">Xuất khẩu tháng 11 tăng mạnh</a></div>
        <div class="list"><a class="article-title" href="/tin-tuc/bai-hai.html">Họp báo thường kỳ Bộ Công Thương</a></div>
        <a class="next" href="/tin-tuc?page=2">Tiếp</a>""",
    "vn-mpi": """
        <div class="channel-news-title"><a href="/en/pages/one-1.aspx">Ministry meets with foreign investors</a></div>
        <div class="channel-news-title"><a href="/en/pages/two-2.aspx">Conference on public investment opens</a></div>
        <span class="CurrentPage">1</span><a href="/en/pages/News-133.aspx?p=2">2</a>""",
}


@pytest.mark.parametrize(("slug", "listing"), LISTINGS.items())
def test_selectors_of_their_own_read_a_listing_in_the_markup_they_were_written_for(slug: str, listing: str) -> None:
    source = MINISTRIES[slug]
    (entrance,) = source.entrances
    page = f"<html><body>{listing}</body></html>".encode()

    read = read_headlines(page, url=entrance.url, content_type="text/html", source=source, entrance=entrance)

    assert [urlsplit(row.url).path for row in read.rows] == re.findall(r'"(/[^"?]+-?\w+\.(?:html|aspx))"', listing)
    assert all(len(row.title) > 20 for row in read.rows)
    assert read.next_page


def test_the_successor_s_articles_are_read_with_selectors_of_their_own() -> None:
    page = """<html lang="vi"><body><h1 class="main-title main-title-super">Mở rộng mô hình lúa phát thải thấp</h1>
        <span class="time-detail">Thứ Bảy 21/11/2026 , 08:15</span>
        <h2 class="main-intro detail-intro">CẦN THƠ Mô hình trình diễn giúp giảm chi phí và tăng lợi nhuận.</h2>
        <div class="detail__content"><p>Vụ thu đông năm nay, nhiều hợp tác xã đã tham gia mô hình lúa phát thải thấp.</p>
        <p>Theo các chuyên gia, việc rút nước giữa vụ giúp giảm phát thải mà năng suất vẫn giữ.</p></div>
        <p class="content-author">Lê Thị Mẫu</p></body></html>"""

    article = read_article(
        page.encode(),
        url="https://nongnghiepmoitruong.vn/mo-rong-d1.html",
        content_type=None,
        source=MINISTRIES["vn-mae"],
    )

    assert article.headline == "Mở rộng mô hình lúa phát thải thấp"
    assert article.published and article.published.iso == "2026-11-21T08:15:00+07:00"
    assert article.lede.startswith("CẦN THƠ")
    assert article.authors == ("Lê Thị Mẫu",)
    assert article.body_text.count("\n\n") == 1


def test_a_source_may_name_every_layout_there_is_and_no_other() -> None:
    text = (CATALOGUE / "vn-monre.toml").read_text("utf-8")

    accepted = {name for name in (*LAYOUTS, "layout", "general", "registry") if not problems(text, layout=name)}

    assert accepted == set(LAYOUTS)


def problems(text: str, *, layout: str) -> list[SourceError]:
    return all_problems(text.replace('"onecms"', f'"{layout}"'), file=str(Path("vn-monre.toml")))
