"""Text becomes a tree of bounded depth, and selectors keep the order of their alternatives."""

from __future__ import annotations

import time

import pytest

from scrapers.reading.tree import (
    DEEP,
    Element,
    alternatives,
    check_selector,
    first,
    lines_of,
    matches,
    names_in,
    names_needed,
    parse,
    remove,
    select,
    size,
    text_of,
    words_needed,
)


def tree(text: str) -> Element:
    found = parse(text)
    assert found is not None
    return found


def depth(root: Element) -> int:
    return max(sum(1 for _ in element.iterancestors()) for element in root.iter())


@pytest.mark.parametrize("levels", [100, 1_000, 10_000, 100_000])
@pytest.mark.parametrize("name", ["div", "b", "blockquote"])
def test_however_deep_a_page_nests_its_text_is_kept_in_order(levels: int, name: str) -> None:
    began = time.process_time()

    root = tree(f"<body><p>first</p>{f'<{name}>' * levels}<p>deep</p>{f'</{name}>' * levels}<p>last</p></body>")

    assert text_of(root) == "first deep last"
    assert depth(root) <= DEEP
    assert time.process_time() - began < 2


def test_what_is_too_deep_keeps_its_lines_in_order() -> None:
    deep = "<ul><li>one</li><li>t<b>w</b>o</li></ul><script>x()</script>three&#12;<p>four</p>"

    root = tree("<body>" + "<div>" * 5000 + deep + "</div>" * 5000 + "<p>five</p>")

    assert [text_of(line) for line in root.iter("p")] == ["one", "two", "three", "four", "five"]


def test_stray_end_tags_do_not_hide_depth() -> None:
    root = tree("<body>" + "<div></i></b></p></span></em>" * 5000 + "<p>deep" + "</section>" * 9000 + "<p>last")

    assert text_of(root) == "deep last"
    assert depth(root) <= DEEP


def test_unclosed_paragraphs_are_no_depth() -> None:
    assert len(list(tree("<p>word " * 3000).iter("p"))) == 3000


@pytest.mark.parametrize("text", ["", "   "])
def test_text_without_anything_is_no_tree(text: str) -> None:
    assert parse(text) is None or text_of(tree(text)) == ""


def test_the_alternatives_of_a_selector_come_one_after_the_other() -> None:
    root = tree("<p class=a>1</p><p class=b>2</p><p class=a>3</p>")

    assert [text_of(element) for element in select(root, ".b, .a")] == ["2", "1", "3"]


def test_the_first_match_is_the_first_that_says_something() -> None:
    root = tree("<h1></h1><h2>words</h2>")

    assert (found := first(root, "h1, h2")) is not None
    assert found.tag == "h2"
    assert first(root, "h4") is None
    assert matches(root, "h1")


def test_a_broken_selector_matches_nothing_and_can_be_asked_what_is_wrong() -> None:
    assert list(select(tree("<p>a</p>"), "p[")) == []
    assert check_selector("p[") != ""
    assert check_selector("p.a > b, i") == ""


@pytest.mark.parametrize(
    ("css", "parts"),
    [("a, b", ("a", "b")), ("a:is(b, c), d", ("a:is(b, c)", "d")), ("[x='1,2']", ("[x='1,2']",)), (" , a,", ("a",))],
)
def test_a_selector_list_is_parted_at_its_own_commas_only(css: str, parts: tuple[str, ...]) -> None:
    assert alternatives(css) == parts


def test_what_a_selector_needs_tells_whether_a_page_can_match() -> None:
    assert names_needed("div.a > #b .c-d") == {"a", "b", "c-d"}
    assert names_needed("[class*=x] p:not(.y)") == frozenset()
    assert words_needed("[data-role=title] a[href^='http']") == ("data-role", "title", "href", "http")
    assert words_needed("a:not([href])") == ()
    assert names_in(tree("<p class='a b' id=c>x</p>")) == {"a", "b", "c"}


def test_visible_text_leaves_scripts_out_and_sets_blocks_apart() -> None:
    root = tree("<div>a<p>b</p>c<script>d</script><span>e</span>f<noscript>g</noscript></div>")

    assert text_of(root) == "a b cef"
    assert lines_of(root) == ["a", "b", "cef"]


def test_line_breaks_of_the_markup_are_none_of_the_page() -> None:
    assert lines_of(tree("<p>one\n two</p><p>three</p>")) == ["one two", "three"]


def test_a_removed_element_leaves_the_text_after_it() -> None:
    root = tree("<p>a<b>x</b>&#12;c</p>")

    remove(next(root.iter("b")))

    assert text_of(root) == "a c"


def test_size_counts_elements() -> None:
    assert size(next(tree("<ul><li>a<li>b</ul>").iter("ul"))) == 3
