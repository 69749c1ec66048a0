"""The make-believe ministry over real sockets."""

import http.client
import json
import signal
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from demo.files import paper, picture
from demo.ministry import Ministry
from demo.routes import NEWEST
from demo.server import Served, main, serve
from demo.source import source_toml

ROOT = Path(__file__).parents[2]


@pytest.fixture
def served() -> Iterator[Served]:
    with serve(Ministry(), control=True) as served:
        yield served


def ask(served: Served, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(served.host, served.port, timeout=5)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        reply = connection.getresponse()
        return reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read()
    finally:
        connection.close()


def command(served: Served, path: str) -> Any:
    return json.loads(ask(served, f"/__demo/{path}")[2])


def test_pages_files_and_head_come_over_http(served: Served) -> None:
    status, headers, body = ask(served, NEWEST)
    head = ask(served, NEWEST, "HEAD")

    assert status == 200
    assert int(headers["content-length"]) == len(body)
    assert served.url.encode() in body
    assert head[0] == 200
    assert head[2] == b""
    assert ask(served, "/robots.txt", "POST")[0] == 200


def test_one_connection_serves_many_requests_and_304_has_no_body(served: Served) -> None:
    connection = http.client.HTTPConnection(served.host, served.port, timeout=5)
    connection.request("GET", NEWEST)
    reply = connection.getresponse()
    reply.read()
    etag = reply.headers["etag"]
    assert etag

    connection.request("GET", NEWEST, headers={"If-None-Match": etag})
    second = connection.getresponse()

    assert (second.status, second.read()) == (304, b"")
    connection.close()


def test_requests_are_kept_for_assertions(served: Served) -> None:
    ask(served, f"{NEWEST}?x=1", user_agent="Bantin/test")

    asked = served.asked(NEWEST)
    assert [(one.method, one.path, one.status) for one in asked] == [("GET", f"{NEWEST}?x=1", 200)]
    assert asked[0].headers["user-agent"] == "Bantin/test"
    served.forget()
    assert served.log == []


@pytest.mark.parametrize("fault", ["outage", "truncate"])
def test_a_broken_connection_reaches_the_client(served: Served, fault: str) -> None:
    command(served, fault)

    with pytest.raises((http.client.IncompleteRead, http.client.RemoteDisconnected, ConnectionResetError)):
        ask(served, NEWEST)


def test_a_hanging_answer_ends_with_the_server() -> None:
    ended: list[str] = []

    def wait(served: Served) -> None:
        try:
            ask(served, NEWEST)
        except (http.client.HTTPException, OSError) as error:
            ended.append(type(error).__name__)

    with serve(Ministry()) as served:
        served.ministry.hang()
        client = threading.Thread(target=wait, args=(served,))
        client.start()
        while not served.log:
            client.join(0.01)
    client.join(5)

    assert len(ended) == 1


def test_a_stalled_answer_comes_late_but_right(served: Served) -> None:
    command(served, "stall?seconds=0.05")

    assert ask(served, NEWEST)[0] == 200


def test_another_process_can_command_it(served: Served) -> None:
    story = command(served, "publish")["result"]
    command(served, f"edit?number={story['number']}&old=214&new=215")
    moved = command(served, f"move?number={story['number']}&slug=noi-khac")["result"]
    stories = command(served, "stories")["result"]
    command(served, "fail?status=500&times=1&only=^/rss")
    command(served, "relaunch?addresses=yes&redirects=no")
    command(served, "forget")

    assert moved["url"].endswith(f"/noi-khac-{story['number']}.html")
    assert "215 trang" in stories[0]["text"]
    assert ask(served, "/rss/home.rss")[0] == 500
    assert [one["path"] for one in command(served, "log")["result"]] == ["/rss/home.rss"]
    assert command(served, "flood?count=2")["result"] == 2


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("explode", "no command 'explode'"),
        ("withdraw", "withdraw: 'number'"),
        ("withdraw?number=1", "withdraw: 1"),
        ("stall?seconds=soon", "stall: could not convert"),
        ("block?colour=red", "block: "),
    ],
)
def test_a_wrong_command_is_explained(served: Served, path: str, words: str) -> None:
    assert words in command(served, path)["error"]


def test_without_control_there_is_no_command() -> None:
    with serve(Ministry()) as served:
        assert ask(served, "/__demo/publish")[0] == 404
        assert len(served.ministry.stories) == 25


def test_it_answers_on_loopback_only() -> None:
    with pytest.raises(ValueError, match="loopback only"), serve(Ministry(), host="0.0.0.0"):
        pass


def test_a_client_that_hangs_up_is_no_error(served: Served, capfd: pytest.CaptureFixture[str]) -> None:
    connection = http.client.HTTPConnection(served.host, served.port, timeout=5)
    connection.request("GET", NEWEST)
    connection.close()

    assert ask(served, NEWEST)[0] == 200
    assert "Traceback" not in capfd.readouterr().err


def test_pictures_and_papers_are_real_files() -> None:
    assert picture("a.jpg")[1].startswith(b"\xff\xd8\xff")
    assert picture("a.jpg")[1].endswith(b"\xff\xd9")
    assert picture("a.png")[1].startswith(b"\x89PNG")
    assert picture("a.jpg") == picture("a.jpg")
    assert picture("b.jpg")[1] != picture("a.jpg")[1]
    assert paper("a.pdf")[1].startswith(b"%PDF-1.4")


def test_the_source_file_follows_the_address() -> None:
    source = tomllib.loads(source_toml("http://127.0.3.1:5000"))

    assert source["homepage"] == "http://127.0.3.1:5000/"
    assert source["entrances"][0]["url"] == f"http://127.0.3.1:5000{NEWEST}"
    assert source["limits"]["allow_private"] == ["127.0.3.1/32"]


def test_it_runs_as_a_program_until_interrupted() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "demo.server", "--host", "127.0.0.2"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    first = process.stdout.readline()
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=10)

    assert "http://127.0.0.2:" in first
    assert rest == "off the air\n"
    assert process.returncode == 0


def test_a_port_in_use_is_told_from_python(served: Served) -> None:
    with pytest.raises(OSError, match="in use"):
        main(["--port", str(served.port)])
