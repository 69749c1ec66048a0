"""A ministry's website with a history, and the archive that follows it: real visits over loopback, at times of our choosing.

The website is the make-believe ministry's, with a front that can put on other addresses. What it is called outside
(``https://www.thidu.gov.vn``) is translated at the edge of each visit, so that hosts and schemes can change freely.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace as swapped
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from demo.ministry import Ministry, Reply
from demo.server import Served
from demo.source import SLUG, source_toml
from demo.texts import ZONE, Story, slugify
from feeds.publish import publish
from scrapers.items import Cause, Change, Visit
from scrapers.sources import Schedule, Source, read_source
from storage.articles import StoredArticle, latest
from storage.database import open_archive
from storage.memory import memory
from storage.record import record
from storage.sources import sync

T = TypeVar("T")
Look = Callable[..., Visit]

START = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
"""Noon in Hà Nội on a Monday."""
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
PUBLIC = "http://www.thidu.gov.vn"
PAGES = ("text/html", "application/xml", "application/rss", "application/json")
TOLD = (Schedule().second_looks, Schedule().withdrawn_after)
CIRCULAR, MONEY, DUTY, PHOTOS, NOTICE, DAYONLY, NOTICE2 = range(500001, 500008)


def stories() -> list[Story]:
    """What the ministry has published before anybody looks: each kind of news an edit can happen to."""
    return [
        _story(
            CIRCULAR,
            "Ban hành Thông tư 45/2023/TT-BTNMT về quan trắc môi trường",
            "Thông tư có hiệu lực từ ngày 15/4/2026.",
            "Bộ trưởng Nguyễn Văn An đã ký ban hành Thông tư 45/2023/TT-BTNMT quy định về quan trắc môi trường tự động."
            "\n\nThông tư gồm năm chương, áp dụng cho mọi trạm quan trắc trên cả nước, kể cả trạm do địa phương vận hành."
            "\n\n[pdf:thong-tu-45.pdf] Thông tư 45/2023/TT-BTNMT",
        ),
        _story(
            MONEY,
            "Hỗ trợ ngư dân khắc phục thiệt hại sau bão",
            "Chính phủ dành 3.500 tỷ đồng cho bốn tỉnh miền Trung.",
            "Mức hỗ trợ bằng 12,5 % giá trị thiệt hại, chi trả trước ngày 30/4/2026 cho từng hộ gia đình bị ảnh hưởng."
            "\n\nCó 1.240 hộ đã được kiểm đếm tại Quảng Ngãi và Phú Yên trong đợt khảo sát đầu tiên của đoàn công tác.",
            template="B",
        ),
        _story(
            DUTY,
            "Quy định mới về xả thải tại các khu công nghiệp",
            "Doanh nghiệp có sáu tháng để chuẩn bị.",
            "Các cơ sở phải lắp đặt thiết bị quan trắc tự động và truyền số liệu về sở tài nguyên và môi trường địa phương."
            "\n\nĐoàn kiểm tra sẽ làm việc với từng khu công nghiệp trong quý tới, bắt đầu từ các tỉnh phía Bắc.",
        ),
        _story(
            PHOTOS,
            "Khai mạc triển lãm ảnh về biển đảo Việt Nam",
            "Triển lãm kéo dài một tuần tại Hà Nội.",
            "Hơn hai trăm bức ảnh được trưng bày, phần lớn do ngư dân chụp trong những chuyến đi biển dài ngày của họ."
            "\n\n![trien-lam.jpg] Khách tham quan trong ngày khai mạc"
            "\n\n![bien-dao.jpg] Một góc phòng trưng bày",
            template="B",
        ),
        _story(
            NOTICE,
            "Thông báo",
            "Văn phòng bộ nghỉ lễ Giỗ Tổ Hùng Vương.",
            "Cơ quan nghỉ từ ngày 26/4 theo quy định chung.",
        ),
        _story(
            DAYONLY,
            "Kết quả quan trắc nước sông Hồng tháng Hai",
            "Các chỉ tiêu trong giới hạn cho phép.",
            "Nồng độ ô-xy hòa tan tại trạm Hà Nội đạt 6,1 mg/l, cao hơn cùng kỳ năm trước theo báo cáo của trung tâm."
            "\n\nTrung tâm sẽ công bố số liệu tháng Ba vào đầu tháng sau trên trang thông tin của bộ.",
            day_only=True,
        ),
        _story(
            NOTICE2,
            "Thông báo",
            "Văn phòng bộ có lịch trực mới.",
            "Lịch trực của văn phòng bộ trong tuần này được niêm yết tại cổng.",
        ),
    ]


def _story(number: int, headline: str, lede: str, text: str, **details: Any) -> Story:
    published = datetime(2026, 2, 20, 8, 15, tzinfo=ZONE) + (number - CIRCULAR) * timedelta(hours=26, minutes=7)
    if details.get("day_only"):
        published = datetime.combine(published.date(), time(9), tzinfo=ZONE)
    told = {"byline": "Minh Anh", "section": "Môi trường", "tags": ("môi trường",), **details}
    return Story(
        number=number, headline=headline, lede=lede, text=text, published=published, changed=published,
        slug=slugify(headline), **told,
    )  # fmt: skip


class Newsroom(Ministry):
    """The ministry, behind a front that may change what its website is asked and what it answers."""

    def __init__(self, *, now: Callable[[], datetime]) -> None:
        super().__init__(stories=stories(), now=now)
        self.asks: Callable[[str], str] = lambda path: path
        self.says: Callable[[str, Reply], Reply] = lambda _, reply: reply
        self._dressed: Callable[[str], str] = lambda text: text
        self.unvalidated = frozenset()

    def answer(self, path: str, headers: Mapping[str, str] | None = None, *, site: str = "http://localhost") -> Reply:
        return self.says(path, super().answer(self.asks(path), headers, site=site))

    def in_pages(self, change: Callable[[str], str]) -> None:
        """From now on, change the text of every page on its way out; no validators, for they would tell the old page's."""

        def says(_: str, reply: Reply) -> Reply:
            media = reply.headers.get("content-type", "")
            if reply.status != 200 or not media.startswith(PAGES):
                return reply
            return swapped(
                reply, headers={"content-type": media}, body=change(self._dressed(reply.body.decode())).encode()
            )

        self.says = says

    def without_numbers(self) -> None:
        """Let no address have a number in it: what many websites call an article by is only its headline."""

        def asks(path: str) -> str:
            for number, story in self._stories.items():
                if path.partition("?")[0] == f"/{story.slug}.html" and not (
                    story.headline == "Thông báo" and number == NOTICE2
                ):
                    return f"/{story.slug}-{number}.html"
            return path.replace("-thu-hai.html", f"-{NOTICE2}.html")

        def bare(text: str) -> str:
            text = text.replace(f"-{NOTICE2}.html", "-thu-hai.html")
            return re.sub(r"-\d{6}\.html", ".html", text)

        self.asks, self._dressed = asks, bare
        self.in_pages(lambda text: text)


class Elsewhere(Ministry):
    """A host the ministry has left: it sends everybody on, or knows nothing any more."""

    def __init__(self, to: str = "", *, status: int = 301, path: Callable[[str], str] = lambda path: path) -> None:
        super().__init__(stories=[])
        self.to, self.status, self.path = to, status, path

    def answer(self, path: str, headers: Mapping[str, str] | None = None, *, site: str = "http://localhost") -> Reply:
        if self.to:
            return Reply(status=self.status, headers={"location": self.to + self.path(path)})
        return Reply(status=404, headers={"content-type": "text/html"}, body=b"<h1>Not found</h1>")


class World:
    """One archive, one ministry, and a clock that only tests move."""

    def __init__(self, home: Path, look: Look, *, numbered: bool = True) -> None:
        self.now = START
        self.home, self._look = home, look
        self.ministry = Newsroom(now=lambda: self.now)
        self.numbered = numbered
        self.served: Served
        if not numbered:
            self.ministry.without_numbers()
        self.db = open_archive(home / "bantin.db")
        self.db.execute("pragma synchronous = off")
        self.names: dict[str, str] = {}
        self.visits: list[Visit] = []
        self.told: list[Change] = []
        self.ids: dict[int, str] = {}

    def follow(self, served: Served, *, public: str = PUBLIC, left: Served | None = None, **details: Any) -> None:
        """Follow the ministry at ``served``, which the world knows as ``public``; again after a source file was edited.

        The name it had so far is answered for by ``left`` then.
        """
        if left:
            self.names = {left.url: self.names[served.url]}
        self.names[served.url] = public
        source = read_source(source_toml(served.url), file="vn-thidu.toml")
        ladder, patience = TOLD
        source = replace(
            source,
            schedule=replace(source.schedule, second_looks=ladder, withdrawn_after=patience),
            limits=replace(source.limits, delay=timedelta(0), allow_private=("127.0.0.0/8",)),
            **details,
        )
        self.source: Source = self._outside(source)
        sync(self.db, [self.source], now=self.now)

    # -- what happens ------------------------------------------------------------------------------------------------

    def look(self, after: timedelta = HOUR) -> list[Change]:
        """Let time pass, then visit and record; return what changed."""
        self.now += after
        return self.record(self.visit())

    def visit(self) -> Visit:
        known = memory(self.db, self.source, now=self.now, warc=self.home / "warc")
        name = f"v{len(self.visits)}"
        visit = self._look(self._inside(self.source), self._inside(known), id=name, now=lambda: self.now)
        self.visits.append(self._outside(visit))
        return self.visits[-1]

    def record(self, visit: Visit) -> list[Change]:
        changes = record(self.db, visit, warc=self.home / "warc", authority="thidu.example", now=self.now).changes
        self.told += changes
        return list(changes)

    def settle(self) -> None:
        """Look until every page is known, then again, so that nothing is owed any more; note which id is whose."""
        self.look()
        self.look()
        self.ids = {number: self._id_of(number) for number in self.ministry._stories}
        self.told.clear()

    def wait_out(self, days: int = 32) -> list[Change]:
        """Look at everything again, as often as it takes until nothing is owed."""
        return [change for hours in (days * 24, 1, 4, 25, 80) for change in self.look(timedelta(hours=hours))]

    # -- what the archive says ---------------------------------------------------------------------------------------

    def articles(self) -> list[StoredArticle]:
        return latest(self.db, limit=1000)

    def article(self, number: int) -> StoredArticle:
        return next(stored for stored in self.articles() if stored.id == self.ids[number])

    def of(self, number: int, *, kind: str = "", cause: Cause | None = None) -> list[Change]:
        """What was told of one story."""
        return [
            change
            for change in self.told
            if change.article == self.ids[number]
            and kind in ("", change.kind)
            and (cause is None or change.cause is cause)
        ]

    def edits(self) -> list[tuple[int, tuple[str, ...]]]:
        """Every edit of the ministry's that was told: of which story, and of which classes."""
        whose = {found: number for number, found in self.ids.items()}
        return [
            (whose.get(change.article, 0), change.classes)
            for change in self.told
            if change.kind == "revised" and change.cause is Cause.MINISTRY
        ]

    def kinds(self) -> set[str]:
        return {change.kind for change in self.told if change.cause is Cause.MINISTRY}

    def feed(self) -> list[tuple[str, str]]:
        """What subscribers have: each entry's id and when it was updated, in order."""
        publish(
            self.db, [self.source], public=self.home / "public", base_url="http://localhost", title="Bản tin",
            only=None, now=self.now,
        )  # fmt: skip
        told = msgspec.json.decode((self.home / f"public/feeds/{SLUG}.json").read_bytes())
        return [(item["id"], item.get("date_modified", "")) for item in told["items"]]

    @contextmanager
    def nobody_is_woken(self) -> Iterator[None]:
        """Whatever happens inside: no new id, no doubled article, no edit, no withdrawal, and feeds as they were."""
        before = self.feed()
        yield
        assert self.kinds() <= {"moved"}, self.told
        assert {stored.id for stored in self.articles()} == set(self.ids.values())
        assert {stored.state for stored in self.articles()} == {"present"}
        assert self.feed() == before

    # -- names -------------------------------------------------------------------------------------------------------

    def _inside(self, value: T) -> T:
        return _renamed(value, [(name, local) for local, name in self.names.items()])

    def _outside(self, value: T) -> T:
        return _renamed(value, list(self.names.items()))

    def _id_of(self, number: int) -> str:
        story = self.ministry.story(number)
        found = [
            stored.id for stored in self.articles() if story.lede in f"{stored.article.lede} {stored.article.body_text}"
        ]
        assert len(found) == 1, (story.headline, [one.article.headline for one in self.articles()])
        return found[0]


def _renamed(value: T, names: list[tuple[str, str]]) -> T:
    plain = msgspec.to_builtins(value, builtin_types=(bytes, datetime, date, timedelta))
    return msgspec.convert(_translated(plain, names), type=type(value))


def _translated(value: Any, names: list[tuple[str, str]]) -> Any:
    if isinstance(value, str):
        for old, new in names:
            value = value.replace(old, new)
        return value
    if isinstance(value, list | tuple):
        return [_translated(one, names) for one in value]
    if isinstance(value, dict):
        return {key: _translated(one, names) for key, one in value.items()}
    return value
