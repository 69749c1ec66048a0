"""What a feed says in its own voice, in the language of its readers."""

from __future__ import annotations

from datetime import datetime

from scrapers.items import Record

# strftime would ask the process's locale.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class Phrases(Record, frozen=True, kw_only=True):
    """Sentences of one language; braces are filled in."""

    language: str
    moment: str
    everything: str
    about: str
    about_section: str
    about_everything: str
    attachments: str
    attachment: str
    read_on: str
    read_there: str
    undated: str
    future: str
    implausible: str
    revised: str
    withdrawn: str
    untitled: str


VIETNAMESE = Phrases(
    language="vi",
    moment="{hour:02}:{minute:02} ngày {day:02}/{month:02}/{year}",
    everything="Tin của mọi nguồn",
    about="Toàn văn tin bài của {ministry}, do Bantin thu thập từ {host}. Đây không phải kênh chính thức của cơ quan này.",
    about_section=(
        "Toàn văn tin bài chuyên mục {section} của {ministry}, do Bantin thu thập từ {host}. "
        "Đây không phải kênh chính thức của cơ quan này."
    ),
    about_everything="Toàn văn tin bài của mọi cơ quan được theo dõi, do Bantin thu thập. Đây không phải kênh chính thức.",
    attachments="Tệp đính kèm",
    attachment="Tệp {number}",
    read_on="Bài dài; đọc tiếp trên trang gốc",
    read_there="Xem trên trang gốc",
    undated="Trang không ghi ngày đăng; thời gian nêu là lúc Bantin thấy bài lần đầu.",
    future="Trang ghi thời gian đăng là {printed}, muộn hơn lúc Bantin thấy bài; thời gian nêu là lúc Bantin thấy bài lần đầu.",
    implausible="Trang ghi thời gian đăng không thể đúng ({printed}); thời gian nêu là lúc Bantin thấy bài lần đầu.",
    revised="Bài này đã thay đổi so với bản đầu tiên Bantin lưu; thay đổi gần nhất được thấy lúc {moment}.",
    withdrawn="Bài này đã bị gỡ khỏi trang của {ministry}. Dưới đây là bản Bantin đã lưu.",
    untitled="(Không có tiêu đề)",
)

ENGLISH = Phrases(
    language="en",
    moment="{hour:02}:{minute:02} on {day} {name} {year}",
    everything="News from all sources",
    about="Full text of news from {ministry}, gathered by Bantin from {host}. This is not an official channel of that body.",
    about_section=(
        "Full text of news from {ministry}, section {section}, gathered by Bantin from {host}. "
        "This is not an official channel of that body."
    ),
    about_everything="Full text of news from every source followed, gathered by Bantin. This is not an official channel.",
    attachments="Attachments",
    attachment="File {number}",
    read_on="This is a long article; read on at its own page",
    read_there="See its own page",
    undated="The page gives no date of publication; the time stated is when Bantin first saw it.",
    future="The page is dated {printed}, later than Bantin saw it; the time stated is when Bantin first saw it.",
    implausible="The page's date cannot be right ({printed}); the time stated is when Bantin first saw it.",
    revised="This article has changed since Bantin first saved it; the last change was seen at {moment}.",
    withdrawn="This article has been removed from the website of {ministry}. Below is the copy Bantin saved.",
    untitled="(Untitled)",
)


def phrases(language: str) -> Phrases:
    """Return the sentences for a language, English where we have none in it."""
    return VIETNAMESE if language.lower().split("-")[0] == "vi" else ENGLISH


def moment(at: datetime, words: Phrases) -> str:
    return words.moment.format(
        hour=at.hour, minute=at.minute, day=at.day, month=at.month, year=at.year, name=_MONTHS[at.month - 1]
    )
