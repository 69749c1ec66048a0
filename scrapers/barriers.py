"""Pages that stand in front of the page asked for: a check for robots, a firewall, a login, a notice of maintenance.

They say little: marks and words count only on a page with hardly any text, for an article may well be about captchas.
"""

from __future__ import annotations

import html
import re

from scrapers.reading.composition import composed

_LARGEST = 120_000
"""Bytes. Larger pages are never barriers."""
_FEW_LINKS = 30
_SMALL = 8_000
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
_LIKELY: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("a login page", ('type="password"', "type='password'", "type=password", "vui lòng đăng nhập")),
    ("a login page", ("please log in", "please sign in")),
    ("a check for robots", ("captcha", "cf-turnstile", "just a moment", "checking your browser", "are human")),
    ("a check for robots", ("are a human", "kiểm tra trình duyệt", "không phải là robot", "bạn là con người")),
    ("a firewall's page", ("access denied", "request blocked", "web application firewall")),
    ("a firewall's page", ("truy cập bị từ chối", "truy cập bị chặn")),
    (
        "a notice of maintenance",
        ("đang bảo trì", "tạm bảo trì", "được bảo trì", "bảo trì hệ thống", "hệ thống bảo trì"),
    ),
    ("a notice of maintenance", ("đang nâng cấp", "tạm nâng cấp", "được nâng cấp", "nâng cấp hệ thống")),
    ("a notice of maintenance", ("under maintenance", "scheduled maintenance", "down for maintenance")),
    ("a notice of maintenance", ("wartungsarbeiten", "en maintenance")),
)
_OF_A_PAGE = (b"<html", b"<head", b"<body", b"<!doctype html")
_MARKS = (*_SURE, *((word.encode(), what) for what, words in _LIKELY for word in words))
_UNSEEN = re.compile(rb"<(script|style|noscript|template)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL)
_TAG = re.compile(rb"<[^<>]{0,2000}>")


def barrier(payload: bytes) -> str:
    """Return what stands in front of the page, as in "a login page", or "" when nothing does."""
    if len(payload) > _LARGEST or payload.count(b"<a ") > _FEW_LINKS:
        return ""
    lowered = payload.lower()
    if not any(tag in lowered for tag in _OF_A_PAGE):
        return ""  # a feed, or rows for a listing: what stands in front of a page is itself one
    if len(payload) <= _SMALL:
        # Written in capitals or entities, as it may be; worth the trouble on a small page only.
        lowered = composed(html.unescape(payload.decode("utf-8", "replace"))).lower().encode()
    found = next((what for mark, what in _MARKS if mark in lowered), "")
    return found if found and _is_little(lowered) else ""


def _is_little(page: bytes) -> bool:
    text = _TAG.sub(b" ", _UNSEEN.sub(b" ", page))
    return len(b" ".join(text.split())) < _LITTLE_TEXT
