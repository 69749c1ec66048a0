"""Lines of a text that count its readers or tell the time: pages change them by themselves, and nobody has edited anything."""

from __future__ import annotations

import re

_LONGEST = 160

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


def passing(text: str) -> list[str]:
    """Return the lines that only count or tell the time."""
    return [line for line in text.split("\n") if is_passing(line)]


def lasting(text: str) -> str:
    """Return the text without those lines."""
    if not passing(text):
        return text
    return "\n".join(line for line in text.split("\n") if not is_passing(line))


def is_passing(line: str) -> bool:
    """Say whether a line is a counter or a clock and nothing else."""
    if not line or len(line) > _LONGEST or not _DIGIT.search(line):
        return False
    if _COUNTER.search(line):
        return not _WORD.search(_COUNTER_WORDS.sub(" ", line))
    stamp = _STAMP.match(line)
    return stamp is not None and bool(_MOMENT.fullmatch(stamp["rest"]))
