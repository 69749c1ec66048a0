"""Video and audio of an article are links in its text and records beside it."""

from __future__ import annotations

import pytest

from tests.reading.pages import read

WORDS = "Bộ khánh thành trạm quan trắc mới ở thượng nguồn vào sáng thứ hai trước sự chứng kiến của người dân."


def page(html: str, head: str = "") -> str:
    return (
        f"<title>T</title>{head}<h1>Khánh thành trạm quan trắc</h1><div class=entry-content><p>{WORDS}</p>{html}</div>"
    )


@pytest.mark.parametrize(
    ("html", "url", "kind"),
    [
        ("<iframe src='//www.youtube.com/embed/a1B2c3D4e5F?rel=0'></iframe>", "https://www.youtube.com/watch?v=a1B2c3D4e5F", "video"),
        ("<div data-youtube-id=a1B2c3D4e5F></div>", "https://www.youtube.com/watch?v=a1B2c3D4e5F", "video"),
        ("<iframe data-src='https://player.vimeo.com/video/1305'></iframe>", "https://vimeo.com/1305", "video"),
        ("<iframe src='https://www.dailymotion.com/embed/video/x8a'></iframe>", "https://www.dailymotion.com/video/x8a", "video"),
        ("<iframe src='https://w.soundcloud.com/player/?url=x'></iframe>", "https://w.soundcloud.com/player/?url=x", "audio"),
        (
            "<iframe src='https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fbo%2Fvideos%2F7'></iframe>",
            "https://www.facebook.com/bo/videos/7",
            "video",
        ),
        ("<video poster=/p.jpg><source src='/v/tram.mp4' type='video/mp4'></video>", "https://www.example.gov.vn/v/tram.mp4", "video/mp4"),
        ("<div class=player><video data-src='/v/tram.m3u8'></video></div>", "https://www.example.gov.vn/v/tram.m3u8", "video"),
        ("<audio src='/a/tin.mp3'></audio>", "https://www.example.gov.vn/a/tin.mp3", "audio/mpeg"),
        ("<div type=VideoStream data-vid='video.example.vn/2024/tram.mp4'></div>", "https://video.example.vn/2024/tram.mp4", "video/mp4"),
        ("<figure><iframe src='https://www.youtube.com/embed/a1B2c3D4e5F'></iframe></figure>", "https://www.youtube.com/watch?v=a1B2c3D4e5F", "video"),
    ],
)  # fmt: skip
def test_a_player_becomes_a_link_and_a_record(html: str, url: str, kind: str) -> None:
    found = read(page(html))

    assert [(one.url, one.type) for one in found.media] == [(url, kind)]
    assert f'<p><a href="{url}">{url}</a></p>' in found.body_html
    assert found.body_text == WORDS


def test_a_player_is_called_by_its_title() -> None:
    found = read(page("<iframe title='Trạm mới' src='https://www.youtube.com/embed/a1B2c3D4e5F'></iframe>"))

    assert found.media[0].title == "Trạm mới"
    assert ">Trạm mới</a></p>" in found.body_html


@pytest.mark.parametrize(
    "html",
    [
        "<iframe src='https://www.googletagmanager.com/ns.html?id=1'></iframe>",
        "<iframe src='https://www.facebook.com/plugins/likebox.php?href=x'></iframe>",
        "<iframe src='https://www.youtube.com/embed/'></iframe><video src='blob:x'></video><audio></audio>",
        "<div class='hidden-player' data-audio-src='/tts/1.mp3'></div>",
        "<div class=related><iframe src='https://www.youtube.com/embed/a1B2c3D4e5F'></iframe></div>",
        "<video src='{{ file }}.mp4'></video>",
    ],
)
def test_frames_that_play_nothing_of_the_article_are_no_media(html: str) -> None:
    assert [one for one in read(page(html)).media if one.url != "https://www.youtube.com/embed/"] == []


def test_a_player_shown_twice_is_one_and_players_in_cells_count() -> None:
    frame = "<iframe src='https://www.youtube.com/embed/a1B2c3D4e5F'></iframe>"

    assert len(read(page(f"{frame}<p>Và</p>{frame}")).media) == 1
    assert len(read(page(f"<ul><li>Một {frame}</li></ul>")).media) == 1


def test_a_video_between_headline_and_text_leads_the_article() -> None:
    found = read(
        f"<title>T</title><h1>Khánh thành trạm quan trắc</h1><div><video src='/v/a.mp4'></video></div><div class=entry-content><p>{WORDS}</p></div>"
    )

    assert found.body_html.startswith('<p><a href="https://www.example.gov.vn/v/a.mp4">')


def test_a_video_that_only_structured_data_names_is_a_record() -> None:
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Khánh thành trạm quan trắc", "video": '
        '[{"@type": "VideoObject", "name": "Trạm", "contentUrl": "https://www.example.gov.vn/v/b.mp4"}, {}, "x"]}</script>'
    )

    found = read(page("", head))

    assert [(one.url, one.title, one.type) for one in found.media] == [
        ("https://www.example.gov.vn/v/b.mp4", "Trạm", "video/mp4")
    ]


def test_a_tag_of_the_page_s_own_invention_is_no_player() -> None:
    found = read(page("<media src='/x'><p>Người dân vui mừng.</p></media>"))

    assert found.media == ()
    assert found.body_text == f"{WORDS}\n\nNgười dân vui mừng."
