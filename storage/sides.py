"""Two wordings of an article side by side: everything a reader sees, part by part, with what differs marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

from scrapers.items import Article, Attachment, Image, Record
from storage.diffs import Effort, Piece, Segment, compare
from storage.wording import links_of


class Part(Record, frozen=True, kw_only=True):
    """One part of an article, such as its headline."""

    field: str
    """Article's field."""
    name: str
    """What people call it."""
    pieces: tuple[Piece, ...]
    """Paragraph by paragraph, or line by line in a list."""

    @property
    def is_changed(self) -> bool:
        return any(piece.kind != "same" for piece in self.pieces)


def parts(before: Article, after: Article) -> tuple[Part, ...]:
    """Return the parts that either wording has, in the order of reading; all of them complete, changed or not."""
    effort = Effort()
    return tuple(
        Part(field=field, name=name, pieces=compare(old, new, effort))
        for field, name, told in _PARTS
        if (old := told(before)) + (new := told(after))
    )


def _moment(article: Article) -> str:
    if article.published is None:
        return ""
    printed = article.published.printed
    return (
        f"{article.published.iso} ({printed})"
        if printed and printed != article.published.iso
        else article.published.iso
    )


def _image(image: Image) -> str:
    return " – ".join(part for part in (image.url, image.caption, image.credit) if part)


def _attachment(file: Attachment) -> str:
    return " – ".join(part for part in (file.url, file.title, file.sha256 and f"SHA-256 {file.sha256}") if part)


def _links(article: Article) -> str:
    return "\n".join(address.removesuffix("?") for address in links_of(article.body_html))


_PARTS: tuple[tuple[str, str, Callable[[Article], str]], ...] = (
    ("kicker", "Kicker", lambda article: article.kicker),
    ("headline", "Headline", lambda article: article.headline),
    ("published", "Published", _moment),
    ("section", "Section", lambda article: article.section),
    ("authors", "Authors", lambda article: "\n".join(article.authors)),
    ("origin", "Re-published from", lambda article: article.origin),
    ("lede", "Lede", lambda article: article.lede),
    ("body_text", "Text", lambda article: article.body_text),
    ("images", "Images", lambda article: "\n".join(map(_image, article.images))),
    ("attachments", "Attachments", lambda article: "\n".join(map(_attachment, article.attachments))),
    ("body_html", "Links in the text", _links),
    ("tags", "Tags", lambda article: "\n".join(article.tags)),
)

_TAGS = {"gone": "del", "come": "ins"}


def html_of(pieces: tuple[Piece, ...]) -> str:
    """Return HTML with what came in <ins> and what went in <del>, every character escaped; line breaks stay as they are.

    A paragraph that stands elsewhere now is marked where it was and where it is, with the class "moved".
    """
    return "".join(text for piece in pieces for text in _html(piece))


def _html(piece: Piece) -> Iterator[str]:
    if piece.kind == "same":
        # Blanks and the way accents are composed differ at most.
        yield escape(piece.after)
        return
    moved = ' class="moved" title="moved"' if piece.kind in ("left", "moved") else ""
    for one in piece.segments:
        tag = _TAGS.get(one.kind)
        yield f"<{tag}{moved}>{escape(one.text)}</{tag}>" if tag else escape(one.text)


def line_of(piece: Piece, mark: Callable[[Segment, Piece], str]) -> str:
    """Return one paragraph as a line, each of its segments as ``mark`` shows it; line breaks around it are no text."""
    if piece.kind == "same":
        return piece.after.strip("\n")
    told = (Segment(kind=one.kind, text=one.text.strip("\n")) for one in piece.segments)
    return "".join(mark(one, piece) for one in told if one.text)
