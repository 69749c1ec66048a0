"""Every edit is given the class a careful reader would give it, and a reason."""

from __future__ import annotations

import random
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.items import Article, Attachment, Image
from storage.classes import CLASSES, MEANINGS, Edit, classes, classify, is_noise
from storage.obligations import language_of, obligations
from storage.slips import is_slip
from tests.storage.making import HOME, article, moment

RULE = "Bộ Tài chính cho biết dự án cần {} trong năm nay. Doanh nghiệp phải nộp báo cáo trước khi khởi công."


def wording(text: str, **details: Any) -> Article:
    html = "".join(f"<p>{one}</p>" for one in text.split("\n\n"))
    return article(1, body_text=text, body_html=html, **details)


def between(before: str, after: str, *, language: str = "vi") -> list[tuple[str, str, str]]:
    found = classify(wording(before, language=language), wording(after, language=language))
    return [(edit.kind, edit.before, edit.after) for edit in found if edit.kind != "silent"]


def kinds(before: Article, after: Article) -> list[str]:
    return [edit.kind for edit in classify(before, after) if edit.kind != "silent"]


@pytest.mark.parametrize(
    ("before", "after", "edit"),
    [
        ("3.500 tỷ đồng", "3.700 tỷ đồng", ("money", "3.500 tỷ đồng", "3.700 tỷ đồng")),
        ("3.500 tỷ", "3.700 tỷ", ("money", "3.500 tỷ", "3.700 tỷ")),
        ("500 đồng", "500 triệu đồng", ("money", "500 đồng", "500 triệu đồng")),
        ("500 triệu đồng", "500 tỷ đồng", ("money", "500 triệu đồng", "500 tỷ đồng")),
        ("12,5%", "13,5%", ("money", "12,5%", "13,5%")),
        ("12,5%", "-12,5%", ("money", "12,5%", "-12,5%")),
        ("1.000 USD", "1.000 EUR", ("money", "1.000 USD", "1.000 EUR")),
        ("2 triệu người", "3 triệu người", ("number", "2 triệu", "3 triệu")),
        ("15 kỹ sư", "16 kỹ sư", ("number", "15", "16")),
        ("hai kỹ sư", "ba kỹ sư", ("number", "hai", "ba")),
        ("Thông tư 45/2023/TT-BTNMT", "Thông tư 46/2023/TT-BTNMT", ("number", "45/2023/TT-BTNMT", "46/2023/TT-BTNMT")),
        ("ngày 12/3/2026", "ngày 13/3/2026", ("date", "ngày 12/3/2026", "ngày 13/3/2026")),
        ("ngày 12 tháng 3 năm 2026", "ngày 12 tháng 4 năm 2026", ("date", "ngày 12 tháng 3 năm 2026", "ngày 12 tháng 4 năm 2026")),
        ("lúc 8 giờ 30", "lúc 9 giờ 30", ("date", "8 giờ 30", "9 giờ 30")),
        ("12,5 %", "12.5%", ("white-space", "12,5 %", "12.5%")),
        ("3.500 tỷ đồng", "3500 tỷ VNĐ", ("white-space", "3.500 tỷ đồng", "3500 tỷ VNĐ")),
        ("ngày 12/3/2026", "ngày 12 tháng 3 năm 2026", ("white-space", "ngày 12/3/2026", "ngày 12 tháng 3 năm 2026")),
        ("“thêm vốn”", '"thêm vốn"', ("white-space", "“", '"')),
        ("thêm vốn", "thêmvốn", ("white-space", "thêm vốn", "thêmvốn")),
        ("thêm vốn dự phòng", "thêm vón dự phòng", ("typo", "vốn", "vón")),
        ("quyết định", "quyêt định", ("typo", "quyết", "quyêt")),
        ("thêm vốn", "thêm, vốn", ("typo", "", ",")),
        ("sự giúp đỡ", "nhiều đất đai", ("rewording", "sự giúp đỡ", "nhiều đất đai")),
    ],
)  # fmt: skip
def test_what_changed_within_a_sentence(before: str, after: str, edit: tuple[str, str, str]) -> None:
    found = between(RULE.format(before), RULE.format(after))

    assert edit in found
    assert {kind for kind, _, _ in found} == {edit[0]}


@pytest.mark.parametrize(
    ("language", "before", "after", "edit"),
    [
        ("vi", "Doanh nghiệp phải nộp báo cáo.", "Doanh nghiệp nên nộp báo cáo.", ("obligation", "phải", "nên")),
        ("vi", "Xe tải được vào phố.", "Xe tải không được vào phố.", ("obligation", "được", "không được")),
        ("vi", "Hành vi này bị nghiêm cấm.", "Hành vi này bị cấm.", ("obligation", "nghiêm cấm", "cấm")),
        ("en", "Firms must report it.", "Firms should report it.", ("obligation", "must", "should")),
        ("en", "He may go there.", "He may not go there.", ("obligation", "may", "may not")),
        ("en", "The act is legal here.", "The act is illegal here.", ("obligation", "legal", "illegal")),
        ("fr", "Les entreprises doivent déclarer.", "Les entreprises peuvent déclarer.", ("obligation", "doivent", "peuvent")),
        ("de", "Betriebe müssen das melden.", "Betriebe sollen das melden.", ("obligation", "müssen", "sollen")),
        ("es", "Las empresas deben informar.", "Las empresas pueden informar.", ("obligation", "deben", "pueden")),
        ("pl", "Firms must report it.", "Firms can report it.", ("obligation", "must", "can")),
        ("vi", "Ông Nguyễn Văn An phát biểu.", "Ông Trần Văn Bình phát biểu.", ("name", "Nguyễn Văn An", "Trần Văn Bình")),
        ("vi", "Theo Bộ Tài chính, giá giảm.", "Theo Bộ Tư pháp, giá giảm.", ("name", "Bộ Tài chính", "Bộ Tư pháp")),
        ("en", "The meeting was in London in spring.", "The meeting was in Paris in spring.", ("name", "London", "Paris")),
        ("en", "It costs $3.5 million now.", "It costs $4 million now.", ("money", "$3.5 million", "$4 million")),
        ("en", "It costs €3 billion now.", "It costs €3 million now.", ("money", "€3 billion", "€3 million")),
        ("en", "We met on 3 May 2026 at noon.", "We met on 4 May 2026 at noon.", ("date", "3 May 2026", "4 May 2026")),
        ("en", "We met on May 3, 2026 at noon.", "We met on May 4, 2026 at noon.", ("date", "May 3, 2026", "May 4, 2026")),
        ("en", "A recieved letter.", "A received letter.", ("typo", "recieved", "received")),
        ("en", "about 1,000 people came", "about 2,000 people came", ("number", "1,000", "2,000")),
    ],
)  # fmt: skip
def test_other_languages_and_words_that_oblige(
    language: str, before: str, after: str, edit: tuple[str, str, str]
) -> None:
    found = between(before, after, language=language)

    assert [one for one in found if one[0] == edit[0]], found
    if edit[0] != "typo":
        assert found == [edit]


PARAGRAPHS = (
    "Đoạn một nói về nước sạch ở vùng cao.",
    "Đoạn hai nói về đường sá ven biển.",
    "Đoạn ba kể chuyện trường học.",
)


def test_paragraphs_added_removed_and_moved() -> None:
    one, two, three = PARAGRAPHS
    whole = "\n\n".join(PARAGRAPHS)

    assert between(whole, f"{one}\n\n{three}") == [("paragraph-removed", two, "")]
    assert between(f"{one}\n\n{three}", whole) == [("paragraph-added", "", two)]
    assert [kind for kind, _, _ in between(whole, f"{two}\n\n{three}\n\n{one}")] == ["paragraph-moved"]


def test_a_long_sentence_put_in_is_one_rewording() -> None:
    sentence = "Trước đó các địa phương đã họp bàn nhiều lần với người dân về cách chia 500 triệu đồng này."

    assert [kind for kind, _, _ in between(RULE, f"{RULE} {sentence}")] == ["rewording"]


def test_a_headline_is_rewritten_or_only_misspelt() -> None:
    def headline(text: str) -> Article:
        return article(1, headline=text)

    assert kinds(headline("Giá xăng tăng 5% từ mai"), headline("Giá xăng giảm 3% từ mai")) == ["money", "headline"]
    assert kinds(headline("Chính phủ quyết dịnh"), headline("Chính phủ quyết định")) == ["typo"]
    assert kinds(headline("Chính phủ họp"), headline("Quốc hội nghỉ")) == ["headline"]


@pytest.mark.parametrize(
    ("before", "after", "kind", "field"),
    [
        ({"published": moment(-1)}, {"published": moment(-3)}, "date", "published"),
        ({"authors": ("Lê An",)}, {"authors": ("Lê Bình",)}, "name", "authors"),
        ({"tags": ("nước",)}, {"tags": ("đất",)}, "rewording", "tags"),
        ({"section": "Tin tức"}, {"section": "Chỉ đạo điều hành"}, "rewording", "section"),
        ({"images": (Image(url=f"{HOME}a.jpg"),)}, {"images": (Image(url=f"{HOME}b.jpg"),)}, "image", "images"),
        ({"images": (Image(url=f"{HOME}a.jpg"),)}, {"images": ()}, "image", "images"),
        ({"images": (Image(url=f"{HOME}a.jpg", caption="Cũ"),)}, {"images": (Image(url=f"{HOME}a.jpg", caption="Mới"),)}, "image", "images"),
        ({"attachments": (Attachment(url=f"{HOME}a.pdf"),)}, {"attachments": (Attachment(url=f"{HOME}b.pdf"),)}, "attachment", "attachments"),
        ({"attachments": (Attachment(url=f"{HOME}a.pdf", title="A"),)}, {"attachments": (Attachment(url=f"{HOME}a.pdf", title="B"),)}, "attachment", "attachments"),
        ({"attachments": (Attachment(url=f"{HOME}a.pdf", sha256="aa"),)}, {"attachments": (Attachment(url=f"{HOME}a.pdf", sha256="bb"),)}, "attachment", "attachments"),
        ({"body_html": '<p><a href="/x">Nội</a></p>'}, {"body_html": '<p><a href="/y">Nội</a></p>'}, "link", "body_html"),
        ({"body_html": '<p><a href="/x">a</a><a href="/y">b</a></p>'}, {"body_html": '<p><a href="/y">a</a><a href="/x">b</a></p>'}, "link", "body_html"),
        ({"body_html": '<p>Nội<img src="/x.jpg"></p>'}, {"body_html": '<p>Nội<img src="/y.jpg"></p>'}, "image", "body_html"),
        ({"body_html": "<p>Nội</p><td>5 tỷ đồng</td>"}, {"body_html": "<p>Nội</p><td>6 tỷ đồng</td>"}, "money", "body_html"),
        ({"authors": ("A", "B")}, {"authors": ("B", "A")}, "white-space", "authors"),
        ({"attachments": (Attachment(url=f"{HOME}a"), Attachment(url=f"{HOME}b"))}, {"attachments": (Attachment(url=f"{HOME}b"), Attachment(url=f"{HOME}a"))}, "white-space", "attachments"),
    ],
)  # fmt: skip
def test_other_parts_than_the_text(before: dict[str, Any], after: dict[str, Any], kind: str, field: str) -> None:
    found = [edit for edit in classify(article(1, **before), article(1, **after)) if edit.kind != "silent"]

    assert [(edit.kind, edit.field) for edit in found] == [(kind, field)]


def test_a_gallery_that_is_another_every_time_is_boilerplate() -> None:
    def gallery(*names: str) -> Article:
        return article(1, images=tuple(Image(url=f"{HOME}{name}.jpg") for name in names))

    assert is_noise(classify(gallery("a", "b", "c"), gallery("d", "e", "f")))
    assert kinds(gallery("a", "b", "c"), gallery("a", "b", "f")) == ["image"]


@pytest.mark.parametrize(
    ("before", "after", "silent"),
    [
        ({}, {}, True),
        ({"modified": moment(1)}, {"modified": moment(1)}, True),
        ({"modified": moment(1)}, {}, True),
        ({"modified": moment(1)}, {"modified": moment(2)}, False),
        ({}, {"modified": moment(2)}, False),
        ({}, {"kicker": "Đính chính"}, False),
        ({}, {"lede": "(Cập nhật lúc 15:00) Câu hỏi thứ 1."}, False),
        ({"lede": "Cập nhật: Câu hỏi"}, {"lede": "Cập nhật: Câu hỏi"}, True),
    ],
)
def test_an_edit_is_silent_unless_the_page_says_so(before: dict[str, Any], after: dict[str, Any], silent: bool) -> None:
    found = classify(article(1, headline="Cũ", **before), article(1, headline="Mới", **after))

    assert ("silent" in classes(found)) is silent


def test_an_update_that_is_announced_in_the_text_is_not_silent() -> None:
    before = wording("Giá là 5 tỷ đồng.")

    assert "silent" in classes(classify(before, wording("Giá là 6 tỷ đồng.")))
    assert "silent" not in classes(
        classify(before, wording("Giá là 6 tỷ đồng.\n\nĐính chính: giá trước đây ghi nhầm."))
    )
    assert "silent" not in classes(classify(before, wording("Giá là 6 tỷ đồng.\n\nCập nhật lúc 10:15 ngày 02/03/2026")))


def test_spacing_alone_is_not_called_silent() -> None:
    assert [one.kind for one in classify(wording(RULE.format("12,5 %")), wording(RULE.format("12.5%")))] == [
        "white-space"
    ]


def test_the_weightiest_comes_first_and_each_says_why() -> None:
    found = classify(
        wording(RULE.format("5 tỷ đồng"), headline="Cũ"), wording(RULE.replace("phải", "nên").format("6 tỷ đồng"))
    )

    assert classes(found) == ("obligation", "money", "number", "headline", "silent")
    assert all(edit.why.endswith((".", "…")) for edit in found)
    assert next(edit.why for edit in found if edit.kind == "money") == "The amount “5 tỷ đồng” became “6 tỷ đồng”."


def test_every_class_has_a_meaning() -> None:
    assert set(MEANINGS) == set(CLASSES)


# -- random texts ----------------------------------------------------------------------------------------------------

VOCABULARY = str.split(
    "nước sạch đường núi biển trường học xây dựng người dân vùng cao kinh tế làng nghề mùa màng sông hồ cây rừng"
)
EDITS = {
    "money": ("tổng cộng 3.500 tỷ đồng", "tổng cộng 3.700 tỷ đồng"),
    "number": ("có 15 kỹ sư", "có 18 kỹ sư"),
    "date": ("vào ngày 12/3/2026", "vào ngày 15/3/2026"),
    "name": ("gặp ông Nguyễn Văn An", "gặp ông Phạm Thị Hoa"),
    "obligation": ("họ phải đi", "họ không phải đi"),
    "typo": ("cùng quyết định", "cùng quyêt định"),
    "white-space": ("đạt 12,5 % rồi", "đạt 12.5% rồi"),
    "rewording": ("cùng bàn bạc", "cùng tranh cãi"),
}


def prose(chance: random.Random) -> list[str]:
    return [
        " ".join(chance.choices(VOCABULARY, k=chance.randint(8, 60))).capitalize() + "."
        for _ in range(chance.randint(1, 12))
    ]


@given(st.randoms(use_true_random=False), st.sampled_from(sorted(EDITS)))
def test_an_edit_of_a_known_kind_is_found_wherever_it_is_made(chance: random.Random, kind: str) -> None:
    before, after = EDITS[kind]
    text = prose(chance)
    at = chance.randrange(len(text))
    words = text[at].split()
    place = chance.randrange(1, len(words))

    def told(part: str) -> str:
        changed = " ".join([*words[:place], part, *words[place:]])
        return "\n\n".join([*text[:at], changed, *text[at + 1 :]])

    assert {found for found, _, _ in between(told(before), told(after))} == {kind}


@given(st.randoms(use_true_random=False))
def test_paragraphs_that_come_and_go_are_found_wherever_they_are(chance: random.Random) -> None:
    text, new = prose(chance), "Hoàn toàn mới là câu chuyện cuối tuần này thôi."
    at = chance.randrange(len(text) + 1)
    longer = [*text[:at], new, *text[at:]]

    assert between("\n\n".join(text), "\n\n".join(longer)) == [("paragraph-added", "", new)]
    assert between("\n\n".join(longer), "\n\n".join(text)) == [("paragraph-removed", new, "")]


@given(st.text(max_size=200), st.text(max_size=200))
def test_nothing_is_edited_in_what_is_the_same_and_anything_else_is_told(one: str, other: str) -> None:
    before, after = article(1, body_text=one, lede=other), article(1, body_text=other, lede=one)

    assert classify(before, before) == ()
    assert all(isinstance(edit, Edit) and edit.why for edit in classify(before, after))


def test_each_class_can_be_reached() -> None:
    before = wording(
        "\n\n".join((RULE.format("5 tỷ đồng và 15 kỹ sư ngày 1/2/2026 ở Hà Nội"), *PARAGRAPHS)),
        headline="Cũ",
        lede="Lời dẫn dịnh “x”",
    )
    changed = RULE.replace("phải", "nên").format("6 tỷ đồng và 16 kỹ sư ngày 2/2/2026 ở Sa Pa")
    after = wording(
        "\n\n".join((changed, PARAGRAPHS[1], PARAGRAPHS[0], "Thêm vài lời khác hẳn cho mọi bạn đọc.")),
        headline="Tựa mới hẳn",
        lede="Lời dẫn định “x”",
    )
    reached = set(kinds(before, after)) | {"silent"}
    reached |= {one for one, _, _ in between("Nhà máy mở cửa", "Nhà máy đóng lại")} | {
        one for one, _, _ in between("“x” y", '"x" y')
    }
    reached |= set(
        kinds(
            article(1),
            article(
                1,
                images=(),
                attachments=(Attachment(url=HOME),),
                body_html="<p>Nội dung thứ 1, đoạn một.</p><p>Đoạn hai./.</p>",
            ),
        )
    )
    reached |= {"link"} & set(
        kinds(article(1), article(1, body_html='<p><a href="/x">Nội</a> dung thứ 1, đoạn một.</p><p>Đoạn hai./.</p>'))
    )

    assert reached == set(CLASSES)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x" * 5_000_000, "y" * 5_000_000),
        ("ab 12 \n" * 700_000, "ba 13 \n" * 700_000),
        ("ab 12,5% " * 500_000, "ba 13,5% " * 500_000),
        ("1.5 2.5 " * 60_000, "1.5 3.5 " * 60_000),
        ("(1" * 1_000_000, "(2" * 1_000_000),
        ("không " * 200_000, "phải " * 200_000),
        ("An " * 100_000, "An Bình " * 50_000),
    ],
)
def test_a_hostile_page_is_classified_in_time(before: str, after: str) -> None:
    one, other = wording(before), wording(after)
    begun = time.process_time()

    found = classify(one, other)

    assert time.process_time() - begun < 3
    assert found


@pytest.mark.parametrize(
    ("before", "after", "slip"),
    [
        ("teh", "the", True),
        ("government", "goverment", True),
        ("commission", "comision", True),
        ("trường", "tường", True),
        ("nghị", "nghi", True),
        ("Nam", "Nan", False),
        ("increase", "decrease", False),
        ("bốn", "bán", False),
        ("5km", "6km", False),
        ("form", "from", True),
        ("xấu", "tốt", False),
    ],
)
def test_a_slip_is_told_from_another_word(before: str, after: str, slip: bool) -> None:
    assert is_slip(before, after) is slip


def test_obligations_are_looked_for_in_the_language_of_the_text() -> None:
    assert language_of("Bộ trưởng", "") == "vi"
    assert language_of("Minister", "") == ""
    assert language_of("Bộ trưởng", "en-GB") == "en"
    assert [one.value for one in obligations("Il n’est pas permis", "fr")] == ["n'", "pas"]
