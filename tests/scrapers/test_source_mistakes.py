"""One mistake at a time: what is said about it, and what is suggested instead."""

import pytest

from scrapers.sources import all_problems

TEXT = """\
slug = "vn-example"
ministry = { vi = "Bộ Ví dụ" }
country = "VN"
language = "vi"
timezone = "Asia/Ho_Chi_Minh"
homepage = "https://www.example.gov.vn/"
layout = "onecms"
[selectors.listing]
row = "div.item"
[[entrances]]
kind = "listing"
url = "https://www.example.gov.vn/tin-tuc"
pages = 1
[schedule]
every = "30m"
[limits]
max_bytes = 8
"""


def mistake(old: str, new: str) -> str:
    """Put ``new`` for ``old`` and return the only mistake, without the file's name."""
    assert TEXT.count(old) == 1
    (error,) = all_problems(TEXT.replace(old, new), file="vn-example.toml")
    return str(error).removeprefix("vn-example.toml:")


def test_the_text_itself_has_no_mistake() -> None:
    assert all_problems(TEXT, file="vn-example.toml") == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('layout = "', 'layuot = "', "7: layuot: is no key that belongs here (did you mean layout?)"),
        ("language =", "Language =", "4: Language: is no key that belongs here (did you mean language?)"),
        ("homepage =", "url =", "6: url: is no key that belongs here (did you mean homepage?)"),
        ("timezone =", "time-zone =", "5: time-zone: is no key that belongs here (did you mean timezone?)"),
        ("layout =", '"x y" =', '7: "x y": is no key that belongs here'),
        ("pages =", "page =", "13: entrances[0].page: is no key that belongs here (did you mean pages?)"),
        ("every =", "interval =", "15: schedule.interval: is no key that belongs here (did you mean every?)"),
        ("row =", "rows =", "9: selectors.listing.rows: is no key that belongs here (did you mean row?)"),
        ("max_bytes =", "max-bytes =", "17: limits.max-bytes: is no key that belongs here (did you mean max_bytes?)"),
        ("[schedule]", "[scheduel]", "14: scheduel: is no key that belongs here (did you mean schedule?)"),
        ("layout =", "delay =", "7: delay: is no key that belongs here (did you mean limits.delay?)"),
        ("max_bytes = 8", 'note = ""', "17: limits.note: is no key that belongs here (did you mean note, above the first [table]?)"),
    ],
)  # fmt: skip
def test_unknown_keys_get_the_nearest_right_one(old: str, new: str, said: str) -> None:
    assert mistake(old, new) == said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"vn-example"', "5", '1: slug: must be text in quotes, not 5 (did you mean "5"?)'),
        ('"vn-example"', "true", '1: slug: must be text in quotes, not true (did you mean "true"?)'),
        ('"Bộ Ví dụ"', "[1]", "2: ministry.vi: must be text in quotes, not a list"),
        ('{ vi = "Bộ Ví dụ" }', '"Bộ Ví dụ"', '2: ministry: must be a table such as ministry = { … = … }, not "Bộ Ví dụ"'),
        ("pages = 1", 'pages = "2"', '13: entrances[0].pages: must be a whole number, not "2" (did you mean 2?)'),
        ("pages = 1", "pages = 1.5", "13: entrances[0].pages: must be a whole number, not 1.5"),
        ("pages = 1", "pages = true", "13: entrances[0].pages: must be a whole number, not true"),
        ("[[entrances]]", "[entrances]", "10: entrances: must be a list of tables (did you mean [[entrances]]?)"),
        ("[schedule]", "schedule = 1\n[expect]", "14: entrances[0].schedule: is no key that belongs here (did you mean schedule, above the first [table]?)"),
        ("layout =", 'predecessor = "vn-x"\nlayout =', '7: predecessor: must be a list (did you mean ["vn-x"]?)'),
        ("layout =", 'entrances = ["x"]\n#', '7: entrances[0]: must be a table, not "x"'),
        ("layout =", 'expect = 1\n#', "7: expect: must be a table, not 1 (did you mean [expect]?)"),
        ("layout =", 'since = "2025-03-01"\n#', '7: since: must be a day, such as 2025-03-01, not "2025-03-01" (did you mean 2025-03-01?)'),
        ("layout =", "since = 2025-03-01T00:00:00Z\n#", "7: since: must be a day, such as 2025-03-01, not 2025-03-01 00:00:00+00:00 (did you mean 2025-03-01?)"),
        ("layout =", 'seen = { on = 2025-03-01, how = "x", live = "no" }\n#',
         '7: seen.live: must be true or false, without quotes, not "no" (did you mean false?)'),
        ("layout =", 'expect.fill.lede = "much"\n#', '7: expect.fill.lede: must be a number, not "much"'),
    ],
)  # fmt: skip
def test_wrong_types(old: str, new: str, said: str) -> None:
    text = TEXT.replace(old, new)
    if "entrances = [" in new or "[entrances]" in new:
        text = text.replace("[[entrances]]", "[expect]").replace("kind", "#").replace("url", "#").replace("pages", "#")
    found = [str(error).removeprefix("vn-example.toml:") for error in all_problems(text, file="vn-example.toml")]
    assert said in found


@pytest.mark.parametrize(
    ("value", "suggestion"),
    [
        ("www.example.gov.vn/tin", '"https://www.example.gov.vn/tin"'),
        ("//example.gov.vn", '"https://example.gov.vn"'),
        ("htps://example.gov.vn/a", '"https://example.gov.vn/a"'),
        ("ftp://example.gov.vn/", '"https://example.gov.vn/"'),
        ("https://example.gov.vn/tin tuc", '"https://example.gov.vn/tintuc"'),
        ("https:///tin", ""),
        ("https://[::1", ""),
        ("https://a.vn:99999/", ""),
        ("https://a..vn/", ""),
        ("https://me:secret@a.vn/", ""),
        ("javascript:void(0)", ""),
        ("/tin-tuc", ""),
        ("", ""),
    ],
)
def test_addresses_need_a_scheme_and_a_host(value: str, suggestion: str) -> None:
    (error,) = all_problems(TEXT.replace("https://www.example.gov.vn/tin-tuc", value), file="vn-example.toml")

    assert (error.line, error.key, error.suggestion) == (12, "entrances[0].url", suggestion)
    assert "secret" not in error.message


@pytest.mark.parametrize(
    "value", ["http://127.0.1.1:8080/", "https://bộ-ví-dụ.vn/", "http://[::1]:80/x", "HTTPS://A.vn"]
)
def test_addresses_of_every_kind_of_host_are_taken(value: str) -> None:
    assert all_problems(TEXT.replace("https://www.example.gov.vn/tin-tuc", value), file="vn-example.toml") == []


@pytest.mark.parametrize(
    ("value", "country", "suggestion"),
    [
        ("SE Asia Standard Time", "VN", "Asia/Ho_Chi_Minh"),
        ("Asia/Ho_Chi_Min", "VN", "Asia/Ho_Chi_Minh"),
        ("asia/ho chi minh", "VN", "Asia/Ho_Chi_Minh"),
        ("Asia/Hanoi", "VN", "Asia/Ho_Chi_Minh"),
        ("UTC+7", "VN", "Asia/Ho_Chi_Minh"),
        ("Eastern Standard Time", "US", "America/New_York"),
        ("America/Chicgo", "US", "America/Chicago"),
        ("Romance Standard Time", "FR", "Europe/Paris"),
        ("", "VN", "Asia/Ho_Chi_Minh"),
        ("../../etc/passwd", "VN", "Asia/Ho_Chi_Minh"),
        ("Asia", "VN", "Asia/Ho_Chi_Minh"),
        ("localtime", "VN", "Asia/Ho_Chi_Minh"),
    ],
)  # fmt: skip
def test_unknown_time_zones_get_the_nearest_or_the_country_s(value: str, country: str, suggestion: str) -> None:
    text = TEXT.replace("Asia/Ho_Chi_Minh", value).replace('"VN"', f'"{country}"')
    (error,) = all_problems(text, file="vn-example.toml")

    assert (error.line, error.key, error.suggestion) == (5, "timezone", f'"{suggestion}"')


@pytest.mark.parametrize(
    ("old", "new", "line", "suggestion"),
    [
        ('"VN"', '"vn"', 3, '"VN"'),
        ('"VN"', '"VNM"', 3, ""),
        ('"VN"', '"Việt Nam"', 3, ""),
        ('"vi"', '"vn"', 4, '"vi"'),
        ('"vi"', '"vi_VN"', 4, '"vi-VN"'),
        ('"vi"', '"VI"', 4, '"vi"'),
        ('"vi"', '"Vietnamese"', 4, '"vi"'),
        ('"vi"', '"zh-hant-tw"', 4, '"zh-Hant-TW"'),
        ('"vi"', '"xx"', 4, ""),
        ('"vi"', '""', 4, ""),
        ("vi =", "vn =", 2, '"vi"'),
        ('"vn-example"', '"VN Bộ Tài nguyên và Môi trường Đ"', 1, '"vn-bo-tai-nguyen-va-moi-truong-d"'),
        ('"vn-example"', '"vn_example"', 1, '"vn-example"'),
        ('"vn-example"', '"example"', 1, ""),
        ('"vn-example"', '"vn-"', 1, ""),
        ('"onecms"', '"onecsm"', 7, '"onecms"'),
        ('"onecms"', '"layout"', 7, ""),
        ('"onecms"', '"registry"', 7, ""),
        ('"listing"', '"rss"', 11, '"feed"'),
        ('"listing"', '"Sitemap"', 11, '"sitemap"'),
        ('"listing"', '"gopher"', 11, ""),
        ("pages = 1", "pages = 0", 13, ""),
        ("pages = 1", "pages = 99999999999", 13, ""),
        ('"30m"', "30", 15, ""),
        ('"30m"', '"30 min"', 15, '"30m"'),
        ('"30m"', '"1 Hour 30 Minutes"', 15, '"1h30m"'),
        ('"30m"', '"3 months"', 15, ""),
        ('"30m"', '"30"', 15, ""),
        ('"30m"', '"0s"', 15, ""),
        ('"30m"', '"4000d"', 15, ""),
        ('"30m"', '"9999999999999d"', 15, ""),
        ("max_bytes = 8", 'max_bytes = "8 pages"', 17, ""),
        ("max_bytes = 8", "max_bytes = 0", 17, ""),
        ("max_bytes = 8", "max_bytes = 8.0", 17, ""),
        ("max_bytes = 8", 'second_looks = "1"', 17, "1"),
        ("max_bytes = 8", 'allow_private = ["127.0.1.5/24"]', 17, '"127.0.1.0/24"'),
        ("max_bytes = 8", 'allow_private = ["http://localhost:8080/x"]', 17, '"localhost"'),
        ("max_bytes = 8", 'allow_private = ["intranet.local:80"]', 17, '"intranet.local"'),
        ("max_bytes = 8", 'allow_private = ["300.1.1.1"]', 17, ""),
        ("max_bytes = 8", 'allow_private = ["a b"]', 17, ""),
        ("max_bytes = 8", 'allow_private = ["http://[::"]', 17, ""),
        ('every = "30m"', 'second_looks = ["1h", "30m"]', 15, ""),
        ("layout =", "expect.fill.title = 1\n#", 7, "headline"),
        ("layout =", "expect.fill.lede = 95\n#", 7, "0.95"),
        ("layout =", "expect.fill.lede = nan\n#", 7, ""),
        ("layout =", "expect.min_items = -1\n#", 7, ""),
        ("layout =", "since = 2025-03-01\nuntil = 2025-02-28\n#", 8, ""),
        ("layout =", 'successor = "vn-example"\n#', 7, ""),
        ("layout =", 'predecessor = ["vn-a", "vn-example"]\n#', 7, ""),
        ("layout =", 'predecessor = ["VN-A"]\n#', 7, '"vn-a"'),
        ("layout =", 'seen = { on = 2025-03-01, how = " " }\n#', 7, ""),
        ("layout =", 'ministry.en = "x"\n#', 7, ""),
        ('"Bộ Ví dụ"', '" "', 2, ""),
        ('"Bộ Ví dụ"', '"Bộ\\nVí dụ"', 2, ""),
        ('"Bộ Ví dụ"', '"Bộ\\u0007Ví dụ"', 2, ""),
        ('{ vi = "Bộ Ví dụ" }', "{}", 2, ""),
    ],
)  # fmt: skip
def test_wrong_values(old: str, new: str, line: int, suggestion: str) -> None:
    (error,) = all_problems(TEXT.replace(old, new, 1), file="vn-example.toml")[-1:]

    assert (error.line, error.suggestion) == (line, suggestion)


@pytest.mark.parametrize(
    ("css", "words", "suggestion"),
    [
        ("div.item[", "is not a CSS selector", ""),
        ("div >", "is not a CSS selector", ""),
        ("div:nth-child(x)", "is not a CSS selector", ""),
        ("//div[@class='x']", "looks like XPath", ""),
        ("h3 a::attr(href)", "must select elements", '"h3 a"'),
        ("h3::text", "must select elements", '"h3"'),
        ("", "not empty", ""),
        ("  ", "not empty", ""),
    ],
)
def test_selectors_must_be_css(css: str, words: str, suggestion: str) -> None:
    (error,) = all_problems(TEXT.replace("div.item", css), file="vn-example.toml")

    assert (error.line, error.key, error.suggestion) == (9, "selectors.listing.row", suggestion)
    assert words in error.message


@pytest.mark.parametrize(
    "css", ["ul > li[pid]", "div:has(> a.title)", "h1, h2.title:not(.ad)", "li:nth-child(2)", "[id$=_pnHide] span"]
)
def test_selectors_the_readers_understand_are_taken(css: str) -> None:
    assert all_problems(TEXT.replace("div.item", css), file="vn-example.toml") == []


def test_entrances_are_at_least_one_and_each_is_another() -> None:
    none = TEXT.replace("[[entrances]]", "[expect]").replace("kind", "#").replace("url", "#").replace("pages", "#")
    twice = f'{TEXT}[[entrances]]\nkind = "feed"\nurl = "https://www.example.gov.vn/tin-tuc"\n'

    assert [str(error) for error in all_problems(none.replace("layout", "entrances = []#"), file="x")] == [
        "x:7: entrances: must not be empty"
    ]
    assert [str(error) for error in all_problems(none, file="x")] == ["x:1: entrances: is missing"]
    assert [str(error) for error in all_problems(twice, file="x")] == [
        "x:20: entrances[1].url: is the address of entrances[0] already"
    ]


def test_a_message_quotes_no_more_than_a_line() -> None:
    (error,) = all_problems(TEXT.replace('"onecms"', f'"{"x" * 9000}\\n{"y" * 9000}"'), file="x")

    assert len(str(error)) < 300
