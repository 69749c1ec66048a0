"""What every answer says about itself, and the methods it is given to: the website is for reading only."""

from __future__ import annotations

import logging

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("bantin.web")

ALLOWED = ("GET", "HEAD")


class Guard:
    """Sits around the whole application, its error pages included."""

    def __init__(self, app: ASGIApp, *, insecure_images: bool) -> None:
        self._app = app
        self._headers = {
            "content-security-policy": policy(insecure_images=insecure_images),
            "x-content-type-options": "nosniff",
            "referrer-policy": "no-referrer",
            "x-frame-options": "DENY",
            "cross-origin-resource-policy": "same-origin",
            "cross-origin-opener-policy": "same-origin",
            "permissions-policy": "camera=(), geolocation=(), microphone=()",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        if scope["type"] != "http":
            return
        if scope["method"] not in ALLOWED:
            refusal = PlainTextResponse(
                "This website is for reading: GET and HEAD only.\n", status_code=405, headers={"allow": "GET, HEAD"}
            )
            await refusal(scope, receive, send_guarded)
            return
        try:
            await self._app(scope, receive, send_guarded)
        except Exception as error:
            # Starlette has sent its error page and raises again, for a traceback nobody asked for; that is for --debug.
            log.error("%s could not be shown: %s: %s", scope["path"], type(error).__name__, error)
            log.debug("traceback", exc_info=error)


def policy(*, insecure_images: bool) -> str:
    """Return the Content-Security-Policy: nothing runs, and nothing but pictures comes from elsewhere.

    Articles show the ministry's own pictures, so images may come from any https address, and from http ones when
    these pages are themselves served without TLS. The price: a reader's browser tells the ministry's server its
    address, though not (Referrer-Policy) what it reads.
    """
    images = "img-src 'self' https: http:" if insecure_images else "img-src 'self' https:"
    return (
        f"default-src 'none'; style-src 'self'; {images}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
