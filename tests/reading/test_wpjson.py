"""Single posts of WordPress's API, and what is none."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scrapers.items import Article
from scrapers.reading.article import read_article
from scrapers.reading.errors import Unreadable

ADDRESS = "https://ferries.gov.zz/wp-json/wp/v2/posts/7"
TEXT = "<p>The pier opens again on Monday.</p>"


def post(**said: Any) -> dict[str, Any]:
    return {
        "id": 7,
        "date": "2025-02-17T09:30:00",
        "link": "https://ferries.gov.zz/pier/",
        "title": {"rendered": "Pier opens"},
        "content": {"rendered": TEXT, "protected": False},
        **said,
    }


def read(answer: object) -> Article:
    return read_article(json.dumps(answer).encode(), url=ADDRESS, content_type="application/json")


@pytest.mark.parametrize(
    ("stated", "moment"),
    [
        ({"date_gmt": "2025-02-17T01:30:00"}, "2025-02-17T09:30:00+08:00"),
        ({"date_gmt": "2025-02-17T13:00:00"}, "2025-02-17T09:30:00-03:30"),
        ({"date": "", "date_gmt": "2025-02-17T01:30:00"}, "2025-02-17T01:30:00+00:00"),
        ({"date_gmt": "2025-01-01T00:00:00"}, "2025-01-01T00:00:00+00:00"),
        ({}, None),
    ],
)
def test_local_time_and_greenwich_time_tell_the_zone(stated: dict[str, str], moment: str | None) -> None:
    published = read(post(**stated)).published

    assert (published.iso if published else None) == moment


def test_a_list_of_one_post_is_that_post() -> None:
    found = read([post()])

    assert found.headline == "Pier opens"
    assert found.url == ADDRESS
    assert found.canonical_url == "https://ferries.gov.zz/pier/"
    assert found.layout == "wordpress-api"
    assert (found.authors, found.tags, found.images) == ((), (), ())


def test_an_excerpt_that_wordpress_cut_from_the_text_is_no_lede() -> None:
    assert read(post(excerpt={"rendered": "<p>The pier opens again [&hellip;]</p>"})).lede == ""
    assert read(post(excerpt={"rendered": "<p>Four months late.</p>"})).lede == "Four months late."


def test_what_plugins_write_in_other_forms_is_left_out() -> None:
    found = read(post(_embedded={"author": None, "wp:term": [None, [{"name": "x"}]]}, yoast_head_json=[], lang="fil"))

    assert found.section == ""
    assert found.language == "fil"


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (post(title={"rendered": ""}), "no title"),
        (post(content={"rendered": "", "protected": True}), "password"),
        ([post(), post()], "JSON"),
        ({"title": {"rendered": "x"}, "content": {"rendered": "y"}}, "JSON"),
        ({"code": "rest_no_route", "message": "rendered"}, "JSON"),
    ],
)
def test_what_is_no_readable_post_is_refused_with_its_cause(answer: object, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read(answer)


def test_a_damaged_answer_is_refused() -> None:
    payload = json.dumps(post()).encode()[:-20]

    with pytest.raises(Unreadable, match="JSON"):
        read_article(payload, url=ADDRESS, content_type="application/json")
