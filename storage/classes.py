"""What kind of edit made one wording into the next: classes, each with what became what and why it is told so.

Pure and bounded: ``classify`` looks at two articles and at nothing else, and takes less than a second for any of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import Literal, get_args

from scrapers.items import Article, Attachment, Image, Record
from storage.counters import lasting
from storage.diffs import Effort, Piece, compare, compare_words
from storage.obligations import language_of
from storage.spots import Found, spots, told
from storage.wording import edited_fields, file_of, links_of, plain

Class = Literal[
    "obligation", "money", "number", "date", "name", "headline", "paragraph-removed", "paragraph-added", "attachment", "image",
    "rewording", "paragraph-moved", "link", "typo", "white-space", "silent",
]  # fmt: skip
CLASSES: tuple[Class, ...] = get_args(Class)
"""The weightiest first."""
MEANINGS: dict[Class, str] = {
    "obligation": "negation or obligation",
    "money": "amount of money or percentage",
    "number": "number",
    "date": "date",
    "name": "name",
    "headline": "headline rewritten",
    "paragraph-removed": "paragraph removed",
    "paragraph-added": "paragraph added",
    "attachment": "attachment swapped, added or removed",
    "image": "image swapped, added or removed",
    "rewording": "other wording",
    "paragraph-moved": "paragraph moved",
    "link": "link",
    "typo": "typo or accents",
    "white-space": "white space or boilerplate",
    "silent": "silent: no mark says that anything was changed",
}

MOST = 100
"""Edits that are told of one pair of wordings; the lightest are left out."""
_LOOKED_AT = 300
"""Paragraphs of one field that are looked at one by one."""
_LONGEST = 500
_GALLERY = 3
"""Pictures without captions from which on a set that is replaced as a whole is a changing decoration."""


class Edit(Record, frozen=True, kw_only=True):
    """One thing that is another between two wordings."""

    kind: Class
    field: str
    """Article's field in which it stands."""
    before: str
    after: str
    why: str
    """A sentence for people."""


def classify(before: Article, after: Article) -> tuple[Edit, ...]:
    """Return what was edited, the weightiest first; nothing when a reader sees no difference.

    Of one class and field each place is told, in the order of the text.
    """
    fields = edited_fields(before, after)
    if not fields:
        return ()
    found = list(_edits(before, after, fields)) or [_unnamed(fields)]
    if any(edit.kind != "white-space" for edit in found) and (reason := _silence(before, after)):
        found.append(reason)
    return tuple(sorted(dict.fromkeys(found), key=lambda edit: CLASSES.index(edit.kind))[:MOST])


def classes(edits: Iterable[Edit]) -> tuple[Class, ...]:
    """Return the classes of some edits, each once, in their order."""
    return tuple(dict.fromkeys(edit.kind for edit in edits))


def is_noise(edits: Sequence[Edit]) -> bool:
    """Whether nobody needs to be told: spacing, punctuation, boilerplate and no more."""
    return bool(edits) and all(edit.kind == "white-space" for edit in edits)


def _unnamed(fields: Sequence[str]) -> Edit:
    return Edit(
        kind="rewording", field=fields[0], before="", after="", why=f"Something differs in {', '.join(fields)}."
    )


def _edits(before: Article, after: Article, fields: Sequence[str]) -> Iterator[Edit]:
    effort = Effort()
    language = language_of(f"{after.headline} {after.body_text[:1000]}", after.language)
    for field in fields:
        if field == "headline":
            yield from _headline(before.headline, after.headline, language, effort)
        elif field in ("kicker", "section", "lede", "origin"):
            yield from _text(field, getattr(before, field), getattr(after, field), language, effort)
        elif field == "body_text":
            yield from _text(field, lasting(before.body_text), lasting(after.body_text), language, effort)
        elif field == "published":
            yield _published(before, after)
        elif field == "authors":
            yield from _set("name", field, before.authors, after.authors, "author")
        elif field == "tags":
            yield from _set("rewording", field, before.tags, after.tags, "tag")
        elif field == "images":
            yield from _images(before, after, alone=set(fields) <= {"images", "body_html"})
        elif field == "attachments":
            yield from _attachments(before.attachments, after.attachments)
        elif field == "body_html":
            yield from _markup(before, after, pictures="images" in fields, language=language, effort=effort)


def _headline(before: str, after: str, language: str, effort: Effort) -> Iterator[Edit]:
    inner = list(_text("headline", before, after, language, effort))
    slight = {"typo", "white-space"}
    if any(edit.kind not in slight for edit in inner):
        yield Edit(kind="headline", field="headline", before=before, after=after, why="The headline is another.")
    yield from (edit for edit in inner if edit.kind != "rewording")


def _text(field: str, before: str, after: str, language: str, effort: Effort) -> Iterator[Edit]:
    if field not in ("body_text", "body_html"):
        yield from (_edit(field, one) for one in spots(compare_words(before, after, effort), language))
        return
    pieces = [piece for piece in compare(before, after, effort) if piece.kind not in ("same", "left")]
    if len(pieces) > _LOOKED_AT:
        why = f"{len(pieces)} paragraphs are others; those behind the first {_LOOKED_AT} were not looked at one by one."
        yield Edit(kind="rewording", field=field, before="", after="", why=why)
    for piece in pieces[:_LOOKED_AT]:
        if piece.kind == "changed":
            yield from (_edit(field, one) for one in spots(piece.segments, language))
        else:
            yield _paragraph(field, piece)


def _edit(field: str, found: Found) -> Edit:
    kind: Class = next(one for one in CLASSES if one == found.kind)
    return Edit(kind=kind, field=field, before=found.before, after=found.after, why=found.why)


def _paragraph(field: str, piece: Piece) -> Edit:
    before, after = _cut(piece.before), _cut(piece.after)
    if piece.kind == "gone":
        return Edit(kind="paragraph-removed", field=field, before=before, after="", why="A paragraph is gone.")
    if piece.kind == "come":
        return Edit(kind="paragraph-added", field=field, before="", after=after, why="A paragraph is new.")
    return Edit(
        kind="paragraph-moved",
        field=field,
        before=after,
        after=after,
        why="A paragraph stands elsewhere, with the same words.",
    )


def _published(before: Article, after: Article) -> Edit:
    old = before.published.iso if before.published else ""
    new = after.published.iso if after.published else ""
    return Edit(kind="date", field="published", before=old, after=new, why=f"The published date {told(old, new)}.")


def _set(kind: Class, field: str, before: Sequence[str], after: Sequence[str], what: str) -> Iterator[Edit]:
    gone = [one for one in before if plain(one) not in map(plain, after)]
    come = [one for one in after if plain(one) not in map(plain, before)]
    if not gone and not come:
        yield Edit(
            kind="white-space",
            field=field,
            before="; ".join(before),
            after="; ".join(after),
            why=f"The {what}s are in another order.",
        )
        return
    old, new = _cut("; ".join(gone)), _cut("; ".join(come))
    yield Edit(kind=kind, field=field, before=old, after=new, why=f"The {what} {told(old, new)}.")


def _images(before: Article, after: Article, *, alone: bool) -> Iterator[Edit]:
    old, new = _by_file(before.images), _by_file(after.images)
    for name in [name for name in old if name in new]:
        one, other = old[name], new[name]
        if (plain(one.caption), plain(one.credit)) != (plain(other.caption), plain(other.credit)):
            told_before, told_after = f"{one.caption} {one.credit}".strip(), f"{other.caption} {other.credit}".strip()
            why = f"A picture’s caption {told(told_before, told_after)}."
            yield Edit(kind="image", field="images", before=told_before, after=told_after, why=why)
    gone = [image for name, image in old.items() if name not in new]
    come = [image for name, image in new.items() if name not in old]
    if alone and _is_decoration(before.images, after.images, kept=len(old) - len(gone)):
        why = f"{len(gone)} pictures without captions were replaced by others, all at once: a changing decoration."
        yield Edit(kind="white-space", field="images", before=_urls(gone), after=_urls(come), why=why)
        return
    yield from _swaps("image", "images", "picture", [one.url for one in gone], [one.url for one in come])


def _by_file(images: Sequence[Image]) -> dict[str, Image]:
    return {file_of(image.url): image for image in images}


def _urls(images: Sequence[Image]) -> str:
    return _cut(" ".join(image.url for image in images))


def _is_decoration(before: Sequence[Image], after: Sequence[Image], *, kept: int) -> bool:
    bare = not any(image.caption or image.credit for image in (*before, *after))
    return bare and not kept and len(before) == len(after) >= _GALLERY


def _swaps(kind: Class, field: str, what: str, gone: Sequence[str], come: Sequence[str]) -> Iterator[Edit]:
    """Tell one that went and one that came as swapped, as many as there are of both."""
    for number in range(max(len(gone), len(come))):
        old = gone[number] if number < len(gone) else ""
        new = come[number] if number < len(come) else ""
        done = "was swapped" if old and new else "was removed" if old else "was added"
        yield Edit(kind=kind, field=field, before=old, after=new, why=f"A {what} {done}.")


def _attachments(before: Sequence[Attachment], after: Sequence[Attachment]) -> Iterator[Edit]:
    old, new = {file_of(one.url): one for one in before}, {file_of(one.url): one for one in after}
    for name in [name for name in old if name in new]:
        one, other = old[name], new[name]
        if one.sha256 and other.sha256 and one.sha256 != other.sha256:
            why = f"The file at {other.url} is another, under the same address."
            yield Edit(kind="attachment", field="attachments", before=one.sha256, after=other.sha256, why=why)
        if plain(one.title) != plain(other.title):
            why = f"The title of a file {told(one.title, other.title)}."
            yield Edit(kind="attachment", field="attachments", before=one.title, after=other.title, why=why)
    gone = [one.url for name, one in old.items() if name not in new]
    come = [one.url for name, one in new.items() if name not in old]
    yield from _swaps("attachment", "attachments", "file", gone, come)
    if not gone and not come and list(old) != list(new):
        yield Edit(kind="white-space", field="attachments", before="", after="", why="The files are in another order.")


_BREAK = re.compile(
    r"</?(?:p|div|li|ul|ol|td|tr|table|h\d|br|blockquote|figure|figcaption|dd|dt)\b[^<>]*>", re.IGNORECASE
)
_TAG = re.compile(r"<[^<>]*>")


def _markup(before: Article, after: Article, *, pictures: bool, language: str, effort: Effort) -> Iterator[Edit]:
    """Tell what differs though the paragraphs' words are the same: links, and text that stands in no paragraph."""
    old, new = links_of(before.body_html), links_of(after.body_html)
    gone, come = list((Counter(old) - Counter(new)).elements()), list((Counter(new) - Counter(old)).elements())
    yield from _swaps("link", "body_html", "link", gone, come)
    if not gone and not come and old != new:
        yield Edit(kind="link", field="body_html", before="", after="", why="The links are in another order.")
    words, others = _words_of(before.body_html), _words_of(after.body_html)
    beyond = list(_text("body_html", words, others, language, effort)) if words != others else []
    yield from beyond
    if not (gone or come or beyond or pictures or old != new):
        why = "A picture or a video in the text is another."
        yield Edit(kind="image", field="body_html", before="", after="", why=why)


def _words_of(html: str) -> str:
    return "\n".join(
        line for line in (plain(unescape(one)) for one in _TAG.sub("", _BREAK.sub("\n", html)).split("\n")) if line
    )


# Words by which a page says itself that it was changed, where such words stand: at the head of a line or in brackets.
_MARK = re.compile(
    r"(?:^\W*|[(\[]\s*)(?:đã |được |bản |tin |bài viết )?(?:cập nhật|đính chính|hiệu chỉnh|hiệu đính|bổ sung thông tin|sửa lỗi|(?:last )?updated?|update|"
    r"last modified|corrections?|corrected|clarification|erratum|corrigendum|editor['’]s note|revised|amended|mise à jour|mis à jour|correctif|rectificatif|erratum|"
    r"aktualisiert|korrigiert|korrektur|berichtigt|berichtigung|zuletzt geändert|actualizado|actualización|corregido|corrección|fe de erratas)(?!\w)",
    re.IGNORECASE,
)


def _silence(before: Article, after: Article) -> Edit | None:
    """Return that nothing on the page tells of the edit, None when something does."""
    old, new = before.modified, after.modified
    if new is not None and (old is None or old.at != new.at):
        return None
    if _new_marks(before, after):
        return None
    if new is not None:
        why = f"The page still says it was last changed {new.printed or new.iso}, and no word of an update or a correction came."
    else:
        why = "The page states no time of change, and no word of an update or a correction came."
    stamp = new.iso if new else ""
    return Edit(kind="silent", field="modified", before=stamp, after=stamp, why=why)


def _new_marks(before: Article, after: Article) -> bool:
    """Whether a line that says so came with the edit."""
    known = set(_lines(before))
    new = [line for line in dict.fromkeys(_lines(after)) if line and line not in known]
    return any(_MARK.search(line[:_LONGEST]) for line in new[: 2 * _LOOKED_AT])


def _lines(article: Article) -> list[str]:
    return [article.headline, article.kicker, *article.lede.splitlines(), *article.body_text.splitlines()]


def _cut(text: str) -> str:
    text = plain(text)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
