"""Pages that stand in front of the page asked for: a check for robots, a firewall, a login, a notice of maintenance.

They say little: marks and words count only on a page with hardly any text, for an article may well be about captchas.
"""

from __future__ import annotations

import html
import re
import unicodedata

_LARGEST = 120_000
"""Bytes. Larger pages are never barriers."""
_LITTLE_TEXT = 1500
"""Bytes of text a reader sees on a page that only stands in the way; an article's page has more in its menus alone."""

_SURE: tuple[tuple[bytes, str], ...] = (
    (b"/cdn-cgi/challenge-platform/", "a check for robots (Cloudflare)"),
    (b"cf-browser-verification", "a check for robots (Cloudflare)"),
    (b"_cf_chl_opt", "a check for robots (Cloudflare)"),
    (b"_incapsula_resource", "a firewall's page (Incapsula)"),
    (b"incapsula incident id", "a firewall's page (Incapsula)"),
    (b"the requested url was rejected. please consult with your administrator", "a firewall's page (F5)"),
    (b"sucuri website firewall", "a firewall's page (Sucuri)"),
    (b"aws-waf-token", "a check for robots (AWS WAF)"),
    (b"awswafintegration", "a check for robots (AWS WAF)"),
    (b"ddos-guard", "a check for robots (DDoS-Guard)"),
    (b"d1n=", "a check for robots (D1N)"),
    (b"__test=", "a check for robots (testcookie)"),
)
_LIKELY: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), what)
    for pattern, what in (
        (r"type=.?password", "a login page"),
        (r"g-recaptcha|h-captcha|cf-turnstile|captcha", "a check for robots"),
        (r"just a moment|checking your browser|verify(ing)? (that )?you are (a )?human", "a check for robots"),
        (r"đang kiểm tra trình duyệt|xác minh bạn (không phải là robot|là con người)", "a check for robots"),
        (r"access denied|request blocked|web application firewall|truy cập bị (từ chối|chặn)", "a firewall's page"),
        (r"(đang|tạm) (được )?(bảo trì|nâng cấp)|bảo trì hệ thống|hệ thống bảo trì", "a notice of maintenance"),
        (r"(under|scheduled|down for) maintenance|wartungsarbeiten|en maintenance", "a notice of maintenance"),
        (r"vui lòng đăng nhập|please (log|sign) in", "a login page"),
    )
)
_UNSEEN = re.compile(rb"<(script|style|noscript|template)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL)
_TAG = re.compile(rb"<[^<>]{0,2000}>")


def barrier(payload: bytes) -> str:
    """Return what stands in front of the page, as in "a login page", or "" when nothing does."""
    if len(payload) > _LARGEST or b"<" not in payload[:2000]:
        return ""
    lowered = payload.lower()
    if not _is_little(lowered):
        return ""
    for mark, what in _SURE:
        if mark in lowered:
            return what
    text = unicodedata.normalize("NFC", html.unescape(lowered.decode("utf-8", "replace"))).lower()
    return next((what for pattern, what in _LIKELY if pattern.search(text)), "")


def _is_little(page: bytes) -> bool:
    text = _TAG.sub(b" ", _UNSEEN.sub(b" ", page))
    return len(b" ".join(text.split())) < _LITTLE_TEXT
