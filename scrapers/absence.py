"""Pages that say with a good status that there is no page: for visits, which must not take them for news."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from datetime import timedelta

from scrapers.answers import Answer
from scrapers.items import Article
from scrapers.reading.text import decode

_LONGEST_BODY = 1000
"""Characters. Whoever has more to say than that does not only say that a page is not there."""
_LONGEST_PHRASE = 150
_TODAY = timedelta(hours=36)
_SEPARATORS = re.compile(r"\s+[-–—|•·»:]+\s+|\s*\|\s*|\s*::\s*")
_HEADINGS = re.compile(r"<(title|h1)\b[^>]*>(.{0,2000}?)</\1\s*>", re.I | re.S)
_TAG = re.compile(r"<[^<>]*>")

# Whole headings, lower case, with single spaces for all that is neither letter nor digit.
_VI = "(?:trang(?: web| tin| này)?|bài(?: viết| báo)?|tin(?: tức| bài)?|nội dung|đường (?:dẫn|link)|địa chỉ|liên kết)"
_VI_WISH = "(?: (?:mà )?(?:bạn |quý vị |quý khách )?(?:vừa |đang |cần |muốn )?(?:yêu cầu|tìm(?: kiếm)?|truy cập|xem))?"
_VI_GONE = "(?:không (?:còn )?tồn tại|không (?:được )?tìm thấy|(?:đã )?bị (?:xóa|xoá|gỡ)(?: bỏ)?|không có|không còn)"
_EN = "(?:page|article|document|file|content|resource|item|story|news|url|requested url|web page)"
_EN_WISH = "(?: (?:that )?you (?:requested|(?:are|were|re) looking for|have requested|wanted))?"
_EN_GONE = (
    "(?:not found|(?:can ?not|can t|could not|couldn t) be found|(?:was|is|were) not found|(?:does not|doesn t) exist"
    "|(?:is )?no longer (?:available|exists)|(?:has been|was) (?:removed|deleted))"
)
_VI_MORE = f"(?: (?:hoặc|hay|và) (?:có thể )?(?:{_VI_GONE}|đã (?:được )?(?:di )?chuyển|đã thay đổi))*"
_PHRASES = (
    f"(?:chúng tôi )?không (?:thể )?tìm thấy(?: {_VI}{_VI_WISH}(?: này)?)?",
    f"{_VI}{_VI_WISH} (?:hiện |này )?{_VI_GONE}{_VI_MORE}",
    f"(?:the |this |that |requested )*{_EN}{_EN_WISH} {_EN_GONE}(?: or {_EN_GONE})?",
    "not found|nothing found",
    f"(?:we )?(?:can ?not|can t|could not|couldn t) find (?:that|this|the|your) {_EN}{_EN_WISH}",
    # French, German, Dutch
    (
        "(?:cette |la )?(?:page|contenu|article|document)(?: demandée?| que vous (?:re)?cherchez)?(?: est| n est| n a)?"
        "(?: pas(?: été)?)? (?:introuvable|non trouvée?|trouvée?|inexistante?|n existe (?:pas|plus)|plus disponible)"
    ),
    (
        "(?:die |diese |der |das )?(?:angeforderte |gesuchte |gewünschte )?(?:seite|artikel|dokument|inhalt)"
        " (?:(?:wurde |konnte )?(?:leider )?nicht gefunden(?: werden)?|existiert nicht(?: mehr)?|nicht vorhanden)"
    ),
    "(?:de )?(?:opgevraagde )?pagina (?:is |werd )?niet gevonden|(?:deze |de )?pagina bestaat niet(?: meer)?",
    # Spanish, Portuguese, Italian, Romanian
    (
        "(?:la )?página (?:solicitada )?(?:no (?:fue )?encontrada|no existe|no encontrado)"
        "|no se (?:ha )?(?:encontró|encontrado)(?: la)? página|no encontrad[oa]"
    ),
    "(?:a )?página (?:solicitada )?(?:não (?:foi )?encontrada|não existe)|não encontrad[oa]",
    "(?:la )?pagina (?:richiesta )?(?:non (?:è stata )?trovata|non esiste|inesistente)",
    "pagina (?:nu a fost găsită|negăsită)",
    # Polish, Czech, Slovak, Hungarian
    "nie znaleziono (?:strony|żądanej strony)|(?:ta )?strona (?:nie (?:została )?znaleziona|nie istnieje)",
    "(?:tato )?stránka (?:nenalezena|nebyla nalezena|neexistuje|nenájdená|nebola nájdená|sa nenašla)",
    "(?:az |a )?(?:keresett )?oldal nem (?:található|létezik)",
    # Swedish, Danish, Norwegian, Finnish
    (
        "(?:sidan|siden) (?:kunde inte hittas|hittades inte|finns inte|(?:blev |ble )?ikke (?:fundet|funnet)"
        "|findes ikke|finnes ikke)|fant ikke siden|sivua ei (?:löydy|löytynyt)"
    ),
    # Russian, Ukrainian, Greek, Turkish
    "(?:запрашиваемая )?страница не (?:найдена|существует)|сторінку не знайдено|сторінка не (?:знайдена|існує)",
    "η σελίδα δεν (?:βρέθηκε|υπάρχει)|sayfa bulunamadı",
    # Indonesian, Malay, Filipino
    "(?:halaman|laman)(?: yang (?:anda )?(?:cari|diminta))? (?:tidak|tak) (?:ditemukan|dijumpai|wujud|ada)",
    # Chinese, Japanese, Korean, Thai, Lao, Khmer, Hindi, Arabic
    (
        "(?:您|你)?(?:所)?(?:访问|請求|请求|查找|要找)?的?(?:页面|頁面|网页|網頁|文章)(?:不存在|未找到|找不到|已删除|已刪除)(?:或已删除)?"
        "|(?:找不到|未找到)(?:该|该|此|您?要?找?的)?(?:页面|頁面|网页|網頁|文章)"
    ),
    "(?:お探しの|指定された|ご指定の)?(?:ページ|記事)[はが](?:見つかりません(?:でした)?|存在しません)",
    "(?:요청하신 )?(?:페이지|게시물)[를을가이] (?:찾을 수 없습니다|존재하지 않습니다)",
    "ไม่พบ(?:หน้า|เพจ)(?:ที่(?:คุณ)?(?:ต้องการ|ค้นหา|ร้องขอ))?|ບໍ່ພົບໜ້າ|រកមិនឃើញទំព័រ|पृष्ठ नहीं मिला",
    "(?:لم يتم العثور على الصفحة|الصفحة غير موجودة|الصفحة المطلوبة غير موجودة)",
)
_WHOLE = re.compile("|".join(f"(?:{phrase})" for phrase in _PHRASES))
_AROUND = re.compile(
    r"^(?:(?:http|error|erreur|fehler|lỗi|ошибка|sorry|oops|rất tiếc|xin lỗi|we re sorry|opps|404|410)\b ?)+"
    r"|(?: ?\b(?:error|lỗi|404|410))+$"
)
_NUMBER = re.compile(r"\b(?:404|410)\b")


def says_it_is_not_there(article: Article | None, answer: Answer) -> str:
    """Return the heading by which the page ``article`` was read from says that there is none, or "".

    Only a page with no date and hardly any text, whose whole heading says so: news may well be of what was not found.
    None for a page that cannot be read at all.
    """
    if article and (is_dated(article, answer) or len(article.body_text) > _LONGEST_BODY):
        return ""
    return next((heading for heading in _headings(article, answer) if is_not_found(heading)), "")


def is_dated(article: Article, answer: Answer) -> bool:
    """Has it a date? Not today's: that one many websites show on every page."""
    if not article.published or not answer.fetched:
        return article.published is not None
    return abs(article.published.at - answer.fetched) > _TODAY


def is_not_found(heading: str) -> bool:
    """Does the whole of ``heading`` say, in a language we know, that a page is not there?"""
    plain = _plain(heading)
    if len(plain) > _LONGEST_PHRASE:
        return False
    bare = _AROUND.sub("", plain).strip()
    return bool(_WHOLE.fullmatch(bare)) if bare else bool(_NUMBER.search(plain))


def headings_of(answer: Answer) -> Iterator[str]:
    """Yield what the page calls itself: its title and its main headings."""
    for _, inside in _HEADINGS.findall(decode(answer.payload, content_type=answer.content_type).text):
        if text := " ".join(html.unescape(_TAG.sub(" ", inside)).split()):
            yield text


def _headings(article: Article | None, answer: Answer) -> Iterator[str]:
    if article:
        yield article.headline
    for text in headings_of(answer):
        yield from parts_of(text)


def parts_of(title: str) -> list[str]:
    """Return a title, and each part of it: the website's name may stand beside."""
    return [title, *_SEPARATORS.split(title)]


def _plain(text: str) -> str:
    # Vowels of Thai and Hindi are marks, neither letters nor punctuation.
    kept = (letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in text[:1000])
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).lower().split())
