"""What the pages of a website teach about its next page, and when they are not believed."""

from __future__ import annotations

import subprocess
import sys

import pytest
from msgspec.structs import replace

from scrapers.items import Headline, Moment, Reason, Sample, Spot, Template
from scrapers.reading.article import read_article
from scrapers.reading.learning import following, learn
from scrapers.reading.lines import digest
from tests.reading.pages import PAGES, grade, rule
from tests.reading.siblings import HTML, day, headline, learnt, page, read, sample, text, url


def body(number: int, paragraphs: int = 3) -> str:
    return "\n\n".join(text(number, paragraphs))


def headed(number: int, title: str = "") -> bytes:
    """A page whose headline stands in h3."""
    told = headline(number)
    before, after = f'<div class="hd">{told}</div>', f"<h3>{told}</h3>"
    return page(number, title=title).replace(before.encode(), after.encode())


def test_alone_a_short_text_is_lost_among_the_teasers() -> None:
    assert read(9, page(9, 1)).body_text != body(9, 1)


@pytest.mark.parametrize("siblings", [2, 3, 7, 12])
def test_from_two_pages_on_the_text_of_the_next_is_found_to_the_letter(siblings: int) -> None:
    template = learnt(*range(1, siblings + 1))

    article = read(50, page(50, 1), template)

    assert template.pages == siblings
    assert article.body_text == body(50, 1)
    assert article.headline == headline(50)


def test_the_rule_names_version_and_pages_and_its_grade_grows_with_them() -> None:
    two, three = replace(learnt(1, 2), version=4), replace(learnt(1, 2, 3), version=5)

    likely, sure = read(9, page(9), two), read(9, page(9), three)

    assert (rule(likely, "body_text"), grade(likely, "body_text")) == ("template 4 (2 pages): div.xq", "C")
    assert (rule(sure, "body_text"), grade(sure, "body_text")) == ("template 5 (3 pages): div.xq", "B")


def test_one_page_teaches_nothing() -> None:
    assert learnt(1) == Template(pages=1)
    assert read(9, template=learnt(1)).body_text == read(9).body_text


def test_what_is_no_page_is_left_out() -> None:
    broken = Sample(payload=b"%PDF-1.7", article=read(3))

    assert learn([sample(1), broken, sample(2)]) == learnt(1, 2)
    assert learn([broken]) == Template(pages=0)


def test_one_article_at_two_addresses_counts_once_so_that_its_text_stays() -> None:
    printed = page(1).replace(b'<div class="zz">', b'<div class="zz print">')

    template = learn([sample(1), sample(1, printed)])

    assert template == Template(pages=1)


def test_an_article_at_two_addresses_among_others_keeps_its_text() -> None:
    template = learn([sample(1), sample(1, page(1, extra="<p>Bản in</p>")), sample(2), sample(3), sample(4)])

    assert template.pages == 4
    assert read(1, template=template).body_text == body(1)


def test_an_edited_wording_under_the_same_headline_is_the_same_article() -> None:
    edited = page(1).replace("số 1 phố".encode(), "số 2 phố".encode())

    assert learn([sample(1), sample(1, edited), sample(2)]).pages == 2


def test_lines_that_pages_share_are_dropped_from_a_text_but_not_from_its_tables_and_captions() -> None:
    shared = (
        "<p>Mời bạn đọc theo dõi cổng thông tin của Bộ.</p><h3>Bối cảnh</h3><p>Riêng {0}.</p>"
        "<table><tr><th>Số thứ tự</th><th>Tên gọi</th></tr><tr><td>Một</td><td>Riêng tư {0}</td></tr></table>"
        '<figure><img src="/a{0}.jpg"><figcaption>Ảnh minh họa của Bộ</figcaption></figure>'
    )
    pages = {number: page(number, extra=shared.format(number)) for number in (1, 2, 3, 9)}
    template = learn([sample(number, pages[number]) for number in (1, 2, 3)])

    article = read(9, pages[9], template)

    assert "Mời bạn đọc" not in article.body_text
    assert "Bối cảnh\n\nRiêng 9." in article.body_text
    assert "Số thứ tự\tTên gọi\nMột\tRiêng tư 9" in article.body_text
    assert [image.caption for image in article.images] == ["Ảnh minh họa của Bộ"]


def test_a_section_name_in_h1_and_a_website_name_in_title_are_no_headline() -> None:
    template = learn([sample(number, headed(number)) for number in (1, 2, 3)])

    article = read(9, headed(9), replace(template, headlines=()), listed=False)

    assert article.headline == headline(9)
    assert template.names == ("cổng thông tin bộ ví dụ",)


def test_a_headline_stays_one_when_the_latest_news_of_other_pages_link_to_it() -> None:
    template = learnt(4, 5, 6)

    assert headline(9).encode() in page(4) and headline(9).encode() in page(6)
    assert read(9, template=template).headline == headline(9)


def test_a_headline_many_articles_share_is_still_one() -> None:
    weekly = "Lịch công tác tuần của lãnh đạo Bộ"
    pages = {
        number: page(number).replace(headline(number).encode(), weekly.encode()).replace(b"<h1>", b"<h2>")
        for number in (1, 2, 3, 9)
    }
    samples = [replace(sample(number, pages[number]), listed=weekly) for number in (1, 2, 3)]

    assert read(9, pages[9], learn(samples), listed=False).headline == weekly


def video(number: int, paragraphs: int = 3) -> bytes:
    return page(number, paragraphs, text_class="vid").replace(b' id="bai_', b' data-id="bai_')


def test_a_place_named_anew_for_each_page_is_known_by_what_its_names_share() -> None:
    pages = {number: page(number, text_class=f"t{number:06}") for number in (1, 2, 3, 9)}

    template = learn([sample(number, pages[number]) for number in (1, 2, 3)])

    assert template.texts[0].selector == 'div[id^="bai_"]'
    assert read(9, pages[9], template).body_text == body(9)


def test_a_website_with_two_kinds_of_pages_has_two_places() -> None:
    news = [sample(number) for number in (1, 2, 3, 4)]
    videos = [sample(number, video(number)) for number in (11, 12, 13)]

    template = learn([*news, *videos])

    assert [(spot.selector, spot.pages) for spot in template.texts] == [("div.xq", 4), ("div.vid", 3)]
    assert read(20, video(20, 1), template).body_text == body(20, 1)


def test_the_day_is_learnt_where_two_witnesses_agreed_on_it() -> None:
    samples = []
    for number in (1, 2, 3):
        one = sample(number)
        assert one.article.published
        sure = Reason(field="published", printed=day(number), rule="meta: date", grade="A")
        samples.append(replace(one, article=replace(one.article, passport=(*one.article.passport, sure))))

    template = learn(samples)

    assert template.dates == (Spot(selector="div.dt", pages=3),)
    assert rule(read(9, template=template), "published").startswith("template (3 pages): div.dt")
    assert read(9, template=template).published == Moment(
        at=read(9).published.at,  # type: ignore[union-attr]
        precision="minute",
        printed=day(9),
    )


def test_a_template_that_no_longer_matches_yields_and_the_notes_say_so() -> None:
    template = replace(learnt(1, 2, 3), version=2)

    article = read(9, page(9, 9, text_class="rebuilt"), template)

    assert body(9, 9) in article.body_text
    assert rule(article, "body_text") == "general: where the text is densest, without what template 2 (3 pages) knows"
    assert any("does not stand where template 2 (3 pages) says, div.xq;" in note for note in article.notes)


def test_an_emptied_place_is_not_believed() -> None:
    template = learnt(1, 2, 3)
    moved = page(9, 0).replace(b'<div class="ft">', f'<div class="new"><p>{body(9, 9)}</p></div><div>'.encode())

    assert text(9, 9)[0] in read(9, moved, template).body_text


def test_a_layout_that_matches_goes_before_a_template() -> None:
    template = Template(pages=9, version=1, texts=(Spot(selector="body", pages=9),))
    saved = next(path for path in PAGES if path.parent.name == "onecms")

    article = read(9, saved.read_bytes(), template, listed=False)

    assert article == read(9, saved.read_bytes(), listed=False)
    assert article.layout == "onecms"


def test_what_was_learnt_gets_a_new_number_only_if_it_says_something_else() -> None:
    first = following(None, learnt(1, 2, 3))
    again = following(first, replace(learnt(1, 2, 3), pages=30))
    other = following(again, learn([sample(number, page(number, text_class="new")) for number in (1, 2, 3)]))

    whole = replace(other, texts=tuple(replace(spot, exact=not spot.exact) for spot in other.texts))

    assert (first.version, again.version, again.pages, other.version) == (1, 1, 30, 2)
    assert following(other, whole).version == 3, "what is cut out of the text differs"


def test_lines_are_the_same_in_every_process() -> None:
    code = "from scrapers.reading.lines import digest; print(digest('Bộ Ví dụ', linked=True).hex())"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == digest("Bộ Ví dụ", linked=True).hex() != digest("Bộ Ví dụ").hex()


def test_a_sample_without_a_listing_is_told_by_its_own_headline_when_that_is_sure() -> None:
    samples = [
        Sample(
            payload=headed(number, f"{headline(number)} - Bộ Ví dụ"),
            content_type=HTML,
            article=read(number, headed(number, f"{headline(number)} - Bộ Ví dụ"), listed=False),
        )
        for number in (1, 2, 3)
    ]

    template = learn(samples)

    assert template.headlines == (Spot(selector="div.wr > h3", pages=3),)
    assert "bộ ví dụ" in template.names
    assert samples[0].article.url == url(1)


def test_an_entrance_that_shows_another_title_is_believed_rather_than_a_learnt_place() -> None:
    template = learnt(1, 2, 3)
    other = page(9).replace("Tin hoạt động".encode(), "Bộ trưởng thăm đồng bào vùng lũ".encode())
    row = Headline(url=url(9), title="Bộ trưởng thăm đồng bào vùng lũ")

    article = read_article(other, url=url(9), content_type=HTML, listed=row, template=template)

    assert article.headline == row.title


def test_what_stands_on_every_page_is_no_headline_though_it_stands_in_its_place() -> None:
    template = learnt(1, 2, 3)
    empty = page(9).replace(headline(9).encode(), "Bản quyền thuộc Bộ Ví dụ, số 1 phố Thí Dụ".encode())

    assert not rule(read(9, empty, template, listed=False), "headline").startswith("template")


@pytest.mark.parametrize("share", [0.05, 0.2, 0.5, 0.8, 0.95])
def test_pages_cut_off_anywhere_are_learnt_from_without_harm(share: float) -> None:
    cut = [page(number)[: int(share * len(page(number)))] for number in (1, 2, 3)]
    samples = [
        Sample(payload=payload, content_type=HTML, article=sample(number).article)
        for number, payload in zip((1, 2, 3), cut, strict=True)
    ]

    template = learn([*samples, sample(4), sample(5)])

    assert template.pages >= 2
    assert text(9, 3)[0] in read(9, template=template).body_text


def test_pages_without_end_are_not_compared() -> None:
    endless = page(3, extra="<i>x</i>" * 20_001)

    assert learn([sample(1), sample(2), Sample(payload=endless, content_type=HTML, article=read(3))]).pages == 2
