"""What the reader of printed dates must and must not read."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.reading.dates import Order, read_date, read_machine_date
from scrapers.reading.months import month_names

NOW = datetime(2026, 9, 28, 3, 0, tzinfo=UTC)
KNOWN_DATES = Path(__file__).parents[3] / "shared" / "notes" / "dates.tsv"
ZONES = {
    "vi": "Asia/Ho_Chi_Minh", "en": "Europe/London", "fr": "Europe/Paris", "de": "Europe/Berlin", "es": "Europe/Madrid",
    "pt": "America/Sao_Paulo", "id": "Asia/Jakarta", "ms": "Asia/Kuala_Lumpur", "th": "Asia/Bangkok", "lo": "Asia/Vientiane",
    "km": "Asia/Phnom_Penh", "my": "Asia/Yangon", "zh": "Asia/Shanghai", "ja": "Asia/Tokyo", "ko": "Asia/Seoul", "hi": "Asia/Kolkata",
    "ar": "Asia/Riyadh", "fa": "Asia/Tehran", "ru": "Europe/Moscow", "tr": "Europe/Istanbul", "pl": "Europe/Warsaw",
    "el": "Europe/Athens", "uk": "Europe/Kyiv", "bn": "Asia/Dhaka", "ne": "Asia/Kathmandu", "am": "Africa/Addis_Ababa",
    "he": "Asia/Jerusalem", "hu": "Europe/Budapest", "lt": "Europe/Vilnius", "lv": "Europe/Riga", "mn": "Asia/Ulaanbaatar",
    "fi": "Europe/Helsinki", "it": "Europe/Rome", "nl": "Europe/Amsterdam", "sv": "Europe/Stockholm", "cs": "Europe/Prague",
    "eu": "Europe/Madrid", "ca": "Europe/Madrid", "sr": "Europe/Belgrade", "ro": "Europe/Bucharest", "ka": "Asia/Tbilisi",
}  # fmt: skip


def iso(text: str, language: str, timezone: str = "", now: datetime | None = None) -> str | None:
    moment = read_date(text, language=language, timezone=timezone or ZONES[language], now=now)
    if moment is None:
        return None
    return moment.at.isoformat(timespec="minutes") if moment.precision == "minute" else moment.iso


@pytest.mark.parametrize(
    ("language", "text", "means"),
    [
        ("vi", "Thứ sáu, 04/10/2024 09:07", "2024-10-04T09:07+07:00"),
        ("vi", "Thứ Hai, ngày 7 tháng 10 năm 2024", "2024-10-07"),
        ("vi", "Ngày đăng 05/11/2021 | 02:15 PM | Lượt xem: 536", "2021-11-05T14:15+07:00"),
        ("vi", "Ngày đăng : 07:30, 04/06/2018", "2018-06-04T07:30+07:00"),
        ("vi", "05/09/2026 - 22:17", "2026-09-05T22:17+07:00"),
        ("vi", "3 giờ chiều ngày 04/10/2024", "2024-10-04T15:00+07:00"),
        ("vi", "15h 4 tháng 10 năm 2024", "2024-10-04T15:00+07:00"),
        ("vi", "Lúc 06 giờ 05 phút 09 giây ngày 04/10/2024", "2024-10-04T06:05:09+07:00"),
        ("vi", "4 Th10, 2024", "2024-10-04"),
        ("vi", "04 Tháng Mười Hai, 2024", "2024-12-04"),
        ("vi", "Tháng Mười 4, 2024", "2024-10-04"),
        ("vi", "Thông tư số 15/2025/TT-BTC ngày 24/3/2025", "2025-03-24"),
        ("vi", "04/10/2024 12:30 SA", "2024-10-04T00:30+07:00"),
        ("vi", "04/10/2024 12:30 CH", "2024-10-04T12:30+07:00"),
        ("vi", "15-08-2026 - 01:01 AM", "2026-08-15T01:01+07:00"),
        ("vi", "04/10/2024 | 15:52 PM", "2024-10-04T15:52+07:00"),
        ("vi", "10/22/2024 11:05:00 AM", "2024-10-22T11:05:00+07:00"),
        ("vi", "04/10/2024 15:52 GMT+8", "2024-10-04T15:52+08:00"),
        ("vi", "15:52-04/10/2024", "2024-10-04T15:52+07:00"),
        ("en", "20:00 08-Oct-2019", "2019-10-08T20:00+01:00"),
        ("en", "October 4th, 2024", "2024-10-04"),
        ("en", "Fri, 4 October 2024 at 9.05 pm", "2024-10-04T21:05+01:00"),
        ("en", "Posted 4-Oct-24", "2024-10-04"),
        ("en", "Fri Oct 4 2024 15:52:00 GMT+0700 (Indochina Time)", "2024-10-04T15:52:00+07:00"),
        ("en", "Sunday, 4/8/2024", "2024-08-04"),
        ("en", "Monday, 4/8/2024", "2024-04-08"),
        ("fr", "Mis en ligne le vendredi 4 octobre 2024 à 9 h 05", "2024-10-04T09:05+02:00"),
        ("fr", "1er FEVRIER 2024", "2024-02-01"),
        ("de", "Berlin, 4. Oktober 2024, 9.05 Uhr", "2024-10-04T09:05+02:00"),
        ("de", "04.10.24", "2024-10-04"),
        ("es", "viernes, 4 de octubre de 2024 - 9:05 p. m.", "2024-10-04T21:05+02:00"),
        ("pt", "Publicado: 1º de março de 2024 às 15h", "2024-03-01T15:00-03:00"),
        ("it", "4 ottobre 2024, ore 9.05", "2024-10-04T09:05+02:00"),
        ("nl", "4 oktober 2024 om 15:52 uur", "2024-10-04T15:52+02:00"),
        ("fi", "4.10.2024 9.05", "2024-10-04T09:05+03:00"),
        ("sv", "Publicerad 04 oktober 2024 kl. 09:05", "2024-10-04T09:05+02:00"),
        ("cs", "4. října 2024 v 9:05", "2024-10-04T09:05+02:00"),
        ("hu", "2024. október 4. 09:05", "2024-10-04T09:05+02:00"),
        ("lt", "2024 m. spalio 4 d.", "2024-10-04"),
        ("lv", "2024. gada 4. oktobris, 09:05", "2024-10-04T09:05+03:00"),
        ("eu", "2024ko urriaren 4a", "2024-10-04"),
        ("ca", "4 d'octubre de 2024", "2024-10-04"),
        ("sr", "4. oktobra 2024.", "2024-10-04"),
        ("ro", "4 octombrie 2024", "2024-10-04"),
        ("ka", "4 ოქტომბერი 2024", "2024-10-04"),
        ("id", "Jumat, 4 Oktober 2024 | 09.05 WIB", "2024-10-04T09:05+07:00"),
        ("id", "04 Oktober 2024 10:05 WIT", "2024-10-04T10:05+09:00"),
        ("ms", "4 Oktober 2024, 8:15 pagi", "2024-10-04T08:15+08:00"),
        ("ms", "4 Oktober 2024, 12:15 tengah hari", "2024-10-04T12:15+08:00"),
        ("th", "วันศุกร์ที่ 4 ตุลาคม พ.ศ. 2567 เวลา 09.05 น.", "2024-10-04T09:05+07:00"),
        ("th", "๔ ต.ค. ๖๗", "2024-10-04"),
        ("th", "4/10/2567", "2024-10-04"),
        ("th", "04 ตุลาคม 2024", "2024-10-04"),
        ("lo", "ວັນທີ 4 ເດືອນ ຕຸລາ ປີ 2024", "2024-10-04"),
        ("km", "ថ្ងៃទី៤ ខែតុលា ឆ្នាំ២០២៤", "2024-10-04"),
        ("my", "၂၀၂၄ ခုနှစ်၊ အောက်တိုဘာလ ၄ ရက်", "2024-10-04"),
        ("zh", "2024年10月4日 下午3:05", "2024-10-04T15:05+08:00"),
        ("zh", "二〇二四年十月十四日", "2024-10-14"),
        ("zh", "民國99年10月4日", "2010-10-04"),
        ("zh", "113/10/04", "2024-10-04"),
        ("zh", "来源：本网 时间：2024-10-04 09:05:33", "2024-10-04T09:05:33+08:00"),
        ("ja", "令和元年5月1日", "2019-05-01"),
        ("ja", "Ｒ６．１０．４", "2024-10-04"),
        ("ja", "2024年10月4日（金）午後3時5分", "2024-10-04T15:05+09:00"),
        ("ko", "2024. 10. 4. 오후 3:05", "2024-10-04T15:05+09:00"),
        ("ko", "등록일 : 2024-10-04(금) 09:05", "2024-10-04T09:05+09:00"),
        ("mn", "2024 оны 10 дугаар сарын 04", "2024-10-04"),
        ("ru", "4 октября 2024 г., 09:05", "2024-10-04T09:05+03:00"),
        ("tr", "4 EKİM 2024 CUMA 09:05", "2024-10-04T09:05+03:00"),
        ("el", "Παρασκευή, 4 Οκτωβρίου 2024 09:05 π.μ.", "2024-10-04T09:05+03:00"),
        ("ar", "الجمعة 4 تشرين الأول/أكتوبر 2024", "2024-10-04"),
        ("ar", "01/04/1446 هـ الموافق 04/10/2024 - 09:05 ص", "2024-10-04T09:05+03:00"),
        ("fa", "جمعه ۱۳ مهر ۱۴۰۳ ساعت ۰۹:۰۵", "2024-10-04T09:05+03:30"),
        ("fa", "۱۴۰۳/۰۷/۱۳", "2024-10-04"),
        ("hi", "शुक्रवार, 4 अक्टूबर 2024 09:05 पूर्वाह्न", "2024-10-04T09:05+05:30"),
        ("ne", "२०८१ असोज १८", "2024-10-04"),
        ("ne", "2081-06-18", "2024-10-04"),
        ("am", "መስከረም 24 ቀን 2017 ዓ.ም", "2024-10-04"),
        ("he", "4 באוקטובר 2024", "2024-10-04"),
        ("bn", "০৪ অক্টোবর ২০২৪", "2024-10-04"),
    ],
)
def test_reads_what_ministries_print(language: str, text: str, means: str) -> None:
    assert iso(text, language, now=NOW) == means


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("vi", ""),
        ("vi", "15:52"),
        ("vi", "24/08"),
        ("vi", "tháng 8 năm 2023"),
        ("vi", "31/02/2024"),
        ("vi", "45/13/2024"),
        ("vi", "24-26/08/2023"),
        ("fr", "24 - 26 août 2023"),
        ("en", "24 Aug 10 comments"),
        ("en", "version 1.2.10"),
        ("en", "192.168.20.24"),
        ("vi", "02/09/1945"),
        ("vi", "01/10/2026 08:00"),
        ("zh", "05/08/2023"),
        ("ar", "01/04/1446"),
        ("ja", "23年8月24日"),
        ("ja", "元年8月24日"),
        ("fa", "۳۰ اسفند ۱۴۰۲"),
        ("ne", "२०८१ असोज ३५"),
        ("ne", "२०९५ असोज ५"),
        ("am", "ጳጉሜን 6, 2016"),
        ("th", "31 กุมภาพันธ์ 2566"),
        ("en", "2 weeks ago"),
        ("vi", "2 tháng trước"),
        ("vi", "tin nóng hôm kia và nay"),
        ("zh", "十十十年八月一日"),
    ],
)
def test_never_guesses_a_day(language: str, text: str) -> None:
    assert iso(text, language, now=NOW if "hôm kia" not in text else None) is None


@pytest.mark.parametrize(
    ("timezone", "day"),
    [
        ("America/Chicago", "2023-05-08"),
        ("Asia/Manila", "2023-05-08"),
        ("Asia/Ho_Chi_Minh", "2023-08-05"),
        ("America/Toronto", None),
    ],
)
def test_english_numbers_follow_the_custom_of_the_country(timezone: str, day: str | None) -> None:
    assert iso("5/8/2023", "en", timezone) == day


@pytest.mark.parametrize(
    ("language", "text", "means"),
    [
        ("vi", "45 phút trước", "2026-09-28T09:15+07:00"),
        ("vi", "2 giờ trước", "2026-09-28T08:00+07:00"),
        ("vi", "hôm qua 15:52", "2026-09-27T15:52+07:00"),
        ("vi", "Hôm nay", "2026-09-28"),
        ("en", "an hour ago", "2026-09-28T03:00+01:00"),
        ("en", "3 days ago", "2026-09-25"),
        ("fr", "il y a 2 heures", "2026-09-28T03:00+02:00"),
        ("fr", "avant-hier à 9h05", "2026-09-26T09:05+02:00"),
        ("de", "vor 2 Tagen", "2026-09-26"),
        ("zh", "10分钟前", "2026-09-28T10:50+08:00"),
        ("ja", "3時間前", "2026-09-28T09:00+09:00"),
        ("ko", "어제 09:05", "2026-09-27T09:05+09:00"),
        ("id", "2 jam yang lalu", "2026-09-28T08:00+07:00"),
        ("ru", "5 минут назад", "2026-09-28T05:55+03:00"),
        ("th", "เมื่อวานนี้", "2026-09-27"),
        ("lo", "2 hours ago", "2026-09-28T08:00+07:00"),
    ],
)
def test_reads_relative_dates_only_beside_a_clock(language: str, text: str, means: str) -> None:
    assert iso(text, language, now=NOW) == means
    assert iso(text, language) is None


@pytest.mark.parametrize(
    ("text", "timezone", "means"),
    [
        ("4 Oct 2024 15:52 ET", "America/Chicago", "2024-10-04T15:52-04:00"),
        ("4 Oct 2024 15:52 EST", "America/New_York", "2024-10-04T15:52-05:00"),
        ("4 Oct 2024 15:52 CST", "Asia/Shanghai", "2024-10-04T15:52+08:00"),
        ("4 Jan 2024 15:52 CST", "America/Los_Angeles", "2024-01-04T15:52-06:00"),
        ("4 Oct 2024 15:52 CST", "Europe/London", "2024-10-04"),
        ("4 Oct 2024 15:52 (UTC−05:30)", "Europe/London", "2024-10-04T15:52-05:30"),
        ("4 Oct 2024 15:52 GMT+77", "Europe/London", "2024-10-04T15:52+01:00"),
        ("15:52 UTC, 4 Oct 2024", "Asia/Tokyo", "2024-10-04T15:52+00:00"),
        ("4 Oct 2024 15:52 est", "Europe/London", "2024-10-04T15:52+01:00"),
    ],
)
def test_reads_the_zone_that_is_stated(text: str, timezone: str, means: str) -> None:
    assert iso(text, "en", timezone) == means


def test_time_without_any_zone_is_left_out() -> None:
    def without_zone(text: str) -> str | None:
        moment = read_date(text, language="en-US", timezone="", now=NOW)
        return moment.iso if moment else None

    assert without_zone("4/10/2024 15:52") == "2024-04-10"
    assert without_zone("4/10/2024 15:52 GMT+7") == "2024-04-10T15:52:00+07:00"
    assert without_zone("4/10/2024 15:52 CST") == "2024-04-10"
    assert without_zone("2 hours ago") == "2026-09-28T01:00:00+00:00"


def test_a_time_belongs_to_the_date_beside_it() -> None:
    assert iso("08:00 04/10/2024 | Cập nhật 09:00 05/10/2024", "vi") == "2024-10-04T08:00+07:00"
    assert iso("04/10/2024 08:00, cập nhật 05/10/2024 09:00", "vi") == "2024-10-04T08:00+07:00"
    assert iso("08:00 04/10/2024 09:00 05/10/2024", "vi") == "2024-10-04T08:00+07:00"
    assert iso("04/10/2024 – họp báo thường kỳ bắt đầu 09:00", "vi") == "2024-10-04"


def test_english_without_a_zone_follows_the_region() -> None:
    found = [read_date("5/8/2023", language=tag, timezone="") for tag in ("en", "en-US", "en-GB", "en-CA")]

    assert [moment and moment.iso for moment in found] == [None, "2023-05-08", "2023-08-05", None]


def test_keeps_the_text_as_printed() -> None:
    moment = read_date("  Thứ sáu,\n 04/10/2024  09:07 ", language="vi", timezone="Asia/Ho_Chi_Minh")

    assert moment
    assert moment.printed == "Thứ sáu, 04/10/2024 09:07"


def test_time_that_no_clock_shows_leaves_the_day() -> None:
    assert iso("04/10/2024 13:05 AM", "vi") == "2024-10-04"
    assert iso("04/10/2024 12h75", "vi") == "2024-10-04"


@pytest.mark.parametrize(
    ("text", "options", "means"),
    [
        ("2026-09-05T09:18:48+0700", {}, "2026-09-05T09:18:48+07:00"),
        ("2026-09-05T02:18:48Z", {}, "2026-09-05T02:18:48+00:00"),
        ("2026-09-05T09:18:48.1234567+07:00", {}, "2026-09-05T09:18:48+07:00"),
        ("2026-09-05 09:18", {}, "2026-09-05T09:18:00+07:00"),
        ("2026-09-05", {}, "2026-09-05"),
        ("2026-09-05T00:00:00", {}, "2026-09-05T00:00:00+07:00"),
        ("20260905091848", {}, "2026-09-05T09:18:48+07:00"),
        ("20260905T021848Z", {}, "2026-09-05T02:18:48+00:00"),
        ("Sat, 05 Sep 2026 09:18:48 +0700", {}, "2026-09-05T09:18:48+07:00"),
        ("Sat, 05 Sep 2026 02:18:48 GMT", {}, "2026-09-05T02:18:48+00:00"),
        ("Sat, 05 Sep 26 09:18 GMT+7", {}, "2026-09-05T09:18:00+07:00"),
        ("9/5/2026 10:17:01 PM", {"order": "mdy"}, "2026-09-05T22:17:01+07:00"),
        ("9/5/2026 10:17:01 PM", {"order": "dmy"}, "2026-05-09T22:17:01+07:00"),
        ("9/5/2026 10:17:01 PM", {}, None),
        ("9/25/2026 3:52:00 PM +08:00", {}, "2026-09-25T15:52:00+08:00"),
        ("1788574728", {}, None),
        ("1788574728", {"epoch": True}, "2026-09-05T09:18:48+07:00"),
        ("1788574728000", {"epoch": True}, "2026-09-05T09:18:48+07:00"),
        ("/Date(1788574728000)/", {}, "2026-09-05T09:18:48+07:00"),
        ("2026-13-05T09:18:48", {}, None),
        ("2026-09-05T25:18:48", {}, None),
        ("2026-09", {}, None),
        ("", {}, None),
    ],
)
def test_reads_what_machines_write(text: str, options: dict[str, Any], means: str | None) -> None:
    moment = read_machine_date(text, timezone="Asia/Ho_Chi_Minh", **options)

    assert (moment and moment.iso) == means


@pytest.mark.skipif(not KNOWN_DATES.exists(), reason=f"the table of known dates is not there: {KNOWN_DATES}")
def test_reads_the_known_dates() -> None:
    now = datetime.fromisoformat("2023-08-24T17:52+07:00")
    wrong = []
    rows = [line.split("\t") for line in KNOWN_DATES.read_text("utf-8").splitlines()[1:]]
    for language, text, means in rows:
        relative = not any(character.isdigit() for character in text[4:]) or "前" in text
        found = read_date(text, language=language, timezone=ZONES[language], now=now)
        found = found or (None if relative else read_date(text, language=language, timezone=ZONES[language]))
        right = found is not None and (
            found.at == datetime.fromisoformat(means) and found.precision != "day"
            if "T" in means
            else found.iso == means
        )
        wrong += [] if right else [(language, text, means, found and found.iso)]

    assert len(wrong) <= 0.03 * len(rows), wrong


MOMENTS = st.datetimes(min_value=datetime(1990, 1, 2), max_value=datetime(2068, 1, 1))  # noqa: DTZ001
FORMS = [
    ("vi", "{d:02}/{m:02}/{y} {H:02}:{M:02}"),
    ("vi", "{H}h{M:02}, ngày {d}/{m}/{y}"),
    ("vi", "Thứ Hai, ngày {d} tháng {m} năm {y} {H:02}:{M:02}"),
    ("de", "{d}. {name} {y}, {H}.{M:02} Uhr"),
    ("fr", "Publié le {d} {name} {y} à {H} h {M:02}"),
    ("es", "{d} de {name} de {y}, {H}:{M:02} h"),
    ("pt", "{d} de {name} de {y} às {H}h{M:02}"),
    ("ru", "{d} {name} {y} года, {H}:{M:02}"),
    ("tr", "{d} {name} {y} {H:02}:{M:02}"),
    ("en", "{name} {d}, {y} {H}:{M:02}"),
    ("th", "{d} {name} {be} {H:02}:{M:02} น."),
    ("zh", "{y}年{m}月{d}日 {H:02}:{M:02}"),
    ("ko", "{y}. {m}. {d}. {H:02}:{M:02}"),
    ("ja", "{y}/{m:02}/{d:02} {H}時{M:02}分"),
    ("ar", "{d} {name} {y} - {H:02}:{M:02}"),
    ("hi", "{d} {name} {y} {H:02}:{M:02}"),
    ("en", "{y}-{m:02}-{d:02}T{H:02}:{M:02}"),
]


@given(MOMENTS, st.sampled_from(FORMS))
@settings(max_examples=120, deadline=None)
def test_reads_back_every_date_it_is_shown(at: datetime, form: tuple[str, str]) -> None:
    language, shape = form
    name = next(name for name, month in reversed(month_names(language).items()) if month == at.month and len(name) > 2)
    text = shape.format(y=at.year, be=at.year + 543, m=at.month, d=at.day, H=at.hour, M=at.minute, name=name)

    moment = read_date(text, language=language, timezone="Asia/Ho_Chi_Minh")

    assert moment, text
    assert moment.precision == "minute", text
    assert moment.at.replace(tzinfo=None) == at.replace(second=0, microsecond=0), text


PIECES = st.sampled_from(
    [
        "24",
        "8",
        "2023",
        "/",
        "-",
        ".",
        ":",
        " ",
        "tháng",
        "年",
        "月",
        "日",
        "GMT+7",
        "h",
        "CH",
        "PM",
        "August",
        "令和",
        "元",
        "+07:00",
        "Z",
    ]
)
ANYTHING = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=30).map("".join))


@given(ANYTHING, st.sampled_from(sorted(ZONES)), st.sampled_from([None, NOW]))
@settings(max_examples=120, deadline=None)
def test_never_raises(text: str, language: str, now: datetime | None) -> None:
    moment = read_date(text, language=language, timezone=ZONES[language], now=now)

    assert moment is None or moment.at.utcoffset() is not None


@given(ANYTHING, st.sampled_from(["ymd", "mdy", "dmy"]), st.booleans())
@settings(max_examples=80, deadline=None)
def test_never_raises_on_machine_text(text: str, order: Order, epoch: bool) -> None:
    moment = read_machine_date(text, timezone="Asia/Ho_Chi_Minh", order=order, epoch=epoch)

    assert moment is None or moment.at.utcoffset() is not None


@pytest.mark.parametrize("filler", ["1 ", "24/8/", "12:", "tháng 8 ", "一", "a", "24 tháng 8 ", "+07:00"])
def test_long_text_takes_no_longer(filler: str) -> None:
    read_date("24/08/2023", language="vi", timezone="Asia/Ho_Chi_Minh")
    began = time.process_time()
    read_date(filler * 200_000, language="vi", timezone="Asia/Ho_Chi_Minh", now=NOW)

    assert time.process_time() - began < 0.2


@pytest.mark.parametrize("never", ["9999-12-31T23:59:59-05:00", "2999-01-01", "0001-01-01T00:00:00Z"])
def test_what_templates_fill_in_for_never_is_no_date(never: str) -> None:
    assert read_machine_date(never, timezone="Asia/Ho_Chi_Minh") is None
