"""An archive as a daemon leaves it."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from demo.texts import backlog
from tests.web.making import NOW, SOURCE, Archive, Get, article, website


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    archive = Archive(home)
    archive.follow(SOURCE)
    stories = [article(story) for story in backlog()]
    archive.visit(*stories, at=NOW - timedelta(days=1))
    edited = next(one for one in stories if "54%" in one.headline)
    after = {"headline": edited.headline.replace("54%", "57%"), "lede": edited.lede.replace("54%", "57%")}
    archive.visit(msgspec.structs.replace(edited, **after), at=NOW - timedelta(hours=4))
    gone = stories[8].url
    for hours in (150, 120, 90, 60):
        archive.visit(at=NOW + timedelta(hours=150 - hours), gone=(gone,))
    return home


@pytest.fixture
def full(_made: Path, tmp_path: Path) -> Archive:
    """25 articles, one of them edited once, one withdrawn."""
    shutil.copytree(_made, tmp_path / "home")
    return Archive(tmp_path / "home")


@pytest.fixture(scope="session")
def site(_made: Path) -> Iterator[Get]:
    """A website over that archive, for tests that only look."""
    with website(Archive(_made)) as get:
        yield get
