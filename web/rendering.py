"""Templates and static files, loaded once."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from web import dates
from web.replies import Document, document

_FOLDER = Path(__file__).parent
_STATIC = {"style.css": "text/css; charset=utf-8", "icon.svg": "image/svg+xml"}
_FOR_A_YEAR = "public, max-age=31536000, immutable"


class Renderer:
    """Fills in templates for a website at one address."""

    def __init__(self, *, base_url: str, title: str) -> None:
        self._prefix = urlsplit(base_url).path.rstrip("/")
        self.static = {name: _static(name, media) for name, media in _STATIC.items()}
        self._templates = Environment(
            loader=FileSystemLoader(_FOLDER / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals.update(
            site=title,
            at=self.at,
            style=sha256(b"".join(one.body for one in self.static.values())).hexdigest()[:8],
        )
        self._templates.filters.update(
            day=dates.day, minute=dates.minute, clock=dates.clock, offset=dates.offset, local=dates.local, size=size
        )

    def __call__(self, name: str, **values: Any) -> str:
        return self._templates.get_template(f"{name}.html").render(values)

    def at(self, path: str) -> str:
        """Return the address of one of our own pages, below wherever the website is mounted."""
        return self._prefix + path


def size(count: int) -> str:
    """Bytes as people say them, and as the pages they were read from did: "640 KB"."""
    if count < 1000:
        return f"{count} bytes"
    return f"{count / 1024:.0f} KB" if count < 1000 * 1024 else f"{count / 1024 / 1024:.1f} MB"


def _static(name: str, media: str) -> Document:
    return document((_FOLDER / "static" / name).read_bytes(), media=media, cache=_FOR_A_YEAR)
