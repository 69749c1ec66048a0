"""The table of rooms: news flows one way, and each library has one owner. docs/architecture.md shows the same table."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

ROOMS = {
    "scrapers": set(),
    "home": {"scrapers.items", "scrapers.source_problems", "scrapers.toml_text"},
    "storage": {
        "scrapers.items",
        "scrapers.observations",
        "scrapers.overlaps",
        "scrapers.sources",
        "scrapers.addresses",
        "scrapers.sessions",
    },
    "feeds": {"scrapers.items", "scrapers.media_types", "scrapers.sources", "storage"},
    "health": {"scrapers.items", "scrapers.sources", "storage"},
    "workers": {"scrapers", "storage.memory"},
    "errands": {"scrapers", "storage", "health", "home"},
    "scheduler": {"scrapers", "storage", "feeds", "health", "workers", "home", "errands"},
    "doctor": {"scrapers.sources", "storage", "feeds", "home"},
    "replay": {"scrapers", "storage"},
    "web": {"scrapers.items", "scrapers.sources", "storage", "feeds", "health"},
    "demo": set(),
    "printing": {"health"},
    "commands": {
        "scrapers",
        "storage",
        "feeds",
        "health",
        "workers",
        "scheduler",
        "web",
        "demo",
        "home",
        "printing",
        "errands",
        "replay",
        "doctor",
    },
    "cli": {"scrapers", "storage", "feeds", "commands", "home", "printing"},
}

OWNERS = {
    "scrapy": {"scrapers"},
    "twisted": {"scrapers"},
    "bs4": {"scrapers"},
    "pypdf": {"scrapers"},
    "docx": {"scrapers"},
    "lxml": {"scrapers", "feeds"},
    "tomlkit": {"commands"},
    "sqlite_utils": {"storage"},
    "sqlite3": {"storage"},
    "holidays": {"storage"},
    "warcio": {"storage"},
    "feedgen": {"feeds"},
    "nh3": {"feeds", "web"},
    "apscheduler": {"scheduler"},
    "starlette": {"web"},
    "uvicorn": {"web"},
    "jinja2": {"web", "demo"},
    "click": {"cli", "commands", "printing"},
    "rich": {"printing"},
}

VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "base", "core", "manager"}


def files() -> list[Path]:
    return sorted(
        path
        for room in ROOMS
        for path in ([ROOT / f"{room}.py"] if (ROOT / f"{room}.py").exists() else (ROOT / room).rglob("*.py"))
    )


def room_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports anywhere, "from a.b import c" as "a.b"."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            # "from storage import visits" names a module; "from storage.visits import last" a function of one.
            yield from (f"{node.module}.{name.name}" if node.module in ROOMS else node.module for name in node.names)


def within(module: str, allowed: set[str]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in allowed)


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_upstream_and_libraries_have_one_owner(path: Path) -> None:
    room = room_of(path)

    for module in imports(path):
        top = module.split(".")[0]
        if top in ROOMS and top != room:
            assert within(module, ROOMS[room]), f"{path}: {room} must not import {module}"
        assert room in OWNERS.get(top, {room}), f"{path}: only {OWNERS[top]} may import {top}"
        assert module not in ROOMS or (ROOT / f"{module}.py").exists(), (
            f"{path}: import from the module, not the room {module}"
        )


def test_every_room_is_in_the_table_and_in_the_wheel() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    shipped = {
        name.removesuffix(".py") for name in project["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
    }

    assert shipped == set(ROOMS)


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_files_are_short_named_after_what_they_hold_and_introduced(path: Path) -> None:
    source = path.read_text("utf-8")

    assert len(source.splitlines()) <= 400, f"{path} is over 400 lines: which two ideas are in it?"
    assert path.stem not in VAGUE
    assert not source.strip() or ast.get_docstring(ast.parse(source)), f"{path} has no opening sentence"


def test_the_architecture_page_names_every_room() -> None:
    page = (ROOT / "docs/architecture.md").read_text("utf-8")

    for room in ROOMS:
        assert f"`{room}/`" in page or f"`{room}.py`" in page, room


def test_the_daemon_never_imports_a_parser_or_scrapy() -> None:
    code = "import scheduler, sys; print(sorted({'scrapy', 'twisted', 'bs4'} & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_nothing_names_a_registry_host() -> None:
    for path in [*ROOT.glob("*.lock"), *ROOT.glob("*.toml"), ROOT / "Makefile"]:
        for line in path.read_text("utf-8").splitlines():
            assert "://" not in line or not any(word in line for word in ("simple", "packages", "registry")), (
                f"{path}: {line}"
            )
