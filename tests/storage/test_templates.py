"""Which templates the archive keeps, when it asks to learn anew, and that what they change is no edit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from scrapers.items import Article, Cause, Evidence, Reading, Spot, Template
from scrapers.reading.learning import following, learn
from storage import templates
from storage.articles import find
from storage.memory import memory
from tests.reading import siblings
from tests.storage.conftest import Archive
from tests.storage.making import NOON, SLUG, exchange, page, source, visit

HOUR = timedelta(hours=1)


def evidence(read: Article, payload: bytes) -> Evidence:
    return page(read, payload=payload, headers=(("Content-Type", siblings.HTML),))


def record(
    archive: Archive, *numbers: int, at: timedelta = timedelta(), template: Template | None = None, **pages: bytes
):
    """Record a visit that read these pages of the make-believe website with a template."""
    read = [(siblings.read(number, pages.get(f"p{number}"), template), pages.get(f"p{number}")) for number in numbers]
    kept = [
        evidence(article, payload or siblings.page(number))
        for number, (article, payload) in zip(numbers, read, strict=True)
    ]
    return archive.record(
        visit(
            at=NOON + at,
            seen=[article for article, _ in read],
            exchanges=(exchange(started=NOON + at),),
            readings=tuple(
                Reading(article=article, sha256=one.sha256) for (article, _), one in zip(read, kept, strict=True)
            ),
            evidence=tuple(kept),
        )
    )


def told(archive: Archive, at: timedelta = timedelta()):
    return memory(archive.db, source(), now=NOON + at, warc=archive.warc)


def learns(archive: Archive, at: timedelta = timedelta()) -> Template:
    """Do what a visit does with its memory, and record it."""
    known = told(archive, at)
    template = following(known.template, learn(known.samples))
    archive.record(visit(at=NOON + at, template=template))
    return template


def test_one_article_teaches_nothing_yet(archive: Archive) -> None:
    record(archive, 1)

    assert (told(archive).template, told(archive).samples) == (None, ())


def test_from_two_articles_on_their_pages_are_handed_to_the_next_visit(archive: Archive) -> None:
    record(archive, 1, 2)

    samples = told(archive).samples

    assert [one.article.url for one in samples] == [siblings.url(2), siblings.url(1)]
    assert [one.payload for one in samples] == [siblings.page(2), siblings.page(1)]
    assert {one.content_type for one in samples} == {siblings.HTML}
    assert [one.listed for one in samples] == [siblings.headline(2), siblings.headline(1)]


def test_nothing_is_handed_over_where_no_pages_are(archive: Archive) -> None:
    record(archive, 1, 2)

    assert memory(archive.db, source(), now=NOON).samples == ()


def test_what_was_learnt_is_remembered_and_learnt_anew_when_there_are_twice_as_many(archive: Archive) -> None:
    record(archive, 1, 2)
    first = learns(archive)
    assert (told(archive).template, told(archive).samples) == (first, ())

    record(archive, 3, at=HOUR, template=first)
    assert told(archive).samples == ()
    record(archive, 4, at=2 * HOUR, template=first)

    assert len(told(archive).samples) == 4


def test_at_most_the_newest_32_pages_are_compared_and_then_no_more(archive: Archive) -> None:
    record(archive, *range(1, 41))
    samples = told(archive).samples

    learns(archive)

    assert len(samples) == 32
    assert samples[0].article.url in {siblings.url(number) for number in range(1, 41)}
    assert told(archive).samples == ()


def test_a_version_that_says_the_same_is_confirmed_and_another_is_added(archive: Archive) -> None:
    spot = Spot(selector="div.xq", pages=2)
    archive.record(visit(template=Template(version=1, pages=2, texts=(spot,))))
    archive.record(visit(at=NOON + HOUR, template=Template(version=1, pages=9, texts=(replace(spot, pages=9),))))
    archive.record(visit(at=NOON + 2 * HOUR, template=Template(version=2, pages=9)))

    latest, first = templates.history(archive.db, SLUG)

    assert (latest.template.version, latest.template.texts) == (2, ())
    assert (first.template.pages, first.learnt, first.confirmed) == (9, first.learnt, first.learnt + HOUR)
    assert templates.current(archive.db, SLUG) == latest.template
    assert templates.current(archive.db, "vn-other") is None


def test_it_is_learnt_anew_when_four_new_articles_stand_elsewhere(archive: Archive) -> None:
    record(archive, *range(1, 33))
    template = learns(archive)
    rebuilt = {f"p{number}": siblings.page(number, 9, text_class="neu") for number in range(51, 55)}

    record(archive, 51, 52, 53, at=HOUR, template=template, **rebuilt)
    assert told(archive, HOUR).samples == ()
    record(archive, 54, at=2 * HOUR, template=template, **rebuilt)
    assert len(told(archive, 2 * HOUR).samples) == 32

    learns(archive, 3 * HOUR)
    assert told(archive, 3 * HOUR).samples == ()


def test_pages_that_a_layout_or_the_source_itself_reads_teach_nothing(archive: Archive) -> None:
    for number, change in ((1, {"layout": "onecms"}), (2, {"layout": "onecms"})):
        article = replace(siblings.read(number), **change)
        kept = evidence(article, siblings.page(number))
        archive.record(visit(readings=(Reading(article=article, sha256=kept.sha256),), evidence=(kept,)))
    for number in (3, 4):
        article = siblings.read(number)
        named = [replace(one, rule="source: div.xq") if one.field == "body_text" else one for one in article.passport]
        article = replace(article, passport=tuple(named))
        kept = evidence(article, siblings.page(number))
        archive.record(visit(readings=(Reading(article=article, sha256=kept.sha256),), evidence=(kept,)))

    assert told(archive).samples == ()


def test_lost_and_huge_pages_are_left_out(archive: Archive) -> None:
    huge = siblings.page(3) + b"<!--" + b"x" * templates.LARGEST + b"-->"
    record(archive, 1, 2, 3, p3=huge)
    assert [one.article.url for one in told(archive).samples] == [siblings.url(2), siblings.url(1)]

    for file in archive.warc.rglob("*.gz"):
        file.unlink()

    assert told(archive).samples == ()


def revised(archive: Archive, number: int) -> list[tuple[str, Cause]]:
    rows = archive.db.execute(
        "select fields, cause from versions where article = ? and version > 1 order by version",
        [find(archive.db, siblings.url(number)).number],
    )
    return [(fields, Cause(cause)) for fields, cause in rows]


@pytest.fixture
def template(archive: Archive) -> Template:
    record(archive, 1, 2, 3)
    return learns(archive)


def test_another_reading_of_the_same_page_is_not_the_ministrys_edit(archive: Archive, template: Template) -> None:
    changes = record(archive, 1, at=HOUR, template=template)

    assert [(change.kind, change.cause) for change in changes.changes] == [("revised", Cause.PARSER)]
    assert find(archive.db, siblings.url(1)).article.body_text == "\n\n".join(siblings.text(1, 3))


def test_nor_is_another_reading_of_a_page_that_differs_in_what_nobody_reads(
    archive: Archive, template: Template
) -> None:
    noisy = siblings.page(1).replace(b"</body>", b"<script>var now = 4711</script></body>")

    record(archive, 1, at=HOUR, template=template, p1=noisy)

    assert [cause for _, cause in revised(archive, 1)] == [Cause.PARSER]


def test_an_edit_is_the_ministrys_though_the_template_is_new(archive: Archive, template: Template) -> None:
    sentence = siblings.text(1, 3)[1]
    edited = siblings.page(1).replace(sentence.encode(), b"Bo da dinh chinh.")

    record(archive, 1, at=HOUR, template=template, p1=edited)

    assert [cause for _, cause in revised(archive, 1)] == [Cause.MINISTRY]


@pytest.mark.parametrize("declared", ["<meta charset=gb2312>", ""])
def test_an_edit_of_a_page_in_other_letters_is_the_ministrys(
    archive: Archive, template: Template, declared: str
) -> None:
    was, now = ("水利部检查了大坝的安全情况", "水利部检查了大坝的运行情况")
    told = "<p>大坝在冬季之后一切正常</p>"
    for hours, words in ((1, was), (2, now)):
        payload = f"<html>{declared}<h1>水坝检查</h1><p>{words}</p>{told}".encode("gb2312")
        text = f"{words}\n\n大坝在冬季之后一切正常"
        article = replace(siblings.read(5), headline="水坝检查", body_text=text, body_html=f"<p>{words}</p>{told}")
        kept = evidence(article, payload)
        archive.record(
            visit(at=NOON + hours * HOUR, readings=(Reading(article=article, sha256=kept.sha256),), evidence=(kept,))
        )

    assert revised(archive, 5) == [("body_text", Cause.MINISTRY)]


def test_a_link_that_leads_elsewhere_now_is_an_edit(archive: Archive) -> None:
    linked = siblings.page(1, extra='<p>Xem <a href="/van-ban/so-1">toàn văn</a> của thông tư tại đây.</p>')
    record(archive, 1, 2, 3, p1=linked)
    template = learns(archive)
    record(archive, 1, at=HOUR, template=template, p1=linked)

    record(archive, 1, at=2 * HOUR, template=template, p1=linked.replace(b"so-1", b"so-2"))

    assert revised(archive, 1)[-1] == ("body_html", Cause.MINISTRY)


def test_what_a_template_changes_is_no_edit_though_no_rule_names_it(archive: Archive) -> None:
    record(archive, 1, 2)
    archive.record(visit(at=NOON, template=Template(version=1, pages=2, names=("tin tức",))))
    noisy = siblings.page(1).replace(b"</body>", b"<script>var now = 4711</script></body>")
    article = replace(siblings.read(1, noisy), section="Tin tức")
    kept = evidence(article, noisy)

    archive.record(visit(at=NOON + HOUR, readings=(Reading(article=article, sha256=kept.sha256),), evidence=(kept,)))

    assert revised(archive, 1) == [("section", Cause.PARSER)]


def test_where_the_earlier_page_is_lost_nobody_is_told_of_an_edit(archive: Archive, template: Template) -> None:
    archive.db.conn.execute("update evidence set sha256 = 'lost-' || number")

    record(archive, 1, at=HOUR, template=template, p1=siblings.page(1).replace(b"</body>", b"<i></i></body>"))

    assert [cause for _, cause in revised(archive, 1)] == [Cause.PARSER]
