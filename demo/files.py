"""Pictures and papers made up on the spot, so that the make-believe ministry has real files to serve."""

from __future__ import annotations

import struct
import zlib
from functools import cache
from hashlib import sha256

from demo.papers import docx, pdf

GREY = bytes.fromhex("47494638396101000100800000c8c8c800000021f90400000000002c00000000010001000002024401003b")
"""The placeholder OneCMS shows until a picture is scrolled into view: a grey GIF of one pixel."""
_BLOCK = 8
_COLUMNS, _ROWS = 80, 50
# Annex K of the JPEG standard: how many codes of each length, and the sizes they stand for.
_DC_LENGTHS = bytes([0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0])
_DC_SIZES = bytes(range(12))
# A picture of flat squares has no other coefficients: one code, "end of block".
_AC_LENGTHS = bytes([1] + [0] * 15)
_AC_SIZES = bytes([0])


@cache
def picture(name: str) -> tuple[str, bytes]:
    """Return the media type and the bytes of the picture called ``name``: always the same ones."""
    return ("image/png", _png(name)) if name.endswith(".png") else ("image/jpeg", _jpeg(name))


@cache
def paper(name: str, title: str = "", edition: int = 1) -> tuple[str, bytes]:
    """Return the media type and the bytes of the paper called ``name``: always the same ones for one edition."""
    said = ["BỘ THÍ DỤ", title or name, "Điều 1. Phạm vi điều chỉnh", f"Văn bản này có {11 + edition} điều."]
    if name.endswith(".docx"):
        return "application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx(said)
    return "application/pdf", pdf([said, ["Nơi nhận: các đơn vị thuộc Bộ Thí dụ; Lưu: VT."]])


def _colour(seed: bytes, column: int, row: int) -> tuple[int, int, int]:
    """A sky above a ridge above water, in hues that depend on the name."""
    ridge = 24 + (seed[0] % 9) - abs((column + seed[1]) % 40 - 20) // 2 + (seed[column % 32] % 3)
    if row < ridge:
        return 150 + row * 2, 180 + row + seed[2] % 20, 225 - seed[3] % 20
    if row < 36:
        return 40 + seed[4] % 60, 95 + seed[5] % 40 - (row - ridge), 50 + seed[6] % 30
    glint = seed[(column * 3 + row * 7) % 32] % 24
    return 50 + glint, 110 + glint, 140 + glint + seed[7] % 20


def _png(name: str) -> bytes:
    seed = sha256(name.encode()).digest()
    lines = b""
    for row in range(_ROWS):
        pixels = b"".join(bytes(_colour(seed, column, row)) * _BLOCK for column in range(_COLUMNS))
        lines += (b"\x00" + pixels) * _BLOCK
    head = struct.pack(">IIBBBBB", _COLUMNS * _BLOCK, _ROWS * _BLOCK, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _jpeg(name: str) -> bytes:
    """Baseline JPEG of flat 8 × 8 squares: each needs nothing but its mean value."""
    tables = b"".join(
        _segment(0xC4, bytes([kind]) + lengths + sizes)
        for kind, lengths, sizes in ((0x00, _DC_LENGTHS, _DC_SIZES), (0x10, _AC_LENGTHS, _AC_SIZES))
    )
    components = b"".join(bytes([number, 0x11, 0]) for number in (1, 2, 3))
    frame = struct.pack(">BHHB", 8, _ROWS * _BLOCK, _COLUMNS * _BLOCK, 3) + components
    scan = bytes([3, 1, 0, 2, 0, 3, 0, 0, 63, 0])
    return (
        b"\xff\xd8"
        + _segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")
        + _segment(0xDB, b"\x00" + bytes([8] * 64))
        + _segment(0xC0, frame)
        + tables
        + _segment(0xDA, scan)
        + _entropy(name)
        + b"\xff\xd9"
    )


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def _entropy(name: str) -> bytes:
    seed = sha256(name.encode()).digest()
    codes = _codes()
    before = [0, 0, 0]
    bits = []
    for row in range(_ROWS):
        for column in range(_COLUMNS):
            for component, value in enumerate(_ycbcr(*_colour(seed, column, row))):
                bits.append(_difference(value - before[component], codes) + "0")
                before[component] = value
    stream = "".join(bits)
    stream += "1" * (-len(stream) % 8)
    return int(stream, 2).to_bytes(len(stream) // 8, "big").replace(b"\xff", b"\xff\x00")


def _ycbcr(red: int, green: int, blue: int) -> tuple[int, int, int]:
    """Luma and colour differences, each around zero."""
    luma = round(0.299 * red + 0.587 * green + 0.114 * blue)
    return luma - 128, round((blue - luma) * 0.564), round((red - luma) * 0.713)


def _difference(value: int, codes: dict[int, str]) -> str:
    size = abs(value).bit_length()
    low = value if value >= 0 else value + (1 << size) - 1
    return codes[size] + (format(low, f"0{size}b") if size else "")


@cache
def _codes() -> dict[int, str]:
    codes: dict[int, str] = {}
    code, place = 0, 0
    for length, count in enumerate(_DC_LENGTHS, 1):
        for _ in range(count):
            codes[_DC_SIZES[place]] = format(code, f"0{length}b")
            code, place = code + 1, place + 1
        code <<= 1
    return codes
