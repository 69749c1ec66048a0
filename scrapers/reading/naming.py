"""Names places of a page by selectors that hold on the next page of the same website: for those who learn templates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scrapers.reading.page import Page
from scrapers.reading.tree import Element

_PLAIN = re.compile(r"^-?[A-Za-z_][\w-]*$")
_WORDS = re.compile(r"[-_]+")
_SERIAL = re.compile(r"\d{3,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){2}", re.I)
_HASHED = re.compile(r"^(?:jsx|css|sc|emotion|styled|makeStyles|jss|e|tw|svelte|astro|v)-?(?=.*\d)[0-9a-z]{3,}$", re.I)
_GENERATED = re.compile(
    r"^(?:elementor-(?:element|repeater|section)|fl-node|vc_custom|et_pb_\w+_\d|brxe|ember\d|yui_|ext-gen)"
)
_ARRANGING = re.compile(
    r"^(?:(?:col|row|container|wrapper|inner|outer|clearfix|clear|block|grid|flex|float|pull|left|right|full|half|large|small|medium|"
    r"active|odd|even|first|last|show|hide|fade|box|section|region|panel|pane|cell|span\d*|d|w|h|m[tblrxy]?|p[tblrxy]?|g|gx|gy|text|bg|border|"
    r"rounded|font|order|offset|align|justify|items|position|js|no|is|has|[sml]\d+|md|lg|xs|sm|xl)(?:-|$)|\d)",
    re.I,
)
_OWN = ("article", "main")
_HIGHEST = 4
"""So many steps above an element an ancestor's name may stand for it."""
_MOST_CLASSES = 6


def selectors(page: Page, element: Element) -> list[str]:
    """Return the selectors that find ``element`` first of all on its page, the most telling first."""
    seen = dict.fromkeys(_names(element))
    for ways in _below_ancestors(element):
        seen.update(dict.fromkeys(ways))
    return [css for css in seen if next(page.select(css), None) is element]


def _names(element: Element) -> Iterator[str]:
    """What the element may be called by itself."""
    tag = str(element.tag)
    identity = (element.get("id") or "").strip()
    if identity and (named := _identified(identity)):
        yield f"{tag}{named}"
    for name in ("itemprop", "role", "property"):
        value = (element.get(name) or "").strip()
        if _PLAIN.match(value.replace(":", "-")):
            yield f'{tag}[{name}="{value}"]'
    classes = [one for one in (element.get("class") or "").split() if is_lasting(one)][:_MOST_CLASSES]
    yield from (f"{tag}.{one}" for one in classes if not _ARRANGING.match(one))
    if tag in _OWN:
        yield tag
    yield from (f"{tag}.{one}" for one in classes if _ARRANGING.match(one))


def _identified(identity: str) -> str:
    """ "#id", or what of it is the same on every page: "[id^=post-]" for "post-12345"; "" when nothing is."""
    serial = _SERIAL.search(identity)
    if serial:
        start = identity[: serial.start()]
        return f'[id^="{start}"]' if len(start) >= 4 and _PLAIN.match(start) and is_lasting(start) else ""
    return f"#{identity}" if _PLAIN.match(identity) and is_lasting(identity) else ""


def is_lasting(name: str) -> bool:
    """Whether a class or id was written by people, and not made anew for each page or each edition of the website."""
    if not _PLAIN.match(name) or _GENERATED.match(name) or _HASHED.match(name) or _SERIAL.search(name):
        return False
    return not any(_is_hash(word) for word in _WORDS.split(name))


def _is_hash(word: str) -> bool:
    """Letters and digits in turn, as "3fX2a", or large and small ones, as "dNnhFe", make no word."""
    turns = len(re.findall(r"\d(?=[A-Za-z])|[A-Za-z](?=\d)", word))
    humps = len(re.findall(r"[A-Z]+", word[1:])) + 1
    if len(word) >= 4 and (turns >= 2 or (len(word) >= 5 and turns and word[0].isdigit())):
        return True
    return len(word) >= 5 and humps > 1 and len(word) < 3 * humps


def _below_ancestors(element: Element) -> Iterator[list[str]]:
    """Ways to say where the element stands below an ancestor that has a name."""
    steps: list[list[str]] = [_steps(element)]
    for ancestor in list(element.iterancestors())[:_HIGHEST]:
        names = list(_names(ancestor))[:3]
        paths = _paths(steps)
        yield [f"{name} > {path}" for name in names for path in paths]
        if ancestor.tag == "body":
            return
        steps.insert(0, _steps(ancestor)[:1])


def _steps(element: Element) -> list[str]:
    tag = str(element.tag)
    parent = element.getparent()
    alike = [one for one in parent if one.tag == tag] if parent is not None else []
    numbered = [f"{tag}:nth-of-type({alike.index(element) + 1})"] if len(alike) > 1 else []
    return [*list(_names(element))[:2], tag, *numbered]


def _paths(steps: list[list[str]]) -> list[str]:
    *above, last = steps
    begin = " > ".join(step[0] for step in above)
    return [f"{begin} > {one}" if begin else one for one in last]
