"""What can be wrong with a page, said to people: for whoever asks a page to be read."""

from __future__ import annotations


class Unreadable(Exception):  # noqa: N818 - it names the page's state
    """A page that holds no article and no listing we could read."""

    def __init__(self, url: str, message: str) -> None:
        super().__init__(f"{url or 'page without address'}: {message}")
        self.url = url
        self.message = message


class LayoutChanged(Exception):  # noqa: N818 - it names what happened to the website
    """A page of a known website on which a selector that must match no longer does."""

    def __init__(self, url: str, selector: str, message: str = "") -> None:
        self.message = message or "nothing matches; if the page shows entries in a browser, the website was rebuilt"
        super().__init__(f"{url or 'page without address'}: {selector}: {self.message}")
        self.url = url
        self.selector = selector
