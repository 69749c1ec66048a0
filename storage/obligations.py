"""Words that deny, oblige, allow or forbid, by language: where one of them changes, the rule is another.

A language is a line in the table; a page whose language is not in it is held against all of them but Vietnamese, whose
short syllables are words of other languages.
"""

from __future__ import annotations

import re
from functools import cache

from storage.quantities import Thing

# Those that turn a sentence round wherever they stand; then those that are common in any text ("được" also makes a passive).
TERMS: dict[str, tuple[str, str]] = {
    "vi": (
        (
            "không|không thể|không phải|không được|không được phép|không nên|không cần|không bắt buộc|chưa|chẳng|đừng|cấm|nghiêm cấm|phải|bắt buộc|"
            "buộc|cần phải|bắt buộc phải|có nghĩa vụ|có trách nhiệm|tuyệt đối không|không còn|miễn|trừ|ngoại trừ|tạm dừng|đình chỉ|bãi bỏ"
        ),
        "nên|cần|được|được phép|có thể|có quyền|khuyến khích|khuyến nghị|đề nghị|yêu cầu|cho phép|tự nguyện",
    ),
    "en": (
        (
            "not|no|never|none|nor|neither|without|cannot|can't|won't|don't|doesn't|didn't|isn't|aren't|wasn't|weren't|mustn't|shouldn't|must|"
            "must not|shall|shall not|should not|may not|required|is required to|are required to|obliged|obligatory|mandatory|compulsory|prohibited|"
            "forbidden|banned|exempt|except|unless|barred"
        ),
        "should|may|might|can|could|need to|needs to|ought to|have to|has to|allowed|permitted|optional|voluntary|recommended|encouraged|entitled",
    ),
    "fr": (
        "ne|n'|pas|jamais|aucun|aucune|sans|doit|doivent|devra|devront|obligatoire|obligatoirement|interdit|interdite|interdits|interdites|sauf|exigé",
        "peut|peuvent|pourra|pourront|devrait|devraient|facultatif|facultative|autorisé|autorisée|recommandé|recommandée",
    ),
    "de": (
        (
            "nicht|kein|keine|keinen|keiner|keinem|nie|niemals|ohne|muss|müssen|musste|darf nicht|dürfen nicht|verboten|untersagt|verpflichtet|"
            "verpflichtend|vorgeschrieben|außer|zwingend"
        ),
        "soll|sollen|sollte|sollten|kann|können|könnte|darf|dürfen|erlaubt|zulässig|freiwillig|empfohlen",
    ),
    "es": (
        "no|nunca|jamás|ningún|ninguna|sin|debe|deben|deberá|deberán|obligatorio|obligatoria|prohibido|prohibida|prohibidos|salvo|excepto",
        "puede|pueden|podrá|podrán|debería|deberían|permitido|permitida|opcional|voluntario|voluntaria|recomendado|recomendada",
    ),
}

OPPOSITES = ("un", "in", "im", "il", "ir", "non", "dis", "de")
"""What turns a word of a European language into its opposite."""

_VIETNAMESE = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)


def language_of(text: str, stated: str) -> str:
    """Return the language whose words count: the one that is stated, else Vietnamese when the letters say so."""
    short = stated.partition("-")[0].lower()
    if short:
        return short if short in TERMS else ""
    return "vi" if _VIETNAMESE.search(text[:2000]) else ""


def obligations(text: str, language: str) -> list[Thing]:
    """Return the words in ``text`` that deny, oblige, allow or forbid; the longest that fit."""
    return [
        Thing("obligation", one.start(), one.end(), " ".join(one[0].casefold().replace("’", "'").split()))
        for one in _pattern(language).finditer(text)
    ]


def is_strong(value: str) -> bool:
    """Whether the word turns a sentence round wherever it stands."""
    return value in _strong()


@cache
def _strong() -> frozenset[str]:
    return frozenset(term for strong, _ in TERMS.values() for term in strong.split("|"))


@cache
def _pattern(language: str) -> re.Pattern[str]:
    chosen = [language] if language in TERMS else [one for one in TERMS if one != "vi"]
    terms = {term for one in chosen for part in TERMS[one] for term in part.split("|")}
    ordered = sorted(terms, key=len, reverse=True)
    some = "|".join(re.escape(term).replace(r"\ ", r"\s+").replace("'", "['’]") for term in ordered)
    return re.compile(rf"(?<!\w)(?:{some})(?!\w|['’]\w)|(?<!\w)n['’](?=\w)", re.IGNORECASE)
