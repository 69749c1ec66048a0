"""``bantin demo``: the real daemon against the make-believe ministry, told in plain sentences."""

from __future__ import annotations

import difflib
import re
import shlex
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from demo.daemon import Daemon, DisappointedError, free_address, running
from demo.home import HomeTakenError, choose, furnish
from demo.ministry import Ministry
from demo.server import Served, serve
from demo.source import SLUG

DONE, FAILURE, REFUSED, INTERRUPTED = 0, 1, 4, 130
_PATIENCE = 20.0
"""Seconds any one thing may take; the whole show must stay under a minute."""
_EDITED, _OLD, _NEW = 400006, "54%", "57%"
_WITHDRAWN = 400009

Say = Callable[[str], None]


def show(home: Path, *, keep: bool, say: Say, listen: str) -> int:
    """Run the show and return an exit code: 0 shown, 1 something failed, 4 the home is taken, 130 interrupted."""
    home = choose(home)
    try:
        with _interruptible(), serve(Ministry(), control=True) as served:
            listen = free_address(listen)
            furnish(home, ministry=served.url, listen=listen)
            say(f"A make-believe ministry is on the air at {served.url}/ with {len(served.ministry.stories)} articles.")
            with running(home, listen=listen) as daemon:
                code = _told(_Show(served, daemon, say), keep=keep)
            if keep and code == DONE:
                say("Stopped; everything the demo started has ended.")
            return code
    except HomeTakenError as error:
        say(str(error))
        return REFUSED
    except DisappointedError as error:
        say(str(error))
        return FAILURE
    except KeyboardInterrupt:
        say("Interrupted; everything the demo started has ended.")
        return INTERRUPTED


def _told(play: _Show, *, keep: bool) -> int:
    try:
        play.run()
    except DisappointedError as error:
        play.say(f"{error}\nThe daemon's last words (all of them: {play.daemon.log}):\n{play.daemon.complaint()}")
        return FAILURE
    play.summary(keep=keep)
    if keep:
        _wait_for_interrupt()
    return DONE


def _wait_for_interrupt() -> None:
    with suppress(KeyboardInterrupt):
        threading.Event().wait()


class _Show:
    def __init__(self, served: Served, daemon: Daemon, say: Say) -> None:
        self.ministry, self.site, self.daemon, self.say = served.ministry, served, daemon, say
        self.started = time.monotonic()

    def run(self) -> None:
        self.say(f"The daemon (process {self.daemon.pid}) follows it in {self.daemon.home}.")
        self._found()
        self._published()
        self._edited_and_withdrawn()
        self._survived()

    def _found(self) -> None:
        wanted = len(self.ministry.stories)
        begun = time.monotonic()
        items = self._wait(lambda: _when(self._items(), lambda items: len(items) >= wanted), what=f"{wanted} articles")
        self.say(f"Found {len(items)} articles in {_since(begun)}; the newest is “{items[0]['title']}”.")

    def _published(self) -> None:
        begun = time.monotonic()
        story = self.ministry.publish()
        self.say(f"The ministry publishes “{story.headline}”.")
        self._wait(lambda: self._titled(story.headline), what="the new article in the feed")
        self.say(f"  It is in the feeds after {_since(begun)}.")

    def _edited_and_withdrawn(self) -> None:
        """Both at once: they are found by second looks, which take their time."""
        before = self._titled(self.ministry.story(_EDITED).headline)
        begun = time.monotonic()
        story = self.ministry.edit(_EDITED, old=_OLD, new=_NEW)
        gone = self.ministry.withdraw(_WITHDRAWN)
        self.say(f"It rewrites an article, and takes “{gone.headline}” off its website; it announces neither.")
        after = self._wait(lambda: self._titled(story.headline), what="the rewritten article in the feed")
        self.say(f"  The rewrite is found after {_since(begun)}, under the same id, the earlier wording kept:")
        for sign, words in _differences(before, after):
            self.say(f"    {sign} {words}")
        self._wait(lambda: self._state(gone.number, "withdrawn"), what="the withdrawal to be noticed")
        self.say(f"  The withdrawal is certain after {_since(begun)} and several looks; the archive keeps the text.")

    def _survived(self) -> None:
        feed = self.daemon.home / "public" / "feeds" / f"{SLUG}.atom"
        before, begun = feed.read_bytes(), time.monotonic()
        self.ministry.block()
        self.say("The ministry's firewall locks everybody out.")
        state = self._wait(lambda: self._status(fine=False), what="the block to be noticed")
        self.say(f"  Noticed after {_since(begun)}; the source is “{state['state']}”: {_first_line(state['why'])}")
        status, size = self.daemon.fetch(f"/feeds/{SLUG}.atom")
        same = "unchanged" if feed.read_bytes() == before else "changed"
        self.say(f"  Readers still get the last good feed ({size:,} bytes, HTTP {status}, {same}).")
        begun = time.monotonic()
        self.ministry.restore()
        self._wait(lambda: self._status(fine=True), what="the source to be fine again")
        self.say(f"The firewall opens, and the source is fine again after {_since(begun)}.")

    def summary(self, *, keep: bool) -> None:
        home, url = self.daemon.home, self.daemon.url
        self.say(f"\nAll of that took {time.monotonic() - self.started:.0f} s.")
        self.say(f"Feeds       {home}/public/feeds/{SLUG}.atom · .rss · .json")
        self.say(f"Archive     {home}/bantin.db")
        bantin, sqlite_utils = _program("bantin"), _program("sqlite-utils")
        at = f"{bantin} --home {shlex.quote(str(home))}"
        if keep:
            self.say(f"Pages       {url}/")
            self.say(f"Ministry    {self.site.url}/ (curl {self.site.url}/__demo/publish)")
            self.say("It stays up until Ctrl-C. Meanwhile, in another terminal:")
        else:
            self.say(f"Pages       only while it runs: {bantin} demo --keep")
            self.say("Try next:")
        self.say(f"  {at} items --last 5")
        self.say(f"  {at} search 'da dang sinh hoc'")
        self.say(
            f"  {sqlite_utils} query {shlex.quote(str(home / 'bantin.db'))}"
            ' "select headline, published_local from items_view limit 5" --table'
        )
        self.say(f"  {bantin} sources list --available     # real ministries to follow")

    def _wait(self, look: Callable[[], Any], *, what: str) -> Any:
        return self.daemon.wait_for(look, what=what, seconds=_PATIENCE)

    def _items(self) -> list[dict[str, Any]]:
        return list((self.daemon.feed(SLUG) or {}).get("items", []))

    def _titled(self, title: str) -> dict[str, Any] | None:
        return next((item for item in self._items() if item.get("title") == title), None)

    def _state(self, number: int, state: str) -> bool | None:
        """True when the archive says ``state`` of the story; asked by the address it had."""
        rows = self.daemon.ask("items", "--source", SLUG, "--last", "100") or []
        return any(f"-{number}." in row["url"] and row["state"] == state for row in rows) or None

    def _status(self, *, fine: bool) -> dict[str, Any] | None:
        rows = self.daemon.ask("status") or []
        return next((row for row in rows if row["source"] == SLUG and (row["state"] == "fine") is fine), None)


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let SIGTERM end the show as Ctrl-C does, so that nothing it started outlives it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _program(name: str) -> str:
    """What to type to run a program that is installed along with this one, whether or not it is on the PATH."""
    return name if shutil.which(name) else shlex.quote(str(Path(sys.executable).with_name(name)))


def _when(items: list[dict[str, Any]], enough: Callable[[list[dict[str, Any]]], bool]) -> list[dict[str, Any]] | None:
    return items if enough(items) else None


def _since(begun: float) -> str:
    return f"{time.monotonic() - begun:.1f} s"


def _first_line(text: str) -> str:
    return text.splitlines()[0] if text else "it does not say why"


def _differences(before: dict[str, Any] | None, after: dict[str, Any]) -> list[tuple[str, str]]:
    """The places where two titles differ, with the words around them: ("old", …), ("new", …)."""
    old, new = str((before or {}).get("title", "")).split(), str(after["title"]).split()
    told = []
    for kind, a, b, c, d in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind != "equal":
            told += [("old:", _around(old, a, b)), ("new:", _around(new, c, d))]
    return told


def _around(words: list[str], start: int, end: int) -> str:
    first, last = max(0, start - 4), end + 3
    text = " ".join([*words[first:start], "[", *words[start:end], "]", *words[end:last]])
    text = re.sub(r"\[ (.*) \]", r"[\1]", text)
    return f"{'… ' if first else ''}{text}{' …' if last < len(words) else ''}"
