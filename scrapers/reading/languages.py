"""Which language a page is in, and which clock its times are by: for pages without a source file."""

from __future__ import annotations

import re
from collections import Counter

from scrapers.reading.page import Page

# Countries of one zone; whoever has several (us, ca, au, br, id, ru, mx …) must state an offset.
_ZONES = {
    "ae": "Asia/Dubai", "ar": "America/Argentina/Buenos_Aires", "at": "Europe/Vienna", "bd": "Asia/Dhaka",
    "be": "Europe/Brussels", "bg": "Europe/Sofia", "bn": "Asia/Brunei", "by": "Europe/Minsk", "ch": "Europe/Zurich",
    "co": "America/Bogota", "cz": "Europe/Prague", "de": "Europe/Berlin", "dk": "Europe/Copenhagen",
    "ee": "Europe/Tallinn", "eg": "Africa/Cairo", "fi": "Europe/Helsinki", "fr": "Europe/Paris", "gr": "Europe/Athens",
    "hk": "Asia/Hong_Kong", "hr": "Europe/Zagreb", "hu": "Europe/Budapest", "ie": "Europe/Dublin",
    "il": "Asia/Jerusalem", "in": "Asia/Kolkata", "ir": "Asia/Tehran", "is": "Atlantic/Reykjavik", "it": "Europe/Rome",
    "jp": "Asia/Tokyo", "ke": "Africa/Nairobi", "kh": "Asia/Phnom_Penh", "kr": "Asia/Seoul", "la": "Asia/Vientiane",
    "lk": "Asia/Colombo", "lt": "Europe/Vilnius", "lu": "Europe/Luxembourg", "lv": "Europe/Riga",
    "ma": "Africa/Casablanca", "md": "Europe/Chisinau", "mk": "Europe/Skopje", "mm": "Asia/Yangon",
    "mo": "Asia/Macau", "mt": "Europe/Malta", "my": "Asia/Kuala_Lumpur", "ng": "Africa/Lagos", "nl": "Europe/Amsterdam",
    "no": "Europe/Oslo", "np": "Asia/Kathmandu", "pe": "America/Lima", "ph": "Asia/Manila", "pk": "Asia/Karachi",
    "pl": "Europe/Warsaw", "qa": "Asia/Qatar", "ro": "Europe/Bucharest", "rs": "Europe/Belgrade", "sa": "Asia/Riyadh",
    "se": "Europe/Stockholm", "sg": "Asia/Singapore", "si": "Europe/Ljubljana", "sk": "Europe/Bratislava",
    "th": "Asia/Bangkok", "tn": "Africa/Tunis", "tr": "Europe/Istanbul", "tw": "Asia/Taipei", "ua": "Europe/Kyiv",
    "uk": "Europe/London", "uy": "America/Montevideo", "vn": "Asia/Ho_Chi_Minh", "za": "Africa/Johannesburg",
    "cn": "Asia/Shanghai",
}  # fmt: skip
# Languages that are at home in one zone only, for hosts that name no country.
_HOMES = {
    "vi": "Asia/Ho_Chi_Minh", "ja": "Asia/Tokyo", "ko": "Asia/Seoul", "th": "Asia/Bangkok", "lo": "Asia/Vientiane",
    "km": "Asia/Phnom_Penh", "my": "Asia/Yangon", "ne": "Asia/Kathmandu", "si": "Asia/Colombo",
}  # fmt: skip
# Endings that look like a country's but are sold to everybody.
_COUNTRYLESS = frozenset(("co", "la", "my"))

# Where the words of two languages are the same, the host's country decides.
_ENDINGS = {"id": "id", "my": "ms", "dk": "da", "no": "nb", "se": "sv"}

_TAG = re.compile(r"^[a-z]{2,3}(?:[-_](?:[A-Za-z]{4}|[A-Za-z]{2}|\d{3}))*$", re.I)
_SCRIPTS = (
    ("th", "\u0e01-\u0e5b"), ("lo", "\u0e81-\u0edf"), ("km", "\u1780-\u17ff"), ("my", "\u1000-\u109f"),
    ("ja", "\u3041-\u30ff"), ("ko", "\uac00-\ud7a3"), ("zh", "\u4e00-\u9fff"), ("hi", "\u0904-\u0970"),
    ("bn", "\u0985-\u09fb"), ("ta", "\u0b85-\u0bfa"), ("ka", "\u10a0-\u10ff"), ("hy", "\u0531-\u058f"),
    ("he", "\u05d0-\u05ea"), ("el", "\u0391-\u03ce"), ("ar", "\u0621-\u06d3"), ("ru", "\u0410-\u044f"),
)  # fmt: skip
_BY_SCRIPT = tuple((language, re.compile(f"[{characters}]")) for language, characters in _SCRIPTS)
_FOREIGN = re.compile("[\u0370-\u1dff\u2e80-\uffef]{2}")
_VIETNAMESE = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.I)
_COMMON = {
    "en": "the of and to in that for with on was is by are",
    "fr": "les des une dans est que pour qui sur par avec du au",
    "de": "der die und das den von mit für ist auf dem nicht eine",
    "es": "los las que del para por una con se el como más",
    "pt": "os dos das que uma para com não em da ao pelo são",
    "it": "gli della che per una con nel alla sono dei è il",
    "nl": "het een van dat voor niet zijn met aan ook de en",
    "id": "yang dan untuk dengan dari pada dalam ini akan tidak oleh",
    "ms": "yang dan untuk dengan bagi telah oleh ialah kepada akan daripada",
    "pl": "się jest na nie dla oraz przez jako który od do w",
    "cs": "se na je že pro jako které také podle jsou byl",
    "sv": "och att det som för är på av med inte till den",
    "da": "og at det som for er på af med ikke til den",
    "nb": "og at det som for er på av med ikke til den",
    "fi": "ja on että ei ovat sekä myös oli kun se",
    "hu": "és hogy egy nem az is meg volt csak ez",
    "ro": "și în la cu pentru din care este sunt nu pe",
    "tr": "ve bir bu için ile olarak da de olan çok",
}
_WORDS_OF = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_WORD = re.compile(r"[^\W\d_]+")


def language_of(page: Page, text: str) -> str:
    """Return the page's language (BCP 47): as declared, unless its text is plainly another."""
    stated = _stated(page)
    seen = _seen(text, _primary(stated) or _ENDINGS.get(country_of(page.host), ""))
    if not seen or _close(_primary(stated), seen):
        return stated or seen
    return seen


def zone_of(host: str, language: str) -> str:
    """Return the zone of times printed without one, or "" when host and language do not tell."""
    ending = host.rpartition(".")[2]
    governmental = re.search(r"\.(?:gov|gob|gouv|go|gc|govt|ac|com|edu|org|net|mil)\.[a-z]{2}$", f".{host}") is not None
    if ending in _ZONES and (governmental or ending not in _COUNTRYLESS):
        return _ZONES[ending]
    return "" if len(ending) == 2 and ending not in _COUNTRYLESS else _HOMES.get(_primary(language), "")


def country_of(host: str) -> str:
    """Return the country a host name ends in, "us" for the American endings, "" when it tells none."""
    ending = host.rpartition(".")[2]
    if ending in ("gov", "mil"):
        return "us"
    return {"uk": "gb"}.get(ending, ending) if len(ending) == 2 and ending not in _COUNTRYLESS else ""


def _stated(page: Page) -> str:
    root = page.root
    said = (
        root.get("lang")
        or root.get("xml:lang")
        or page.meta("og:locale", "content-language", "dc.language", "dcterms.language")
    )
    tag = (said or "").strip().split(",")[0].split(".")[0].replace("_", "-")
    return tag if _TAG.match(tag) and _primary(tag) != "und" else ""


def _primary(tag: str) -> str:
    return re.split("[-_]", tag.lower())[0]


def _seen(text: str, stated: str) -> str:
    """The language the text is plainly in, or ""."""
    sample = text[:3000]
    words = _WORD.findall(sample)
    letters = sum(map(len, words))
    if letters < 80:
        return ""
    if _FOREIGN.search(sample):
        for language, script in _BY_SCRIPT:
            # Japanese and Korean news hold many Chinese characters.
            if len(script.findall(sample)) > letters * (0.12 if language in ("ja", "ko") else 0.4):
                return language
    if len(_VIETNAMESE.findall(sample)) > letters * 0.08:
        return "vi"
    return _by_words(Counter(word.lower() for word in words), stated)


def _by_words(words: Counter[str], stated: str) -> str:
    total = words.total()
    shares = {language: sum(words[word] for word in common) / total for language, common in _WORDS_OF.items()}
    best = max(shares, key=shares.__getitem__)
    second = max(share for language, share in shares.items() if not _close(best, language))
    if shares[best] < 0.08 or shares[best] < 1.5 * second:
        return ""
    return stated if _close(stated, best) else best


def _close(stated: str, seen: str) -> bool:
    """Whether the text alone cannot tell one from the other."""
    groups = (
        {"ar", "fa", "ur", "ps", "ku"},
        {"ru", "uk", "be", "bg", "sr", "mk", "kk", "mn", "ky", "tg"},
        {"hi", "mr", "ne"},
    )
    scandinavian, malay, chinese = {"da", "nb", "no", "nn", "sv"}, {"id", "ms"}, {"zh", "yue"}
    return stated == seen or any({stated, seen} <= group for group in (*groups, scandinavian, malay, chinese))
