"""The command against a website of no known layout: what its pages teach is kept, used, and told."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.command import Command
from tests.reading import siblings
from tests.visit.sites import Page, Site, listing, website


def show(site: Site, *numbers: int) -> None:
    site.pages |= {f"/tin/{number}": Page(siblings.page(number, 1)) for number in numbers}
    site.pages["/tin-tuc"] = listing(*((f"/tin/{number}", siblings.headline(number)) for number in numbers))


def follow(home: Path, site: Site) -> None:
    (home / "sources").mkdir(parents=True)
    (home / "sources/vn-thu.toml").write_text(
        f"""
        slug = "vn-thu"
        ministry = {{ vi = "Bộ Thử nghiệm" }}
        country = "VN"
        language = "vi"
        timezone = "Asia/Ho_Chi_Minh"
        homepage = "{site.url}/"
        [[entrances]]
        kind = "listing"
        url = "{site.url}/tin-tuc"
        [selectors.listing]
        row = "div.item"
        link = "a"
        [limits]
        delay = "0s"
        allow_private = ["127.0.0.0/8"]
        """,
        encoding="utf-8",
    )


def test_what_pages_teach_is_kept_used_for_the_next_article_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = Command(tmp_path, capsys)
    with website() as site:
        follow(tmp_path, site)
        show(site, 3, 2, 1)
        assert command("crawl", "vn-thu").code == 0
        show(site, 9, 3, 2, 1)
        assert command("crawl", "vn-thu").code == 0
        [newest] = [one for one in command("items", "--json").json if one["url"].endswith("/tin/9")]

        told = command("sources", "show", "vn-thu")

    assert "Template 1, learnt " in told.err and "from 3 pages: text at div.xq; headline at div.hd; " in told.err
    with closing(sqlite3.connect(tmp_path / "bantin.db")) as db:
        text, rule = db.execute(
            "select body_text, rule from articles join reasons on article = articles.number and field = 'body_text' where articles.number = ?",
            [newest["number"]],
        ).fetchone()
    assert text == siblings.text(9, 1)[0]
    assert rule == "template 1 (3 pages): div.xq"
