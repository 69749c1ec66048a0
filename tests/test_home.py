import subprocess
import sys
from pathlib import Path

import pytest

from home import Home, HomeBusyError, HomeError, hold, holder, listen_address, prepare, read_settings


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(path=tmp_path / "home")
    prepare(home)
    return home


def test_a_new_home_has_its_folders_and_settings_that_change_nothing(home: Home) -> None:
    assert home.sources.is_dir() and home.spool.is_dir() and home.public.is_dir()
    assert read_settings(home) == read_settings(Home(path=home.path / "no such folder"))


def test_preparing_again_keeps_what_the_user_wrote(home: Home) -> None:
    home.settings_file.write_text('title = "Tin bộ"\n', encoding="utf-8")

    prepare(home)

    assert read_settings(home).title == "Tin bộ"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('titel = "x"\n', ":1: unknown key titel. Did you mean title?"),
        ("\nzzz = 1\n", ":2: unknown key zzz. Known keys: title"),
        ("workers = 0\n", ":1: workers must lie between 1 and 64, not 0"),
        ("\n\nconcurrency = 65\n", ":3: concurrency must lie between 1 and 64, not 65"),
        ('workers = "two"\n', ':1: workers must be a whole number, not "two"'),
        ("workers = true\n", ":1: workers must be a whole number, not true"),
        ("[title]\nx = 1\n", ":1: title must be text in quotes, not a table"),
        ("title = 'a'\ncontact = 5\n", ":2: contact must be text in quotes, not 5"),
        ('base_url = "news"\n', "web address"),
        ('base_url = "http://user:word@example.org/"\n', "web address"),
        ('base_url = "https://example.org/?a=1"\n', "web address"),
        ('base_url = "https://exa mple.org/"\n', "web address"),
        ('base_url = "https://example.org/\\u0000"\n', "web address"),
        ('\nlisten = "here"\n', ":2: listen: an address to listen on looks like 127.0.0.1:8080"),
        ('least_grade = "E"\n', ':1: least_grade must be A, B, C or D, not "E"'),
        ('authority = "my domain/x"\n', "domain or a mail address"),
        ("title = \n", ":1: is not TOML at column 9: this is no value; text stands in quotes"),
        ("contact = 'x'\ntitle = 'Bantin\n", ":2: is not TOML: a closing quote is missing"),
        ("title = '\udcff'\n", ":1: is not UTF-8; save the file as UTF-8"),
    ],
)
def test_a_mistake_in_the_settings_is_explained(home: Home, text: str, said: str) -> None:
    home.settings_file.write_bytes(text.encode("utf-8", "surrogateescape"))

    with pytest.raises(HomeError, match=r"bantin\.toml") as caught:
        read_settings(home)

    assert said in str(caught.value)


def test_a_home_may_be_named_with_a_tilde(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))

    assert Home.at(Path("~/news")).path == tmp_path / "news"
    with pytest.raises(HomeError, match="no such user"):
        Home.at(Path("~nobody-of-this-name/news"))


def test_a_home_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(HomeError, match="cannot be written"):
        prepare(Home(path=tmp_path / "file" / "home"))


def test_only_one_process_holds_a_home_and_the_other_learns_its_pid(home: Home) -> None:
    code = f"""
from pathlib import Path
from home import Home, hold
with hold(Home(path=Path({str(home.path)!r}))):
    print("held", flush=True)
    input()
"""
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"

        with pytest.raises(HomeBusyError, match=str(other.pid)) as caught, hold(home):
            pass

        assert caught.value.pid == other.pid
        other.kill()
        other.wait()

    with hold(home):
        pass


def test_a_lock_file_of_a_dead_process_is_no_lock(home: Home) -> None:
    home.lock.write_text("99999999\n")

    with hold(home):
        assert holder(home) != 99999999


@pytest.mark.parametrize(("text", "address"), [("127.0.0.1:80", ("127.0.0.1", 80)), ("[::1]:8080", ("::1", 8080))])
def test_listen_addresses(text: str, address: tuple[str, int]) -> None:
    assert listen_address(text) == address
