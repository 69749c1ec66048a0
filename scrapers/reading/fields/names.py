"""The people and bodies that a byline names. For the reader of authors and for signatures."""

from __future__ import annotations

import re
from collections.abc import Iterable

from scrapers.reading.page import folded

_PREFIX = re.compile(
    r"^(?:by|from|von|par|de|por|di|oleh|penulis|autor|auteur|author|written by|作者|记者|記者|撰文|责任编辑|責任編輯|编辑|編輯|文|tác giả|tin|bài|ảnh|(?:tin|bài)(?: và ảnh|, ảnh|, bài, ảnh|, bài)|thực hiện|người viết|nguồn tin|phóng viên|"
    r"text|texte|text von)\s*[:：]\s*|^(?:(?:post )?author\s+)?(?:by|written by|posted by|published by|submitted by|(?:view|see) (?:all )?(?:posts|articles|bio) by|von|par|por|oleh)\s+(?=\S)|^(?:zeige )?alle (?:beiträge|artikel) von\s+",
    re.I,
)
ORIGIN = re.compile(
    r"^(?:theo|nguồn|source|quelle|fuente|fonte|sumber|出典|来源|來源)\s*[:：]?\s+|^(?:nguồn|source|来源|來源)\s*[:：]\s*",
    re.I,
)
_SUFFIX = re.compile(r"\s*\((?:tổng hợp|t/h|thực hiện|ghi|lược ghi|biên dịch)\)\s*$", re.I)
BODY = re.compile(
    r"\b(?:bộ|vụ|cục|sở|ubnd|ủy ban|uỷ ban|ban|văn phòng|trung tâm|tổng cục|viện|phòng|chi cục|thanh tra|hội|liên đoàn|báo|cổng|tạp chí|"
    r"department|ministry|office|agency|bureau|division|commission|council|secretariat|directorate|authority|institute|service|team|ministère|"
    r"direction|affairs|canada|treasury|bundesministerium|ministerium|ministerio|kementerian|dinas)\b",
    re.I,
)
_NOBODY = re.compile(
    r"^(?:\w*admin\w*|administrator|webmaster|editor|editors|editorial|super ?user|root|user|guest|anonymous|quản trị(?: viên)?|biên tập(?: viên)?|"
    r"btv|ban biên tập|see full bio|author|follow.*|undefined|null|none|n/?a|unknown|author|tác giả|staff|web ?team|communications?|content|drupal|wordpress|test|agencies|agentur(?:en)?|ph\.?d\.?|m\.?d\.?|mba|msc|(?:photo|photograph|image|foto|illustration)s? (?:by|von|par|:).*|-+|\W*)$",
    re.I,
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-zé]*\.?"
_DATE = re.compile(
    rf"\s*[,|·-]?\s*(?:\b(?:on|am|le|ngày)\s+)?(?:\b(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so)(?:day|sday|nesday|rsday|urday|[.,])?,?\s+)?"
    rf"(?:\b{_MONTH}\s+\d{{1,2}}\b.*|\b\d{{1,2}}\.?\s+{_MONTH}(?:\s.*)?|\s\d{{1,4}}[年/.-]\d{{1,2}}[月/.-].*)$",
    re.I,
)
_PARTS = re.compile(r"\s*[;|•·]\s*|\s+-\s+|\s+–\s+|\s*,\s+|\s+(?:và|and|und|et|y|e|dan)\s+|\s+&\s+", re.I)
_LISTS = re.compile(r"\s*[;|•·]\s*")
LONGEST = 120


# "ByAnn Lee" is what tags without spaces between them leave; "Debate By Ann Lee" what stands before the byline.
_GLUED = re.compile(r"^(?:[Bb]y\s*)+(?=[A-Z])|^(?:[^\W\d_][\w-]*\s+){1,2}(?=(?:By|Von|Par|Por)\s+[A-Z])", re.A)
_AND_THEN = re.compile(
    r"\s*[|,•·–-]?\s*(?:\b(?:(?:last )?updated|published|posted|modified|letzte aktualisierung|aktualisiert|veröffentlicht|stand|publié|"
    r"mis à jour|publicado|actualizado|cập nhật|\d+ min(?:utes?)? read)\b|\[email).*$",
    re.I,
)


_PICTURES = re.compile(
    r"^(?:photo|photograph|photography|image|picture|foto|fotos|illustration|ảnh)s?(?:\s+(?:by|von|par)\b|\s*[:：])",
    re.I,
)


_LONGEST_BYLINE = 2000


def names_in_byline(byline: str, nobody: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the people and bodies a byline names, in order; a body's name is never taken apart."""
    byline = byline[:_LONGEST_BYLINE]
    if ORIGIN.match(byline) or _PICTURES.match(byline):
        return ()
    byline = _AND_THEN.sub("", _GLUED.sub("", byline))
    signed = _SUFFIX.sub("", _PREFIX.sub("", byline.partition(" / ")[0].strip(" /|-–•")))
    parts = [part for piece in _LISTS.split(signed) for part in _apart(piece)]
    names = [name for part in parts if (name := _name(part))]
    strangers = set(nobody)
    return tuple(dict.fromkeys(name for name in names if folded(name) not in strangers))


def _apart(piece: str) -> list[str]:
    return [piece] if BODY.search(piece) else _PARTS.split(piece)


def _name(part: str) -> str:
    name = _SUFFIX.sub("", _PREFIX.sub("", part.strip(" ,.:;-–|/"))).strip()
    if name.startswith("(") and name.endswith(")"):
        name = name[1:-1].strip()
    # Dates are often printed in the same line.
    name = _DATE.sub("", name).strip(" ,.:;-–|/")
    if _NOBODY.match(name) or any(character.isdigit() for character in name) or "@" in name or "http" in name:
        return ""
    if not 1 < len(name) <= LONGEST or (len(name.split()) > _MOST_WORDS and not BODY.search(name)):
        return ""
    return "" if _HOST.fullmatch(name) or name[0].islower() else name


_HOST = re.compile(r"[\w-]+\.(?:vn|com|net|org|gov)(?:\.\w{2})?")
_MOST_WORDS = 7
