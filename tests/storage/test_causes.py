"""A better reader is no editor: the pages themselves say whether the ministry changed anything."""

from datetime import timedelta

from msgspec import structs

from scrapers.items import Article, Cause, Evidence
from storage.articles import latest
from storage.versions import history
from tests.storage.conftest import Archive
from tests.storage.making import NOON, article, moment, page, reading, visit

LATER = NOON + timedelta(days=1)
TEXT = "Đoạn một về nước.\n\nĐoạn hai về không khí.\n\nĐoạn ba về đất."


def told(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def shown(archive: Archive, read: Article, html: str, *, hours: int = 0) -> None:
    """Let a page be read as told."""
    payload = f"<html><h1>{read.headline}</h1>{html}</html>".encode()
    kept: Evidence = page(read, payload=payload, fetched=NOON + timedelta(hours=hours))
    archive.record(
        visit(
            read,
            at=NOON + timedelta(hours=hours),
            readings=(reading(read, sha256=kept.sha256),),
            evidence=(kept,),
        )
    )


def causes(archive: Archive) -> list[tuple[Cause, str]]:
    rows = archive.db.execute("select cause, doubt from versions where version > 1 order by version")
    return [(Cause(cause), doubt) for cause, doubt in rows]


def test_another_reading_of_a_page_that_only_counts_its_readers_is_the_readers_doing(archive: Archive) -> None:
    first = article(1, body_text=TEXT, lede="")
    html = told("Lời dẫn.", *TEXT.splitlines())
    shown(archive, first, f"{html}<i>Lượt xem: 1</i>")

    shown(archive, structs.replace(first, lede="Lời dẫn."), f"{html}<i>Lượt xem: 977</i>", hours=1)

    assert causes(archive) == [(Cause.PARSER, "")]
    assert latest(archive.db)[0].revised == NOON + timedelta(seconds=10)


def test_what_stands_in_one_of_the_pages_only_is_an_edit(archive: Archive) -> None:
    first = article(1, body_text=TEXT)
    shown(archive, first, told(*TEXT.splitlines()))
    edited = TEXT.replace("đất", "biển")

    shown(archive, structs.replace(first, body_text=edited), told(*edited.splitlines()), hours=1)

    assert causes(archive) == [(Cause.MINISTRY, "")]


def test_the_same_paragraphs_in_another_order_are_an_edit_only_if_the_page_has_them_so(archive: Archive) -> None:
    first = article(1, body_text=TEXT)
    turned = structs.replace(first, body_text="\n\n".join(reversed(TEXT.split("\n\n"))))
    shown(archive, first, told(*TEXT.splitlines()))

    shown(archive, turned, f"{told(*TEXT.splitlines())}<i>2</i>", hours=1)
    shown(archive, first, told(*reversed(TEXT.splitlines())), hours=2)

    assert [cause for cause, _ in causes(archive)] == [Cause.PARSER, Cause.MINISTRY]


def test_a_text_that_is_put_together_from_pieces_is_compared_word_by_word(archive: Archive) -> None:
    first = article(1, lede="", body_text="Nước • không khí • đất")
    pieces = "<ul><li>Nước</li><li>không khí</li><li>{}</li></ul><i>{}</i>"
    shown(archive, first, pieces.format("đất", 1))

    shown(archive, structs.replace(first, body_text="Nước · không khí · đất"), pieces.format("đất", 2), hours=1)
    shown(archive, structs.replace(first, body_text="Nước · không khí · rừng"), pieces.format("rừng", 3), hours=2)

    assert [cause for cause, _ in causes(archive)] == [Cause.PARSER, Cause.MINISTRY]


def test_a_date_that_no_page_prints_is_the_ministrys(archive: Archive) -> None:
    first = article(1)
    shown(archive, first, told(first.lede, *first.body_text.splitlines()))

    corrected = structs.replace(first, published=moment(-30))
    shown(archive, corrected, told(first.lede, *first.body_text.splitlines(), "1"), hours=1)

    assert causes(archive) == [(Cause.MINISTRY, "")]


def test_the_same_printed_date_read_otherwise_is_the_readers_doing(archive: Archive) -> None:
    first = article(1, published=moment(-1, printed="02/03/2026"))
    shown(archive, first, told("02/03/2026", first.lede, *first.body_text.splitlines()))

    corrected = structs.replace(first, published=moment(-700, printed="02/03/2026"))
    shown(archive, corrected, told("02/03/2026", first.lede, *first.body_text.splitlines(), "1"), hours=1)

    assert causes(archive) == [(Cause.PARSER, "")]


def test_where_a_page_is_lost_the_doubt_is_kept_with_the_wording(archive: Archive) -> None:
    archive.record(visit(article(1)))
    archive.db.execute("update evidence set sha256 = 'lost-' || number")

    archive.record(visit(article(1, lede="Khác hẳn."), at=LATER))

    [(cause, doubt)] = causes(archive)
    assert cause is Cause.MINISTRY
    assert doubt.startswith("An edit and another way of reading could not be told apart: a page that would show it")


def test_where_a_page_is_damaged_the_doubt_says_which(archive: Archive) -> None:
    archive.record(visit(article(1)))
    [file] = archive.warc.rglob("*.warc.gz")
    data = bytearray(file.read_bytes())
    data[-40] ^= 255
    file.write_bytes(data)

    archive.record(visit(article(1, lede="Khác hẳn."), at=LATER))

    assert str(file) in causes(archive)[0][1]
    assert len(history(archive.db, 1)) == 2
