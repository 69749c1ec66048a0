"""A very fast make-believe ministry on several loopback addresses: pages made beforehand, nothing computed per request.

Run as ``python -m benchmarks.site HOSTS ARTICLES``; prints one JSON line {"urls": […], "articles": […]} when it listens.
"""

from __future__ import annotations

import asyncio
import functools
import json
import sys

from aiohttp import web

from demo.ministry import Ministry


def pages(site: str, articles: int) -> dict[str, tuple[bytes, str]]:
    """Return path → (body, media type) of a website with one listing of ``articles`` articles."""
    ministry = Ministry(stories=[])
    stories = ministry.flood(articles)
    website = ministry._website(site)
    made = {website.path(story): _body(ministry, website.path(story), site) for story in stories}
    listing = website.listing(stories, title="Tin mới nhất", path="/tin-moi-nhat")
    return {**made, "/tin-moi-nhat": (listing.encode(), "text/html; charset=utf-8")}


def _body(ministry: Ministry, path: str, site: str) -> tuple[bytes, str]:
    reply = ministry.answer(path, site=site)
    assert reply.status == 200, (path, reply.status)
    return reply.body.replace(b"</body>", _surroundings(site) + b"</body>"), reply.headers["content-type"]


@functools.cache
def _surroundings(site: str) -> bytes:
    """What stands around an article on a real page: menus, boxes and scripts, 45 KB of them."""
    link = '<li class="b-list__item"><a class="b-list__link" href="{site}/chuyen-muc-{n}" title="Mục {n}">Chuyên mục số {n}</a></li>'
    menu = "".join(link.format(site=site, n=n) for n in range(200))
    row = '<div class="b-side"><div class="b-side__img"><a href="{site}/x-{n}"><img data-src="/i/{n}.jpg" alt=""></a></div><h4 class="b-side__title">Tin bên lề số {n}</h4></div>'
    side = "".join(row.format(site=site, n=n) for n in range(60))
    script = "<script>var a={" + ",".join(f"k{n}:{n * n}" for n in range(900)) + "};</script>"
    return f'<nav class="c-menu"><ul>{menu}</ul></nav><aside class="l-sidebar">{side}</aside>{script}'.encode()


async def serve(hosts: int, articles: int) -> None:
    """Listen on 127.0.1.1, 127.0.1.2, … each with a website of its own, until killed."""
    told: dict[str, list[str]] = {"urls": [], "articles": []}
    for number in range(1, hosts + 1):
        host, table = f"127.0.1.{number}", dict[str, tuple[bytes, str]]()
        runner = web.AppRunner(_application(table), access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, host, 0)
        await site.start()
        url = f"http://{host}:{runner.addresses[0][1]}"
        table.update(pages(url, articles))
        told["urls"].append(url)
        told["articles"] += [url + path for path in table if path != "/tin-moi-nhat"]
    print(json.dumps(told), flush=True)
    await asyncio.Event().wait()


def _application(table: dict[str, tuple[bytes, str]]) -> web.Application:
    async def answer(request: web.Request) -> web.Response:
        found = table.get(request.path)
        if found is None:
            return web.Response(status=404)
        return web.Response(body=found[0], headers={"content-type": found[1]})

    application = web.Application()
    application.router.add_get("/{path:.*}", answer)
    return application


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2])))
