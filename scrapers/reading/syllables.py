"""Tells Vietnamese words from others by how syllables are built: for telling which of several readings of bytes was meant."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ONSET = "ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx]"
_RHYMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu y yêm yên yêng yêt yêu ych ynh yt
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uyên uyêt uyn uynh
uyp uyt uyu ư ưa ưc ưi ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
"""
_TONES = "[\u0300\u0301\u0303\u0309\u0323]"
_SYLLABLE = re.compile(rf"(?:{_ONSET})?(?:{'|'.join(sorted(_RHYMES.split(), key=len, reverse=True))})")
_STOPPED = re.compile(r"(?:[cpt]|ch)$")


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Say whether ``word`` (NFC) can be a Vietnamese syllable: sounds, at most one tone, and the tone fits the ending."""
    if len(word) > 7:
        return False
    parts = unicodedata.normalize("NFD", word.lower())
    tones = re.findall(_TONES, parts)
    bare = unicodedata.normalize("NFC", re.sub(_TONES, "", parts))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(bare):
        return False
    # Before p, t, c and ch there are two tones only.
    return not _STOPPED.search(bare) or tones in (["\u0301"], ["\u0323"])
