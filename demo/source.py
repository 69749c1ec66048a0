"""The make-believe ministry as a source file, for a home that follows it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

SLUG = "vn-thidu"


def source_toml(url: str) -> str:
    """Return the text of ``sources/vn-thidu.toml`` for a ministry served at ``url``."""
    host = urlsplit(url).hostname or "127.0.0.1"
    text = Path(__file__).with_name("source.toml").read_text(encoding="utf-8")
    return text.replace("@URL@", url.rstrip("/")).replace("@HOST@", host)
