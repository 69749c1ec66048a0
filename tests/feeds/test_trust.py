"""Feeds of operators who want certainty leave out what the archive only guesses."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from feeds.publish import publish
from scrapers.items import Grade, Reason
from tests.feeds.making import BASE, LATER, archive, rich
from tests.storage.making import NOON, article, source, visit

REASONS = (
    Reason(field="headline", printed="Tin", rule="guess", grade="D"),
    Reason(field="authors", printed="Lan", rule="general: .byline", grade="C"),
    Reason(field="published", printed="24/08/2023 15:52", rule="general: date near the headline", grade="C"),
    Reason(field="lede", printed="Lời dẫn", rule="layout onecms: .sapo", grade="B"),
)


def items(folder: Path, least: Grade) -> list[dict[str, object]]:
    read = rich(1, passport=REASONS, authors=("Lan",))
    publish(
        archive(folder, visit(read)),
        (source(),),
        public=folder / "public",
        base_url=BASE,
        title="Bantin",
        only=None,
        now=LATER,
        least_grade=least,
    )
    return list(json.loads((folder / "public/feeds/vn-example.json").read_text("utf-8"))["items"])


def test_a_feed_tells_everything_unless_it_is_asked_for_certainty(tmp_path: Path) -> None:
    (told,) = items(tmp_path, "D")

    assert told["authors"] == [{"name": "Lan"}]
    assert datetime.fromisoformat(str(told["date_published"])) == rich(1).published.at  # type: ignore[union-attr]


def test_what_is_believed_less_than_asked_for_is_left_out_as_if_it_were_unsaid(tmp_path: Path) -> None:
    (told,) = items(tmp_path, "B")

    assert told["title"] == rich(1).headline and told["content_html"]
    assert told["authors"] == [{"name": source().name}]
    assert datetime.fromisoformat(str(told["date_published"])) - NOON < timedelta(minutes=1)
    assert told["summary"] == rich(1).lede


def test_an_article_believed_in_all_its_fields_is_told_alike_under_every_demand(tmp_path: Path) -> None:
    sure = rich(1, passport=tuple(Reason(field=one.field, printed="", rule="", grade="A") for one in REASONS))
    db = archive(tmp_path, visit(sure), visit(article(2)))

    for least in ("A", "D"):
        publish(
            db,
            (source(),),
            public=tmp_path / least,
            base_url=BASE,
            title="Bantin",
            only=None,
            now=LATER,
            least_grade=least,  # type: ignore[arg-type]
        )

    assert (tmp_path / "A/feeds/vn-example.atom").read_bytes() == (tmp_path / "D/feeds/vn-example.atom").read_bytes()
