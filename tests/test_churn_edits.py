"""Nasty histories, the other half: every real edit, move and withdrawal is found, once, and with the right class."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest

from demo.ministry import Reply
from demo.server import serve
from scrapers.sources import ArticleSelectors, Selectors
from tests.churn import CIRCULAR, DAY, DUTY, HOUR, MONEY, PHOTOS, PUBLIC, Elsewhere, World

EDITS = {
    "a typo in the headline": (MONEY, {"old": "khắc phục", "new": "khắc phụcc"}, "typo"),
    "a diacritic in the headline": (MONEY, {"old": "sau bão", "new": "sau bảo"}, "typo"),
    "an amount of money": (MONEY, {"old": "3.500 tỷ", "new": "3.700 tỷ"}, "money"),
    "a percentage": (MONEY, {"old": "12,5 %", "new": "15,2 %"}, "money"),
    "a number": (MONEY, {"old": "1.240 hộ", "new": "1.420 hộ"}, "number"),
    "a date in the text": (MONEY, {"old": "30/4/2026", "new": "30/6/2026"}, "date"),
    "a name": (CIRCULAR, {"old": "Nguyễn Văn An", "new": "Trần Thị Bình"}, "name"),
    "an obligation": (DUTY, {"old": "phải lắp đặt", "new": "nên lắp đặt"}, "obligation"),
    "a negation": (DUTY, {"old": "sẽ làm việc", "new": "không làm việc"}, "obligation"),
    "a headline": (PHOTOS, {"headline": "Biển đảo quê hương qua hai trăm bức ảnh"}, "headline"),
}
"""What the ministry does to a story, and the class it must be found with."""


@pytest.mark.parametrize("edit", EDITS, ids=list(EDITS))
def test_an_edit_is_found_once_with_its_class(world: World, edit: str) -> None:
    number, change, wanted = EDITS[edit]
    others = _others(world, number)
    world.ministry.edit(number, **change)

    world.wait_out(days=4)

    [(whose, classes)] = world.edits()
    assert whose == number
    assert wanted in classes
    assert _others(world, number) == others
    assert world.article(number).versions == 2


def test_a_paragraph_is_added(world: World) -> None:
    text = world.ministry.story(DUTY).text
    world.ministry.edit(
        DUTY, text=f"{text}\n\nCác địa phương báo cáo kết quả về bộ trước khi hết quý, theo mẫu kèm theo."
    )
    world.wait_out(days=4)

    assert [whose for whose, _ in world.edits()] == [DUTY]
    assert "paragraph-added" in world.edits()[0][1]


def test_a_paragraph_is_removed(world: World) -> None:
    world.ministry.edit(DUTY, text=world.ministry.story(DUTY).text.split("\n\n")[0])
    world.wait_out(days=4)

    assert [whose for whose, _ in world.edits()] == [DUTY]
    assert "paragraph-removed" in world.edits()[0][1]


def test_a_picture_is_swapped(world: World) -> None:
    world.ministry.edit(PHOTOS, old="bien-dao.jpg", new="bien-dao-moi.jpg")
    world.wait_out(days=4)

    assert [whose for whose, _ in world.edits()] == [PHOTOS]
    assert "image" in world.edits()[0][1]


def test_a_paper_is_swapped_for_another(world: World) -> None:
    world.ministry.edit(CIRCULAR, old="thong-tu-45.pdf", new="thong-tu-45-sua-doi.pdf")
    world.wait_out(days=4)

    assert [whose for whose, _ in world.edits()] == [CIRCULAR]
    assert "attachment" in world.edits()[0][1]


def test_a_paper_is_swapped_silently_at_its_address(world: World) -> None:
    world.follow(world.served, attachments="fetch")
    world.wait_out()
    plain = world.ministry.says

    def says(path: str, reply: Reply) -> Reply:
        if path.endswith(".pdf") and reply.status in (200, 304):
            return Reply(status=200, headers={"content-type": "application/pdf"}, body=OTHER_PAPER)
        return plain(path, reply)

    world.ministry.says = says
    assert world.edits() == []
    world.wait_out()

    assert [whose for whose, _ in world.edits()] == [CIRCULAR]
    assert "attachment" in world.edits()[0][1]


OTHER_PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def test_the_date_of_publication_is_set_right(world: World) -> None:
    story = world.ministry.story(MONEY)
    world.ministry.edit(MONEY, published=story.published - 2 * DAY)
    world.wait_out(days=4)

    [(whose, classes)] = world.edits()
    assert whose == MONEY and "date" in classes
    assert [change.fields for change in world.of(MONEY, kind="revised")] == [("published",)]


def test_headline_and_slug_change_at_once_and_the_old_address_leads_on(world: World) -> None:
    world.ministry.edit(
        MONEY, headline="Dành 3.500 tỷ đồng hỗ trợ ngư dân miền Trung", slug="danh-3500-ty-ho-tro-ngu-dan"
    )
    world.wait_out(days=4)

    assert set(_by_id(world)) == set(world.ids.values())
    assert [whose for whose, _ in world.edits()] == [MONEY]
    assert world.article(MONEY).article.url.endswith(".html")


def test_an_edit_is_found_although_the_website_moves_at_once(world: World) -> None:
    world.ministry.edit(MONEY, old="3.500 tỷ", new="3.700 tỷ")
    with serve(Elsewhere(world.served.url), "127.0.0.2") as left:
        world.follow(world.served, public=PUBLIC.replace("http:", "https:"), left=left)
        world.wait_out(days=4)

    assert [(whose, "money" in classes) for whose, classes in world.edits()] == [(MONEY, True)]
    assert set(_by_id(world)) == set(world.ids.values())


def test_an_edit_is_found_although_the_reader_changes_at_once(world: World) -> None:
    world.ministry.edit(MONEY, old="3.500 tỷ", new="3.700 tỷ")
    world.follow(world.served, selectors=Selectors(article=ArticleSelectors(drop=".c-detail-head__author")))
    world.wait_out(days=4)

    assert [whose for whose, _ in world.edits()] == [MONEY]


def test_an_article_goes_back_and_forth_and_then_only_its_newest_words_are_kept(world: World) -> None:
    for _ in range(8):
        world.ministry.edit(MONEY, old="3.500 tỷ", new="3.700 tỷ")
        world.look(35 * DAY)
        world.ministry.edit(MONEY, old="3.700 tỷ", new="3.500 tỷ")
        world.look(35 * DAY)

    assert 2 <= len(world.edits()) <= 5
    assert {whose for whose, _ in world.edits()} == {MONEY}


@pytest.mark.parametrize("answer", ["404", "410", "soft 404", "front page"])
def test_an_article_taken_down_is_withdrawn_with_proof_and_kept(world: World, answer: str) -> None:
    _take_down(world, answer)

    world.look(2 * HOUR)
    assert "withdrawn" not in world.kinds()
    for hours in (3, 9, 13, 26, 26, 80):
        world.look(timedelta(hours=hours))

    assert [change.kind for change in world.told if change.kind in ("missing", "withdrawn")] == ["missing", "withdrawn"]
    assert world.article(DUTY).state == "withdrawn"
    assert world.article(DUTY).article.body_text
    proofs = list(world.db.query("select proof, sha256 from absences where article = ?", [world.article(DUTY).number]))
    assert len(proofs) >= 3
    assert all(proof["proof"] and proof["sha256"] for proof in proofs)


def test_what_was_withdrawn_comes_back_as_the_same_article(world: World) -> None:
    world.ministry.withdraw(DUTY)
    for hours in (2, 3, 9, 13, 26, 26):
        world.look(timedelta(hours=hours))
    world.ministry.republish(DUTY)
    world.wait_out()

    told = [change.kind for change in world.of(DUTY)]
    assert told == ["missing", "withdrawn", "restored"]
    assert set(_by_id(world)) == set(world.ids.values())


def test_what_was_withdrawn_comes_back_with_other_words(world: World) -> None:
    world.ministry.withdraw(DUTY)
    for hours in (2, 3, 9, 13, 26, 26):
        world.look(timedelta(hours=hours))
    world.ministry.republish(DUTY)
    world.ministry.edit(DUTY, old="phải lắp đặt", new="nên lắp đặt")
    world.wait_out()

    assert [change.kind for change in world.of(DUTY)] == ["missing", "withdrawn", "restored", "revised"]
    assert "obligation" in world.edits()[0][1]


def test_a_moved_article_is_told_as_moved_and_not_as_gone(world: World) -> None:
    world.ministry.move(MONEY, "ho-tro-ngu-dan-mien-trung")
    world.wait_out()

    assert [change.kind for change in world.of(MONEY)] == ["moved"]
    assert "ho-tro-ngu-dan-mien-trung" in world.article(MONEY).article.url


def test_everything_at_once_is_told_apart(world: World) -> None:
    world.ministry.edit(MONEY, old="3.500 tỷ", new="3.700 tỷ")
    world.ministry.withdraw(DUTY)
    world.ministry.move(PHOTOS, "trien-lam-anh")
    story = world.ministry.publish()
    for hours in (96, 3, 9, 13, 26, 26):
        world.look(timedelta(hours=hours))

    told = {(world_number(world, change.article), change.kind) for change in world.told}
    assert told == {(MONEY, "revised"), (DUTY, "missing"), (DUTY, "withdrawn"), (PHOTOS, "moved"), (0, "new")}
    assert [change.headline for change in world.told if change.kind == "new"] == [story.headline]


def world_number(world: World, found: str) -> int:
    return next((number for number, whose in world.ids.items() if whose == found), 0)


def _others(world: World, number: int) -> dict[str, int]:
    return {stored.id: stored.versions for stored in world.articles() if stored.id != world.ids[number]}


def _by_id(world: World) -> Mapping[str, object]:
    return {stored.id: stored for stored in world.articles()}


def _take_down(world: World, answer: str) -> None:
    if answer in ("404", "410"):
        world.ministry.withdraw(DUTY, status=int(answer))
        return
    world.ministry.withdraw(DUTY)
    plain = world.ministry.says

    def says(path: str, reply: Reply) -> Reply:
        reply = plain(path, reply)
        if reply.status != 404:
            return reply
        if answer == "front page":
            return Reply(status=302, headers={"location": f"{world.served.url}/"})
        return Reply(status=200, headers={"content-type": "text/html; charset=utf-8"}, body=reply.body)

    world.ministry.says = says
