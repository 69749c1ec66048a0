"""Lines of a text that count its readers or tell the time: pages change them by themselves, and nobody has edited anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

_LONGEST = 160
_ENDS = 100_000
"""Characters from either end of a text that are looked at."""
_MOST = 400
"""Short lines with figures, from either end of a text, that are looked at; no text but a table has as many."""

# Words that make a line a counter, then words that may stand beside them. Every word of a counter's line is one of these.
_COUNTED = (
    "lượt xem|lượt đọc|lượt truy cập|lượt tải|lượt tải về|lượt thích|lượt chia sẻ|lượt bình luận|truy cập|đã xem|đang xem|người xem|người đọc|"
    "số lượt|trực tuyến|views?|hits?|visits?|visitors?|page ?views?|reads?|readers|viewed|downloads?|downloaded|shares?|likes?|online|"
    "vues?|lectures?|visites?|visiteurs|consultations?|consulté|aufrufe|zugriffe|besucher|gelesen|visitas?|visitantes|lecturas?|leído|vistas?|"
    "просмотр\\w*|浏览次数|浏览量|阅读次数|阅读量|点击数|访问量|瀏覽人次|點閱數|조회수|조회|閲覧数|アクセス数|ผู้เข้าชม|เข้าชม|dilihat|dibaca|pengunjung"
)
_BESIDE = (
    "tổng|tổng số|số|lượt|người|đang|đã|được|hôm nay|hôm qua|tuần này|tháng này|trong|ngày|tuần|tháng|năm|bài viết|bài|này|lần|xem|đọc|tải|về|chia sẻ|"
    "thích|bình luận|the|of|number|total|today|yesterday|this|page|article|document|file|times?|now|currently|counter|count|by|people|users?|guests?|"
    "members?|has|been|have|comments?|add|no|and|week|month|year|since|k|m|nombre|de|fois|cette|page|commentaires?|anzahl|der|mal|seite|kommentare?|"
    "número|veces|comentarios?|kali|orang|次|人|회|ครั้ง|คน|回|количество"
)
_WORD = re.compile(r"[^\W\d_]+")
_COUNTER = re.compile(rf"(?<!\w)(?:{_COUNTED})(?!\w)", re.IGNORECASE)
_COUNTER_WORDS = re.compile(rf"(?<!\w)(?:{_COUNTED}|{_BESIDE})(?!\w)", re.IGNORECASE)

_STAMP = re.compile(
    r"^\W*(?:(?:ngày |lần |thời gian |bài viết |tin |trang |page |website |content )*"
    r"(?:(?:được )?cập nhật(?: lần cuối| mới nhất| gần nhất)?|last (?:updated|modified|reviewed|changed)|updated|modified|date (?:modified|updated)|"
    r"(?:dernière )?mise à jour|mis à jour|letzte (?:änderung|aktualisierung)|zuletzt (?:geändert|aktualisiert)|stand|última (?:actualización|"
    r"modificación)|actualizado|hôm nay|bây giờ(?: là)?|giờ hệ thống|today(?: is)?|current (?:time|date)|it is now|heute(?: ist)?|aujourd['’]hui|hoy(?: es)?"
    r"|最后更新|更新日期|更新时间|最終更新日?|최종수정일?)"
    r"(?: ngày| lúc| vào| vào lúc| on| at| le| am| el| date| time| is| là)*)[\s:：,–-]*(?P<rest>.*)$",
    re.IGNORECASE,
)
_MOMENT = re.compile(
    r"(?:\d+|thứ|hai|ba|tư|năm|sáu|bảy|chủ nhật|ngày|tháng|lúc|giờ|phút|giây|gmt|utc|am|pm|a|p|m|h|uhr|at|on|of|the|st|nd|rd|th|z|t|à|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)|"
    r"jan\w*|feb\w*|mar\w*|apr\w*|may|jun\w*|jul\w*|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|"
    r"montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|januar|februar|märz|juni|juli|oktober|dezember|"
    r"enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|noviembre|diciembre|de|del|年|月|日|년|월|일|[\W_])+",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")


_READERS = re.compile(
    r"(?:(?:number of |total )?(?:page ?)?(?:views|hits|visits|reads)|(?:tổng )?(?:số )?lượt (?:người )?(?:xem|đọc|truy cập)|đã xem|nombre de (?:vues|lectures)|"
    r"aufrufe|zugriffe|visitas|lecturas|просмотров|浏览次数|阅读次数|点击数|조회수?)\s*$",
    re.IGNORECASE,
)
"""What counts readers even within a line, with a colon or a bracket behind it."""
_COUNT = re.compile(r"\s?[:：(]\s?\d[\d.,\u00a0]*\)?")
_LABEL = 40


def passing(text: str) -> list[str]:
    """Return the lines, and the counts within lines, that only count or tell the time."""
    if len(text) > 2 * _ENDS:
        text = f"{text[:_ENDS]}\n{text[-_ENDS:]}"
    short = [line for line in text.split("\n") if 0 < len(line) <= _LONGEST and _DIGIT.search(line)]
    if len(short) > 2 * _MOST:
        short = short[:_MOST] + short[-_MOST:]
    return [line for line in short if is_passing(line)] + list(_counts(text))


def _counts(text: str) -> Iterator[str]:
    for one in islice(_COUNT.finditer(text), 2 * _MOST):
        label = _READERS.search(text, max(0, one.start() - _LABEL), one.start())
        if label:
            yield text[label.start() : one.end()]


def lasting(text: str) -> str:
    """Return the text without them."""
    left_out = set(passing(text))
    if not left_out:
        return text
    kept = "\n".join(line for line in text.split("\n") if line not in left_out)
    for count in left_out:
        kept = kept.replace(count, "")
    return kept


@lru_cache(maxsize=2048)
def is_passing(line: str) -> bool:
    """Say whether a line is a counter or a clock and nothing else."""
    if not line or len(line) > _LONGEST or not _DIGIT.search(line):
        return False
    if _COUNTER.search(line):
        return not _WORD.search(_COUNTER_WORDS.sub(" ", line))
    stamp = _STAMP.match(line)
    return stamp is not None and bool(_MOMENT.fullmatch(stamp["rest"]))
