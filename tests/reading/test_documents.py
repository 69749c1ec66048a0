"""Official documents are found in every usual form, under one number, with what is said of them; and nothing else is."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.items import Attachment, Citation
from scrapers.reading.article import read_article
from scrapers.reading.documents import cite, cite_all, cite_file, numbers_of


def numbers(text: str) -> tuple[str, ...]:
    return numbers_of(cite("body_text", text))


def only(text: str) -> Citation:
    (citation,) = cite("body_text", text)
    return citation


@pytest.mark.parametrize(
    ("text", "number", "kind", "year", "issuer"),
    [
        ("Thông tư 15/2025/TT-BTC quy định", "15/2025/TT-BTC", "Thông tư", 2025, "BTC"),
        ("Quyết định số 1234/QĐ-TTg.", "1234/QĐ-TTg", "Quyết định", None, "TTg"),
        ("Nghị định số 08/2022/NĐ-CP", "08/2022/NĐ-CP", "Nghị định", 2022, "CP"),
        ("Nghị định 8/2022/NĐ-CP", "08/2022/NĐ-CP", "Nghị định", 2022, "CP"),
        ("Decree No. 08/2022/ND-CP", "08/2022/NĐ-CP", "Nghị định", 2022, "CP"),
        ("theo Nghị định 100/2019, mức phạt", "100/2019/NĐ-CP", "Nghị định", 2019, "CP"),
        ("Nghị định số 15/CP", "15/CP", "Nghị định", None, "CP"),
        ("Luật số 72/2020/QH14", "72/2020/QH14", "Luật", 2020, "QH"),
        ("Luật Bảo vệ môi trường số 72/2020/QH14", "72/2020/QH14", "Luật", 2020, "QH"),
        ("Bộ luật Lao động số 45/2019/QH14", "45/2019/QH14", "Bộ luật", 2019, "QH"),
        ("Nghị quyết số 42/2017/QH14 của Quốc hội", "42/2017/QH14", "Nghị quyết", 2017, "QH"),
        ("Pháp lệnh 02/2020/UBTVQH14", "02/2020/UBTVQH14", "Pháp lệnh", 2020, "UBTVQH"),
        ("Luật Đất đai. Văn bản 31/2024/QH15", "31/2024/QH15", "", 2024, "QH"),
        ("Công văn 1500/BTNMT-PC", "1500/BTNMT-PC", "Công văn", None, "BTNMT"),
        ("văn bản hoả tốc số 987/VPCP-NN", "987/VPCP-NN", "Công văn", None, "VPCP"),
        ("Công văn số 55/ABCD-XY", "55/ABCD-XY", "Công văn", None, "ABCD"),
        ("Bản án số 12/2023/HS-ST", "12/2023/HS-ST", "Bản án", 2023, "HS"),
        ("Nghị quyết 57-NQ/TW", "57-NQ/TW", "Nghị quyết", None, "TW"),
        ("Nghị quyết số 57/NQ-TW", "57-NQ/TW", "Nghị quyết", None, "TW"),
        ("Nghị quyết số 57/NQ/TW", "57-NQ/TW", "Nghị quyết", None, "TW"),
        ("Nghị quyết 57 - NQ/TƯ", "57-NQ/TW", "Nghị quyết", None, "TW"),
        ("Quy định số 178-QĐ/TW", "178-QĐ/TW", "Quy định", None, "TW"),
        ("(178-QĐ/TW)", "178-QĐ/TW", "", None, "TW"),
        ("Chỉ thị 05/CT-TTg", "05/CT-TTg", "Chỉ thị", None, "TTg"),
        ("số 123/CT-TTHT", "123/CT-TTHT", "Công văn", None, "CT"),
        (
            "Thông tư liên tịch 01/2015/TTLT/BTNMT-BTC",
            "01/2015/TTLT-BTNMT-BTC",
            "Thông tư liên tịch",
            2015,
            "BTNMT-BTC",
        ),
        ("Thông tư 45 /2023/TT- BTNMT", "45/2023/TT-BTNMT", "Thông tư", 2023, "BTNMT"),
        ("Thông tư 45/2023/TT–BTNMT - Ban hành", "45/2023/TT-BTNMT", "Thông tư", 2023, "BTNMT"),
        ("Thông tư 02/2012/TT-BNN&PTNT", "02/2012/TT-BNNPTNT", "Thông tư", 2012, "BNNPTNT"),
        ("Quyết định 16/2023/QĐ-UBND", "16/2023/QĐ-UBND", "Quyết định", 2023, "UBND"),
        ("Giấy phép số 378/GP - BTTTT Hà Nội", "378/GP-BTTTT", "Giấy phép", None, "BTTTT"),
        ("Nghị quyết số 66.7/2025/NQ-CP", "66.7/2025/NQ-CP", "Nghị quyết", 2025, "CP"),
        ("Quyết định số1234/QÐ-TTg", "1234/QĐ-TTg", "Quyết định", None, "TTg"),
        ("Nghị định 08/2022/NĐ‐CP", "08/2022/NĐ-CP", "Nghị định", 2022, "CP"),
        ("Resolution No.57-NQ/TW", "57-NQ/TW", "Nghị quyết", None, "TW"),
        ("Directive No.05/CT-TTg", "05/CT-TTg", "Chỉ thị", None, "TTg"),
        ("Công văn số: 1234/BTNMT-TCMT", "1234/BTNMT-TCMT", "Công văn", None, "BTNMT"),
        ("Chương trình số 12-CTr/TU", "12-CTr/TU", "Chương trình", None, "TU"),
        ("Hướng dẫn 02-HD/BTCTW", "02-HD/BTCTW", "Hướng dẫn", None, "BTCTW"),
        ("Tờ trình số 45/TTr-CP", "45/TTr-CP", "Tờ trình", None, "CP"),
        ("Circular No. 02/2023/TT-BGDDT", "02/2023/TT-BGDĐT", "Thông tư", 2023, "BGDĐT"),
    ],
)
def test_vietnamese_documents(text: str, number: str, kind: str, year: int | None, issuer: str) -> None:
    found = only(text)

    assert (found.number, found.kind, found.year, found.issuer) == (number, kind, year, issuer)
    assert found.scheme == "vn"


@pytest.mark.parametrize(
    ("text", "signed"),
    [
        ("1234/QĐ-TTg ngày 22/6/2023", date(2023, 6, 22)),
        ("1234/QĐ-TTg, ngày 22 tháng 6 năm 2023 của Thủ tướng", date(2023, 6, 22)),
        ("1234/QĐ-TTg (ngày 22-06-2023)", date(2023, 6, 22)),
        ("1234/QĐ-TTg của Thủ tướng Chính phủ ngày 22.6.2023", date(2023, 6, 22)),
        ("1234/QĐ-TTg ký ngày 22/6/2023", date(2023, 6, 22)),
        ("Decision No. 1234/QD-TTg dated June 22, 2023", date(2023, 6, 22)),
        ("Decision 1234/QD-TTg of 22 June 2023", date(2023, 6, 22)),
        ("1234/QĐ-TTg có hiệu lực từ ngày 22/6/2023", None),
        ("1234/QĐ-TTg của Thủ tướng có hiệu lực ngày 22/6/2023", None),
        ("1234/QĐ-TTg ngày 31/6/2023", None),
        ("1234/QĐ-TTg. Ngày 22/6/2023", None),
        ("15/2022/TT-BTC ngày 22/6/2023", None),
        ("Decision 1234/QD-TTg of 22 Floréal 2023", None),
    ],
)
def test_the_day_of_signing_is_the_one_right_beside_the_number(text: str, signed: date | None) -> None:
    found = only(text)

    assert found.signed == signed
    assert found.year == (signed.year if signed else 2022 if "2022" in text else None)


@pytest.mark.parametrize(
    "text",
    [
        "ngày 24/08/2023, 24-8-2023, 24/8, tỷ lệ 3/4, 10/KM, 60/h, 24/7, 5/2023",
        "Điện thoại 024/3825-TTg hoặc 0243.825.1234, fax 84-24/TT-BT",
        "https://x.vn/12/QD-TTg/a https://chinhphu.vn/van-ban/1234/QĐ-TTg www.x.vn/15/2025/TT-BTC a@15/2025/TT-BTC",
        "src/1234/QĐ-TTg/x /15/2025/TT-BTC C:/15/2025/TT-BTC",
        "hợp đồng 12/2023/HĐ-KT, biên bản 5/2023/BB-VPHC",
        "1.234/QĐ-TTg 25.000/USD-VND 3/AB-CD 12/EUR-USD",
        "12/QĐ - VEA, 12/2023/TT - THÔNG BÁO",
        "Airbus 320/NEO-A, đội 12/U23-VN",
        "trang 12/34, 12/2023, 1/1, số 12/2023/X",
        "72/QH14 57-NQ/ABCDE 57-XX/TW",
        "(EU) 12/34, (EU) 5/6/7, Regulation 5/2014, Directive 5/6, 1/2/3/EU",
        "Regulation (EU) 2016/67890, Regulation (EU) 0/2014, Directive 1066/24/EU",
        "12345R0679 92016R0679 32016R06790 12016M0001 52021PC0206",
        "S.I. No. 123 of 2023, SI 2023, SI units 5/10, S.I. 1066/12, SI 2023/123/4, ISI 2023/12",
        "12 FR 34, 5 FR 100, 10 FR, FR 12345, 200 FR 12345, 89 FR 12,34",
        "40 CFR 60, 60 CFR Part 12, 40 CFR",
        "Public Law 5-1, Public Law 117, Pub. L. 117-0, P.L. 200-1",
        "60 U.S.C. 12, 42 USC Trojans",
        "Executive Order 2020-36, Executive Order 12, EO 99999, Executive Order 14,1105",
        "loi n° 2016-048 du 1er mars 2016, arrêté n° 2024-12, loi n° 01-19, loi n° 2021-1104 du 22 août 2019, loi 2021",
        "NOR TREL2401234A, NOR : TREL24012A, NORD : ABCD2401234A, JORF du 24 août 2021, JO n° 12 du 24 floréal 2021",
        "BGBl. I Nr. 50/2023, BGBl. Nr. 1/1930, BGBl. I, BGBl. 2023",
    ],
)
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert numbers(text) == ()


@pytest.mark.parametrize(
    ("text", "number", "kind", "issuer"),
    [
        ("Regulation (EU) 2016/679", "32016R0679", "Regulation", ""),
        ("Regulation (EU) No 910/2014", "32014R0910", "Regulation", ""),
        ("Regulation (EU) 910/2014", "32014R0910", "Regulation", ""),
        ("Regulation (EC) No 1907/2006", "32006R1907", "Regulation", ""),
        ("Regulation (EEC) No 2658/87", "31987R2658", "Regulation", ""),
        ("Commission Implementing Regulation (EU) 2023/915", "32023R0915", "Regulation", "Commission"),
        ("Directive 2014/24/EU", "32014L0024", "Directive", ""),
        ("Directive (EU) 2019/1024", "32019L1024", "Directive", ""),
        ("Directive 95/46/EC", "31995L0046", "Directive", ""),
        ("Council Directive 92/43/EEC", "31992L0043", "Directive", "Council"),
        ("Council Decision 2014/145/CFSP", "32014D0145", "Decision", "Council"),
        ("Decision No 1313/2013/EU", "32013D1313", "Decision", ""),
        ("Framework Decision 2008/913/JHA", "32008F0913", "Framework Decision", ""),
        ("règlement (UE) n° 910/2014", "32014R0910", "Regulation", ""),
        ("le règlement d’exécution (UE) 2023/915 de la Commission", "32023R0915", "Regulation", "Commission"),
        ("la directive 2014/24/UE du Conseil", "32014L0024", "Directive", "Council"),
        ("Verordnung (EU) Nr. 910/2014", "32014R0910", "Regulation", ""),
        ("Durchführungsverordnung (EU) 2023/915 der Kommission", "32023R0915", "Regulation", "Commission"),
        ("EU-Richtlinie 95/46/EG des Rates", "31995L0046", "Directive", "Council"),
        ("VO (EU) 2016/679", "32016R0679", "Regulation", ""),
        ("le règlement UE 2016/679", "32016R0679", "Regulation", ""),
        ("CELEX 32016R0679", "32016R0679", "Regulation", ""),
        ("CELEX: 52021PC0206", "52021PC0206", "", ""),
        ("02016R0679-20160504", "32016R0679", "Regulation", ""),
        ("under (EU) 2024/1234", "2024/1234", "", ""),
    ],
)
def test_european_acts(text: str, number: str, kind: str, issuer: str) -> None:
    found = only(text)

    assert (found.scheme, found.number, found.kind, found.issuer) == ("eu", number, kind, issuer)
    assert found.year == (int(number[1:5]) if number[4].isdigit() and number[0] in "35" else 2024)


@pytest.mark.parametrize(
    "text",
    [
        "Regulation (EU) 2016/679 of the European Parliament and of the Council of 27 April 2016 on the protection",
        "règlement (UE) 2016/679 du Parlement européen et du Conseil du 27 avril 2016 relatif",
        "Verordnung (EU) 2016/679 des Europäischen Parlaments und des Rates vom 27. April 2016 zum Schutz",
    ],
)
def test_an_act_of_the_union_is_signed_in_any_language(text: str) -> None:
    found = only(text)

    assert (found.issuer, found.signed) == ("European Parliament and Council", date(2016, 4, 27))


def test_a_number_of_the_union_without_its_kind_is_of_the_kind_named_elsewhere_or_before() -> None:
    assert numbers("(EU) 2016/679 is Regulation (EU) 2016/679") == ("32016R0679",)
    assert numbers("Regulations (EU) 2017/745 and (EU) 2017/746") == ("32017R0745", "32017R0746")
    assert numbers("Directives 2014/24/EU, 2014/25/EU") == ("32014L0024", "32014L0025")
    assert numbers("Directive 95/46/EC. (EU) 2024/1234") == ("31995L0046", "2024/1234")


@pytest.mark.parametrize(
    ("text", "number", "scheme", "year"),
    [
        ("S.I. 2023/123", "SI 2023/123", "uk", 2023),
        ("the Order (SI 2023 No. 123)", "SI 2023/123", "uk", 2023),
        ("SI 2023/0123", "SI 2023/123", "uk", 2023),
        ("Statutory Instrument 2023 No. 123", "SI 2023/123", "uk", 2023),
        ("S.S.I. 2020/12", "SSI 2020/12", "uk", 2020),
        ("89 FR 12345", "89 FR 12345", "us", 2024),
        ("89 Fed. Reg. 12,345", "89 FR 12345", "us", 2024),
        ("FR Doc. 2024–12345", "FR Doc. 2024-12345", "us", 2024),
        ("40 CFR 60.1", "40 CFR 60.1", "us", None),
        ("40 C.F.R. § 60.1(a)(2)", "40 CFR 60.1", "us", None),
        ("40 CFR Part 60", "40 CFR Part 60", "us", None),
        ("Public Law 117-169", "Public Law 117-169", "us", None),
        ("Pub. L. No. 117–169", "Public Law 117-169", "us", None),
        ("42 U.S.C. 7401 et seq.", "42 USC 7401", "us", None),
        ("42 USC § 7521(a)", "42 USC 7521", "us", None),
        ("Executive Order 14110", "Executive Order 14110", "us", None),
        ("Exec. Order No. 14,110", "Executive Order 14110", "us", None),
        ("40 C.F.R. pt. 60", "40 CFR Part 60", "us", None),
        ("E.O. 14,008", "Executive Order 14008", "us", None),
        ("Executive Order (E.O.) 14008 of January 27, 2021", "Executive Order 14008", "us", 2021),
        ("loi n° 2021-1104 du 22 août 2021", "2021-1104", "fr", 2021),
        ("Décret no 2019-1023", "2019-1023", "fr", 2019),
        ("la loi n°78-17 du 6 janvier 1978", "78-17", "fr", 1978),
        ("loi de finances n° 2023-1322 du 29 décembre 2023", "2023-1322", "fr", 2023),
        ("décret en Conseil d’État n° 2021-1", "2021-1", "fr", 2021),
        ("NOR : TREL2401234A", "TREL2401234A", "fr", 2024),
        ("NOR: JUSX8700001L", "JUSX8700001L", "fr", 1987),
        ("JORF n°0196 du 24 août 2021", "JORF n° 196/2021", "fr", 2021),
        ("BGBl. 2023 I Nr. 88", "BGBl. 2023 I Nr. 88", "de", 2023),
        ("BGBl. 2024 I Nr. 88 S. 2", "BGBl. 2024 I Nr. 88", "de", 2024),
        ("BGBl. Teil I Nr. 53 vom 17.08.2021", "BGBl. 2021 I Nr. 53", "de", 2021),
        ("BGBl. I S. 1234", "BGBl. I S. 1234", "de", None),
        ("Gesetz vom 18. August 2021, BGBl. I Seite 3908", "BGBl. 2021 I S. 3908", "de", 2021),
        ("BGBl. I 2021 S. 3908", "BGBl. 2021 I S. 3908", "de", 2021),
        ("Gesetz vom 18. August 2021 (BGBl. I S. 3908)", "BGBl. 2021 I S. 3908", "de", 2021),
        ("Bekanntmachung vom 18.8.2021 (BGBl. I S. 3908)", "BGBl. 2021 I S. 3908", "de", 2021),
        ("Bekanntmachung vom 38.8.2021 (BGBl. I S. 3908)", "BGBl. I S. 3908", "de", None),
    ],
)
def test_other_schemes(text: str, number: str, scheme: str, year: int | None) -> None:
    found = only(text)

    assert (found.number, found.scheme, found.year) == (number, scheme, year)


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("loi n° 2021-1104", "fr-CA", 0),
        ("loi n° 2021-1104", "fr-FR", 1),
        ("loi n° 2021-1104", "fr", 1),
        ("loi n° 2021-1104", "en-GB", 1),
        ("BGBl. 2023 I Nr. 88", "de-AT", 0),
        ("BGBl. 2023 I Nr. 88", "de", 1),
        ("S.I. 2023/123", "en-IE", 0),
    ],
)
def test_another_country_of_the_language_has_its_own_law(text: str, language: str, count: int) -> None:
    assert len(cite("body_text", text, language)) == count


def test_kinds_and_days_of_other_schemes() -> None:
    assert only("Executive Order 14110 (October 30, 2023)").signed == date(2023, 10, 30)
    assert only("loi n° 2021-1104 du 22 août 2021").signed == date(2021, 8, 22)
    german = only("die Verordnung über Anlagen vom 18. August 2021 (BGBl. I S. 3908)")
    assert (german.kind, german.signed) == ("Verordnung", date(2021, 8, 18))
    assert only("NOR : TREX2100379L").kind == "Loi"
    assert only("NOR : TREX2100379Z").kind == ""


def test_parts_named_together_are_each_cited() -> None:
    assert numbers("40 CFR parts 60, 61, and 63 apply") == ("40 CFR Part 60", "40 CFR Part 61", "40 CFR Part 63")
    assert numbers("40 CFR Part 60 and 63") == ("40 CFR Part 60",)


TEXTS = (
    "Thông tư 15/2025/TT-BTC ngày 22/6/2025; Nghị quyết 57-NQ/TW, Nghị định 100/2019 và 1500/BTNMT-PC.",
    "Regulations (EU) 2017/745 and (EU) 2017/746; S.I. 2023/123; 40 CFR parts 60 and 63; Pub. L. 117-169.",
    "loi n° 2021-1104 du 22 août 2021 (NOR : TREX2100379L); BGBl. 2023 I Nr. 88.",
)


@given(st.lists(st.one_of(st.sampled_from(TEXTS), st.text(max_size=30)), max_size=6).map(" ".join))
def test_what_is_printed_stands_at_its_place_and_places_do_not_overlap(text: str) -> None:
    citations = cite("body_text", text)

    assert [text[one.start : one.start + len(one.printed)] for one in citations] == [one.printed for one in citations]
    assert all(one.start + len(one.printed) <= other.start for one, other in pairwise(citations))


@given(st.integers(1, 99999), st.integers(1950, 2099), st.sampled_from(("TT-BTC", "NĐ-CP", "QH15", "QĐ-UBND")))
def test_a_number_is_the_same_however_it_is_padded(count: int, year: int, ending: str) -> None:
    for printed in (f"{count}/{year}/{ending}", f"{count:05d}/{year}/{ending}", f"{count} / {year} / {ending}"):
        assert numbers(f"số {printed}, ") == (f"{count:02d}/{year}/{ending}",)


@given(st.text("0123456789/-.,:() ngàytháTM€$%ABCĐ", max_size=60))
def test_digits_and_strokes_alone_are_no_documents(text: str) -> None:
    assert all(one.number[-1].isalpha() for one in cite("body_text", text))


@given(
    st.dates(),
    st.sampled_from(("{d}/{m}/{y}", "{d:02d}-{m:02d}-{y}", "{d} tháng {m} năm {y}", "{y}/{m}/{d}", "{m}/{y}")),
)
def test_dates_are_no_documents(day: date, form: str) -> None:
    printed = form.format(d=day.day, m=day.month, y=day.year)

    assert cite("body_text", f"Ngày {printed}, Bộ Tài chính (BTC) – {printed}/TP Hà Nội") == ()


@pytest.mark.parametrize(
    "piece",
    [
        "1/2020/QH14 ", "1/2020/TT-", "57-NQ/TW ", "12/QĐ-", "Luật ", "1/QĐ-TTg của Bộ Bộ ", "Regulation (EU) 1", "(EU) 2016/1 ",
        "BGBl. I S. 1 ", "gesetz vom 1. Mai 2020 (BGBl. I S. 1", "loi a b c d e n°", "40 CFR parts 1, 1, 1, ", "SI 2020/1 ",
        "89 FR 1", "verordnung", "1" * 20, "a" * 20, "/A", "NOR : ABCD2401234A", "1.1/2020/A-A-A-A-A",
    ],
)  # fmt: skip
def test_hostile_text_is_read_in_time(piece: str) -> None:
    started = process_time()

    cite("body_text", piece * (200_000 // len(piece)))

    assert process_time() - started < 3


@pytest.mark.parametrize(
    ("title", "url", "number"),
    [
        ("Thông tư 45/2023/TT-BTNMT", "https://a.vn/x.pdf", "45/2023/TT-BTNMT"),
        ("45_2023_TT-BTNMT.signed.pdf", "https://a.vn/x.pdf", "45/2023/TT-BTNMT"),
        ("1234-qd-ttg.pdf", "https://a.vn/x.pdf", "1234/QĐ-TTg"),
        ("Tải về", "https://a.vn/2023/luat-72-2020-qh14.pdf", "72/2020/QH14"),
        ("Tải về", "https://a.vn/57-NQ-TW%20ky.pdf", "57-NQ/TW"),
        ("Tải về", "https://a.vn/22-6-2023-tt-btc.pdf", None),
        ("Tải về", "https://a.vn/12-abc-xyz.pdf", None),
        ("Tải về", "https://[", None),
    ],
)
def test_files_are_cited_by_their_titles_or_else_their_names(title: str, url: str, number: str | None) -> None:
    found = cite_file(Attachment(url=url, title=title))

    assert [one.number for one in found] == ([number] if number else [])
    assert all(one.field == "attachments" for one in found)


def test_one_place_tells_the_others_what_the_document_is() -> None:
    places = cite_all(
        headline="Triển khai 1234/QĐ-TTg",
        lede="Quyết định 1234/QĐ-TTg ngày 22/6/2023 và 1500/BTC-PC",
        body="(178-QĐ/TW) Quy định 178-QĐ/TW",
        attachments=(Attachment(url="https://a.vn/1234-QD-TTg.pdf"),),
    )

    assert [(one.field, one.number, one.year) for one in places] == [
        ("headline", "1234/QĐ-TTg", 2023),
        ("lede", "1234/QĐ-TTg", 2023),
        ("lede", "1500/BTC-PC", None),
        ("body_text", "178-QĐ/TW", None),
        ("body_text", "178-QĐ/TW", None),
        ("attachments", "1234/QĐ-TTg", 2023),
    ]
    assert places[3].kind == "Quy định"
    assert [one.signed for one in places[:2]] == [None, date(2023, 6, 22)]


def test_places_that_disagree_are_left_alone() -> None:
    text = "Quyết định 12/QĐ-TTg ngày 1/2/2022, Quyết định 12/QĐ-TTg ngày 1/2/2023, 12/QĐ-TTg"

    found = cite_all(headline="", lede="", body=text, attachments=())

    assert [one.year for one in found] == [2022, 2023, None]


def test_an_article_cites_what_its_parts_name() -> None:
    text = "Bộ Tài chính hướng dẫn thi hành Nghị định số 08/2022/NĐ-CP ngày 10/01/2022. " * 3
    page = (
        f"<html><body><article><h1>Ban hành Thông tư 15/2025/TT-BTC</h1><p>{text}</p><p>{text}</p>"
        '<a href="/15-2025-TT-BTC.pdf">Toàn văn</a></article></body></html>'
    )

    found = read_article(page.encode(), url="https://a.gov.vn/1", content_type=None)

    assert found.documents == ("15/2025/TT-BTC", "08/2022/NĐ-CP")
    assert [one.field for one in found.citations] == ["headline", *["body_text"] * 6, "attachments"]
    assert all(getattr(found, one.field)[one.start :].startswith(one.printed) for one in found.citations[:-1])
