"""What a PDF or a DOCX says, read in a process of its own: no file, however hostile, costs the visit more than a note."""

from __future__ import annotations

import subprocess
import sys
import threading
from importlib.util import find_spec
from pathlib import Path

import msgspec

from scrapers.items import Record
from scrapers.media_types import DOCUMENTS

CPU = 15
"""Seconds of a processor that reading one file may take; what was read until then is kept."""
_WALL = 90
"""Seconds after which the process is ended however little it did."""
_ONE_AT_A_TIME = threading.Lock()
_ROOT = str(Path(__file__).resolve().parents[1])
_PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from scrapers.file_reading import main; main(sys.argv[2], int(sys.argv[3]))"
_READERS = {DOCUMENTS["pdf"]: ("pdf", "pypdf"), DOCUMENTS["docx"]: ("docx", "docx")}
_UNREAD = {
    **dict.fromkeys(
        (DOCUMENTS["doc"], DOCUMENTS["docm"], DOCUMENTS["rtf"], DOCUMENTS["odt"]), "text of this format is not read"
    ),
    **dict.fromkeys((DOCUMENTS["xls"], DOCUMENTS["xlsx"], DOCUMENTS["ods"]), "text of spreadsheets is not read"),
    **dict.fromkeys((DOCUMENTS["zip"], DOCUMENTS["rar"], DOCUMENTS["7z"]), "what is in archives is not read"),
    "application/x-ole-storage": "text of this format is not read",
}


class FileText(Record, frozen=True, kw_only=True):
    """What could be read from a file."""

    text: str = ""
    pages: int | None = None
    content: str = ""
    """SHA-256 of all it shows; "" when it could not be read whole, or shows nothing that is told here."""
    note: str = ""
    """Why there is no text, or less than all."""


_decode = msgspec.json.Decoder(FileText).decode


def read_text(payload: bytes, kind: str, *, cpu: int = CPU) -> FileText:
    """Return what a file of the media type ``kind`` says. Never raises; takes its time, so not for the event loop."""
    if kind not in _READERS:
        return FileText(note=_UNREAD.get(kind, ""))
    reader, library = _READERS[kind]
    if find_spec(library) is None:
        return FileText(note="its text is not read; to have it read, install bantin[documents]")
    with _ONE_AT_A_TIME:
        return _in_a_process(payload, reader, cpu)


def _in_a_process(payload: bytes, reader: str, cpu: int) -> FileText:
    # Isolated: neither the environment nor the working directory has a say in what is imported.
    command = [sys.executable, "-I", "-c", _PROGRAM, _ROOT, reader, str(cpu)]
    try:
        done = subprocess.run(
            command, input=payload, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=_WALL, check=False
        )
        return _decode(done.stdout)
    except subprocess.TimeoutExpired:
        return FileText(note=f"its text is not read: that took more than {_WALL} s")
    except (OSError, msgspec.DecodeError):
        return FileText(note="its text is not read: reading it ended the reader; the file is kept as it is")
