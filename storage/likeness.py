"""Says whether two readings tell the same story: the same words, or nearly so. Headlines alone are often boilerplate."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

from scrapers.items import Article, Attachment, Image
from storage.wording import plain

ALIKE = 0.8
"""The part of the words that two looks at one article share at least, with its relaunch between them."""
FEW = 40
"""With fewer words than this ("Xem tệp đính kèm"), it is the files that make an article."""


def alike(one: Article, other: Article) -> bool:
    """Say whether two pages tell the same: at least eight words in ten, and of short notices the same files."""
    here, there = _words(one), _words(other)
    most = max(here.total(), there.total())
    if not most:
        return bool(one.images) and _names(one.images) == _names(other.images)
    if most < FEW and _names(one.attachments) != _names(other.attachments):
        return False
    return (here & there).total() >= ALIKE * most


def _words(article: Article) -> Counter[str]:
    titles = [attachment.title for attachment in article.attachments]
    return Counter(plain(" ".join([article.lede, article.body_text, *titles])).casefold().split())


def _names(files: tuple[Image, ...] | tuple[Attachment, ...]) -> set[str]:
    """Return what files are called: a relaunch puts them into other folders."""
    return {urlsplit(file.url).path.rsplit("/", 1)[-1] for file in files}
