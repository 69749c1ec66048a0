"""Articles that are others at every look without anybody editing them stop making versions, and are named."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from scrapers.items import Article, Image
from storage.articles import numbered
from storage.restless import restless_places
from storage.versions import LOOKS, flapping, history
from tests.storage.conftest import Archive
from tests.storage.making import HOME, NOON, article, visit

HOUR = timedelta(hours=1)
STAY = "Bộ trưởng khẳng định nước sạch đến từng nhà trong năm nay."


def told(*paragraphs: str, **details: Any) -> Article:
    html = "".join(f"<p>{one}</p>" for one in paragraphs)
    return article(1, body_text="\n\n".join(paragraphs), body_html=html, **details)


class Watch:
    """Looks at one article, an hour apart."""

    def __init__(self, archive: Archive) -> None:
        self.archive, self.hours = archive, 0

    def __call__(self, look: Article) -> list[str]:
        self.hours += 1
        return self.archive.kinds(visit(look, at=NOON + self.hours * HOUR))

    @property
    def versions(self) -> int:
        return len(history(self.archive.db, 1))


@pytest.fixture
def watch(archive: Archive) -> Watch:
    return Watch(archive)


def test_a_place_that_is_another_at_every_look_stops_making_versions(watch: Watch) -> None:
    looks = [watch(told(STAY, f"Nhiệt độ tại trạm là {20 + number} độ vào lúc này.")) for number in range(10)]

    assert looks == [["new"], *[["revised"]] * LOOKS, *[[]] * (9 - LOOKS)]
    assert watch.versions == LOOKS + 1
    assert flapping(watch.archive.db) == {"vn-example": [1]}


def test_an_edit_elsewhere_in_such_a_page_is_still_heard(watch: Watch) -> None:
    for number in range(8):
        watch(told(STAY, f"Nhiệt độ tại trạm là {20 + number} độ vào lúc này."))

    assert watch(told(STAY.replace("năm nay", "năm sau nữa"), "Nhiệt độ tại trạm là 31 độ vào lúc này.")) == ["revised"]
    assert watch(told(STAY.replace("năm nay", "năm sau nữa"), "Nhiệt độ tại trạm là 32 độ vào lúc này.")) == []
    assert watch(told(STAY, "Nhiệt độ tại trạm là 33 độ vào lúc này.")) == ["revised"]


def test_looks_in_between_that_find_nothing_new_make_it_an_edit_each_time(watch: Watch) -> None:
    for number in range(8):
        watch(told(STAY, f"Giá niêm yết là {20 + number} đồng một cân."))
        assert watch(told(STAY, f"Giá niêm yết là {20 + number} đồng một cân.")) == []

    assert watch.versions == 8
    assert flapping(watch.archive.db) == {}


def test_a_saying_of_the_day_is_no_edit_of_the_article(watch: Watch) -> None:
    sayings = (
        "Uống nước nhớ nguồn.",
        "Có công mài sắt.",
        "Gần mực thì đen.",
        "Tấc đất tấc vàng.",
        "Thương người.",
        "Lá lành.",
        "Ăn quả.",
    )
    for one in sayings:
        watch(told(STAY, one, "Hết tin."))

    assert watch.versions == LOOKS + 1


def test_pictures_that_are_others_at_every_look_stop_making_versions(watch: Watch) -> None:
    for number in range(8):
        watch(told(STAY, images=(Image(url=f"{HOME}{number}.jpg"), Image(url=f"{HOME}x{number}.jpg"))))

    assert watch.versions == LOOKS + 1


def test_a_wording_that_comes_back_between_others_stops_making_versions(watch: Watch) -> None:
    a = told(STAY)
    for number in range(8):
        watch(a)
        watch(told(STAY, f"Một câu khác hẳn, số {number}, chỉ hiện ra một lần rồi thôi."))

    assert watch.versions <= 2 * LOOKS + 2
    assert flapping(watch.archive.db)


def test_many_small_places_or_large_ones_have_no_name() -> None:
    before = told("một hai ba", "bốn năm sáu", "bảy tám chín", "mười mươi trăm")
    after = told("một hai bà", "bốn năm xấu", "bảy tám chính", "mười mươi răm")
    long = told(STAY, "từ " * 200), told(STAY, "khác " * 200)

    assert restless_places(before, after, ("body_text",)) == ()
    assert restless_places(*long, ("body_text",)) == ()
    assert restless_places(before, after, ("authors",)) == ()
    assert restless_places(told(STAY), told(STAY, "thêm", "hai", "đoạn"), ("body_text",)) == ()
    assert restless_places(told("a " + "b" * 90), told("a " + "c" * 90), ("body_text",)) == ()


def test_what_only_spaces_or_figures_are_written_otherwise_in_is_kept_and_told_to_nobody(watch: Watch) -> None:
    assert watch(told("Sản lượng tăng 12,5 % so với năm trước.")) == ["new"]
    before = numbered(watch.archive.db, [1])[0]

    assert watch(told("Sản lượng tăng 12.5% so với năm trước.")) == []
    assert [one.classes for one in history(watch.archive.db, 1)] == [(), ("white-space",)]
    assert numbered(watch.archive.db, [1])[0].revised == before.revised


def test_edits_are_kept_with_their_classes(watch: Watch) -> None:
    watch(told("Dự án cần 3.500 tỷ đồng."))
    watch(told("Dự án cần 3.700 tỷ đồng."))
    db = watch.archive.db

    [edit] = db.query("select * from edits_view")
    assert (edit["class"], edit["before"], edit["after"]) == ("money", "3.500 tỷ đồng", "3.700 tỷ đồng")
    assert edit["silent"] == 1
    assert [one["classes"] for one in db.query("select classes from versions_view order by version")] == [
        None,
        "money silent",
    ]
    assert [one["classes"] for one in db.query("select classes from changes_view order by number")] == [
        None,
        "money silent",
    ]
    assert history(db, 1)[1].classes == ("money", "silent")


def test_a_change_carries_its_classes(archive: Archive) -> None:
    archive.record(visit(told("Dự án cần 3.500 tỷ đồng.")))

    [change] = archive.record(visit(told("Dự án cần 3.700 tỷ đồng."), at=NOON + HOUR)).changes

    assert change.classes == ("money", "silent")


def test_what_we_read_otherwise_has_no_class(archive: Archive) -> None:
    archive.record(visit(article(1)))

    [change] = archive.record(visit(article(1, headline="Khác", layout="hemera"), at=NOON + HOUR)).changes

    assert (change.cause, change.classes) == ("parser", ())
    assert archive.count("edits") == 0
