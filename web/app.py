"""The website: the feeds as files, and readable pages made from the archive on request; it never writes anything."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import anyio
from anyio import to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from storage.database import ArchiveError
from web.desk import Desk, reading
from web.files import Files
from web.headers import Guard
from web.pages import Pages
from web.rendering import Renderer
from web.replies import document, reply
from web.shelf import Shelf

log = logging.getLogger("bantin.web")

HTML = "text/html; charset=utf-8"
PATIENCE = 8.0
"""Seconds a page may take before the reader is told to come back."""
AT_ONCE = 8
"""Pages made at the same time; more wait for their turn."""

Make = Callable[[Desk], str | None]


def create_app(*, db_path: Path, public: Path, base_url: str, title: str, now: Callable[[], datetime]) -> Starlette:
    """Return the website over an archive and its published files, neither of which needs to be there yet."""
    website = _Website(db_path=db_path, public=public, base_url=base_url, title=title, now=now)
    app = _Guarded(routes=website.routes(), exception_handlers={404: website.not_found, 500: website.broken})
    app.guard = functools.partial(Guard, insecure_images=not base_url.startswith("https:"))
    # A redirect would repeat the Host header, which a stranger may have made up.
    app.router.redirect_slashes = False
    return app


class _Guarded(Starlette):
    """Starlette puts its own last resort around all middleware; our headers must be on that answer too."""

    guard: Callable[[ASGIApp], ASGIApp]

    def build_middleware_stack(self) -> ASGIApp:
        return self.guard(super().build_middleware_stack())


class _Website:
    def __init__(self, *, db_path: Path, public: Path, base_url: str, title: str, now: Callable[[], datetime]) -> None:
        self._db_path, self._title, self._now = db_path, title, now
        self._files, self._shelf = Files(public, now=now), Shelf()
        self._render = Renderer(base_url=base_url, title=title)
        self._pages = Pages(self._render, base_url=base_url)
        self._limit: anyio.CapacityLimiter | None = None

    def routes(self) -> list[Route]:
        pages = {
            "/": self.home,
            "/sources": self.sources,
            "/sources/{slug}": self.source,
            "/articles/{number}": self.article,
            "/articles/{number}/{version:int}": self.version,
            "/documents/{number:path}": self.document,
            "/search": self.search,
            "/feeds": self.feeds,
            "/feeds/": self.feeds,
            "/feeds/{slug}.html": self.twin,
            "/feeds/{path:path}": self.file,
            "/static/{name}": self.static,
        }
        return [Route(path, endpoint, methods=["GET"]) for path, endpoint in pages.items()]

    # -- feeds and files --------------------------------------------------------------------------------------------

    async def file(self, request: Request) -> Response:
        path = f"feeds/{request.path_params['path']}"
        found = self._files.fresh(path) or await to_thread.run_sync(self._files.find, path)
        if found is None:
            return PlainTextResponse("There is no such feed.\n", status_code=404)
        return reply(found, request.headers)

    async def static(self, request: Request) -> Response:
        found = self._render.static.get(request.path_params["name"])
        if found is None:
            raise HTTPException(404)
        return reply(found, request.headers)

    # -- pages ------------------------------------------------------------------------------------------------------

    async def home(self, request: Request) -> Response:
        before = request.query_params.get("before", "")
        number = int(before) if before.isascii() and before.isdigit() and len(before) < 16 else None
        return await self._page(request, lambda desk: self._pages.home(desk, before=number))

    async def feeds(self, request: Request) -> Response:
        return await self._page(request, self._pages.feeds)

    async def twin(self, request: Request) -> Response:
        return await self._page(request, lambda desk: self._pages.twin(desk, request.path_params["slug"]))

    async def article(self, request: Request) -> Response:
        return await self._page(request, lambda desk: self._pages.article(desk, request.path_params["number"]))

    async def version(self, request: Request) -> Response:
        number, version = request.path_params["number"], request.path_params["version"]
        return await self._page(request, lambda desk: self._pages.version(desk, number, version))

    async def document(self, request: Request) -> Response:
        return await self._page(request, lambda desk: self._pages.document(desk, request.path_params["number"]))

    async def sources(self, request: Request) -> Response:
        return await self._page(request, self._pages.sources)

    async def source(self, request: Request) -> Response:
        return await self._page(request, lambda desk: self._pages.source(desk, request.path_params["slug"]))

    async def search(self, request: Request) -> Response:
        words, ranked = request.query_params.get("q", ""), request.query_params.get("by") == "rank"
        return await self._page(request, lambda desk: self._pages.search(desk, words, ranked=ranked))

    async def _page(self, request: Request, make: Make) -> Response:
        """Make a page in a thread; the archive may be busy, and the feeds must not wait for it."""
        if self._limit is None:
            self._limit = anyio.CapacityLimiter(AT_ONCE)
        try:
            with anyio.fail_after(PATIENCE):
                html = await to_thread.run_sync(self._make, make, abandon_on_cancel=True, limiter=self._limit)
        except ArchiveError as error:
            log.warning("a page could not be made: %s", error)
            return self._unavailable(request)
        except TimeoutError:
            log.warning("a page could not be made in %.0f s", PATIENCE)
            return self._unavailable(request)
        if html is None:
            raise HTTPException(404)
        return self._html(html, request)

    def _make(self, make: Make) -> str | None:
        with reading(self._db_path, self._shelf, title=self._title, now=self._now()) as desk:
            return make(desk)

    # -- when there is no page --------------------------------------------------------------------------------------

    def _unavailable(self, request: Request) -> Response:
        response = self._html(self._render("unavailable", here=""), request, status=503)
        response.headers["retry-after"] = "30"
        return response

    async def not_found(self, request: Request, error: Exception) -> Response:
        return self._html(self._render("not_found", here=""), request, status=404)

    async def broken(self, request: Request, error: Exception) -> Response:
        return self._html(self._render("broken", here=""), request, status=500)

    def _html(self, html: str, request: Request, *, status: int = 200) -> Response:
        cache = "no-cache" if status == 200 else "no-store"
        return reply(document(html.encode(), media=HTML, cache=cache, level=5), request.headers, status=status)
