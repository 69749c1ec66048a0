"""What CONTRIBUTING.md shows is true: its file is a source, and it reads the pages beside it."""

import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from scrapers.entrances.reading import read_headlines
from scrapers.reading.article import read_article
from scrapers.sources import all_problems, load

ROOT = Path(__file__).parent.parent.parent
TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
ARTICLE = "https://www.example.gov.vn/tin-tuc/khai-mac-hoi-nghi-1024.html"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)


def example(folder: Path) -> Path:
    (text,) = blocks("toml")
    path = folder / "vn-example.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_example_is_a_source_without_a_mistake(tmp_path: Path) -> None:
    source = load(example(tmp_path))

    assert source.name == "Bộ Ví dụ"
    assert (source.schedule.every, source.limits.delay) == (timedelta(hours=1), timedelta(seconds=3))
    assert source.seen and source.seen.live


def test_the_mistake_it_shows_is_the_one_that_is_told() -> None:
    (text,) = blocks("toml")
    shown = next(line for line in TEXT.splitlines() if line.startswith("scrapers/catalogue/vn-example.toml:"))

    mistakes = all_problems(text.replace("row = ", "rows ="), file="scrapers/catalogue/vn-example.toml")

    assert [str(mistake) for mistake in mistakes] == [shown]


def test_the_example_reads_the_listing_beside_it(tmp_path: Path) -> None:
    listing, _ = blocks("html")

    page = read_headlines(
        f"<html><body>{listing}</body></html>".encode(),
        url="https://www.example.gov.vn/tin-tuc",
        content_type="text/html; charset=utf-8",
        source=load(example(tmp_path)),
    )

    (row,) = page.rows
    assert (row.url, row.title) == (ARTICLE, "Khai mạc Hội nghị toàn quốc về ví dụ")
    assert row.published and row.published.iso == "2026-11-20T09:30:00+07:00"
    assert row.summary.startswith("Sáng 20/11")


def test_the_example_reads_the_article_beside_it(tmp_path: Path) -> None:
    _, page = blocks("html")

    article = read_article(
        page.encode(), url=ARTICLE, content_type="text/html; charset=utf-8", source=load(example(tmp_path))
    )

    assert article.headline == "Khai mạc Hội nghị toàn quốc về ví dụ"
    assert article.published and article.published.iso == "2026-11-20T09:30:00+07:00"
    assert article.lede.startswith("Sáng 20/11")
    assert article.authors == ("Nguyễn Văn Mẫu",)
    assert [paragraph.split(",")[0] for paragraph in article.body_text.split("\n\n")] == [
        "Hội nghị diễn ra trong hai ngày",
        "Phát biểu khai mạc",
    ]
    assert [(one.url, one.title) for one in article.attachments] == [
        ("https://www.example.gov.vn/tai-lieu/chuong-trinh.pdf", "Chương trình hội nghị")
    ]


def test_the_commands_it_names_exist(tmp_path: Path) -> None:
    named = {
        " ".join(words.split()) for words in re.findall(r"^\$ bantin (?:--home \S+ )?((?:sources )?[a-z]+)", TEXT, re.M)
    }
    path = example(tmp_path)

    checked = subprocess.run(
        [sys.executable, "cli.py", "sources", "check", path], check=False, cwd=ROOT, capture_output=True, text=True
    )

    assert named == {"sources check", "headlines", "read", "add", "crawl", "items"}
    assert (checked.returncode, checked.stdout) == (0, "")


def test_every_target_it_names_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))

    assert set(re.findall(r"^\$ make ([a-z]+)", TEXT, re.M)) <= targets


def test_every_file_it_names_is_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", TEXT)
    files = re.findall(r"`((?:scrapers|docs|tests)/[\w/]+\.(?:py|md))`", TEXT)

    assert [name for name in (*links, *files) if not (ROOT / name).exists()] == []
