"""A story's blocks as the HTML an editor of OneCMS would have left behind."""

from __future__ import annotations

import re
from collections.abc import Callable

from markupsafe import Markup, escape

from demo.texts import Story

_PICTURE = re.compile(r"!\[(?P<name>[^\]]+)\] (?P<caption>.+)")
_PAPER = re.compile(r"\[pdf:(?P<name>[^\]]+)\] (?P<title>.+)")
_CREDIT = re.compile(r"\s*\((?:Ảnh|Nguồn): [^)]+\)$")
_AD = Markup(
    '<div class="c-box"><div class="oneads" id="zone-40"><script>var ad = "@@NOISE@@";</script>'
    "<p>Quảng cáo</p></div></div>"
)


def pictures(story: Story) -> list[tuple[str, str]]:
    """(file name, caption) of a story's pictures, in order."""
    found = (_PICTURE.fullmatch(block) for block in blocks(story))
    return [(match["name"], match["caption"]) for match in found if match]


def papers(story: Story) -> list[tuple[str, str]]:
    """(file name, title) of the papers attached to a story, in order."""
    return [(match["name"], match["title"]) for match in _PAPER.finditer(story.text)]


def blocks(story: Story) -> list[str]:
    return [block.strip() for block in story.text.split("\n\n")]


def body(story: Story, *, site: str, link: Callable[[str], str]) -> Markup:
    """Return the body of ``story`` in its template's markup; ``link`` finds the address of a headline."""
    parts: list[Markup] = []
    photos = 0
    for place, block in enumerate(blocks(story)):
        if place == 2:
            parts.append(_AD)
        if match := _PICTURE.fullmatch(block):
            source = f"{site}/images/{story.day}/{match['name']}"
            parts.append(_photo(story, source, match["name"], match["caption"], photos))
            photos += 1
        else:
            parts.append(_block(story, block, site=site, link=link))
    parts.append(Markup('<div class="sc-empty-layer"></div>'))
    return Markup("\n").join(parts)


def _block(story: Story, block: str, *, site: str, link: Callable[[str], str]) -> Markup:
    if block.startswith("|"):
        return _table(block)
    if block.startswith("[pdf:"):
        return Markup("\n").join(_paper(match, f"{site}/files/{story.day}/") for match in _PAPER.finditer(block))
    if block.startswith(">> "):
        return Markup('<p><a href="{}"><b>&gt;&gt; {}</b></a></p>').format(link(block[3:]), block[3:])
    if block.startswith("> "):
        return _box(story, block[2:])
    if block.startswith("## "):
        heading = '<p><strong class="d-inline">{}</strong></p>' if story.template == "A" else "<h3>{}</h3>"
        return Markup(heading).format(block[3:])
    return _paragraph(story, block)


def _paragraph(story: Story, text: str) -> Markup:
    return Markup('<p class="align-justify">{}</p>' if story.template == "B" else "<p>{}</p>").format(text)


def _box(story: Story, text: str) -> Markup:
    if story.template == "A":
        return Markup("<blockquote><p>{}</p></blockquote>").format(text)
    return Markup('<div class="sc-hightlight-box block-sc-hightlight-box"><p>{}</p></div>').format(text)


def _table(block: str) -> Markup:
    rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in block.splitlines()]
    head, *rest = [Markup("").join(Markup("<td>{}</td>").format(cell) for cell in row) for row in rows]
    lines = Markup("").join(Markup("<tr>{}</tr>").format(row) for row in rest)
    return Markup('<table border="1"><tbody><tr>{}</tr>{}</tbody></table>').format(
        Markup(head.replace("td>", "th>")), lines
    )


def _paper(match: re.Match[str], folder: str) -> Markup:
    return Markup('<p><a href="{}{}" target="_blank">{}</a></p>').format(folder, match["name"], match["title"])


def _photo(story: Story, source: str, name: str, caption: str, place: int) -> Markup:
    """OneCMS pages hold photos in several shapes, often several in one page."""
    if story.template == "B":
        shape = (
            '<figure><img src="{source}" alt="{plain}">'
            '<figcaption class="align-center"><i>{caption}</i></figcaption></figure>'
        )
    else:
        shape = _SHAPES[place % len(_SHAPES)]
    plain = _CREDIT.sub("", caption) if story.template == "B" else name
    return Markup(shape).format(source=source, plain=plain, caption=caption)


_SHAPES = (
    (
        '<figure class="expNoEdit"><img src="/assets/images/grey.gif" data-src="{source}" class="lazy" alt="{plain}">'
        '<figcaption class="expEdit">{caption}</figcaption></figure>'
    ),
    (
        '<table class="picBox"><tbody><tr><td><img src="{source}" alt="{plain}"></td></tr>'
        "<tr><td>{caption}</td></tr></tbody></table>"
    ),
    '<p class="align-center"><img src="{source}" alt="{plain}"></p><p class="align-center"><em>{caption}</em></p>',
)


def entities(text: str) -> Markup:
    """Escape ``text`` as the CMS does in its head: every letter outside ASCII as a number."""
    safe = str(escape(text))
    return Markup("".join(letter if letter.isascii() else f"&#{ord(letter)};" for letter in safe))
