"""Puts the make-believe ministry on loopback, for the demo, the tests and anyone who wants to look at it."""

from __future__ import annotations

import argparse
import json
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from demo.ministry import Ministry, Reply
from demo.texts import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request, and how it was answered."""

    at: float
    """Seconds since 1970, when the request came in."""
    method: str
    path: str
    """With the query, if there was one."""
    headers: Mapping[str, str]
    """Names in lower case."""
    status: int
    """0 when the ministry hung or closed the connection."""


class Served:
    """A ministry on the air."""

    def __init__(self, ministry: Ministry, *, host: str, port: int, control: bool) -> None:
        if not host.startswith("127."):
            raise ValueError(f"the make-believe ministry answers on loopback only, not on {host}")
        self.ministry = ministry
        self.control = control
        self._log: list[Asked] = []
        self.closing = threading.Event()
        self._server = _Server((host, port), self)
        self.host, self.port = host, self._server.server_address[1]
        self.url = f"http://{host}:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def log(self) -> list[Asked]:
        """Every request so far, in the order of the answers."""
        return list(self._log)

    def asked(self, prefix: str) -> list[Asked]:
        """The requests whose path begins with ``prefix``."""
        return [request for request in self.log if request.path.startswith(prefix)]

    def forget(self) -> None:
        """Empty the log."""
        self._log.clear()

    def note(self, request: Asked) -> None:
        self._log.append(request)

    def open(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join()


@contextmanager
def serve(ministry: Ministry, host: str = "127.0.0.1", port: int = 0, *, control: bool = False) -> Iterator[Served]:
    """Serve ``ministry`` while the block runs; port 0 takes a free one. ``control`` opens ``/__demo/``."""
    served = Served(ministry, host=host, port=port, control=control)
    served.open()
    try:
        yield served
    finally:
        served.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # so that server_close() waits for them
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], served: Served) -> None:
        self.served = served
        self._open: set[socket.socket] = set()
        super().__init__(address, _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End kept-alive connections, so that no thread waits for another request."""
        for connection in list(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:  # the other side was faster
                continue

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are part of the play; anything else is a mistake of ours."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "onecms"
    sys_version = ""
    wbufsize = 65536
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, *_: Any) -> None:
        """The log is kept for assertions, not printed."""

    def _answer(self) -> None:
        served, at = self.server.served, time.time()
        self.rfile.read(int(self.headers.get("content-length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        if served.control and self.path.startswith("/__demo/"):
            return self._send(_command(served, self.path))
        reply = served.ministry.answer(self.path, headers, site=f"http://{headers.get('host', served.url[7:])}")
        asked = Asked(at=at, method=self.command, path=self.path, headers=headers, status=reply.status)
        served.note(asked)
        return self._send(reply)

    def _send(self, reply: Reply) -> None:
        if reply.wait or reply.manner == "hang":
            self.server.served.closing.wait(reply.wait or None)
        if reply.manner in ("drop", "hang"):
            self.close_connection = True
            return
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.status != 304:
            self.send_header("content-length", str(len(reply.body)))
        self.end_headers()
        if self.command != "HEAD":
            self._write(reply)

    def _write(self, reply: Reply) -> None:
        half = reply.manner == "truncate"
        self.close_connection = self.close_connection or half
        self.wfile.write(reply.body[: len(reply.body) // 2] if half else reply.body)


def _command(served: Served, path: str) -> Reply:
    """Do what ``/__demo/<command>?name=value`` asks and tell the outcome as JSON."""
    parts = urlsplit(path)
    name, values = parts.path.removeprefix("/__demo/"), dict(parse_qsl(parts.query, keep_blank_values=True))
    command = _COMMANDS.get(name)
    if command is None:
        return _json({"error": f"no command {name!r}; there are: {', '.join(sorted(_COMMANDS))}"}, status=404)
    try:
        return _json({"done": name, "result": command(served, values)})
    except (KeyError, TypeError, ValueError) as error:
        return _json({"error": f"{name}: {error}"}, status=400)


def _json(data: dict[str, Any], *, status: int = 200) -> Reply:
    body = json.dumps(data, ensure_ascii=False, default=str).encode()
    return Reply(status=status, headers={"content-type": "application/json"}, body=body)


def _told(story: Story, served: Served) -> dict[str, Any]:
    return {**asdict(story), "url": served.ministry.address(story.number, served.url)}


def _typed(values: dict[str, str]) -> dict[str, Any]:
    """Command parameters as the ministry's methods take them."""
    kinds: dict[str, Callable[[str], Any]] = {
        "times": int,
        "status": int,
        "seconds": float,
        "addresses": _yes,
        "redirects": _yes,
    }
    return {name: kinds.get(name, str)(value) for name, value in values.items() if name != "number"}


def _yes(value: str) -> bool:
    return value.lower() in ("1", "yes", "true", "on")


def _about(method: str) -> Callable[[Served, dict[str, str]], Any]:
    def run(served: Served, values: dict[str, str]) -> Any:
        story = getattr(served.ministry, method)(int(values["number"]), **_typed(values))
        return _told(story, served)

    return run


def _plain(method: str) -> Callable[[Served, dict[str, str]], Any]:
    def run(served: Served, values: dict[str, str]) -> Any:
        result = getattr(served.ministry, method)(**_typed(values))
        return _told(result, served) if isinstance(result, Story) else result

    return run


_COMMANDS: dict[str, Callable[[Served, dict[str, str]], Any]] = {
    **{name: _about(name) for name in ("edit", "withdraw", "republish", "move")},
    **{
        name: _plain(name)
        for name in (
            "publish",
            "relaunch",
            "block",
            "fail",
            "outage",
            "hang",
            "stall",
            "truncate",
            "lie_about_encoding",
            "restore",
            "swap",
        )
    },
    "flood": lambda served, values: len(served.ministry.flood(int(values["count"]))),
    "stories": lambda served, _: [_told(story, served) for story in served.ministry.stories],
    "log": lambda served, _: [asdict(request) for request in served.log],
    "forget": lambda served, _: served.forget(),
}


def main(arguments: list[str] | None = None) -> int:
    """Serve a ministry until interrupted, with the control endpoint open."""
    parser = argparse.ArgumentParser(prog="python -m demo.server", description="A make-believe ministry on loopback.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    options = parser.parse_args(arguments)
    try:
        with serve(Ministry(), options.host, options.port, control=True) as served:
            print(f"{served.url}/ is on the air; commands at {served.url}/__demo/<command>", flush=True)
            threading.Event().wait()
    except KeyboardInterrupt:
        print("off the air", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
