"""Which language a page is in, and which clock its times are by: for pages without a source file."""

from __future__ import annotations

import re
from collections import Counter

from scrapers.reading.page import Page

# Countries whose official websites keep one clock; whoever has several (us, ca, au, id, ru, mx, kz …) must state an offset.
_ZONES = {
    "ad": "Europe/Andorra", "ae": "Asia/Dubai", "af": "Asia/Kabul", "al": "Europe/Tirane", "am": "Asia/Yerevan", "ao": "Africa/Luanda",
    "ar": "America/Argentina/Buenos_Aires", "at": "Europe/Vienna", "az": "Asia/Baku", "ba": "Europe/Sarajevo", "bb": "America/Barbados",
    "bd": "Asia/Dhaka", "be": "Europe/Brussels", "bf": "Africa/Ouagadougou", "bg": "Europe/Sofia", "bh": "Asia/Bahrain", "bi": "Africa/Bujumbura",
    "bj": "Africa/Porto-Novo", "bn": "Asia/Brunei", "bo": "America/La_Paz", "br": "America/Sao_Paulo", "bt": "Asia/Thimphu", "bw": "Africa/Gaborone",
    "by": "Europe/Minsk", "bz": "America/Belize", "ch": "Europe/Zurich", "ci": "Africa/Abidjan", "cl": "America/Santiago", "cm": "Africa/Douala",
    "cn": "Asia/Shanghai", "co": "America/Bogota", "cr": "America/Costa_Rica", "cu": "America/Havana", "cv": "Atlantic/Cape_Verde",
    "cy": "Asia/Nicosia", "cz": "Europe/Prague", "de": "Europe/Berlin", "dj": "Africa/Djibouti", "dk": "Europe/Copenhagen",
    "do": "America/Santo_Domingo", "dz": "Africa/Algiers", "ec": "America/Guayaquil", "ee": "Europe/Tallinn", "eg": "Africa/Cairo",
    "es": "Europe/Madrid", "et": "Africa/Addis_Ababa", "fi": "Europe/Helsinki", "fj": "Pacific/Fiji", "fr": "Europe/Paris", "ga": "Africa/Libreville",
    "ge": "Asia/Tbilisi", "gh": "Africa/Accra", "gm": "Africa/Banjul", "gn": "Africa/Conakry", "gr": "Europe/Athens", "gt": "America/Guatemala",
    "gy": "America/Guyana", "hk": "Asia/Hong_Kong", "hn": "America/Tegucigalpa", "hr": "Europe/Zagreb", "ht": "America/Port-au-Prince",
    "hu": "Europe/Budapest", "ie": "Europe/Dublin", "il": "Asia/Jerusalem", "in": "Asia/Kolkata", "iq": "Asia/Baghdad", "ir": "Asia/Tehran",
    "is": "Atlantic/Reykjavik", "it": "Europe/Rome", "jm": "America/Jamaica", "jo": "Asia/Amman", "jp": "Asia/Tokyo", "ke": "Africa/Nairobi",
    "kg": "Asia/Bishkek", "kh": "Asia/Phnom_Penh", "kr": "Asia/Seoul", "kw": "Asia/Kuwait", "la": "Asia/Vientiane", "lb": "Asia/Beirut",
    "li": "Europe/Vaduz", "lk": "Asia/Colombo", "ls": "Africa/Maseru", "lt": "Europe/Vilnius", "lu": "Europe/Luxembourg", "lv": "Europe/Riga",
    "ly": "Africa/Tripoli", "ma": "Africa/Casablanca", "mc": "Europe/Monaco", "md": "Europe/Chisinau", "me": "Europe/Podgorica",
    "mg": "Indian/Antananarivo", "mk": "Europe/Skopje", "ml": "Africa/Bamako", "mm": "Asia/Yangon", "mo": "Asia/Macau", "mr": "Africa/Nouakchott",
    "mt": "Europe/Malta", "mu": "Indian/Mauritius", "mv": "Indian/Maldives", "mw": "Africa/Blantyre", "my": "Asia/Kuala_Lumpur",
    "mz": "Africa/Maputo", "na": "Africa/Windhoek", "ne": "Africa/Niamey", "ng": "Africa/Lagos", "ni": "America/Managua", "nl": "Europe/Amsterdam",
    "no": "Europe/Oslo", "np": "Asia/Kathmandu", "nz": "Pacific/Auckland", "om": "Asia/Muscat", "pa": "America/Panama", "pe": "America/Lima",
    "ph": "Asia/Manila", "pk": "Asia/Karachi", "pl": "Europe/Warsaw", "pt": "Europe/Lisbon", "py": "America/Asuncion", "qa": "Asia/Qatar",
    "ro": "Europe/Bucharest", "rs": "Europe/Belgrade", "rw": "Africa/Kigali", "sa": "Asia/Riyadh", "sd": "Africa/Khartoum", "se": "Europe/Stockholm",
    "sg": "Asia/Singapore", "si": "Europe/Ljubljana", "sk": "Europe/Bratislava", "sl": "Africa/Freetown", "sm": "Europe/San_Marino",
    "sn": "Africa/Dakar", "sv": "America/El_Salvador", "sy": "Asia/Damascus", "sz": "Africa/Mbabane", "tg": "Africa/Lome", "th": "Asia/Bangkok",
    "tj": "Asia/Dushanbe", "tl": "Asia/Dili", "tm": "Asia/Ashgabat", "tn": "Africa/Tunis", "tr": "Europe/Istanbul", "tt": "America/Port_of_Spain",
    "tw": "Asia/Taipei", "tz": "Africa/Dar_es_Salaam", "ua": "Europe/Kyiv", "ug": "Africa/Kampala", "uk": "Europe/London", "uy": "America/Montevideo",
    "uz": "Asia/Tashkent", "ve": "America/Caracas", "vn": "Asia/Ho_Chi_Minh", "ye": "Asia/Aden", "za": "Africa/Johannesburg",
    "zm": "Africa/Lusaka", "zw": "Africa/Harare",
}  # fmt: skip
# Parts of a country that keep another clock than its capital, by the ends of their hosts.
_ELSEWHERE = re.compile(r"\.(?:ac|am|ro|rr|mt|ms)\.(?:gov|leg|jus|mp)\.br$")
# Hosts whose ending tells no country, or several.
_HOSTS = {"europa.eu": "Europe/Brussels", "gob.mx": "America/Mexico_City"}
# Languages whose speakers live by one clock, for hosts that name no country.
_HOMES = {
    "vi": "Asia/Ho_Chi_Minh", "ja": "Asia/Tokyo", "ko": "Asia/Seoul", "th": "Asia/Bangkok", "lo": "Asia/Vientiane",
    "km": "Asia/Phnom_Penh", "my": "Asia/Yangon", "ne": "Asia/Kathmandu", "si": "Asia/Colombo", "zh": "Asia/Shanghai",
    "hi": "Asia/Kolkata", "he": "Asia/Jerusalem", "ka": "Asia/Tbilisi", "hy": "Asia/Yerevan", "az": "Asia/Baku",
    "de": "Europe/Berlin", "it": "Europe/Rome", "nl": "Europe/Amsterdam", "pl": "Europe/Warsaw", "cs": "Europe/Prague",
    "sk": "Europe/Bratislava", "hu": "Europe/Budapest", "sl": "Europe/Ljubljana", "hr": "Europe/Zagreb",
    "sv": "Europe/Stockholm", "da": "Europe/Copenhagen", "nb": "Europe/Oslo", "no": "Europe/Oslo", "fi": "Europe/Helsinki",
    "et": "Europe/Tallinn", "lv": "Europe/Riga", "lt": "Europe/Vilnius", "uk": "Europe/Kyiv", "bg": "Europe/Sofia",
    "ro": "Europe/Bucharest", "el": "Europe/Athens", "tr": "Europe/Istanbul", "is": "Atlantic/Reykjavik",
    "sq": "Europe/Tirane", "mk": "Europe/Skopje", "mt": "Europe/Malta", "lb": "Europe/Luxembourg",
}  # fmt: skip
# Endings that look like a country's but are sold to everybody.
_COUNTRYLESS = frozenset(
    str.split(
        "co la my me tv io ai ws cc to fm am ly gg im je nu sh st vc ag sc dj cd gl bz mu li sr ms tk ml ga cf gq"
    )
)

# Where the words of two languages are the same, the host's country decides.
_ENDINGS = {"id": "id", "my": "ms", "dk": "da", "no": "nb", "se": "sv"}

_GOVERNMENTAL = re.compile(r"\.(?:gov|gob|gouv|go|gc|govt|government|ac|com|edu|org|net|mil)\.[a-z]{2}$")
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


def language_of(page: Page, text: str, *, usual: str = "") -> str:
    """Return the page's language (BCP 47): as declared, unless its text is plainly another.

    ``usual`` is what the source's pages are written in; a template that declares something else is not asked.
    """
    stated = _stated(page)
    seen = _seen(text, _primary(usual or stated) or _ENDINGS.get(country_of(page.host), ""))
    for declared in (usual, stated):
        if declared and (not seen or _close(_primary(declared), seen)):
            return declared
    return seen


def zone_of(host: str, language: str) -> str:
    """Return the zone of times printed without one, or "" when host and language do not tell."""
    return zone_and_teller(host, language)[0]


def zone_and_teller(host: str, language: str) -> tuple[str, str]:
    """Return the zone of times printed without one, and who tells it: "country" or "language"; "" when neither does."""
    ending = host.rpartition(".")[2]
    known = next((zone for end, zone in _HOSTS.items() if f".{host}".endswith(f".{end}")), "")
    if known or _ELSEWHERE.search(host):
        return known, "country"
    if ending in _ZONES and (_GOVERNMENTAL.search(f".{host}") or ending not in _COUNTRYLESS):
        return _ZONES[ending], "country"
    if len(ending) == 2 and ending not in ("eu", *_COUNTRYLESS):
        return "", ""
    return _HOMES.get(_primary(language), ""), "language"


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
