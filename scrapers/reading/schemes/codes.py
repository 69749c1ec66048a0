"""The short names in Vietnamese document numbers: kinds of documents and the offices that issue them (Nghị định 30/2020/NĐ-CP)."""

from __future__ import annotations

import re

KINDS = {
    "TT": "Thông tư",
    "TTLT": "Thông tư liên tịch",
    "NĐ": "Nghị định",
    "QĐ": "Quyết định",
    "NQ": "Nghị quyết",
    "NQLT": "Nghị quyết liên tịch",
    "CT": "Chỉ thị",
    "CTr": "Chương trình",
    "KH": "Kế hoạch",
    "TB": "Thông báo",
    "BC": "Báo cáo",
    "TTr": "Tờ trình",
    "CĐ": "Công điện",
    "CV": "Công văn",
    "HD": "Hướng dẫn",
    "ĐA": "Đề án",
    "PA": "Phương án",
    "KL": "Kết luận",
    "QC": "Quy chế",
    "QyĐ": "Quy định",
    "QCPH": "Quy chế phối hợp",
    "GP": "Giấy phép",
    "GCN": "Giấy chứng nhận",
    "GM": "Giấy mời",
    "TC": "Thông cáo",
    "PL": "Pháp lệnh",
    "L": "Lệnh",
    "SL": "Sắc lệnh",
    "VBHN": "Văn bản hợp nhất",
}
"""What a number's code says the document is. Contracts (HĐ) and minutes (BB) are no official documents."""

_OFFICES = """
    CP TTg CTN QH UBTVQH HĐBT VPCP VPQH VPCTN TTCP KTNN TANDTC VKSNDTC HĐTP NHNN UBDT BHXH TTXVN TLĐ TLĐLĐ
    BTC BTNMT BNNMT BNN BNNPTNT BNNPTNN BCT BXD BGTVT BYT BGDĐT BNV BTP BCA BQP BNG BKHĐT BKHCN BTTTT BVHTTDL
    BLĐTBXH BDTTG BDT BTTH BCN BTM BTS BVHTT
    TCT CT TCHQ TCMT TCTK TCLN TCQLĐĐ KBNN UBCK QLCL QLD KCB TTĐT CHK CĐBVN ĐTNĐ
    UBND HĐND TTHĐND ĐĐBQH STNMT SNNMT SXD SYT SGDĐT SNV STC SCT SGTVT SKHĐT SKHCN SNN STTTT STP SLĐTBXH SVHTTDL
    TW TU ĐU BTCTW BTGTW BTGDVTW UBKTTW VPTW BNCTW BKTTW BDVTW MTTW MTTQ BCĐ BCĐTW BCH BTV
"""
OFFICES = frozenset(_OFFICES.split())
"""Offices that issue documents under their own short name; others are believed beside the kind of a document."""

_PARTY = "TW TU ĐU BTCTW BTGTW BTGDVTW UBKTTW VPTW BNCTW BKTTW BDVTW ĐUK ĐUCP ĐUQH HU QU BTGTU BTCTU"
PARTY = frozenset(_PARTY.split())
"""The Communist Party's offices, which write 57-NQ/TW where the state writes 57/NQ-TW."""

WORDS = {
    "bộ luật": "Bộ luật",
    "luật": "Luật",
    "pháp lệnh": "Pháp lệnh",
    "sắc lệnh": "Sắc lệnh",
    "lệnh": "Lệnh",
    "nghị quyết": "Nghị quyết",
    "nghị quyết liên tịch": "Nghị quyết liên tịch",
    "nghị định": "Nghị định",
    "quyết định": "Quyết định",
    "quy định": "Quy định",
    "quy chế": "Quy chế",
    "chỉ thị": "Chỉ thị",
    "thông tư": "Thông tư",
    "thông tư liên tịch": "Thông tư liên tịch",
    "thông báo": "Thông báo",
    "thông báo kết luận": "Thông báo",
    "thông tri": "Thông tri",
    "kết luận": "Kết luận",
    "kế hoạch": "Kế hoạch",
    "công văn": "Công văn",
    "văn bản": "Công văn",
    "công điện": "Công điện",
    "tờ trình": "Tờ trình",
    "báo cáo": "Báo cáo",
    "hướng dẫn": "Hướng dẫn",
    "chương trình": "Chương trình",
    "đề án": "Đề án",
    "giấy phép": "Giấy phép",
    "giấy chứng nhận": "Giấy chứng nhận",
    "văn bản hợp nhất": "Văn bản hợp nhất",
    "bản án": "Bản án",
    "law": "Luật",
    "ordinance": "Pháp lệnh",
    "decree": "Nghị định",
    "resolution": "Nghị quyết",
    "decision": "Quyết định",
    "directive": "Chỉ thị",
    "circular": "Thông tư",
    "joint circular": "Thông tư liên tịch",
    "official dispatch": "Công văn",
    "official letter": "Công văn",
}
"""What the words before a number call the document."""

# Without accents, as English texts and the names of files have them.
_PLAIN = {"ND": "NĐ", "QD": "QĐ", "CD": "CĐ", "TTR": "TTr", "CTR": "CTr", "TTG": "TTg", "TƯ": "TW"}


def _plainly(code: str) -> str:
    return code.upper().replace("Đ", "D")


_KNOWN = {_plainly(code): code for code in sorted((*OFFICES, *PARTY))} | {"TƯ": "TW"}
_KNOWN_KINDS = {_plainly(code): code for code in KINDS if code not in ("HD", "CĐ")} | {"HD": "HD"}
_TERM = re.compile(r"((?:UBTV)?QH)(\d{1,2})")


def kind_code(code: str) -> str:
    """Return the code of a kind as it is rightly written, or ""."""
    if code in KINDS:
        return code
    return _PLAIN.get(code) or (_KNOWN_KINDS.get(_plainly(code), "") if "Đ" not in code else "")


def office_code(code: str) -> str:
    """Return the short name of an office as it is rightly written; of an unknown one as it stands."""
    bare = code.replace("&", "")
    return bare if bare in OFFICES else _KNOWN.get(_plainly(bare), bare)


def is_office(code: str) -> bool:
    return office_code(code) in OFFICES or office_code(code) in PARTY


def parliament(code: str) -> str:
    """Return "QH" or "UBTVQH" for the National Assembly's codes ("QH14"), else ""."""
    found = _TERM.fullmatch(code)
    return found[1] if found else ""
