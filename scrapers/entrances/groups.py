"""Links that repeat in structure, put together and cut apart into the lists of a page; for the finder of rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scrapers.entrances.links import Link, stable
from scrapers.reading.tree import Element

_MOST_DEPTH = 12
"""How often a group is cut apart before it is taken as it is."""


class Group:
    """Links of one list, and the smallest element around them all."""

    __slots__ = ("links", "region")

    def __init__(self, links: list[Link], region: Element) -> None:
        self.links = links
        self.region = region


def groups(found: list[Link]) -> Iterator[Group]:
    """Yield the lists of a page: links reached through the same tags, each region by itself."""
    by_path: dict[int, list[Link]] = {}
    for link in found:
        by_path.setdefault(link.path, []).append(link)
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


def containers(group: Group) -> dict[int, tuple[Element, ...]]:
    """Return for each link, by its order, the elements that hold its row and no other row's link.

    Where rows have no element of their own (dt and dd, heading and paragraph), the siblings up to the next row belong
    to it.
    """
    if len(group.links) == 1:
        return {group.links[0].order: (_alone(group.links[0].element),)}
    held: Counter[Element] = Counter()
    chains = {link.order: _chain(link.element) for link in group.links}
    for link in group.links:
        held.update(chains[link.order])
    tops = {
        order: next((element for element in chain if held[element] == 1), chain[-1]) for order, chain in chains.items()
    }
    starts = set(tops.values())
    return {order: (top, *_following(top, starts)) for order, top in tops.items()}


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


def _following(top: Element, starts: set[Element]) -> list[Element]:
    parent = top.getparent()
    if parent is None or sum(1 for child in parent if child in starts) < 2:
        return []
    following: list[Element] = []
    for sibling in top.itersiblings():
        if sibling in starts or len(following) > 5:
            break
        following.append(sibling)
    return following
