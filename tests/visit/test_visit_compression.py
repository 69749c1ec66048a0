"""Bodies are decompressed whole or not at all, whatever they travel in."""

import gzip
import zlib
from collections.abc import Callable

import brotli
import pytest
from backports import zstd

from scrapers.items import Verdict
from tests.visit.sites import HTML, Page, article, publish, redirect, source


def bare(payload: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(payload) + packer.flush()


PACKERS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": ("x-gzip", gzip.compress),
    "gzip in capitals": (" GZIP ", gzip.compress),
    "gzip in members": ("gzip", lambda payload: gzip.compress(payload[:99]) + gzip.compress(payload[99:])),
    "gzip with padding": ("gzip", lambda payload: gzip.compress(payload) + b"\0\0rest"),
    "deflate": ("deflate", zlib.compress),
    "deflate without a head": ("deflate", bare),
    "br": ("br", brotli.compress),
    "zstd": ("zstd", zstd.compress),
    "zstd in frames": ("zstd", lambda payload: zstd.compress(payload[:99]) + zstd.compress(payload[99:])),
    "twice": ("gzip, br", lambda payload: brotli.compress(gzip.compress(payload))),
    "none that is known": ("utf-8", bytes),
}
PAGE = article("Tin số 1", "".join(f"<p>Đoạn {number} của bài viết.</p>" for number in range(2_500))).body


@pytest.mark.parametrize("way", PACKERS)
def test_whole_body_is_read(site, look, way):
    name, pack = PACKERS[way]
    publish(site, 1)
    site.pages["/tin/1"] = Page(pack(PAGE), headers={"Content-Encoding": name})

    visit = look(source(site))

    assert visit.evidence[-1].payload == PAGE
    assert [reading.article.headline for reading in visit.readings] == ["Tin số 1"]


@pytest.mark.parametrize("way", ["gzip", "gzip in members", "deflate", "deflate without a head", "br", "zstd", "twice"])
@pytest.mark.parametrize("missing", [1, 60, 2000])
def test_body_without_its_end_is_no_page(site, look, way, missing):
    name, pack = PACKERS[way]
    publish(site, 2, 1)
    site.pages["/tin/1"] = Page(pack(PAGE)[:-missing], headers={"Content-Encoding": name})

    visit = look(source(site))

    assert [reading.article.headline for reading in visit.readings] == ["Tin số 2"]
    assert [trouble.message for trouble in visit.troubles] == [f"{site.url}/tin/1 ended before its page was complete"]


def damaged(payload: bytes, place: int) -> bytes:
    return payload[:place] + bytes([payload[place] ^ 0xFF]) + payload[place:][1:]


def test_body_with_a_wrong_checksum_is_no_page(site, look):
    publish(site, 2, 1)
    site.pages["/tin/1"] = Page(damaged(gzip.compress(PAGE), -6), headers={"Content-Encoding": "gzip"})

    visit = look(source(site))

    assert [reading.article.headline for reading in visit.readings] == ["Tin số 2"]
    assert [trouble.url for trouble in visit.troubles] == [f"{site.url}/tin/1"]


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
def test_body_that_is_not_compressed_at_all_says_so(site, look, name):
    publish(site, 2, 1)
    site.pages["/tin/1"] = Page(PAGE, headers={"Content-Encoding": name})

    visit = look(source(site))

    assert [trouble.message for trouble in visit.troubles] == [
        f"{site.url}/tin/1 sent a body that cannot be decompressed"
    ]
    assert len(visit.readings) == 1


@pytest.mark.parametrize(("name", "pack"), [("gzip", gzip.compress), ("zstd", zstd.compress)])
def test_body_of_streams_without_number_is_refused(site, look, name, pack):
    publish(site, 1)
    site.pages["/tin/1"] = Page(pack(b"") * 100_000, headers={"Content-Encoding": name})

    visit = look(source(site))

    assert "cannot be decompressed" in visit.troubles[0].message


@pytest.mark.parametrize("pack", [brotli.compress, zstd.compress, zlib.compress, gzip.compress])
def test_body_that_swells_beyond_the_limit_is_too_large(site, look, pack):
    publish(site, 1)
    name = {brotli.compress: "br", zstd.compress: "zstd", zlib.compress: "deflate", gzip.compress: "gzip"}[pack]
    site.pages["/tin/1"] = Page(pack(bytes(30_000_000)), headers={"Content-Encoding": name})

    visit = look(source(site, max_bytes=200_000))

    assert "is larger than" in visit.troubles[0].message


def test_status_counts_for_more_than_a_damaged_body(site, look):
    publish(site, 2, 1)
    site.pages["/tin/1"] = Page(b"not gzip", status=404, headers={"Content-Encoding": "gzip"})
    site.pages["/tin/2"] = redirect("/moi")
    site.pages["/tin/2"].headers["Content-Encoding"] = "gzip"
    site.pages["/moi"] = article("Tin mới")

    visit = look(source(site))

    assert [reading.article.headline for reading in visit.readings] == ["Tin mới"]
    assert "answered 404" in visit.troubles[0].message


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        ({"ETag": '"' + "a" * 1_000_000 + '"'}, "closed the connection before its answer was complete, or"),
        ({"Bad Name()": "x"}, "sent a header whose name is none"),
        ({"Transfer-Encoding": "chunked"}, "ended before its page was complete"),
    ],
)
def test_answer_that_breaks_http_is_told_in_a_plain_sentence(site, look, headers, words):
    publish(site, 2, 1)
    site.pages["/tin/1"] = Page(PAGE, headers=headers, media=HTML, validates=False)

    visit = look(source(site))

    assert (visit.verdict, len(visit.readings)) == (Verdict.FINE, 1)
    assert words in visit.troubles[0].message
    assert not set("[]<>") & set(visit.troubles[0].message)
