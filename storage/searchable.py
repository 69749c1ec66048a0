"""The columns of an article that are made for search: what stands beside its text, and the tokens of the index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import unquote, urlsplit

from storage.tokens import exact


def searchable(
    texts: Sequence[str],
    *,
    kicker: str,
    section: str,
    authors: Iterable[str],
    tags: Iterable[str],
    files: Iterable[tuple[str, str]],
    captions: Iterable[str],
    documents: Iterable[str],
) -> dict[str, str]:
    """Return ``search_extra`` and ``search_exact`` of an article; ``files`` are (title, address), ``texts`` the rest.

    Whoever has more to be found with an article (the words in its files) puts it among the titles of its files.
    """
    beside = [kicker, *authors, *tags]
    for title, url in files:
        beside += (title, file_name(url))
    told = "\n".join(dict.fromkeys(text for text in (*beside, *captions) if text))
    plain, tokens = exact((*texts, told), section=section, documents=documents)
    return {"search_extra": "\n".join(part for part in (told, plain) if part), "search_exact": tokens}


def file_name(url: str) -> str:
    """Return the name of a file as its address gives it, readable; "" when it gives none."""
    try:
        name = unquote(urlsplit(url).path.rsplit("/", 1)[-1])
    except ValueError:
        return ""
    return name if "." in name else ""
