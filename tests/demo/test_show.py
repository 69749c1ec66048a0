"""``bantin demo`` as a whole, and the ways it can go wrong."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from demo.daemon import DisappointedError, free_address, running
from demo.home import HomeTakenError, choose, furnish
from demo.show import _program, show

ROOT = Path(__file__).parents[2]
MINISTRY = "http://127.0.0.1:4000"
SLOWLY = """
import sys
from pathlib import Path
from demo.show import show
say = lambda text: print(text, flush=True)
sys.exit(show(Path(sys.argv[1]), keep=True, say=say, listen="127.0.0.1:0"))
"""


@pytest.mark.slow
def test_the_whole_show_is_told_in_under_a_minute(tmp_path: Path) -> None:
    told: list[str] = []

    code = show(tmp_path / "home", keep=False, say=told.append, listen="127.0.0.1:0")

    text = "\n".join(told)
    assert code == 0, text
    for words in (
        "Found 25 articles in",
        "It is in the feeds after",
        "old: … Thanh Giang mới đạt [54%] dung tích",
        "new: … Thanh Giang mới đạt [57%] dung tích",
        "The withdrawal is certain after",
        "the source is “blocked”",
        "HTTP 200, unchanged",
        "the source is fine again",
        f"{tmp_path}/home/bantin.db",
    ):
        assert words in text
    assert (tmp_path / "home" / "public" / "feeds" / "vn-thidu.atom").is_file()


@pytest.mark.slow
def test_an_interrupted_show_takes_its_daemon_along(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", SLOWLY, str(tmp_path / "home")], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    lines = [process.stdout.readline(), process.stdout.readline()]
    daemon = int(lines[1].split("process ")[1].split(")")[0])

    process.send_signal(signal.SIGTERM)
    rest, _ = process.communicate(timeout=40)

    assert process.returncode == 130
    assert rest.endswith("Interrupted; everything the demo started has ended.\n")
    with pytest.raises(ProcessLookupError):
        os.kill(daemon, 0)


def test_what_to_try_next_can_be_typed_whatever_the_path_and_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", "/my venv/bin/python")
    assert _program("bantin") == "'/my venv/bin/bantin'"

    (tmp_path / "bantin").touch(0o755)
    assert _program("bantin") == "bantin"


def test_a_daemon_that_cannot_start_is_quoted(tmp_path: Path) -> None:
    home = tmp_path / "home"
    furnish(home, ministry=MINISTRY, listen="127.0.0.1:1")
    (home / "bantin.toml").write_text("contct = 'x'\n", encoding="utf-8")

    with running(home, listen="127.0.0.1:1") as daemon:
        with pytest.raises(DisappointedError, match=r"ended by itself \(exit code 2\) before rain"):
            daemon.wait_for(lambda: None, what="rain", seconds=20)
        assert "contct" in daemon.complaint()
        assert daemon.feed("vn-thidu") is None
        assert daemon.fetch("/") == (0, 0)
        assert daemon.ask("items", "--nonsense") is None


def test_what_does_not_come_is_named(tmp_path: Path) -> None:
    home = tmp_path / "home"
    furnish(home, ministry=MINISTRY, listen="127.0.0.1:1")

    with running(home, listen="127.0.0.1:1") as daemon, pytest.raises(DisappointedError, match=r"0 s in vain for rain"):
        daemon.wait_for(lambda: None, what="rain", seconds=0.01)


def test_an_address_nobody_can_listen_on_is_said(tmp_path: Path) -> None:
    told: list[str] = []

    assert show(tmp_path / "home", keep=False, say=told.append, listen="192.0.2.1:0") == 1
    assert told == ["There is no free port at 192.0.2.1."]


def test_a_taken_port_is_replaced_by_a_free_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        chosen = free_address(f"127.0.0.1:{port}")

    assert chosen.startswith("127.0.0.1:")
    assert chosen != f"127.0.0.1:{port}"


def test_a_demo_takes_an_empty_home_and_its_own_again(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert choose(home) == home
    furnish(home, ministry=MINISTRY, listen="127.0.0.1:8080")
    (home / "bantin.db").write_text("old")
    (home / "public").mkdir()
    (home / "public" / "old.atom").write_text("old")

    assert choose(home) == home
    furnish(home, ministry=MINISTRY, listen="127.0.0.1:8080")

    assert not (home / "bantin.db").exists()
    assert not (home / "public").exists()
    assert MINISTRY in (home / "sources" / "vn-thidu.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("spoil", ["mark", "source"])
def test_a_home_with_anything_else_is_left_alone(tmp_path: Path, spoil: str) -> None:
    home = tmp_path / "home"
    furnish(home, ministry=MINISTRY, listen="127.0.0.1:8080")
    if spoil == "mark":
        (home / "demo.txt").unlink()
    else:
        (home / "sources" / "vn-monre.toml").write_text("mine")

    assert choose(home) == home / "demo"
    with pytest.raises(HomeTakenError, match="holds an archive that no demo made"):
        furnish(home, ministry=MINISTRY, listen="127.0.0.1:8080")


def test_a_home_in_which_a_daemon_works_is_refused(tmp_path: Path) -> None:
    home, told = tmp_path / "home", []
    furnish(home, ministry=MINISTRY, listen="127.0.0.1:8080")
    handle = os.open(home / "bantin.lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(handle, fcntl.LOCK_EX)

    code = show(home, keep=False, say=told.append, listen="127.0.0.1:0")

    os.close(handle)
    assert code == 4
    assert "A daemon is at work" in told[-1]
    furnish(home, ministry=MINISTRY, listen="127.0.0.1:8080")


def test_a_show_that_fails_says_the_daemons_last_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("demo.show._PATIENCE", 0.01)
    told: list[str] = []

    assert show(tmp_path / "home", keep=False, say=told.append, listen="127.0.0.1:0") == 1
    assert "in vain for 25 articles" in told[-1]
    assert "The daemon's last words" in told[-1]
