"""The real daemon as a process of its own, looked at only through what it promises: its command, feeds and pages."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
_ROOT = Path(__file__).parents[1]
_GRACE = 30


class DisappointedError(Exception):
    """Something that should have happened did not; the message says what was waited for."""


class Daemon:
    """``bantin run`` on a home."""

    def __init__(self, home: Path, *, listen: str) -> None:
        self.home, self.url = home, f"http://{listen}"
        self.log = home / "daemon.log"
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [*_bantin(home), "run", "--listen", listen],
                env=_environment(),
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                # Ctrl-C in the terminal is for the show; it ends the daemon in its own time.
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    def wait_for(self, look: Callable[[], T | None], *, what: str, seconds: float) -> T:
        """Look until something is there; raise DisappointedError when the time is up or the daemon has ended."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self._process.poll() is not None:
                raise DisappointedError(
                    f"The daemon ended by itself (exit code {self._process.returncode}) before {what}."
                )
            if (found := look()) is not None:
                return found
            time.sleep(0.1)
        raise DisappointedError(f"Waited {seconds:.0f} s in vain for {what}.")

    def feed(self, slug: str) -> dict[str, Any] | None:
        """The JSON feed as it lies on disk; None before there is one."""
        try:
            found = json.loads((self.home / "public" / "feeds" / f"{slug}.json").read_bytes())
        except FileNotFoundError:
            return None
        return dict(found)

    def ask(self, *arguments: str) -> Any:
        """Return what ``bantin … --json`` prints; None when it has nothing to say yet."""
        done = subprocess.run(
            [*_bantin(self.home), *arguments, "--json"],
            env=_environment(),
            capture_output=True,
            timeout=20,
            check=False,
        )
        return json.loads(done.stdout) if done.stdout.strip() else None

    def fetch(self, path: str) -> tuple[int, int]:
        """Ask over HTTP; return status and size of the answer, (0, 0) when nobody answers."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=5) as reply:
                return reply.status, len(reply.read())
        except urllib.error.HTTPError as error:
            return error.code, 0
        except OSError:
            return 0, 0

    def complaint(self) -> str:
        """The last lines the daemon logged, for when something went wrong."""
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-12:])

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        try:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_GRACE)
        finally:  # however impatient the person at the keyboard is
            self._process.kill()
            self._process.wait()


@contextmanager
def running(home: Path, *, listen: str) -> Iterator[Daemon]:
    daemon = Daemon(home, listen=listen)
    try:
        yield daemon
    finally:
        daemon.stop()


def free_address(listen: str) -> str:
    """Return ``listen``, with a free port in place of 0 or of one that is taken."""
    host, _, port = listen.rpartition(":")
    for wanted in (int(port), 0):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):
                probe.bind((host.strip("[]"), wanted))
                return f"{host}:{probe.getsockname()[1]}"
    raise DisappointedError(f"There is no free port at {host}.")


def _bantin(home: Path) -> list[str]:
    return [sys.executable, "-P", "-m", "cli", "--home", str(home)]


def _environment() -> dict[str, str]:
    """Our own environment, in which our modules are found from any folder, and before others of their names."""
    paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUNBUFFERED": "1"}
