"""Papers for the make-believe ministry: small PDF and DOCX files that say what they are told to say."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO
from xml.sax.saxutils import escape

_LINE = 18
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
_DAY = (2026, 3, 2, 9, 0, 0)


def pdf(pages: Sequence[Sequence[str]], *, made: str = "20260302090000+07'00'", image: bytes = b"") -> bytes:
    """Return a PDF whose pages have these lines; ``made`` is when it claims to be made, ``image`` a grey square on each page."""
    letters = sorted({letter for page in pages for line in page for letter in line})
    if len(letters) > 254:
        raise ValueError("a page of ours has 254 different letters at most")
    codes = {letter: code for code, letter in enumerate(letters, 1)}
    first = 6
    kids = b" ".join(b"%d 0 R" % (first + 2 * number) for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 0 /LastChar 255 /ToUnicode 4 0 R >>",
        stream(_to_unicode(codes)),
        _grey(image),
    ]
    for number, page in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources "
            b"<< /Font << /F1 3 0 R >> %s >> >>"
            % (first + 2 * number + 1, b"/XObject << /I 5 0 R >>" if image else b"")
        )
        objects.append(stream(_shown(page, codes)))
    objects.append(b"<< /Producer (Bantin) /CreationDate (D:%s) >>" % made.encode("ascii"))
    return written(objects, info=len(objects), mark=made.encode("ascii"))


def stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def written(objects: Sequence[bytes], *, info: int = 0, mark: bytes = b"") -> bytes:
    """Put the objects of a PDF together; the first is its catalogue."""
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    about = b"/Info %d 0 R /ID [<%s> <%s>] " % (info, mark.hex().encode(), mark.hex().encode()) if info else b""
    out += b"trailer\n<< /Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, about, start)
    return bytes(out)


def _to_unicode(codes: dict[str, int]) -> bytes:
    """The table that tells which letters the codes of the font stand for."""
    pairs = [f"<{code:02x}> <{letter.encode('utf-16-be').hex()}>" for letter, code in codes.items()]
    # A hundred entries at once are allowed.
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    tables = "\n".join(f"{len(block)} beginbfchar\n{chr(10).join(block)}\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /B def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{tables}\nendcmap end end"
    ).encode("ascii")


def _shown(lines: Sequence[str], codes: dict[str, int]) -> bytes:
    shown = [f"<{''.join(f'{codes[letter]:02x}' for letter in line)}> Tj 0 -{_LINE} Td" for line in lines]
    return f"BT /F1 12 Tf 60 780 Td {' '.join(shown)} ET".encode("ascii")


def _grey(level: bytes) -> bytes:
    if not level:
        return b"null"
    return (
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
        b"/Length %d >>\nstream\n%s\nendstream" % (len(level), level)
    )


def docx(paragraphs: Sequence[str], *, made: tuple[int, int, int, int, int, int] = _DAY) -> bytes:
    """Return a DOCX with these paragraphs, packed at ``made``."""
    said = "".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in paragraphs)
    return packed(f'<w:document xmlns:w="{_WORD}"><w:body>{said}</w:body></w:document>'.encode(), made=made)


def packed(document: bytes, *, made: tuple[int, int, int, int, int, int] = _DAY) -> bytes:
    """Pack the XML of a document into a DOCX."""
    parts = {"[Content_Types].xml": _TYPES.encode(), "_rels/.rels": _RELATIONS.encode(), "word/document.xml": document}
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, made), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()
