"""Random histories of visits: whatever a ministry does to its pages, the archive stays one consistent account of it."""

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.items import Article, Trouble, Verdict, Visit
from storage.articles import latest
from storage.versions import history
from storage.wording import wording
from tests.storage.conftest import Archive
from tests.storage.making import HOME, NOON, article, url, visit

ADDRESSES = 4
WORDINGS = 3


@dataclass(frozen=True)
class Look:
    """What a visit finds when it looks for one of the ministry's articles."""

    number: int
    answer: str
    address: int
    wording: int

    @property
    def url(self) -> str:
        plain = url(self.number)
        return (
            plain,
            plain.replace("https://", "http://"),
            f"{HOME}muc/slug-moi-{363000 + self.number}.html",
            f"{plain}?utm_source=x",
        )[self.address]

    @property
    def article(self) -> Article:
        return article(
            self.number,
            url=self.url,
            canonical_url="",
            lede=f"Lời dẫn {self.wording}",
            comments_count=self.wording,
            tags=tuple("abc"[: self.wording]),
        )


looks = st.builds(
    Look,
    number=st.integers(1, 4),
    answer=st.sampled_from(["read", "read", "read", "same", "gone", "trouble", "seen"]),
    address=st.integers(0, ADDRESSES - 1),
    wording=st.integers(0, WORDINGS - 1),
)
histories = st.lists(
    st.tuples(st.lists(looks, max_size=5, unique_by=lambda look: look.number), st.sampled_from(list(Verdict)[:2])),
    max_size=8,
)


def visited(number: int, found: Sequence[Look], verdict: Verdict) -> Visit:
    def those(answer: str) -> list[Look]:
        return [look for look in found if look.answer == answer]

    return visit(
        *(look.article for look in those("read")),
        seen=[look.article for look in those("seen")],
        id=f"v{number}",
        at=NOON + number * timedelta(hours=7),
        verdict=verdict,
        unchanged=tuple(look.url for look in those("same")),
        gone=tuple(look.url for look in those("gone")),
        troubles=tuple(Trouble(url=look.url, kind="http", message="500") for look in those("trouble")),
    )


@settings(max_examples=50, deadline=None)
@given(told=histories)
def test_any_history_is_one_consistent_account(empty: Path, told: list[tuple[list[Look], Verdict]]) -> None:
    with tempfile.TemporaryDirectory() as home:
        shutil.copy(empty, home)
        archive = Archive(Path(home))
        archive.db.execute("pragma synchronous = off")
        read: dict[int, Look] = {}
        for number, (found, verdict) in enumerate(told):
            once = visited(number, found, verdict)
            changes = archive.record(once)
            total = archive.db.conn.total_changes

            assert archive.record(once, now=NOON + timedelta(days=900)) == changes
            assert archive.db.conn.total_changes == total
            read |= {look.number: look for look in found if look.answer == "read"}
            check(archive, read)
        archive.db.close()


def check(archive: Archive, read: dict[int, Look]) -> None:
    db = archive.db
    assert list(db.query("select key from addresses group by source, key having count(distinct article) > 1")) == []
    assert list(db.query("pragma foreign_key_check")) == []
    assert archive.count("articles") == len(read)
    by_headline = {stored.article.headline: stored for stored in latest(db)}
    for number, look in read.items():
        stored = by_headline[article(number).headline]
        told = history(db, stored.number)
        assert [version.number for version in told] == list(range(1, stored.versions + 1))
        assert [version.seen for version in told] == sorted(version.seen for version in told)
        assert told[-1].seen == stored.revised
        assert all(version.fields for version in told[1:])
        assert all(one.article != other.article for one, other in pairwise(told))
        flapping = next(db.query("select flapping from articles where number = ?", [stored.number]))["flapping"]
        assert flapping or wording(stored.article) == wording(look.article)
        assert told[-1].article == stored.article
    states = {row["state"] for row in db.query("select state from articles where missing_since is not null")}
    assert states <= {"missing", "withdrawn"}
    db.execute("insert into articles_fts (articles_fts, rank) values ('integrity-check', 1)")
