"""Files that articles offer: fetched after the articles when a source asks for it, within limits, and asked once more."""

from __future__ import annotations

import gzip
import zlib
from hashlib import sha256
from typing import Any

from msgspec.structs import replace

from demo.papers import docx, pdf
from scrapers.items import Memory, Verdict, Visit
from scrapers.observations import File, KnownFile
from scrapers.sources import Entrance, Source
from tests.conftest import Look
from tests.visit.sites import Page, Site, article, listing, publish, redirect, remember, source, website

PDF = "application/pdf"
PAPER = pdf([["Thông tư số 12/2023/TT-BTD", "Điều 1. Phạm vi điều chỉnh"]])
OTHER = pdf([["Thông tư số 12/2023/TT-BTD", "Điều 1. Phạm vi áp dụng"]])


def offering(site: Site, *files: str, number: int = 1) -> str:
    """Give the site an article with links to these files; return its address."""
    publish(site, number)
    links = "".join(f'<p><a href="{file}">Tệp {place}</a></p>' for place, file in enumerate(files))
    page = article(f"Tin số {number}")
    site.pages[f"/tin/{number}"] = replace_body(page, links)
    return f"{site.url}/tin/{number}"


def replace_body(page: Page, links: str) -> Page:
    return Page(page.body.replace(b'<div class="body">', f'<div class="body">{links}'.encode()))


def fetching(site: Site, **limits: Any) -> Source:
    return replace(source(site, **limits), attachments="fetch")


def known(file: File, **changes: Any) -> KnownFile:
    told = {"etag": file.etag, "last_modified": file.last_modified, "sha256": file.sha256, "content": file.content}
    return KnownFile(url=file.url, article=file.article, **{**told, **changes})


def remembering(visit: Visit) -> Memory:
    """What is known when the second look at the articles of ``visit`` has come."""
    files = tuple(known(file) for file in visit.files)
    memory = remember(visit)
    return replace(memory, due=memory.known, files=files)


def test_files_are_only_listed_unless_the_source_asks_for_them(site: Site, look: Look) -> None:
    offering(site, "/a.pdf")

    visit = look(source(site))

    assert [file.url for file in visit.readings[0].article.attachments] == [f"{site.url}/a.pdf"]
    assert (visit.files, "/a.pdf" in site.paths) == ((), False)


def test_a_file_is_fetched_after_the_article_and_kept(site: Site, look: Look) -> None:
    url = offering(site, "/a.pdf")
    site.pages["/a.pdf"] = Page(PAPER, media=PDF)

    visit = look(fetching(site))

    (file,) = visit.files
    assert (file.url, file.article, file.status) == (f"{site.url}/a.pdf", url, 200)
    assert (file.type, file.size, file.name, file.pages) == (PDF, len(PAPER), "a.pdf", 1)
    assert "Điều 1. Phạm vi điều chỉnh" in file.text
    assert file.sha256 == sha256(PAPER).hexdigest()
    assert [kept.payload for kept in visit.evidence if kept.sha256 == file.sha256] == [PAPER]
    assert site.paths[-1] == "/a.pdf"
    assert [one.purpose for one in visit.exchanges if one.url.endswith(".pdf")] == ["file"]


def test_files_of_a_page_as_it_was_are_asked_for_with_their_validators(site: Site, look: Look) -> None:
    offering(site, "/a.pdf")
    site.pages["/a.pdf"] = Page(PAPER, media=PDF)
    first = look(fetching(site))
    site.forget()

    again = look(fetching(site), remembering(first))

    assert [(file.status, file.sha256) for file in again.files] == [(304, "")]
    assert site.asked[-1].headers["if-none-match"] == first.files[0].etag


def test_a_file_that_was_swapped_comes_whole(site: Site, look: Look) -> None:
    offering(site, "/a.pdf")
    site.pages["/a.pdf"] = Page(PAPER, media=PDF)
    first = look(fetching(site))
    site.pages["/a.pdf"] = Page(OTHER, media=PDF)

    again = look(fetching(site), remembering(first))

    assert again.unchanged == (f"{site.url}/tin/1",)
    assert [file.sha256 for file in again.files] == [sha256(OTHER).hexdigest()]


def test_a_file_made_anew_of_the_same_document_is_the_same(site: Site, look: Look) -> None:
    offering(site, "/a.pdf")
    site.pages["/a.pdf"] = Page(PAPER, media=PDF)
    first = look(fetching(site))
    anew = pdf([["Thông tư số 12/2023/TT-BTD", "Điều 1. Phạm vi điều chỉnh"]], made="20260304000000Z")
    site.pages["/a.pdf"] = Page(anew, media=PDF)

    again = look(fetching(site), remembering(first))

    assert anew != PAPER
    assert [(file.status, file.sha256) for file in again.files] == [(200, first.files[0].sha256)]
    assert all(kept.payload != anew for kept in again.evidence)


def test_a_file_of_several_articles_is_fetched_once(site: Site, look: Look) -> None:
    offering(site, "/a.pdf", number=1)
    offering(site, "/a.pdf?token=7", number=2)
    publish_all(site, 1, 2)
    site.pages |= {path: Page(PAPER, media=PDF) for path in ("/a.pdf", "/a.pdf?token=7")}

    visit = look(fetching(site))

    assert sum("pdf" in path for path in site.paths) == 1
    assert sorted((file.article[-1], file.status) for file in visit.files) in (
        [("1", 200), ("2", 304)],
        [("1", 304), ("2", 200)],
    )


def publish_all(site: Site, *numbers: int) -> None:
    site.pages["/tin-tuc"] = listing(*((f"/tin/{number}", f"Tin số {number}") for number in numbers))


def test_files_over_the_limit_wait_and_come_when_they_are_asked_for_again(site: Site, look: Look) -> None:
    url = offering(site, "/a.pdf", "/b.pdf", "/c.pdf")
    site.pages |= {f"/{name}.pdf": Page(PAPER, media=PDF) for name in "abc"}

    visit = look(fetching(site, attachments=2))

    assert [file.url[-5:] for file in visit.files] == ["a.pdf", "b.pdf"]
    assert "1 file waits for the next visit" in visit.why
    assert visit.verdict is Verdict.FINE

    waiting = KnownFile(url=f"{site.url}/c.pdf", article=url)
    later = look(fetching(site, attachments=2), remember(visit, files=(waiting,)))

    assert [(file.url[-5:], file.status) for file in later.files] == [("c.pdf", 200)]


def test_no_further_file_is_asked_for_when_enough_bytes_came(site: Site, look: Look) -> None:
    offering(site, "/a.pdf", "/b.pdf", "/c.pdf")
    site.pages |= {f"/{name}.pdf": Page(PAPER, media=PDF) for name in "abc"}

    visit = look(fetching(site, attachments_total_bytes=len(PAPER) + 1))

    assert len(visit.files) == 2
    assert "1 file waits" in visit.why


def test_a_file_that_is_too_large_is_not_taken(site: Site, look: Look) -> None:
    offering(site, "/a.pdf", "/b.pdf")
    site.pages["/a.pdf"] = Page(PAPER + b"%" * 50_000, media=PDF)
    bomb = Page(gzip.compress(PAPER + b"%" * 500_000), media=PDF, headers={"Content-Encoding": "gzip"})
    site.pages["/b.pdf"] = bomb

    visit = look(fetching(site, attachment_bytes=20_000))

    assert [file.sha256 for file in visit.files] == ["", ""]
    assert all("raise limits.attachment_bytes" in file.note for file in visit.files)
    assert [trouble.url[-5:] for trouble in visit.troubles] == ["a.pdf", "b.pdf"]


def test_a_file_may_be_larger_than_a_page(site: Site, look: Look) -> None:
    offering(site, "/a.pdf")
    large = PAPER + b"%" * 60_000
    site.pages["/a.pdf"] = Page(zlib.compress(large), media=PDF, headers={"Content-Encoding": "deflate"})

    visit = look(fetching(site, max_bytes=30_000))

    assert [file.size for file in visit.files] == [len(large)]


def test_a_web_page_in_the_place_of_a_file_is_no_file(site: Site, look: Look) -> None:
    offering(site, "/a.pdf", "/b.pdf")
    site.pages["/a.pdf"] = Page(b'<html><body><form><input type="password"></form>Login</body></html>')
    site.pages["/b.pdf"] = Page(b"<!DOCTYPE html><html><body>Khong tim thay trang</body></html>", media=PDF)

    visit = look(fetching(site))

    assert [(file.status, file.sha256) for file in visit.files] == [(200, "")] * 2
    assert "a login page" in visit.files[0].note
    assert "a web page instead of a file" in visit.files[1].note
    assert len(visit.troubles) == 2


def test_files_that_are_gone_or_broken_are_told_as_such(site: Site, look: Look) -> None:
    offering(site, "/gone.pdf", "/broken.pdf", "/empty.pdf")
    site.pages["/broken.pdf"] = Page(status=403)
    site.pages["/empty.pdf"] = Page(b"", media=PDF)

    visit = look(fetching(site))

    told = {file.url.rsplit("/", 1)[-1]: (file.status, bool(file.note)) for file in visit.files}
    assert told == {"gone.pdf": (404, True), "broken.pdf": (403, True), "empty.pdf": (200, True)}
    assert visit.verdict is Verdict.FINE


def test_a_file_on_another_host_is_fetched_too(look: Look) -> None:
    with website() as site, website("127.0.0.2") as other:
        port = other.url.rpartition(":")[2]
        offering(site, f"{other.url}/files/a.pdf")
        other.pages["/files/a.pdf"] = redirect("/b.pdf")
        other.pages["/b.pdf"] = Page(PAPER, media=PDF)
        followed = fetching(site)
        # Its port is the source's, as 443 would be.
        beside = Entrance(kind="listing", url=f"http://127.0.0.1:{port}/")

        visit = look(replace(followed, entrances=(*followed.entrances, beside)))

        assert [(file.status, file.final_url) for file in visit.files] == [(200, f"{other.url}/b.pdf")]
        assert "/robots.txt" in [asked.path for asked in other.asked]


def test_a_file_that_robots_txt_keeps_from_us_is_not_fetched(site: Site, look: Look) -> None:
    offering(site, "/files/a.pdf")
    site.pages["/files/a.pdf"] = Page(PAPER, media=PDF)
    site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /files/", media="text/plain")

    visit = look(fetching(site))

    assert "robots.txt asks robots to keep out" in visit.files[0].note
    assert "/files/a.pdf" not in site.paths


def test_a_file_at_a_private_address_is_not_fetched(site: Site, look: Look) -> None:
    port = site.url.rpartition(":")[2]
    offering(site, f"http://10.0.0.1:{port}/a.pdf", "/b.pdf")
    site.pages["/b.pdf"] = redirect(f"http://10.0.0.1:{port}/b.pdf")

    visit = look(fetching(site))

    assert ["is a private address" in file.note for file in visit.files] == [True, True]


def test_what_a_busy_host_of_files_says_is_not_the_source_s_to_obey(look: Look) -> None:
    with website() as site, website("127.0.0.2") as other:
        port = other.url.rpartition(":")[2]
        offering(site, f"{other.url}/a.pdf")
        other.pages["/a.pdf"] = Page(status=429, headers={"Retry-After": "900"})
        followed = fetching(site)
        beside = Entrance(kind="listing", url=f"http://127.0.0.1:{port}/")

        visit = look(replace(followed, entrances=(*followed.entrances, beside)))

        assert visit.files[0].status == 429
        assert visit.not_before is None


def test_parts_are_handed_over_when_files_are_large(site: Site, look: Look) -> None:
    url = offering(site, "/a.pdf", "/b.pdf")
    site.pages |= {f"/{name}.pdf": Page(PAPER + name.encode() * 5_000_000, media=PDF) for name in "ab"}
    parts: list[Visit] = []

    last = look(fetching(site), part=parts.append)

    assert [len(part.files) for part in (*parts, last)] == [1, 1, 0]
    assert [part.files[0].article for part in parts] == [url, url]


def test_a_file_is_called_as_the_server_says(site: Site, look: Look) -> None:
    offering(site, "/download.pdf?id=7")
    named = "attachment; filename*=UTF-8''Th%C3%B4ng%20t%C6%B0.docx"
    site.pages["/download.pdf?id=7"] = Page(
        docx(["Điều 1"]), media="application/octet-stream", headers={"Content-Disposition": named}
    )

    (file,) = look(fetching(site)).files

    assert (file.name, file.text) == ("Thông tư.docx", "Điều 1")
    assert file.type.endswith("wordprocessingml.document")
