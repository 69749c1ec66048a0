"""Scrapy's own commands work in the checkout, for every source; and Scrapy is set up as safely as it should be."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from scrapers.loader import SourceLoader
from scrapers.settings import settings, user_agent
from tests.visit.sites import publish, source

ROOT = Path(__file__).parent.parent.parent

TOML = """
slug = "vn-thu"
ministry = {{ vi = "Bộ Thử nghiệm" }}
country = "VN"
language = "vi"
timezone = "Asia/Ho_Chi_Minh"
homepage = "{url}/"
[selectors.listing]
row = "div.item"
link = "a"
[selectors.article]
headline = "h1"
body = "div.body"
[[entrances]]
kind = "listing"
url = "{url}/tin-tuc"
[limits]
delay = "0s"
allow_private = ["127.0.0.0/8"]
"""


@pytest.fixture
def home(tmp_path, site):
    publish(site, 2, 1)
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "vn-thu.toml").write_text(TOML.format(url=site.url), "utf-8")
    return tmp_path


def scrapy(*arguments, home):
    done = subprocess.run(
        [Path(sys.executable).with_name("scrapy"), *arguments],
        cwd=ROOT,
        env={**os.environ, "BANTIN_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_scrapy_list_names_the_catalogue_and_the_home(home):
    names = scrapy("list", home=home).split()

    assert "vn-thu" in names
    assert "vn-monre" in names


def test_scrapy_crawl_writes_articles(home, tmp_path):
    scrapy("crawl", "vn-thu", "-O", str(tmp_path / "out.json"), home=home)

    records = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert [record["headline"] for record in records] == ["Tin số 1", "Tin số 2"]
    assert {"url", "canonical_url", "body_text", "published", "published_text", "images"} <= set(records[0])


def test_scrapy_shell_takes_the_source_of_the_address(home, site):
    printed = scrapy("shell", f"{site.url}/tin/1", "-c", "(spider.name, response.status)", home=home)

    assert printed.strip() == "('vn-thu', 200)"


def test_loader_says_which_spider_is_unknown(tmp_path):
    with pytest.raises(KeyError, match="vn-khong"):
        SourceLoader(tmp_path).load("vn-khong")


def test_loader_tells_mistakes_in_source_files_and_goes_on(tmp_path, caplog):
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "vn-sai.toml").write_text('slug = "vn-sai"', "utf-8")

    names = SourceLoader(tmp_path).list()

    assert "vn-sai" not in names
    assert "vn-monre" in names
    assert "vn-sai.toml" in caplog.text


def test_settings_are_safe_and_polite(site):
    chosen = settings(source(site, delay=timedelta(seconds=3)))

    assert chosen.getbool("ROBOTSTXT_OBEY")
    assert chosen.getbool("DOWNLOAD_VERIFY_CERTIFICATES")
    assert not chosen.getbool("TELNETCONSOLE_ENABLED")
    assert not chosen.getbool("REMOTE_CONTROL_ENABLED")
    assert not chosen.getbool("COOKIES_ENABLED")
    assert not chosen.getbool("HTTPPROXY_ENABLED")
    assert chosen.getint("CONCURRENT_ITEMS") == 4
    assert chosen.getint("CONCURRENT_REQUESTS_PER_DOMAIN") == 1
    assert chosen.getfloat("DOWNLOAD_DELAY") == 3
    assert {name for name, path in chosen.getwithbase("DOWNLOAD_HANDLERS").items() if path} == {"http", "https"}


def test_settings_of_one_source_are_not_those_of_another(site):
    slow, fast = settings(source(site, delay=timedelta(seconds=9))), settings(source(site))

    assert (slow.getfloat("DOWNLOAD_DELAY"), fast.getfloat("DOWNLOAD_DELAY")) == (9, 0)


def test_contact_comes_from_the_caller_or_the_environment(monkeypatch):
    monkeypatch.setenv("BANTIN_CONTACT", "mailto:a@example.org")

    assert user_agent().endswith("(+mailto:a@example.org)")
    assert user_agent("https://b.example/").endswith("(+https://b.example/)")
    assert user_agent("two\nlines").endswith("(+two lines)")
    monkeypatch.delenv("BANTIN_CONTACT")
    assert user_agent().endswith("(+no contact configured)")
