"""A make-believe ministry on OneCMS: what it publishes, how it misbehaves, and what it answers to a request.

It knows no sockets: tests ask it directly, ``demo.server`` puts it on loopback.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from threading import RLock
from typing import Any, Literal

from demo.routes import ARTICLE, Page, find
from demo.texts import FIRST_NUMBER, ZONE, Story, backlog, bulletin, coming, slugify
from demo.website import Website, american

SECTIONS = (
    "Ngành TN&MT",
    "Môi trường",
    "Khí hậu",
    "Tài nguyên nước",
    "Đất đai",
    "Biển và hải đảo",
    "Đa dạng sinh học",
    "Văn bản mới",
)
Kind = Literal["waf", "captcha", "status", "drop", "hang", "stall", "truncate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One way the website misbehaves, until it is restored."""

    kind: Kind
    status: int = 200
    seconds: float = 0.0
    retry_after: str = ""
    only: str = ""
    """Regular expression; paths in which it is not found are answered as usual."""
    left: int | None = None
    """How many more requests suffer; None is all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the server shall send, and how."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    manner: Literal["whole", "drop", "hang", "truncate"] = "whole"
    wait: float = 0.0
    """Seconds before the first byte."""


class Ministry:
    """The ministry's newsroom and its website; every method may be called from any thread."""

    def __init__(
        self, *, stories: list[Story] | None = None, now: Callable[[], datetime] = lambda: datetime.now(ZONE)
    ) -> None:
        self._lock = RLock()
        self._now = now
        self._stories = {story.number: story for story in (backlog() if stories is None else stories)}
        self._gone: dict[int, int] = {}
        self._editions: dict[str, int] = {}
        self._faults: list[Fault] = []
        self._relaunched = self._new_addresses = self._old_addresses_dead = False
        self._declared, self._written = "utf-8", "utf-8"
        self._published = self._served = 0
        self._changed = max((story.changed for story in self._stories.values()), default=now())
        self._pages: dict[tuple[str, str], Page | None] = {}
        self._websites: dict[str, Website] = {}
        self.unvalidated: frozenset[int] = frozenset(number for number in self._stories if number % 5 == 0)
        """Articles served without ETag and Last-Modified, as many websites do."""

    # --- the newsroom -------------------------------------------------------------------------------------

    @property
    def stories(self) -> list[Story]:
        """What is on the website, newest first."""
        with self._lock:
            shown = [story for number, story in self._stories.items() if number not in self._gone]
            return sorted(shown, key=lambda story: (story.published, story.number), reverse=True)

    def story(self, number: int) -> Story:
        return self._stories[number]

    def address(self, number: int, site: str = "http://localhost") -> str:
        """Where the story is now."""
        with self._lock:
            return self._website(site).address(self._stories[number])

    def publish(self, story: Story | None = None, **fields: Any) -> Story:
        """Put ``story`` on the website, or the next prepared one with ``fields`` changed."""
        with self._lock:
            if story is None:
                number = max(self._stories, default=FIRST_NUMBER - 1) + 1
                moment = self._now().replace(microsecond=0)
                story = replace(coming(self._published, number=number, published=moment), changed=moment, **fields)
                if "headline" in fields and "slug" not in fields:
                    story = replace(story, slug=slugify(story.headline))
                self._published += 1
            self._stories[story.number] = story
            self._touch()
            return story

    def flood(self, count: int) -> list[Story]:
        """Publish ``count`` routine bulletins at once."""
        with self._lock:
            first, moment = max(self._stories, default=FIRST_NUMBER - 1) + 1, self._now().replace(microsecond=0)
            return [self.publish(bulletin(number, published=moment)) for number in range(first, first + count)]

    def edit(self, number: int, *, old: str = "", new: str = "", **fields: Any) -> Story:
        """Replace the words ``old`` by ``new`` wherever the story has them, and whole ``fields`` if given."""
        with self._lock:
            before = self._stories[number]
            words = {name: getattr(before, name).replace(old, new) for name in ("headline", "lede", "text") if old}
            after = replace(before, **{**words, **fields})
            if after == before:
                raise ValueError(f"article {number} would not change: it does not say {old!r}")
            self._stories[number] = replace(after, changed=self._now())
            self._touch()
            return self._stories[number]

    def withdraw(self, number: int, *, status: int = 404) -> Story:
        """Take the story off the website; its page answers ``status`` from now on.

        404 or 410; 200 with words of regret, as do all addresses the website does not know; 302 to its front page.
        """
        with self._lock:
            story = self._stories[number]
            self._gone[number] = status
            self._touch()
            return story

    def republish(self, number: int) -> Story:
        """Put a withdrawn story back where it was."""
        with self._lock:
            del self._gone[number]
            self._touch()
            return self._stories[number]

    def move(self, number: int, slug: str) -> Story:
        """Give the story another address; the old one answers 301."""
        with self._lock:
            self._stories[number] = replace(self._stories[number], slug=slugify(slug))
            self._touch()
            return self._stories[number]

    def swap(self, name: str) -> None:
        """Put another paper under the name of one that is linked, and say nothing of it."""
        with self._lock:
            self._editions[name] = self._editions.get(name, 1) + 1
            # The pages that link to it stay as they are, and so do their validators.
            self._pages.clear()
            self._websites.clear()

    def relaunch(self, *, addresses: bool = False, redirects: bool = True) -> None:
        """Change the markup so that no selector matches; with ``addresses`` the address scheme too."""
        with self._lock:
            self._relaunched, self._new_addresses = True, addresses
            self._old_addresses_dead = addresses and not redirects
            self._touch()

    # --- the weather --------------------------------------------------------------------------------------

    def block(self, kind: Literal["waf", "captcha"] = "waf", *, only: str = "", times: int | None = None) -> None:
        """Answer as a firewall does: 403, or a page of 200 that asks to prove one is human."""
        self._suffer(Fault(kind=kind, status=403 if kind == "waf" else 200, only=only, left=times))

    def fail(self, status: int = 503, *, retry_after: str = "", only: str = "", times: int | None = None) -> None:
        self._suffer(Fault(kind="status", status=status, retry_after=retry_after, only=only, left=times))

    def outage(self, *, only: str = "", times: int | None = None) -> None:
        """Close every connection without a word."""
        self._suffer(Fault(kind="drop", only=only, left=times))

    def hang(self, *, only: str = "", times: int | None = None) -> None:
        """Accept requests and never answer."""
        self._suffer(Fault(kind="hang", only=only, left=times))

    def stall(self, seconds: float, *, only: str = "", times: int | None = None) -> None:
        """Answer rightly, but late."""
        self._suffer(Fault(kind="stall", seconds=seconds, only=only, left=times))

    def truncate(self, *, only: str = "", times: int | None = None) -> None:
        """Send half of what Content-Length promises."""
        self._suffer(Fault(kind="truncate", only=only, left=times))

    def lie_about_encoding(self, declared: str = "windows-1252", *, written: str = "utf-8") -> None:
        """Declare ``declared`` in header and page, but write ``written``."""
        with self._lock:
            self._declared, self._written = declared, written
            self._touch()

    def restore(self) -> None:
        """End every fault, lie and relaunch; the stories stay as they are."""
        with self._lock:
            self._faults.clear()
            self._relaunched = self._new_addresses = self._old_addresses_dead = False
            self._declared = self._written = "utf-8"
            self._touch()

    def _suffer(self, fault: Fault) -> None:
        with self._lock:
            self._faults.append(fault)

    def _touch(self) -> None:
        self._changed = self._now()
        self._pages.clear()
        self._websites.clear()

    # --- the website --------------------------------------------------------------------------------------

    def answer(self, path: str, headers: Mapping[str, str] | None = None, *, site: str = "http://localhost") -> Reply:
        """Return what the website says to a GET of ``path``; ``headers`` have lower-case names."""
        with self._lock:
            self._served += 1
            fault = self._fault(path)
            if fault and fault.kind in ("waf", "captcha", "status", "drop", "hang"):
                return self._misbehave(fault, site)
            reply = self._honest(path.partition("?")[0], headers or {}, site)
        if fault and fault.kind == "truncate":
            return replace(reply, manner="truncate")
        return replace(reply, wait=fault.seconds) if fault else reply

    def _fault(self, path: str) -> Fault | None:
        """The newest fault that concerns ``path``; one request of it is used up."""
        for place in reversed(range(len(self._faults))):
            fault = self._faults[place]
            if fault.left == 0 or not re.search(fault.only, path):
                continue
            if fault.left is not None:
                self._faults[place] = replace(fault, left=fault.left - 1)
            return fault
        return None

    def _misbehave(self, fault: Fault, site: str) -> Reply:
        if fault.kind == "drop" or fault.kind == "hang":
            return Reply(status=0, manner=fault.kind)
        headers = {"retry-after": fault.retry_after} if fault.retry_after else {}
        return self._notice(fault.status, *_notices(fault), site=site, headers=headers)

    def _honest(self, path: str, headers: Mapping[str, str], site: str) -> Reply:
        if to := self._elsewhere(path, site):
            return Reply(status=301, headers={"location": to})
        page = self._page(path, site)
        if page is None:
            return self._absent(self._gone.get(_number(path), 404), site)
        known = {} if _number(path) in self.unvalidated else _validators(page)
        if known and _unchanged(headers, page):
            return Reply(status=304, headers=known)
        return Reply(status=200, headers={"content-type": self._type(page), **known}, body=self._bytes(page))

    def _absent(self, status: int, site: str) -> Reply:
        if 200 in self._gone.values():
            return self._notice(200, "Báo Thí dụ", "Nội dung bạn cần hiện chưa sẵn sàng.", site=site)
        if status == 302:
            return Reply(status=302, headers={"location": f"{site}/"})
        return self._notice(status, "Không tìm thấy trang", "Đường dẫn không tồn tại.", site=site)

    def _notice(
        self, status: int, title: str, text: str, *, site: str, headers: Mapping[str, str] | None = None
    ) -> Reply:
        body = self._website(site).notice(title, text).encode()
        return Reply(status=status, headers={"content-type": "text/html; charset=utf-8", **(headers or {})}, body=body)

    def _type(self, page: Page) -> str:
        return page.media if page.payload else f"{page.media}; charset={self._declared}"

    def _bytes(self, page: Page) -> bytes:
        """Encode a page, and fill in what differs on every fetch, as real pages do."""
        text = page.text
        noise = {
            "@@NOW@@": american(self._now()),
            "@@VIEWS@@": f"{12_345 + self._served:,}",
            "@@NOISE@@": f"{self._served:08x}",
        }
        for sign, words in noise.items():
            text = text.replace(sign, words)
        if page.media.endswith("xml"):
            text = text.replace('encoding="utf-8"', f'encoding="{self._declared}"', 1)
        return page.payload or text.encode(self._written, errors="xmlcharrefreplace")

    def _elsewhere(self, path: str, site: str) -> str:
        """Where a story asked for by a former address is now; "" when the address is right, or nobody's."""
        number = _number(path)
        if number not in self._stories or number in self._gone or self._old_addresses_dead:
            return ""
        website = self._website(site)
        right = website.path(self._stories[number])
        return "" if path == right else site + right

    def _website(self, site: str) -> Website:
        if site not in self._websites:
            self._websites[site] = Website(
                site=site,
                stories=self.stories,
                sections=SECTIONS,
                relaunched=self._relaunched,
                new_addresses=self._new_addresses,
                charset=self._declared,
                editions=dict(self._editions),
            )
        return self._websites[site]

    def _page(self, path: str, site: str) -> Page | None:
        if (path, site) not in self._pages:
            self._pages[path, site] = find(path, self._website(site), changed=self._changed)
        return self._pages[path, site]


def _notices(fault: Fault) -> tuple[str, str]:
    if fault.kind == "waf":
        return "Access Denied", "Request blocked by the web application firewall. Reference: 18.9af1."
    if fault.kind == "captcha":
        return "Just a moment...", "Verify you are human by completing the captcha below."
    return f"Error {fault.status}", "The server is having a bad day."


def _number(path: str) -> int:
    """The article's number in an address of the old or the new scheme; 0 in any other."""
    match = ARTICLE.fullmatch(path)
    return int(match["new"] or match["old"]) if match else 0


def _validators(page: Page) -> dict[str, str]:
    headers = {"etag": page.etag} if page.etag else {}
    if page.changed:
        headers["last-modified"] = format_datetime(page.changed.astimezone(UTC), usegmt=True)
    return headers


def _unchanged(headers: Mapping[str, str], page: Page) -> bool:
    if "if-none-match" in headers:
        return page.etag in headers["if-none-match"]
    if "if-modified-since" not in headers or page.changed is None:
        return False
    try:
        return page.changed.replace(microsecond=0) <= parsedate_to_datetime(headers["if-modified-since"])
    except (TypeError, ValueError):
        return False
