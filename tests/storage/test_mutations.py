"""Random histories of addresses, hosts, titles and dates: no new id for an old article, no two articles in one."""

import shutil
import tempfile
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.items import Article, Moment
from storage.articles import latest
from storage.identity import at_address
from tests.storage.conftest import Archive
from tests.storage.making import NOON, SLUG, article, moment, visit

TOWNS = ["Hà Nội", "Đà Nẵng", "Cần Thơ", "Hải Phòng", "Huế", "Vinh", "Nam Định", "Quy Nhơn"]
THINGS = [
    "nước",
    "đất",
    "rừng",
    "biển",
    "không khí",
    "khoáng sản",
    "khí hậu",
    "chất thải",
    "đa dạng sinh học",
    "bản đồ",
]
DEEDS = ["quan trắc", "bảo vệ", "kiểm tra", "đo đạc", "giám sát", "phục hồi", "quy hoạch", "đánh giá"]


@dataclass(frozen=True)
class Page:
    """One of the ministry's articles as it stands at the moment."""

    number: int
    address: str
    headline: str
    text: str
    published: Moment | None

    @property
    def article(self) -> Article:
        return article(
            self.number,
            url=self.address,
            canonical_url="",
            headline=self.headline,
            lede="",
            body_text=self.text,
            body_html="".join(f"<p>{line}</p>" for line in self.text.split("\n\n")),
            published=self.published,
            images=(),
        )


def first(number: int) -> Page:
    """Every third is one of a series under one headline, told apart by its numbers alone; half bear a bare day."""
    dice = Random(number)
    series = number % 3 == 0
    if series:
        headline = "Lịch công tác tuần của lãnh đạo Bộ"
        lines = [
            f"Thứ {day}, ngày {day + 7 * number}: họp giao ban, tiếp dân và làm việc tại trụ sở." for day in range(2, 8)
        ]
    else:
        headline = (
            f"{dice.choice(TOWNS)} {dice.choice(DEEDS)} {dice.choice(THINGS)} và {dice.choice(THINGS)} đợt {number}"
        )
        lines = [
            f"Tại {dice.choice(TOWNS)}, việc {dice.choice(DEEDS)} {dice.choice(THINGS)} lần {dice.randrange(900)} đã xong, "
            f"nhờ {dice.choice(DEEDS)} {dice.choice(THINGS)} trong {dice.randrange(90)} ngày."
            for _ in range(6)
        ]
    published = moment(-24 * number, precision="day" if number % 2 else "minute")
    return Page(
        number,
        f"https://www.a.gov.vn/tin/{slug(headline)}-{363000 + number}.html",
        headline,
        "\n\n".join(lines),
        published,
    )


def slug(headline: str) -> str:
    return "-".join(str(len(word)) + "x" for word in headline.split())


def spelled(page: Page, dice: Random) -> Page:
    """The same address, written otherwise."""
    if "newsid" in page.address:
        return replace(page, address=f"{page.address}&sessionid={dice.randrange(10**12):012x}")
    bare = page.address.partition("?")[0].partition(";")[0].rstrip("/")
    mark = f"{dice.randrange(10**12):012x}"
    forms = [
        bare.replace("https://", "http://"), bare.replace("www.", ""), f"{bare}/", f"{bare}?utm_source={mark}",
        f"{bare};jsessionid={mark}", f"{bare}?PHPSESSID={mark}", f"{bare}#{mark}",
    ]  # fmt: skip
    return replace(page, address=dice.choice(forms))


def reslugged(page: Page, dice: Random) -> Page:
    """Another slug at the same number, and perhaps another title."""
    title = f"{page.headline} ({dice.choice(DEEDS)})" if dice.random() < 0.5 else page.headline
    address = f"https://www.a.gov.vn/tin/moi-{dice.randrange(9)}x-{363000 + page.number}.html"
    return replace(page, address=address, headline=title)


def queried(page: Page, dice: Random) -> Page:
    return replace(
        page, address=f"https://www.a.gov.vn/index.php?cat={dice.randrange(5)}&newsid={363000 + page.number}"
    )


def relaunched(page: Page, dice: Random) -> Page:
    """All of the address is another one, without a number; the date may lose its minute."""
    address = (
        f"http://moi{dice.randrange(3)}.gov.vn/{'abcdef'[dice.randrange(6)]}/{'pqrs'[page.number % 4]}{page.number}x"
    )
    published = page.published
    if published and dice.random() < 0.5:
        published = moment(-24 * page.number, precision="day")
    return replace(page, address=address, published=published)


def retitled(page: Page, dice: Random) -> Page:
    return replace(page, headline=f"{page.headline} – {dice.choice(DEEDS)}")


def redated(page: Page, dice: Random) -> Page:
    return replace(page, published=moment(-24 * page.number + dice.choice([1, 2, 30]), precision="minute"))


def edited(page: Page, dice: Random) -> Page:
    return replace(page, text=f"{page.text}\n\nCập nhật: thêm {dice.randrange(100)} việc về {dice.choice(THINGS)}.")


MUTATIONS = {one.__name__: one for one in (spelled, reslugged, queried, relaunched, retitled, redated, edited)}


@settings(max_examples=25, deadline=None)
@given(
    told=st.lists(
        st.dictionaries(st.integers(1, 9), st.sampled_from(sorted(MUTATIONS)), max_size=9), min_size=1, max_size=6
    ),
    seed=st.integers(0, 999),
)
def test_every_article_keeps_its_id_and_shares_it_with_none(empty: Path, told: list[dict[int, str]], seed: int) -> None:
    dice = Random(seed)
    pages = {number: first(number) for number in range(1, 10)}
    with tempfile.TemporaryDirectory() as home:
        shutil.copy(empty, home)
        archive = Archive(Path(home))
        archive.db.execute("pragma synchronous = off")
        archive.record(visit(*(page.article for page in pages.values())))
        numbers = {number: at_address(archive.db, [SLUG], page.address) for number, page in pages.items()}
        ids = {stored.number: stored.id for stored in latest(archive.db)}
        assert len(set(numbers.values())) == len(pages)
        for step, changes in enumerate(told, 1):
            pages |= {number: MUTATIONS[name](pages[number], dice) for number, name in changes.items()}
            archive.record(visit(*(page.article for page in pages.values()), at=NOON + step * timedelta(hours=5)))

            assert {n: at_address(archive.db, [SLUG], page.address) for n, page in pages.items()} == numbers
            assert {stored.number: stored.id for stored in latest(archive.db)} == ids
        archive.db.close()
