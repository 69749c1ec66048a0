"""The make-believe ministry's pages as text: OneCMS templates A and B, listings, feeds, sitemaps, and the relaunch."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from demo.bodies import body, entities, pictures
from demo.texts import Story, slugify

_PAGES = Path(__file__).parent / "pages"


def american(moment: datetime) -> str:
    """The month-first, twelve-hour form of OneCMS's meta elements."""
    hour = moment.hour % 12 or 12
    half = "AM" if moment.hour < 12 else "PM"
    return f"{moment.month}/{moment.day}/{moment.year} {hour}:{moment:%M:%S} {half}"


def printed(story: Story) -> str:
    """The date a reader sees over an article."""
    if story.day_only:
        return f"{story.published:%d/%m/%Y}"
    return f"{story.published:%d/%m/%Y - %H:%M}" if story.template == "B" else f"{story.published:%d/%m/%Y %H:%M}"


def listed(story: Story) -> str:
    return f"{story.published:%d/%m/%Y}" if story.day_only else f"{story.published:%d/%m/%Y %H:%M}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Website:
    """How the ministry's stories look from outside, at one address and in one state of its layout."""

    site: str
    """Scheme and host, without a slash at the end."""
    stories: Sequence[Story]
    """Newest first."""
    sections: Sequence[str]
    relaunched: bool = False
    new_addresses: bool = False
    charset: str = "utf-8"
    editions: Mapping[str, int] = field(default_factory=dict)
    """Papers that were swapped for others under the same name, by name."""

    def address(self, story: Story) -> str:
        return self.site + self.path(story)

    def path(self, story: Story) -> str:
        return f"/tin/{story.number}/{story.slug}" if self.new_addresses else f"/{story.slug}-{story.number}.html"

    def article(self, story: Story) -> str:
        name = "new_article" if self.relaunched else f"article_{story.template.lower()}"
        related = [other for other in self.stories if other.section == story.section and other is not story][:3]
        return self._page(
            name,
            story=story,
            path=self.path(story),
            title=story.headline,
            related=related,
            photos=pictures(story),
            content=body(story, site=self.site, link=self._find),
            data=self._json_ld(story),
        )

    def listing(self, stories: Sequence[Story], *, title: str, path: str, more: str = "") -> str:
        name = "new_listing" if self.relaunched else "listing"
        return self._page(name, stories=stories, title=title, path=path, more=more)

    def notice(self, title: str, content: str = "") -> str:
        return self._page("notice", title=title, content=Markup("<p>{}</p>").format(content))

    def rows(self, stories: Sequence[Story]) -> str:
        """The reply of ``/api/getMoreArticle``."""
        return json.dumps([self._row(story) for story in stories], ensure_ascii=False)

    def feed(self, stories: Sequence[Story], *, title: str) -> str:
        items = "\n".join(self._item(story) for story in stories[:20])
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>\n'
            f"<title>{escape(title)}</title><link>{self.site}/</link>"
            f"<description>{escape(title)}</description><language>vi</language>\n{items}\n</channel></rss>\n"
        )

    def sitemap_index(self) -> str:
        days = sorted({story.published.date() for story in self.stories}, reverse=True)
        places = [f"{self.site}/sitemap-article-{day}.xml" for day in days]
        return _xml("sitemapindex", [f"<sitemap><loc>{place}</loc></sitemap>" for place in places])

    def sitemap(self, day: str) -> str | None:
        """The sitemap of one ``YYYY-MM-DD``, newest first; None when nothing was published on it."""
        stories = [story for story in self.stories if f"{story.published:%Y-%m-%d}" == day]
        return _xml("urlset", [self._place(story) for story in stories]) if stories else None

    def _page(self, template: str, **values: Any) -> str:
        page = _TEMPLATES.get_template(f"{template}.html")
        return page.render(
            site=self.site,
            charset=self.charset,
            sections=self.sections,
            newest=self.stories[:5],
            website=self,
            **values,
        )

    def _find(self, headline: str) -> str:
        return next((self.address(story) for story in self.stories if story.headline == headline), f"{self.site}/")

    def thumbnail(self, story: Story) -> str:
        photos = pictures(story)
        name = photos[0][0] if photos else "chung.jpg"
        return f"{self.site}/thumbs/300x200/{story.day}/{name}"

    def _row(self, story: Story) -> dict[str, Any]:
        return {
            "PublisherId": story.number,
            "LinktoMe2": self.address(story),
            "Title": story.headline,
            "TitleIcon16": "",
            "Headlines": story.lede,
            "Thumbnail_Small": self.thumbnail(story),
            "Thumbnail_Square": self.thumbnail(story),
            "Time_ddMMyyyyHHmm": listed(story),
            "Time_yyyyMMddHHmmss": f"{story.published:%Y%m%d%H%M%S}",
            "CommentCount": 0,
            "BlockedInstantArticleCreate": False,
        }

    def _item(self, story: Story) -> str:
        address = escape(self.address(story))
        text = f'<a href="{address}"><img src="{escape(self.thumbnail(story))}"></a><br/>{escape(story.lede)}'
        return (
            f"<item><title>{escape(story.headline)}</title><link>{address}</link>"
            f'<guid isPermaLink="true">{address}</guid><pubDate>{format_datetime(story.published)}</pubDate>'
            f"<description><![CDATA[{text}]]></description></item>"
        )

    def _place(self, story: Story) -> str:
        # The real OneCMS writes the publication time plus one second, never the time of an edit.
        stamp = story.published.replace(microsecond=0, second=min(story.published.second + 1, 59)).isoformat()
        images = "".join(
            f"<image:image><image:loc>{self.site}/images/{story.day}/{name}</image:loc>"
            f"<image:caption><![CDATA[{caption}]]></image:caption></image:image>"
            for name, caption in pictures(story)
        )
        return (
            f"<url><loc>{escape(self.address(story))}</loc><lastmod>{stamp}</lastmod>"
            f"<priority>0.9</priority>{images}</url>"
        )

    def _json_ld(self, story: Story) -> Markup:
        publisher = {"@type": "Organization", "name": "Báo Thí dụ", "url": f"{self.site}/"}
        data: dict[str, Any] = {"@context": "https://schema.org", **publisher}
        if story.template == "B":
            data = {
                "@context": "https://schema.org",
                "@type": "NewsArticle",
                "headline": story.headline,
                "datePublished": story.published.replace(microsecond=0).isoformat(),
                "author": {"@type": "Person", "name": story.byline},
                "publisher": publisher,
            }
        return Markup(json.dumps(data, ensure_ascii=False).replace("</", "<\\/"))


def _xml(root: str, rows: list[str]) -> str:
    spaces = (
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
    )
    return f'<?xml version="1.0" encoding="utf-8"?>\n<{root} {spaces}>\n' + "\n".join(rows) + f"\n</{root}>\n"


def _environment() -> Environment:
    pages = Environment(
        loader=FileSystemLoader(_PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters.update(entities=entities, american=american, printed=printed, listed=listed, slugify=slugify)
    return pages


_TEMPLATES = _environment()
