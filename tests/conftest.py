from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from demo.ministry import Ministry
from demo.server import Served, serve
from demo.source import SLUG, source_toml
from tests.command import Command

# The same examples for everybody, and no deadline: machines differ, and a test that fails now and then helps nobody.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")


@pytest.fixture
def bantin(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """The command on a home that does not exist yet."""
    return Command(tmp_path / "home", capsys)


@pytest.fixture
def site() -> Iterator[Served]:
    """The make-believe ministry on the air."""
    with serve(Ministry()) as served:
        yield served


@pytest.fixture
def following(bantin: Command, site: Served) -> Command:
    """The command on a home that follows the make-believe ministry and has not visited it yet."""
    sources = bantin.home / "sources"
    sources.mkdir(parents=True)
    hurried = source_toml(site.url).replace('delay = "0.05s"', 'delay = "0s"')
    (sources / f"{SLUG}.toml").write_text(hurried, encoding="utf-8")
    return bantin
