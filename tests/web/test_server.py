"""The server inside somebody else's event loop: it begins, gives way, and leaves signals alone."""

import asyncio
import signal
import socket
import time

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from tests.web.making import on_air, raw
from web import server
from web.server import serve


async def hello(request: Request) -> Response:
    return PlainTextResponse("hello")


APP = Starlette(routes=[Route("/", hello)])


def test_it_stops_when_told_and_leaves_the_signals_alone() -> None:
    urls: list[str] = []

    async def main() -> None:
        before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
        stop = asyncio.Event()
        serving = asyncio.create_task(serve(APP, host="127.0.0.1", port=0, stop=stop, ready=urls.append))
        while not urls:
            await asyncio.sleep(0)
        assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == before
        stop.set()
        await serving

    asyncio.run(main())

    assert urls[0].startswith("http://127.0.0.1:")


def test_it_stops_when_cancelled_and_frees_the_port() -> None:
    async def main() -> int:
        urls: list[str] = []
        serving = asyncio.create_task(serve(APP, host="127.0.0.1", port=0, ready=urls.append))
        while not urls:
            await asyncio.sleep(0)
        serving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await serving
        return int(urls[0].rstrip("/").rsplit(":", 1)[1])

    port = asyncio.run(main())

    with socket.create_server(("127.0.0.1", port)):
        pass


def test_a_taken_port_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(OSError, match="in use") as caught:
            asyncio.run(serve(APP, host="127.0.0.1", port=port))

    assert caught.value.filename == f"127.0.0.1:{port}"


def test_it_listens_on_ipv6_too() -> None:
    urls: list[str] = []

    async def main() -> None:
        stop = asyncio.Event()
        stop.set()
        await serve(APP, host="::1", port=0, stop=stop, ready=urls.append)

    try:
        asyncio.run(main())
    except OSError:
        pytest.skip("this machine has no IPv6")
    assert urls[0].startswith("http://[::1]:")


def test_a_client_that_never_finishes_its_request_is_hung_up_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "HEADER_SECONDS", 0.2)

    with on_air(APP) as port:
        assert raw(port, b"GET / HTTP/1.1\r\nHost: x\r\nSlow: ") == b""


def test_a_head_too_long_is_refused() -> None:
    with on_air(APP) as port:
        answer = raw(port, b"GET / HTTP/1.1\r\nHost: x\r\nLong: " + b"x" * 20_000)

    assert answer.startswith(b"HTTP/1.1 400 ")


def test_a_request_to_the_end_is_answered_and_the_connection_closed() -> None:
    with on_air(APP) as port:
        answer = raw(port, b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")

    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert b"\r\nserver:" not in answer.lower()
    assert answer.endswith(b"hello")


def test_head_and_body_do_not_wait_for_each_other() -> None:
    with on_air(APP) as port, socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        seconds = []
        for _ in range(21):
            begun = time.perf_counter()
            connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            answer = b""
            while not answer.endswith(b"hello"):
                answer += connection.recv(4096)
            seconds.append(time.perf_counter() - begun)

    # With Nagle's algorithm nearly every answer takes the 40 ms after which the client acknowledges the head.
    assert sorted(seconds)[10] < 0.03
