"""Links that repeat in structure, put together and cut apart into the lists of a page; for the finder of rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, takewhile

from scrapers.entrances.links import Link, stable
from scrapers.reading.tree import Element

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_MOST_DEPTH = 12
"""How often a group is cut apart before it is taken as it is."""


class Group:
    """Links of one list, and the smallest element around them all."""

    __slots__ = ("links", "region")

    def __init__(self, links: list[Link], region: Element) -> None:
        self.links = links
        self.region = region


def groups(found: list[Link]) -> Iterator[Group]:
    """Yield the lists of a page: links reached through the same tags, each region by itself, menus apart."""
    by_path: dict[tuple[int, bool], list[Link]] = {}
    for link in found:
        by_path.setdefault((link.path, link.aside), []).append(link)
    for links in by_path.values():
        chains = {id(link): _chain(link.element) for link in links}
        yield from _split(links, chains, 0)


def _chain(element: Element) -> list[Element]:
    """From the root down to the element."""
    return [*reversed(list(element.iterancestors())), element]


def _split(links: list[Link], chains: dict[int, list[Element]], depth: int) -> Iterator[Group]:
    """A menu and a list under one roof are two groups; the rows of a grid, or single rows, are one."""
    if len(links) == 1:
        yield Group(links, chains[id(links[0])][-2] if len(chains[id(links[0])]) > 1 else links[0].element)
        return
    level = _common([chains[id(link)] for link in links])
    region = chains[id(links[0])][level - 1]
    under: dict[Element, list[Link]] = {}
    for link in links:
        chain = chains[id(link)]
        under.setdefault(chain[min(level, len(chain) - 1)], []).append(link)
    parts = _parts(under)
    if len(parts) == 1 or depth >= _MOST_DEPTH:
        yield Group(links, region)
        return
    for part in parts:
        yield from _split(part, chains, depth + 1)


def _parts(under: dict[Element, list[Link]]) -> list[list[Link]]:
    """Children with several links stay together when they are of a kind; children with one are rows."""
    kinds: dict[tuple[str, str], list[Link]] = {}
    single: list[Link] = []
    several = {(str(child.tag), stable(child)) for child, links in under.items() if len(links) > 1}
    for child, links in under.items():
        kind = (str(child.tag), stable(child))
        if kind in several:
            kinds.setdefault(kind, []).extend(links)
        else:
            single.extend(links)
    return [*kinds.values(), *([single] if single else [])]


def _common(chains: list[list[Element]]) -> int:
    level = 0
    for elements in zip(*chains, strict=False):
        if any(element is not elements[0] for element in elements):
            break
        level += 1
    return max(1, min(level, min(map(len, chains)) - 1))


def containers(group: Group, dated: Callable[[Element], bool]) -> dict[int, tuple[Element, ...]]:
    """Return for each link, by its order, the elements that hold its row and no other row's link.

    Where rows have no element of their own (dt and dd, heading and paragraph), the siblings between them belong to
    the row before or after, which ``dated`` tells: every row has its date on the same side.
    """
    if len(group.links) == 1:
        return {group.links[0].order: (_alone(group.links[0].element),)}
    chains = {link.order: _chain(link.element) for link in group.links}
    # A picture's link and a title's link to one page are of one row.
    around: dict[str, set[Element]] = {}
    for link in group.links:
        around.setdefault(link.href, set()).update(chains[link.order])
    held = Counter(element for elements in around.values() for element in elements)
    tops = {
        order: next((element for element in chain if held[element] == 1), chain[-1]) for order, chain in chains.items()
    }
    rows: dict[Element | None, list[Element]] = {}
    for top in dict.fromkeys(tops.values()):
        rows.setdefault(top.getparent(), []).append(top)
    gaps = {
        top: gap
        for parent, each in rows.items()
        if parent is not None and len(each) > 1
        for top, gap in _gaps(each, dated)
    }
    return {order: (top, *gaps.get(top, ())) for order, top in tops.items()}


def _gaps(rows: list[Element], dated: Callable[[Element], bool]) -> Iterator[tuple[Element, list[Element]]]:
    """Each row, and the siblings without a row of their own that belong to it."""
    starts = set(rows)
    after = {row: _until(row.itersiblings(), starts) for row in rows}
    if not any(after[row] for row in rows[:-1]):
        return
    before = {row: _until(row.itersiblings(preceding=True), starts) for row in rows}
    leading, trailing = any(map(dated, before[rows[0]][:2])), any(map(dated, after[rows[-1]][:2]))
    if leading == trailing:
        # No telling: a definition follows its term, a paragraph its heading, and nothing else is sure.
        leading, trailing = rows[0].tag == "dd", rows[0].tag in _HEADINGS
    if leading or trailing:
        yield from (before if leading else after).items()


def _until(siblings: Iterable[Element], starts: set[Element]) -> list[Element]:
    return list(islice(takewhile(lambda sibling: sibling not in starts, siblings), 5))


def _alone(link: Element) -> Element:
    """The element around a single link, its picture's and its section's, but around no other story."""
    top = link
    for depth, ancestor in enumerate(link.iterancestors()):
        if depth > 5 or ancestor.tag in ("body", "main") or sum(1 for _ in ancestor.iter("a")) > 4:
            break
        top = ancestor
        if ancestor.tag in ("article", "li", "tr"):
            break
    return top
