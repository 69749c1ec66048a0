from pathlib import Path

import pytest
from lxml import html

from scrapers.layouts.registry import LAYOUTS
from scrapers.reading.index import Index
from scrapers.reading.tree import parse, remove, select

PAGES = sorted((Path(__file__).parent.parent / "fixtures").rglob("*.html"))
SELECTORS = sorted(
    {
        text
        for layout in LAYOUTS.values()
        for selectors in (layout.listing, layout.article)
        if selectors
        for name in selectors.__struct_fields__
        if isinstance(text := getattr(selectors, name), str) and text
    }
    | {
        "li",
        "div div",
        "a[href]",
        "body > *",
        "li:first-child a",
        "h1 ~ p",
        "h1 + *",
        ":not(p) > a",
        "div:nth-child(2) a",
    }
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_the_index_finds_what_a_search_of_the_whole_page_finds_in_the_same_order(page: Path) -> None:
    root = parse(page.read_text("utf-8", "replace"))
    assert root is not None
    index = Index(root)

    for css in SELECTORS:
        assert list(index.select(css)) == list(select(root, css)), css


def test_what_lies_within_its_own_kind_is_found_once() -> None:
    root = html.document_fromstring("<div class=a><p>1</p><div class=a><p>2</p></div></div><div class=a><p>3</p></div>")

    assert [p.text for p in Index(root).select(".a p")] == ["1", "2", "3"]


def test_what_was_cut_since_is_found_no_more() -> None:
    root = html.document_fromstring("<section><p class=a>1</p></section><p class=a>2</p>")
    index = Index(root)
    remove(root.find(".//section"))

    assert [p.text for p in index.select(".a")] == ["2"]
