import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scrapers.sources import Entrance, Source, SourceError, all_problems, read_source

EXAMPLE = """\
slug = "vn-example"
ministry = { vi = "Bộ Ví dụ", en = "Ministry of Examples" }
country = "VN"
language = "vi"
timezone = "Asia/Ho_Chi_Minh"
homepage = "https://www.example.gov.vn/"
layout = "onecms"                      # or selectors of its own:
[selectors.listing]
row = "div.item"
link = "h3.title a"
published = "span.date"
summary = "p.sapo"
next = "a.next"
[selectors.article]
headline = "h1"
published = "div.date"
lede = "p.sapo"
body = "div.content"
authors = "div.author"
attachments = "a.file"
[[entrances]]
kind = "listing"                       # listing · feed · sitemap · api
url = "https://www.example.gov.vn/tin-tuc"
section = "Tin tức"
[schedule]
every = "30m"
[limits]
delay = "2s"
allow_private = ["127.0.1.0/24"]       # tests and intranets only
"""

SMALL = """\
slug = "vn-example"
ministry.vi = "Bộ Ví dụ"
country = "VN"
language = "vi"
timezone = "Asia/Ho_Chi_Minh"
homepage = "https://www.example.gov.vn/"
entrances = [{ kind = "feed", url = "https://www.example.gov.vn/rss/home.rss" }]
"""


def read(text: str) -> Source:
    return read_source(text, file="vn-example.toml")


def mistakes(text: str) -> list[str]:
    return [str(error).removeprefix("vn-example.toml:") for error in all_problems(text, file="vn-example.toml")]


def test_the_contract_s_example_is_read_in_full() -> None:
    source = read(EXAMPLE)

    assert (source.slug, source.name, source.country, source.language) == ("vn-example", "Bộ Ví dụ", "VN", "vi")
    assert source.entrances == (
        Entrance(kind="listing", url="https://www.example.gov.vn/tin-tuc", section="Tin tức", pages=1),
    )
    assert source.selectors.listing and source.selectors.listing.next == "a.next"
    assert source.selectors.article and source.selectors.article.attachments == "a.file"
    assert (source.schedule.every, source.limits.delay) == (timedelta(minutes=30), timedelta(seconds=2))
    assert source.limits.allow_private == ("127.0.1.0/24",)
    assert all_problems(EXAMPLE, file="sources/vn-example.toml") == []


def test_what_a_file_leaves_out_has_a_default() -> None:
    source = read(SMALL)

    assert (source.layout, source.selectors.listing, source.until, source.successor) == ("", None, None, "")
    assert source.schedule.every == timedelta(minutes=30)
    assert source.limits.max_bytes == 8 * 1024 * 1024
    assert source.expect.fill == {}


def test_every_other_key_is_read_too() -> None:
    more = """
since = 2025-03-01
until = 2025-03-01
predecessor = ["vn-monre", "vn-mard"]
successor = "vn-next"
note = '''
Two
lines.'''
seen = { on = 2024-11-30, how = "Saved pages.", live = true }
expect = { min_items = 5, fill = { published = 0.98, lede = 1 } }
schedule = { second_looks = ["15m", "1.5h"], withdrawn_after = "2d" }
limits = { max_bytes = "2MiB", articles = 5, duration = "1h30m", delay = "100ms", allow_private = ["::1", "Intranet.local"] }
"""

    source = read(SMALL + more)

    assert (source.since, source.until) == (date(2025, 3, 1), date(2025, 3, 1))
    assert (source.predecessor, source.successor) == (("vn-monre", "vn-mard"), "vn-next")
    assert source.note == "Two\nlines."
    assert source.seen and (source.seen.on, source.seen.live) == (date(2024, 11, 30), True)
    assert (source.expect.min_items, source.expect.fill) == (5, {"published": 0.98, "lede": 1.0})
    assert source.schedule.second_looks == (timedelta(minutes=15), timedelta(minutes=90))
    assert (source.limits.max_bytes, source.limits.duration) == (2 * 1024 * 1024, timedelta(minutes=90))
    assert source.limits.delay == timedelta(milliseconds=100)
    assert source.limits.allow_private == ("::1/128", "intranet.local")


def test_names_are_composed_so_that_equal_names_are_equal() -> None:
    decomposed = SMALL.replace("Bộ Ví dụ", "Bo\u0323\u0302 Vi\u0301 du\u0323")

    assert read(decomposed).name == "Bộ Ví dụ"


def test_a_byte_order_mark_and_windows_line_ends_do_not_matter() -> None:
    assert read("\ufeff" + EXAMPLE.replace("\n", "\r\n")) == read(EXAMPLE)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("30m", timedelta(minutes=30)),
        ("2s", timedelta(seconds=2)),
        ("24h", timedelta(days=1)),
        ("1d", timedelta(days=1)),
        ("1h30m", timedelta(minutes=90)),
        ("1w", timedelta(weeks=1)),
        ("0.5s", timedelta(milliseconds=500)),
        ("250ms", timedelta(milliseconds=250)),
    ],
)
def test_durations(text: str, moment: timedelta) -> None:
    assert read(f'{SMALL}[limits]\ndelay = "{text}"').limits.delay == moment


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("5000", 5000),
        ('"8MB"', 8_000_000),
        ('"8 MiB"', 8_388_608),
        ('"1.5kB"', 1500),
        ('"64 b"', 64),
        ('"1gib"', 2**30),
    ],
)
def test_sizes(text: str, count: int) -> None:
    assert read(f"{SMALL}[limits]\nmax_bytes = {text}").limits.max_bytes == count


def test_a_mistake_names_file_line_key_and_the_nearest_right_value() -> None:
    with pytest.raises(SourceError) as raised:
        read_source(EXAMPLE.replace('"listing" ', '"listin" '), file="home/sources/vn-example.toml")

    error = raised.value
    assert (error.file, error.line, error.key) == ("home/sources/vn-example.toml", 22, "entrances[0].kind")
    assert (error.message, error.suggestion) == (
        'must be one of "api", "feed", "listing", "sitemap", not "listin"',
        '"listing"',
    )
    assert str(error) == (
        'home/sources/vn-example.toml:22: entrances[0].kind: must be one of "api", "feed", "listing", "sitemap", '
        'not "listin" (did you mean "listing"?)'
    )


def test_all_mistakes_are_listed_in_the_order_of_their_lines() -> None:
    text = (
        EXAMPLE.replace('country = "VN"', 'country = "vn"')
        .replace("homepage", "homepge")
        .replace("row =", "rows =")
        .replace('"30m"', '"30 minutes"')
        .replace('["127.0.1.0/24"]', '[\n  "10.0.0.0/8",\n  "127.0.1.5/24",\n]')
    )

    assert mistakes(text) == [
        '3: country: must be two capital letters (ISO 3166), such as "VN", not "vn" (did you mean "VN"?)',
        "6: homepge: is no key that belongs here (did you mean homepage?)",
        "9: selectors.listing.rows: is no key that belongs here (did you mean row?)",
        '26: schedule.every: must be a duration in quotes, such as "30m", "2s", "24h", "1d" or "1h30m", not "30 minutes" (did you mean "30m"?)',
        '31: limits.allow_private[1]: must be a network such as "127.0.1.0/24" or a host name, not "127.0.1.5/24" (did you mean "127.0.1.0/24"?)',
    ]


def test_the_first_mistake_is_the_one_raised() -> None:
    text = SMALL.replace('"VN"', '"vn"').replace('"vi"', '"vn"')

    with pytest.raises(SourceError) as raised:
        read(text)

    assert str(raised.value) == str(all_problems(text, file="vn-example.toml")[0])
    assert raised.value.line == 3


def test_what_is_missing_is_said_where_its_table_begins() -> None:
    text = 'slug = "vn-example"\n\n[selectors.listing]\n\n[[entrances]]\nkind = "feed"\n[[entrances]]\nurl = "https://a.vn/"\n'

    assert mistakes(text) == [
        "1: ministry: is missing",
        "1: country: is missing",
        "1: language: is missing",
        "1: timezone: is missing",
        "1: homepage: is missing",
        "3: selectors.listing.row: is missing",
        "5: entrances[0].url: is missing",
        "7: entrances[1].kind: is missing",
    ]


def test_a_text_that_is_no_toml_has_one_mistake() -> None:
    assert mistakes('slug = "vn-example"\nministry = Bộ Ví dụ\n') == [
        "2: is not TOML at column 12: this is no value; text stands in quotes"
    ]


def test_bytes_that_are_not_utf_8_are_found_on_their_line() -> None:
    text = SMALL.encode("utf-8").replace("Bộ".encode(), b"B\xf4").decode("utf-8", "surrogateescape")

    assert mistakes(text) == ["2: is not UTF-8; save the file as UTF-8"]


def test_a_file_is_called_like_its_slug() -> None:
    (error,) = all_problems(SMALL, file="sources/vn-exmple.toml")

    assert str(error) == (
        'sources/vn-exmple.toml:1: slug: is "vn-example", but the file is called vn-exmple.toml; they must agree'
    )
    assert all_problems(SMALL, file="<stdin>") == []


def test_a_source_may_name_neither_layout_nor_selectors() -> None:
    assert read(SMALL).layout == ""
    assert read(SMALL + 'layout = ""\n').layout == ""


@pytest.mark.parametrize("place", [0, 3, 7])
@pytest.mark.parametrize("nest", [400, 470, 485, 495, 5000])
def test_endless_nesting_is_a_mistake_like_any_other(place: int, nest: int) -> None:
    lines = SMALL.splitlines()
    text = "\n".join([*lines[:place], f"odd = {'[' * nest}{']' * nest}", *lines[place:]])

    (error,) = all_problems(text, file="vn-example.toml")

    assert error.line in (1, place + 1)


PIECES = [
    *EXAMPLE.splitlines(keepends=True),
    *SMALL.splitlines(keepends=True),
    "slug = ", "entrances = ", "[[entrances]]\n", "[limits]\n", "delay = ", "max_bytes = ", "timezone = ", "pages = ",
    "ministry = ", "selectors = ", "schedule.every = ", "expect.fill = ", "predecessor = ", "[seen]\n", "on = ", "how = ",
    "[selectors.article]\n", "body = ", "second_looks = ", "successor = ", "url = ", "homepage = ", "allow_private = ",
    '"99999999999d"', '"1e9s"', '""', '"\\u0000"', "[]", "{}", '["", 1]', "{ a = 1 }", "1", "-1", "1e400", "nan", "true",
    "2025-01-01", "2025-01-01T00:00:00Z", "07:32:00", "9" * 400, '"https://[::1"', '"http://a b/"', '"../../etc"', '"Asia"',
    '"::before"', '":is("', '"a:not(b"', "[[1]]", '"localtime"', '"\\\\"', "\n", "\n", "\n",
]  # fmt: skip


@given(st.text(st.characters(), max_size=80) | st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
@example(SMALL.replace('"Asia/Ho_Chi_Minh"', '"a\\u0000b"'))
@example(SMALL.replace('"Asia/Ho_Chi_Minh"', '""'))
def test_any_text_is_a_source_or_a_list_of_mistakes(text: str) -> None:
    errors = all_problems(text, file="vn-example.toml")

    assert [error.line for error in errors] == sorted(error.line for error in errors)
    assert all(0 < error.line <= text.count("\n") + 1 and "\n" not in str(error) for error in errors)
    if not errors:
        assert read(text).slug == "vn-example"


@given(st.data())
def test_any_value_in_place_of_another_is_a_source_or_a_mistake_on_that_line(data: st.DataObject) -> None:
    lines = EXAMPLE.splitlines()
    place = data.draw(st.sampled_from([number for number, line in enumerate(lines) if " = " in line]))
    value = data.draw(st.sampled_from([piece for piece in PIECES if not piece.endswith((" ", "\n"))]))
    lines[place] = f"{lines[place].partition(' = ')[0]} = {value}"

    errors = all_problems("\n".join(lines), file="vn-example.toml")

    assert {error.line for error in errors} <= {place + 1}


def test_reading_sources_loads_nothing_that_reads_pages() -> None:
    heavy = ("scrapy", "twisted", "bs4", "lxml", "parsel", "cssselect")
    code = f"import sys, scrapers.sources as s; s.catalogue; print([m for m in {heavy} if m in sys.modules])"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
