from urllib.parse import quote, unquote_to_bytes, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scrapers.addresses import absolute, tidy

BASE = "https://www.example.gov.vn/tin-tuc/trang-1.html?page=1#top"

anything = st.text(st.characters(), max_size=60)
address_like = st.builds(
    "".join,
    st.lists(
        st.sampled_from(["http", "https", ":", "//", "/", "?", "#", "&", "=", "@", "[", "]", "%", "\\", "..", "a.vn"])
        | st.text(st.characters(), max_size=4),
        max_size=14,
    ),
)
hosts = st.sampled_from(
    ["example.gov.vn", "WWW.Example.GOV.vn", "bộ-ví-dụ.vn", "127.0.0.1:8080", "[::1]", "h_1.vn:443"]
)
segments = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="/?#\\"), max_size=8)
escaped = segments.map(lambda text: quote(text, safe=""))
pairs = st.tuples(escaped.filter(bool), st.none() | escaped)


def query_of(parameters: list[tuple[str, str | None]]) -> str:
    return "&".join(name if value is None else f"{name}={value}" for name, value in parameters)


@given(anything | address_like)
@example("http://h/\ud800?\udfff")
@example("http://[::1")
@example("http://[v1.x]/")
@example("http://a\N{FULLWIDTH SOLIDUS}b/")
def test_any_text_becomes_an_address_or_nothing(text: str) -> None:
    tidied = tidy(text)

    assert tidied == "" or (tidied.startswith(("http://", "https://")) and tidied.isascii() and " " not in tidied)


@given(anything | address_like)
@example("http://h/%%41c3%c3")
@example("http://h/\\\\a?b\\c")
@example("http://h/%20 ")
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    once = tidy(text)

    assert tidy(once) == once
    assert absolute(once, base=BASE) == (once or tidy(BASE))


@given(anything | address_like, anything | address_like | st.just(BASE))
def test_any_link_on_any_page_is_resolved_or_refused(link: str, base: str) -> None:
    resolved = absolute(link, base=base)

    assert resolved == tidy(resolved)


@given(st.sampled_from(["http", "https"]), hosts, st.lists(segments, max_size=4), st.lists(pairs, max_size=4))
def test_what_the_server_is_asked_for_stays_the_same(
    scheme: str, host: str, path: list[str], parameters: list[tuple[str, str | None]]
) -> None:
    query = query_of(parameters)
    written = "/" + "/".join(path).replace("%", "%25").strip()
    url = f"{scheme}://{host}{written}" + f"?{query}" * bool(query)

    tidied = urlsplit(tidy(url))

    assert unquote_to_bytes(tidied.path) == unquote_to_bytes(written)
    assert unquote_to_bytes(tidied.query) == unquote_to_bytes(query)
    assert tidied.query.count("&") == query.count("&")


@given(
    st.lists(pairs, max_size=4),
    st.sampled_from(["utm_source=zalo", "fbclid=1", "UTM_medium", "%75tm_x=2"]),
    st.integers(0, 4),
)
def test_tracking_parameters_go_and_the_others_stay_as_written(
    parameters: list[tuple[str, str | None]], tracking: str, place: int
) -> None:
    others = [query_of([pair]) for pair in parameters]
    noisy = [*others[:place], tracking, *others[place:]]

    assert tidy(f"https://h.vn/a?{'&'.join(noisy)}") == tidy(f"https://h.vn/a?{'&'.join(others)}")


@pytest.mark.parametrize(
    ("given_url", "expected"),
    [
        ("HTTPS://Example.GOV.vn:443", "https://example.gov.vn/"),
        ("http://example.gov.vn:80/a#b", "http://example.gov.vn/a"),
        ("http://example.gov.vn:8080/", "http://example.gov.vn:8080/"),
        ("https://a.vn/tin?utm_source=zalo&id=5&fbclid=x", "https://a.vn/tin?id=5"),
        ("https://a.vn/tin?print&utm_source=x", "https://a.vn/tin?print"),
        ("https://a.vn/tin?q=%ff&utm_source=x", "https://a.vn/tin?q=%FF"),
        ("https://a.vn/tin?q=a+b%20c&gclid=1", "https://a.vn/tin?q=a+b%20c"),
        ("https://a.vn/tin tức", "https://a.vn/tin%20t%E1%BB%A9c"),
        ("https://a.vn/t%e1%bb%a9c", "https://a.vn/t%E1%BB%A9c"),
        ("https://bộ.vn/", "https://xn--b-8xm.vn/"),
        ("https://user:secret@a.vn/", "https://a.vn/"),
        ("https://[2001:DB8::1]:443/x", "https://[2001:db8::1]/x"),
        ("\ufeff https://a.vn/x\u200b\n", "https://a.vn/x"),
        ("https:\\\\a.vn\\x\\y.pdf?p=\\", "https://a.vn/x/y.pdf?p=%5C"),
        ("https://a b.vn/", ""),
        ("https://a..vn/", ""),
        ("https://a.vn:99999/", ""),
        ("mailto:a@b.vn", ""),
        ("javascript:void(0)", ""),
        ("/tin-tuc", ""),
        ("", ""),
    ],
)
def test_addresses_in_their_comparable_form(given_url: str, expected: str) -> None:
    assert tidy(given_url) == expected


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("bai-1.html", "https://www.example.gov.vn/tin-tuc/bai-1.html"),
        ("/bai-1.html", "https://www.example.gov.vn/bai-1.html"),
        ("../bai-1.html", "https://www.example.gov.vn/bai-1.html"),
        ("?page=2", "https://www.example.gov.vn/tin-tuc/trang-1.html?page=2"),
        ("//cdn.vn/a.pdf", "https://cdn.vn/a.pdf"),
        ("\\upload\\van ban.pdf", "https://www.example.gov.vn/upload/van%20ban.pdf"),
        ("\n  /bai\n-1.html \t", "https://www.example.gov.vn/bai-1.html"),
        ("#comments", "https://www.example.gov.vn/tin-tuc/trang-1.html?page=1"),
        ("https://other.vn", "https://other.vn/"),
        ("http://[bad", ""),
        ("tel:+8424", ""),
        ("data:text/html,x", ""),
    ],
)
def test_links_as_a_browser_would_follow_them(link: str, expected: str) -> None:
    assert absolute(link, base=BASE) == expected
