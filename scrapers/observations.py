"""What a visit observes besides articles: what is not there, what a list showed, which files hang on an article."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

Proof = Literal["404", "410", "soft 404", "listing"]
"""How an address says that there is no article any more: a status, a page that says so or is what the host shows for
an address that never was, or a redirect to the front page or a listing."""


class Absence(Struct, frozen=True, kw_only=True):
    """A known article's address that a healthy website answered without the article."""

    url: str
    """The address asked for."""
    at: datetime
    proof: Proof
    status: int
    """HTTP status of the answer."""
    final_url: str = ""
    """The address that answered, after redirects."""
    sha256: str = ""
    """Names the Evidence of the same visit that shows it."""
    why: str = ""
    """One sentence for people: what was compared with what."""
    doubt: str = ""
    """Why it proves nothing: a sentence. The website seemed to be in trouble."""


class Canary(Struct, frozen=True, kw_only=True):
    """What a host answers for an address that never was."""

    host: str
    url: str
    """The made-up address."""
    fetched: datetime
    status: int
    final_url: str = ""
    """Where it led; a website may send every unknown address to its front page."""
    title: str = ""
    sketch: tuple[int, ...] = ()
    """MinHash of the page's words and markup; two pages with nearly the same sketch are made of the same template."""


class Standing(Struct, frozen=True, kw_only=True):
    """Where articles stand and stood: whether a website is healthy shows in those that ought to be there."""

    present: tuple[str, ...] = ()
    """Addresses of some that were there when they were looked at last."""
    given_up: tuple[str, ...] = ()
    """Addresses of those that are withdrawn: that they are missed once more says nothing of the website."""


class File(Struct, frozen=True, kw_only=True):
    """A file that hangs on an article, as it was fetched; or word that it is as it was, or gone."""

    url: str
    article: str
    """The address of the article it hangs on."""
    fetched: datetime
    status: int
    """200, 304, 404 …; 0 when no answer came."""
    final_url: str = ""
    sha256: str = ""
    """Names the Evidence of the same visit, or what the archive has when it came but shows the same; else ""."""
    size: int = 0
    """Bytes."""
    type: str = ""
    """Media type by its own first bytes, else as the server says."""
    name: str = ""
    """What the server calls it (Content-Disposition), else the end of its address."""
    etag: str = ""
    last_modified: str = ""
    pages: int | None = None
    text: str = ""
    """What it says, as far as it could be read."""
    content: str = ""
    """SHA-256 of what it shows, whatever else differs between two files made of the same document; "" when that cannot
    be told."""
    note: str = ""
    """Why there is no file or no text, or less than all: a sentence."""


class KnownFile(Struct, frozen=True, kw_only=True):
    """What the archive knows about one file, for asking whether it is still the same."""

    url: str
    article: str
    """The address of the article it hangs on; "" for a file that is only asked for when an article read now has it."""
    etag: str = ""
    last_modified: str = ""
    sha256: str = ""
    """"" for a file that still waits to be fetched."""
    content: str = ""


class Listing(Struct, frozen=True, kw_only=True):
    """What one entrance showed during a visit, all of its pages together."""

    entrance: str
    """The entrance's address, as the source names it."""
    at: datetime
    urls: tuple[str, ...] = ()
    """Addresses of its rows, in the order shown, each once; empty when nothing changed since the look before."""
    pages: int = 1
    further: int = 0
    """How many pages behind the first one it took to meet a row known from the look before."""
    ordered: bool = True
    """False for a sitemap, which may be in any order."""
    end: Literal["known", "end", "limit", "unchanged", "failed"] = "limit"
    """Why it was followed no further: a row behind the last new one was known from the look before; there are no more
    pages; the visit may go no further; it was as it had been; a page could not be had."""
