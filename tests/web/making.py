"""An archive like the one a daemon makes of the make-believe ministry, and a website over it on a real socket."""

import asyncio
import http.client
import socket
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from starlette.types import ASGIApp

from demo.bodies import blocks, papers, pictures
from demo.texts import Story
from scrapers.items import Article, Attachment, Evidence, Image, Moment, Reading, Verdict, Visit
from scrapers.sources import Entrance, Source
from storage.database import Database, open_archive
from storage.record import record
from storage.sources import plan, sync
from web.app import create_app
from web.server import serve

NOW = datetime(2023, 9, 20, 3, 0, tzinfo=UTC)
SITE = "https://thidu.example"
BASE = "http://127.0.0.1:8080"
SOURCE = Source(
    slug="vn-thidu",
    ministry={"vi": "Bộ Thí dụ", "en": "Ministry of Examples"},
    country="VN",
    language="vi",
    timezone="Asia/Ho_Chi_Minh",
    homepage=f"{SITE}/",
    entrances=(Entrance(kind="listing", url=f"{SITE}/tin-moi-nhat"),),
)


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


Get = Callable[..., Answer]


def article(story: Story) -> Article:
    """A story as the reader would have read it."""
    folder = f"{SITE}/images/{story.day}"
    body = [text for text in blocks(story) if text[0] not in "![|>#"]
    table = [line for line in story.text.splitlines() if line.startswith("|")]
    rows = "".join(
        f"<tr>{''.join(f'<td>{cell.strip()}</td>' for cell in line.strip('| ').split('|'))}</tr>" for line in table
    )
    figures = [
        f'<figure><img src="{folder}/{name}" alt=""><figcaption>{escape(caption)}</figcaption></figure>'
        for name, caption in pictures(story)
    ]
    paragraphs = [f"<p>{escape(text)}</p>" for text in body]
    html = "".join([*figures[:1], *paragraphs, *figures[1:], f"<table>{rows}</table>" if rows else ""])
    url = f"{SITE}/{story.slug}-{story.number}.html"
    return Article(
        url=url,
        canonical_url=url,
        headline=story.headline,
        section=story.section,
        lede=story.lede.replace("(TN&;MT)", "(TN&MT)"),
        authors=(story.byline,),
        published=Moment(
            at=story.published,
            precision="day" if story.day_only else "minute",
            printed=f"{story.published:%d/%m/%Y}" if story.day_only else f"{story.published:%d/%m/%Y %H:%M}",
        ),
        body_html=html,
        body_text="\n\n".join(body),
        images=tuple(Image(url=f"{folder}/{name}", caption=caption) for name, caption in pictures(story)),
        attachments=tuple(
            Attachment(url=f"{SITE}/files/{story.day}/{name}", title=title, type="application/pdf", size=641_204)
            for name, title in papers(story)
        ),
        tags=story.tags,
        origin=story.origin,
        language="vi",
        layout="onecms",
    )


def payload(read: Article) -> bytes:
    return "\n".join((read.headline, read.lede, read.body_text)).encode()


def digest(read: Article) -> str:
    return sha256(payload(read)).hexdigest()


def visit(name: str, *articles: Article, at: datetime, **more: Any) -> Visit:
    evidence = tuple(
        Evidence(url=one.url, fetched=at, status=200, headers=(), payload=payload(one), sha256=digest(one))
        for one in articles
    )
    readings = tuple(Reading(article=one, sha256=page.sha256) for one, page in zip(articles, evidence, strict=True))
    fields = {"verdict": Verdict.FINE, "readings": readings, "evidence": evidence, **more}
    return Visit(id=name, source=SOURCE.slug, started=at, finished=at + timedelta(seconds=9), **fields)


class Archive:
    """The daemon's side: records what visits bring."""

    def __init__(self, home: Path) -> None:
        self.path, self.public, self.warc = home / "bantin.db", home / "public", home / "warc"
        (self.public / "feeds").mkdir(parents=True, exist_ok=True)
        self.warc.mkdir(exist_ok=True)

    @contextmanager
    def open(self) -> Iterator[Database]:
        with closing(open_archive(self.path)) as db:
            yield db

    def follow(self, *sources: Source) -> None:
        with self.open() as db:
            sync(db, sources, now=NOW)

    def visit(self, *articles: Article, at: datetime = NOW, **more: Any) -> None:
        with self.open() as db:
            record(
                db, visit(uuid.uuid4().hex, *articles, at=at, **more), warc=self.warc, authority="example.org", now=at
            )
            plan(db, SOURCE.slug, at=at + timedelta(minutes=30), why="every 30 min", failures=0)

    def feed(self, name: str, text: str) -> Path:
        place = self.public / "feeds" / name
        place.parent.mkdir(exist_ok=True)
        place.write_text(text, encoding="utf-8")
        return place


@contextmanager
def on_air(app: ASGIApp) -> Iterator[int]:
    """Serve ``app`` in a thread of its own; yields the port."""
    ready, ports, loops = threading.Event(), [], []

    def run() -> None:
        async def main() -> None:
            stop = asyncio.Event()
            loops.append((asyncio.get_running_loop(), stop))
            await serve(app, host="127.0.0.1", port=0, stop=stop, ready=told)

        asyncio.run(main())

    def told(url: str) -> None:
        ports.append(int(url.rstrip("/").rsplit(":", 1)[1]))
        ready.set()

    thread = threading.Thread(target=run)
    thread.start()
    assert ready.wait(10)
    try:
        yield ports[0]
    finally:
        loop, stop = loops[0]
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)


def website_app(archive: Archive, *, base_url: str = BASE) -> ASGIApp:
    return create_app(
        db_path=archive.path, public=archive.public, base_url=base_url, title="Bản tin thử", now=lambda: NOW
    )


@contextmanager
def website(archive: Archive, *, base_url: str = BASE) -> Iterator[Get]:
    with on_air(website_app(archive, base_url=base_url)) as port:
        yield lambda path, method="GET", **headers: ask(port, path, method, **headers)


def ask(port: int, path: str, method: str = "GET", **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        reply = connection.getresponse()
        return Answer(reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read())
    finally:
        connection.close()


def raw(port: int, request: bytes) -> bytes:
    """Send bytes as they are; return what comes until the other side hangs up."""
    with socket.create_connection(("127.0.0.1", port), timeout=15) as connection:
        connection.sendall(request)
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)
