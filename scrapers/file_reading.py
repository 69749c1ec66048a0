"""The process that reads one PDF or DOCX: the file comes in on stdin, what it says goes out as JSON on stdout."""

from __future__ import annotations

import os
import re
import resource
import signal
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

import msgspec

from scrapers.file_text import FileText
from scrapers.reading.legacy import converted

MEMORY = 1024 * 1024 * 1024
"""Bytes that the process may have."""
PAGES = 1000
CHARACTERS = 500_000
UNPACKED = 200 * 1024 * 1024
"""Bytes to which a DOCX may unpack."""
_PARTS = 5000
_DEPTH = 4
_IMAGES = 5000
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
_BLANKS = re.compile(r"[ \t\u00a0]+")
_LINES = re.compile(r"\n[ \n]*\n")


class _TimeIsUp(BaseException):
    """Raised wherever the reading is; libraries catch what is an Exception."""


class Reading:
    """What is read so far; it stays when the time is up."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.images: set[str] = set()
        self.pages: int | None = None
        self.bare = 0
        """Pages with nothing to read on them."""
        self.notes: list[str] = []
        self.size = 0

    def add(self, text: str) -> None:
        self.pieces.append(text)
        self.size += len(text)

    @property
    def is_full(self) -> bool:
        return self.size >= CHARACTERS

    def done(self, *, separator: str) -> FileText:
        text, way = _cleaned(separator.join(self.pieces)[:CHARACTERS])
        notes = list(self.notes)
        if way:
            notes.append(f"it was typed for {way} fonts; its text was converted")
        shown = f"{' '.join(text.split())}\0{self.pages}\0{' '.join(sorted(self.images))}"
        is_whole = not self.notes and bool(text or self.images)
        if self.pages and not text:
            notes.append("it has no text, only pictures" if self.images else "it has no text")
        elif self.bare and self.pages:
            notes.append(f"{self.bare} of its {self.pages} pages have no text")
        return FileText(
            text=text,
            pages=self.pages,
            content=sha256(shown.encode()).hexdigest() if is_whole else "",
            note="; ".join(notes),
        )


def main(reader: str, cpu: int) -> None:
    """Read what comes in on stdin for so many seconds at most, and write what it says to stdout."""
    _bound(cpu)
    sys.stdout.buffer.write(msgspec.json.encode(read(sys.stdin.buffer.read(), reader)))


def _bound(cpu: int) -> None:
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 5))
    signal.signal(signal.SIGXCPU, _stop)
    os.nice(5)


def _stop(*_: Any) -> None:
    raise _TimeIsUp


def read(payload: bytes, reader: str) -> FileText:
    """Return what a file says, as far as that can be read."""
    reading = Reading()
    is_pdf = reader == "pdf"
    try:
        (_read_pdf if is_pdf else _read_docx)(payload, reading)
    except _TimeIsUp:
        reading.notes.append("it was not read to its end: that takes too long")
    except (MemoryError, RecursionError):
        reading.notes.append("it was not read to its end: that takes too much memory")
    except Exception as error:  # whatever a library meets in a damaged file
        reading.notes.append(f"it is damaged, and was read only in part ({type(error).__name__})")
    return reading.done(separator="\n\n" if is_pdf else "")


# -- PDF -----------------------------------------------------------------------------------------------------------


def _read_pdf(payload: bytes, reading: Reading) -> None:
    from pypdf import PasswordType, PdfReader

    document = PdfReader(BytesIO(payload), strict=False)
    if document.is_encrypted and document.decrypt("") is PasswordType.NOT_DECRYPTED:
        reading.notes.append("it is locked with a password")
        return
    reading.pages = len(document.pages)
    for number, page in enumerate(document.pages):
        if number >= PAGES or reading.is_full:
            reading.notes.append(f"only its first {number} of {reading.pages} pages were read")
            return
        text = page.extract_text()
        reading.bare += not text.strip()
        reading.add(text)
        _note_images(page.get("/Resources"), reading.images, _DEPTH)


def _note_images(resources: Any, images: set[str], depth: int) -> None:
    """Note the digests of the pictures that resources name, as they stand in the file."""
    resources = _object(resources)
    named = _object(resources.get("/XObject")) if isinstance(resources, dict) else None
    if not isinstance(named, dict) or not depth:
        return
    for entry in named.values():
        drawn = _object(entry)
        kind = drawn.get("/Subtype") if isinstance(drawn, dict) else None
        if kind == "/Image" and len(images) < _IMAGES:
            images.add(sha256(getattr(drawn, "_data", b"")).hexdigest())
        elif kind == "/Form":
            _note_images(drawn.get("/Resources"), images, depth - 1)


def _object(entry: Any) -> Any:
    """Follow a reference to another place in the file."""
    return entry.get_object() if hasattr(entry, "get_object") else entry


# -- DOCX ----------------------------------------------------------------------------------------------------------


def _read_docx(payload: bytes, reading: Reading) -> None:
    from docx import Document

    if why := _bomb(payload):
        reading.notes.append(why)
        return
    document = Document(BytesIO(payload))
    for text in _said(document.element.body):
        reading.add(text)
        if reading.is_full:
            reading.notes.append(f"only its first {CHARACTERS:,} characters were read")
            break
    for relation in document.part.rels.values():
        if not relation.is_external and "/image" in relation.reltype and len(reading.images) < _IMAGES:
            reading.images.add(sha256(relation.target_part.blob).hexdigest())


def _bomb(payload: bytes) -> str:
    """Say why a file is not unpacked, "" when nothing speaks against it."""
    try:
        with ZipFile(BytesIO(payload)) as packed:
            parts = packed.infolist()
    except BadZipFile:
        return "it is damaged, and could not be read"
    if any(part.flag_bits & 1 for part in parts):
        return "it is locked with a password"
    if len(parts) > _PARTS or sum(part.file_size for part in parts) > UNPACKED:
        return f"it is not read: it unpacks to more than {UNPACKED // 1024 // 1024} MB"
    return ""


def _said(body: Any) -> Iterator[str]:
    """Yield the text in the order of the file: that of tables, boxes and fields too, and what was deleted not."""
    # A text box stands twice in it: for Word, and for programs that know no boxes.
    twice = {inner for fallback in body.iter(_FALLBACK) for inner in fallback.iter()}
    for element in body.iter(f"{_WORD}t", f"{_WORD}p", f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr"):
        if element in twice:
            continue
        name = element.tag.rpartition("}")[2]
        if name == "t":
            yield element.text or ""
        else:
            yield "\t" if name == "tab" else "\n"


# -- both ----------------------------------------------------------------------------------------------------------


def _cleaned(text: str) -> tuple[str, str]:
    """Return text as the archive holds it, and the way it was typed if that was for fonts instead of an encoding."""
    text, way = _typed_for_fonts(_CONTROLS.sub(" ", text))
    text = unicodedata.normalize("NFC", text).replace("\xad", "")
    lines = (_BLANKS.sub(" ", line).strip() for line in text.splitlines())
    return _LINES.sub("\n\n", "\n".join(lines)).strip(), way


def _typed_for_fonts(text: str) -> tuple[str, str]:
    """Convert what was typed for TCVN3 or VNI fonts, line by line: letterheads are often set in another font."""
    if text.isascii():
        return text, ""
    # As markup, in which each line is a stretch of text of its own.
    lines = text.replace("<", "\ue000").replace(">", "\ue001").split("\n")
    joined, way = converted("<>".join(lines))
    if not way:
        return text, ""
    return joined.replace("<>", "\n").replace("\ue000", "<").replace("\ue001", ">"), way
