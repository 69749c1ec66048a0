"""Makes up news by the million from the sentences of real pages, so that words are as common as in real news."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

from benchmarks.corpus import FOLDER, pages, sets
from scrapers.items import (
    Article,
    Attachment,
    Citation,
    Evidence,
    Exchange,
    Headline,
    Image,
    Moment,
    Reading,
    Reason,
    Sighting,
    Verdict,
    Visit,
)
from scrapers.reading.article import read_article
from scrapers.reading.errors import LayoutChanged, Unreadable
from scrapers.reading.text import decode
from scrapers.reading.tree import parse

SOURCES = 200
READINGS = 20
"""Articles a visit brings."""
YEARS = 10
HANOI = timezone(timedelta(hours=7))
SECTIONS = (
    "Tin tức", "Thời sự", "Kinh tế", "Văn bản mới", "Môi trường", "Hoạt động của Bộ", "Chỉ đạo điều hành", "News",
    "Press releases", "Policy", "Speeches", "",
)  # fmt: skip
_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đỗ")
_MIDDLE, _GIVEN = ("Văn", "Thị", "Minh", "Đức"), ("An", "Hương", "Thúy", "Hòa")
_VIETNAMESE = re.compile("[ạảấầậệểễộổỗớờợứừựưđơ]")
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+")
_PAGE = "<!doctype html><html><head><title>{0}</title></head><body><h1>{0}</h1><p>{1}</p>{2}</body></html>"


class Texts(NamedTuple):
    """Sentences of real pages, in two languages."""

    vietnamese: list[str]
    english: list[str]


def texts() -> Texts:
    """Return the sentences of the saved pages; none where there are no pages."""
    vietnamese: dict[str, None] = {}
    english: dict[str, None] = {}
    for name in sets():
        if name.startswith("vn_"):
            vietnamese |= dict.fromkeys(_lines(name))
        elif name.startswith(("gov_", "news_trafilatura", "news_postlight")):
            english |= dict.fromkeys(_read(name))
    return Texts(list(vietnamese), list(english))


def _lines(name: str) -> Iterator[str]:
    """Yield the Vietnamese sentences of a set's pages, whatever kind the pages are."""
    for line in (FOLDER / name / "index.jsonl").read_text("utf-8").splitlines():
        file = json.loads(line)["file"]
        raw = (FOLDER / name / file).read_bytes()
        html = gzip.decompress(raw) if file.endswith(".gz") else raw
        root = parse(decode(html, content_type=None).text)
        for text in () if root is None else root.itertext():
            yield from _sentences(str(text), vietnamese=True)


def _read(name: str) -> Iterator[str]:
    """Yield the English sentences of a set's articles."""
    for page in pages(name, "article"):
        try:
            article = read_article(page.html, url=page.url, content_type=None)
        except (LayoutChanged, Unreadable):
            continue
        if article.language.startswith("en"):
            yield from _sentences(article.body_text, vietnamese=False)


def _sentences(text: str, *, vietnamese: bool) -> Iterator[str]:
    for sentence in _SENTENCE.split(" ".join(text.split())):
        if 6 <= sentence.count(" ") < 60 and bool(_VIETNAMESE.search(sentence)) == vietnamese:
            yield sentence


class Maker:
    """Makes visits of twenty new articles each, for two hundred sources, as time goes by."""

    def __init__(self, found: Texts, *, articles: int, seed: int = 1) -> None:
        self._texts, self._random = found, random.Random(seed)
        self._end = datetime(2026, 3, 1, tzinfo=UTC)
        self._step = timedelta(days=365.25 * YEARS) / max(articles, 1)
        self._begin = self._end - self._step * articles
        # Few sources publish most: each one half as much as the one twice as far in front.
        self._weights = [1 / (place + 3) for place in range(SOURCES)]
        self._slugs = [f"vn-nguon-{place}" if place % 5 < 3 else f"xx-source-{place}" for place in range(SOURCES)]

    def visit(self, first: int) -> Visit:
        """Return the visit that brings the articles with the numbers from ``first`` on."""
        slug = self._random.choices(self._slugs, self._weights)[0]
        at = self._begin + self._step * (first + READINGS)
        home = f"https://www.{slug}.gov.vn"
        made = [self._article(first + place, home, at, slug.startswith("vn")) for place in range(READINGS)]
        kept = [_evidence(article, at) for article in made]
        return Visit(
            id=f"{self._random.getrandbits(128):032x}",
            source=slug,
            started=at,
            finished=at + timedelta(seconds=30),
            verdict=Verdict.FINE,
            exchanges=(
                _exchange(f"{home}/tin-tuc", "entrance", at),
                *(_exchange(article.url, "article", at) for article in made),
            ),
            sightings=tuple(_sighting(article, home, place) for place, article in enumerate(made)),
            readings=tuple(
                Reading(article=article, sha256=page.sha256, etag=f'"{page.sha256[:12]}"')
                for article, page in zip(made, kept, strict=True)
            ),
            evidence=tuple(kept),
        )

    def _article(self, number: int, home: str, at: datetime, vietnamese: bool) -> Article:
        chance = self._random
        sentences = self._texts.vietnamese if vietnamese else self._texts.english
        # Two halves: a sentence alone would be the headline of hundreds.
        headline = " ".join((*chance.choice(sentences).split()[:7], *chance.choice(sentences).split()[-7:]))
        lede = chance.choice(sentences)
        paragraphs = [" ".join(chance.choices(sentences, k=chance.randint(1, 3))) for _ in range(chance.randint(3, 9))]
        # Every article has words that no other has, as real ones have numbers and names.
        paragraphs.append(f"Hồ sơ {number:07d}, {chance.randrange(10**6)}." if vietnamese else f"Ref {number:07d}.")
        citations = []
        if chance.random() < 0.1:
            document = f"{chance.randint(1, 99)}/{at.year}/TT-BTC"
            paragraphs.append(f"Căn cứ Thông tư số {document} của Bộ Tài chính.")
            body = "\n\n".join(paragraphs)
            place = body.index(document)
            citations = [Citation(number=document, printed=document, scheme="vn", field="body_text", start=place)]
        # One in thirty was published long before it was found.
        late = timedelta(days=chance.randrange(700)) if chance.random() < 1 / 30 else timedelta()
        published = (at - late - timedelta(minutes=chance.randrange(600))).astimezone(HANOI).replace(second=0)
        url = f"{home}/{'-'.join(headline.lower().split()[:6])}-{10_000_000 + number}.html"
        return Article(
            url=url,
            canonical_url=url,
            headline=headline,
            lede=lede,
            section=chance.choice(SECTIONS),
            authors=(" ".join(map(chance.choice, (_FAMILY, _MIDDLE, _GIVEN))),),
            published=Moment(at=published, precision="minute", printed=f"{published:%d/%m/%Y %H:%M}"),
            body_text="\n\n".join(paragraphs),
            body_html="".join(f"<p>{paragraph}</p>" for paragraph in paragraphs),
            images=(Image(url=f"{home}/anh/{number}.jpg", caption=chance.choice(sentences)),),
            attachments=(Attachment(url=f"{home}/tep/{number}.pdf", title="Toàn văn"),) if number % 8 == 0 else (),
            tags=tuple(chance.sample(SECTIONS[:-1], 2)),
            documents=tuple(citation.number for citation in citations),
            citations=tuple(citations),
            language="vi" if vietnamese else "en",
            layout="onecms",
            passport=_passport(headline, published),
        )


def _passport(headline: str, published: datetime) -> tuple[Reason, ...]:
    told = {
        "headline": headline,
        "published": f"{published:%d/%m/%Y %H:%M}",
        "authors": "",
        "section": "",
        "lede": "",
        "body_text": "",
    }
    return tuple(
        Reason(field=field, printed=printed, rule="layout onecms: .detail", grade="A")
        for field, printed in told.items()
    )


def _evidence(article: Article, at: datetime) -> Evidence:
    payload = _PAGE.format(article.headline, article.lede, article.body_html).encode()
    headers = (("Content-Type", "text/html; charset=utf-8"), ("Server", "nginx"))
    return Evidence(
        url=article.url,
        fetched=at,
        status=200,
        headers=headers,
        payload=payload,
        sha256=hashlib.sha256(payload).hexdigest(),
        ip="203.0.113.7",
    )


def _exchange(url: str, purpose: str, at: datetime) -> Exchange:
    return Exchange(
        url=url,
        final_url=url,
        purpose="entrance" if purpose == "entrance" else "article",
        started=at,
        elapsed=0.2,
        status=200,
        size=50_000,
    )


def _sighting(article: Article, home: str, place: int) -> Sighting:
    row = Headline(url=article.url, title=article.headline, published=article.published, position=place)
    return Sighting(entrance=f"{home}/tin-tuc", headline=row)
