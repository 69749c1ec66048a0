"""Every layout is found by name and by its signs, and its selectors can be used."""

from __future__ import annotations

import pytest

from scrapers.layouts.general import LAYOUT as GENERAL
from scrapers.layouts.layout import Layout
from scrapers.layouts.registry import LAYOUTS, by_name, detect
from scrapers.reading.tree import Element, alternatives, check_selector, parse
from tests.reading.pages import PAGES, name


def tree(html: str) -> Element:
    found = parse(html)
    assert found is not None
    return found


def selectors(layout: Layout) -> list[str]:
    parts = (layout.listing, layout.article)
    return [*layout.signs, *(getattr(part, field) for part in parts if part for field in part.__struct_fields__)]


@pytest.mark.parametrize("layout", [*LAYOUTS.values(), GENERAL], ids=lambda layout: layout.name)
def test_every_selector_can_be_used(layout: Layout) -> None:
    assert [problem for css in selectors(layout) if (problem := check_selector(css))] == []


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=lambda layout: layout.name)
def test_a_layout_is_found_by_its_name_and_knows_listings_and_articles(layout: Layout) -> None:
    assert by_name(layout.name) is layout
    assert layout.listing is not None
    assert layout.article is not None
    assert layout.article.headline
    assert layout.article.body


def test_an_unknown_name_is_no_layout() -> None:
    assert by_name("wordpress-of-1999") is None
    assert by_name("") is None


@pytest.mark.parametrize(
    ("html", "family"),
    [
        ("<div class='onecms_load_view'></div>", "onecms"),
        ("<ul class='list onecms__loading'><li pid=1></ul>", "onecms"),
        ("<meta property='og:image' content='https://nqs.1cdn.vn/thumbs/1200x630/a.jpg'>", "onecms"),
        ("<div class='article__body zce-content-body cms-body'></div>", "hemera"),
        ("<article class=story><h2 class=story__heading><a class=cms-link></a></h2></article>", "hemera"),
        ("<div data-role='publishdate'>x</div>", "vccorp"),
        ("<span id='ctl00_mainContent_bodyContent_lbHeadline'>x</span>", "vccorp"),
        ("<div class='portlet-boundary' id='p_p_id_101_INSTANCE_x_'></div>", "liferay"),
        ("<ul class='pager lfr-pagination-buttons'></ul>", "liferay"),
        ("<article class='post'><h1>x</h1></article>", ""),
        ("<p>onecms_load_view data-role publishdate</p>", ""),
    ],
)
def test_a_family_is_recognised_by_its_signs(html: str, family: str) -> None:
    found = detect(tree(html))

    assert (found.name if found else "") == family
    assert detect(tree(html), markup=html) is found


@pytest.mark.parametrize(
    "path", [path for path in PAGES if path.parent.name in LAYOUTS and path.suffix == ".html"], ids=name
)
def test_every_saved_page_of_a_family_shows_its_signs(path: object) -> None:
    from pathlib import Path

    assert isinstance(path, Path)
    found = detect(tree(path.read_bytes().decode("utf-8")))

    assert found is not None
    assert found.name == path.parent.name


def test_alternatives_of_selectors_are_never_empty() -> None:
    assert all(alternatives(css) for layout in LAYOUTS.values() for css in layout.signs)
