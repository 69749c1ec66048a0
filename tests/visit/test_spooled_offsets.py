from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import msgspec

from scrapers.items import Evidence, Moment
from scrapers.spool import read_spooled, write_spooled
from tests.storage.making import article, reading, visit

HANOI = timezone(timedelta(hours=7))


def test_the_spool_keeps_the_offset_a_ministry_printed_and_the_day_it_meant(tmp_path: Path) -> None:
    day = Moment(at=datetime(2023, 8, 24, tzinfo=HANOI), precision="day", printed="24/08/2023")
    page = Evidence(
        url="https://a.vn/",
        fetched=datetime(2026, 1, 1, tzinfo=UTC),
        status=200,
        headers=(),
        payload=b"\0\xff",
        sha256="0",
    )
    told = msgspec.structs.replace(visit(), readings=(reading(article(published=day)),), evidence=(page,))

    back = read_spooled(write_spooled(tmp_path, told))

    assert back == told
    assert back.readings[0].article.published == day
    assert back.readings[0].article.published.at.utcoffset() == timedelta(hours=7)
