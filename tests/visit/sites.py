"""Websites on loopback that do as they are told, for the tests of visits and of workers."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from scrapers.items import Known, Memory, Visit
from scrapers.sources import ArticleSelectors, Entrance, Limits, ListingSelectors, Selectors, Source

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Page:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    media: str = HTML
    validates: bool = True
    """It has an ETag, and is answered with 304 to those who know it."""
    declared: int | None = None
    """Content-Length, when it lies."""
    hangs: bool = False
    """Nothing is sent until the site closes."""


@dataclass(frozen=True)
class Asked:
    path: str
    headers: dict[str, str]
    at: float


class Site:
    """A website: what stands at its paths, and who asked for what."""

    def __init__(self, host: str) -> None:
        self.pages: dict[str, Page | Callable[[], Page]] = {}
        self.unknown: Callable[[str], Page] = lambda path: Page(status=404)
        """What stands at every other path."""
        self.asked: list[Asked] = []
        self.closing = threading.Event()
        self._server = _Server((host, 0), _Handler)
        self._server.site = self
        self.url = f"http://{host}:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def paths(self) -> list[str]:
        """What was asked for since the last ``forget``, but for robots.txt."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def forget(self) -> None:
        self.asked.clear()

    def open(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    site: Site

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients hang up; that is theirs to do."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 1 << 16
    server: _Server

    def do_GET(self) -> None:
        site = self.server.site
        site.asked.append(Asked(self.path, {k.lower(): v for k, v in self.headers.items()}, time.monotonic()))
        found = site.pages[self.path] if self.path in site.pages else site.unknown(self.path)
        page = found() if callable(found) else found
        if page.hangs:
            site.closing.wait()
            self.close_connection = True
            return
        etag = f'"{sha256(page.body).hexdigest()[:12]}"'
        if page.validates and page.status == 200:
            if self.headers.get("if-none-match") == etag:
                self._head(304, {"ETag": etag})
                return
            page.headers.setdefault("ETag", etag)
        length = len(page.body) if page.declared is None else page.declared
        self._head(page.status, {"Content-Type": page.media, **page.headers, "Content-Length": str(length)})
        self.wfile.write(page.body)
        self.close_connection = page.declared is not None

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """What was asked is in ``site.asked``."""


@contextmanager
def website(host: str = "127.0.0.1") -> Iterator[Site]:
    site = Site(host)
    site.open()
    try:
        yield site
    finally:
        site.close()


def listing(*rows: tuple[str, str], following: str = "") -> Page:
    """A listing of (address, title)."""
    items = "".join(f'<div class="item"><a href="{url}">{title}</a></div>' for url, title in rows)
    after = f'<a class="next" href="{following}">Trang sau</a>' if following else ""
    return Page(f"<html><body><main>{items}</main>{after}</body></html>".encode())


def article(title: str, text: str = "Nội dung của bài viết.", **fields: Any) -> Page:
    body = f'<html><body><h1>{title}</h1><div class="body"><p>{text}</p><p>{_FILLER}</p></div></body></html>'
    return Page(body.encode(), **fields)


_FILLER = "Bộ Thí dụ công bố thông tin về công tác quản lý tài nguyên và môi trường trong năm nay. " * 20


def redirect(target: str, status: int = 302) -> Page:
    return Page(status=status, headers={"Location": target})


def publish(site: Site, *numbers: int) -> None:
    """Give the site articles ``/tin/<number>`` and a listing of them at ``/tin-tuc``, the first one on top."""
    site.pages |= {f"/tin/{number}": article(f"Tin số {number}") for number in numbers}
    site.pages["/tin-tuc"] = listing(*((f"/tin/{number}", f"Tin số {number}") for number in numbers))


def source(
    site: Site, *, slug: str = "vn-thu", entrances: Sequence[Entrance] = (), pages: int = 1, **limits: Any
) -> Source:
    """The site as a source: its listing at ``/tin-tuc`` unless ``entrances`` are given."""
    given = {"delay": timedelta(0), "timeout": timedelta(seconds=5), "allow_private": ("127.0.0.0/8",), **limits}
    return Source(
        slug=slug,
        ministry={"vi": "Bộ Thử nghiệm"},
        country="VN",
        language="vi",
        timezone="Asia/Ho_Chi_Minh",
        homepage=f"{site.url}/",
        entrances=tuple(entrances) or (Entrance(kind="listing", url=f"{site.url}/tin-tuc", pages=pages),),
        selectors=Selectors(
            listing=ListingSelectors(row="div.item", link="a", next="a.next"),
            article=ArticleSelectors(headline="h1", body="div.body"),
        ),
        limits=Limits(**given),
    )


def remember(*visits: Visit, **fields: Any) -> Memory:
    """What an archive that recorded ``visits`` tells the next one."""
    titles = {sighting.headline.url: sighting.headline.title for visit in visits for sighting in visit.sightings}
    known = {
        url: Known(url=url, etag=reading.etag, last_modified=reading.last_modified, title=titles.get(url, ""))
        for visit in visits
        for reading in visit.readings
        for url in [reading.article.url]
    }
    known |= {old: Known(url=old, title=titles.get(old, "")) for visit in visits for old, _ in visit.moved}
    entrances = {
        exchange.url: Known(
            url=exchange.url, etag=exchange.etag, last_modified=exchange.last_modified, digest=exchange.digest
        )
        for visit in visits
        for exchange in visit.exchanges
        if exchange.purpose == "entrance"
    }
    told = {"known": tuple(known.values()), "entrances": tuple(entrances.values()), **fields}
    return Memory(source=visits[0].source, **told)


def statuses(visit: Visit, purpose: str) -> list[tuple[str, int | None]]:
    """The visit's requests for one purpose: path and status."""
    return [
        ("/" + exchange.url.split("/", 3)[3], exchange.status)
        for exchange in visit.exchanges
        if exchange.purpose == purpose
    ]
