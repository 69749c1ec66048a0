"""Takes out of an address what only names a visitor's session: it is another one at each look, the page is the same."""

from __future__ import annotations

import re

_VALUE = r"[^;/?#&]*"
_NAME = r"(?:(?:php|j|asp|asp\.net_)?sess(?:ion)?_?id|aspsessionid\w*|oscsid|zenid|cfid|cftoken|s_?id(?!=\d{1,9}(?:[;/?#&]|$)))"
"""A short number is no session: old systems count their stories by "sid"."""
_MATRIX = re.compile(rf";{_NAME}={_VALUE}", re.IGNORECASE)
_SEGMENT = re.compile(rf"/(?:\([a-z0-9]{{24}}\)|\((?:[A-Z]\([^()/]*\))+\)|{_NAME}={_VALUE})(?=[/?#]|$)", re.IGNORECASE)
"""ASP.NET without cookies writes "/(S(lit3py55t21z5v55vlm25s55))/", others "/sid=4711/"."""
_PARAMETER = re.compile(rf"(?<=[?&]){_NAME}=[^&#;]*(?:&|$|(?=#))", re.IGNORECASE)
_LEFT_OVER = re.compile(r"[?&]+(?=#|$)")
_SIGNS = re.compile(r"sess|sid|\(|zenid|cf", re.IGNORECASE)


def sessionless(url: str) -> str:
    """Return an address without session ids in its path, its matrix parameters and its query."""
    if not _SIGNS.search(url):
        return url
    bare = _PARAMETER.sub("", _SEGMENT.sub("", _MATRIX.sub("", url)))
    return url if bare == url else _LEFT_OVER.sub("", bare)
