"""Pages as ministries of Europe and the Americas build them: traps of headline, days, bylines and text."""

from __future__ import annotations

import pytest

from scrapers.items import Article
from scrapers.reading.article import read_article

_TEXT = (
    "<p>The ministry finished the gates at the harbour eighteen months after work on them had begun, officials said.</p>"
    "<p>They close by themselves when the forecast tide rises above three metres, and were tested twice in summer.</p>"
    "<p>Residents may look at them on the open day, from ten in the morning until four in the afternoon.</p>"
)

_TEXTS = {
    "it": "<p>Il ministero ha completato le paratoie del porto diciotto mesi dopo che i lavori erano cominciati.</p>"
    "<p>Si chiudono da sole quando la marea prevista supera i tre metri, e sono state provate due volte in estate.</p>",
    "fr": "<p>Le ministère a achevé les portes du port dix-huit mois après le début des travaux, dit-il.</p>"
    "<p>Elles se ferment seules quand la marée prévue dépasse trois mètres, et ont été essayées deux fois cet été.</p>",
}


def read(html: str, *, url: str = "https://www.ministry.example.org/news/gates", lang: str = "en") -> Article:
    page = f"<html lang={lang}><body>{html}</body></html>"
    return read_article(page.encode(), url=url, content_type="text/html; charset=utf-8")


def test_a_day_above_the_headline_goes_before_one_behind_the_text() -> None:
    rows = "<div class=more><div><a href=/b>Old dam</a><span>Aug. 17, 2023</span></div><div><a href=/c>Quay</a><span>Aug. 18, 2023</span></div></div>"
    page = f"<div><div><a href=/news>NEWS</a> | Aug. 24, 2023</div><h1>New gates for the harbour</h1><div>{_TEXT}</div></div>{rows}"

    found = read(page)

    assert found.published and found.published.iso == "2023-08-24"


@pytest.mark.parametrize(
    "lines",
    [
        "<ul><li>Published on <time>24 August 2023</time></li><li>Last updated on <time>28 August 2023</time></li></ul>",
        "<p><span>Publicerad <time datetime=2023-08-24>24 augusti 2023</time></span> <span>Uppdaterad <time datetime=2023-08-28>28 augusti 2023</time></span></p>",
    ],
)
def test_the_day_of_the_last_change_stands_beside_that_of_publication(lines: str) -> None:
    found = read(f"<main><h1>New gates for the harbour</h1>{lines}{_TEXT}</main>")

    assert found.published and found.published.iso == "2023-08-24"
    assert found.modified and found.modified.iso == "2023-08-28"


def test_the_day_of_the_last_change_stands_under_the_text() -> None:
    page = f"<main><h1>Nuove paratoie per il porto</h1><p>24 agosto 2023</p><div>{_TEXTS['it']}</div><p>Ultimo aggiornamento: 28/08/2023</p></main>"

    found = read(page, lang="it")

    assert found.published and found.published.iso == "2023-08-24"
    assert found.modified and found.modified.iso == "2023-08-28"


def test_a_change_before_the_publication_is_none() -> None:
    lines = "<p>Published <time>24 August 2023</time></p><p>Updated <time>1 May 2020</time></p>"

    assert read(f"<main><h1>New gates for the harbour</h1>{lines}{_TEXT}</main>").modified is None


def test_day_and_time_in_two_elements_of_a_line_are_one_moment() -> None:
    line = "<div class=when><span>2023-08-24</span> às <span>15h52</span></div>"

    found = read(
        f"<div>{line}<h1>Novas comportas no porto</h1>{_TEXT}</div>", url="https://www.x.gov.pt/n/1", lang="pt"
    )

    assert found.published and found.published.iso == "2023-08-24T15:52:00+01:00"


@pytest.mark.parametrize(
    "byline",
    [
        "<div class=documentByLine><div>Compartilhe: <a>Facebook</a> <a>link para Copiar</a></div></div>",
        "<div class=autor>Odbor komunikace, tel. 267 555 123</div>",
    ],
)
def test_share_lines_and_telephones_sign_nothing(byline: str) -> None:
    assert read(f"<main><h1>New gates for the harbour</h1>{byline}{_TEXT}</main>").authors == ()


def test_a_department_is_not_taken_apart() -> None:
    found = read(f"<main><h1>New gates</h1><p class=byline>From: Fisheries and Oceans Canada</p>{_TEXT}</main>")

    assert found.authors == ("Fisheries and Oceans Canada",)


def test_who_is_quoted_stays_under_the_quotation() -> None:
    quote = "<blockquote><p>A safe harbour is a workplace.</p><footer>Anne Leclair, Minister</footer></blockquote>"

    assert "Anne Leclair" in read(f"<main><h1>New gates for the harbour</h1>{_TEXT}{quote}{_TEXT}</main>").body_text


def test_a_dateline_in_bold_stays_with_its_sentence() -> None:
    first = (
        f"<p><b>Québec, le 24 août 2023</b> – {'Le ministre annonce aujourd’hui de nouvelles portes au port. ' * 4}</p>"
    )

    found = read(f"<main><h1>De nouvelles portes au port</h1>{first}{_TEXTS['fr']}</main>", lang="fr")

    assert found.body_text.startswith("Québec, le 24 août 2023 – Le ministre")
    assert found.published and found.published.iso == "2023-08-24"


@pytest.mark.parametrize("heading", ["Related documents", "Documents joints", "Dokumente", "Allegati"])
def test_files_under_a_heading_of_their_own_are_attachments_not_text(heading: str) -> None:
    files = f"<h2>{heading}</h2><ul><li><a href=/f/scheme.pdf>The scheme in short (PDF, 1.2MB)</a></li></ul>"

    found = read(f"<main><h1>New gates for the harbour</h1>{_TEXT}{files}</main>")

    assert "scheme" not in found.body_text
    assert [file.url for file in found.attachments] == ["https://www.ministry.example.org/f/scheme.pdf"]


@pytest.mark.parametrize("name", ["ingress", "perex", "manchet", "entradilla", "page-header__lead"])
def test_papers_names_for_opening_words_are_known(name: str) -> None:
    opening = "Two gates will keep a thousand homes dry."

    found = read(f"<main><div><h1>New gates for the harbour</h1><div class={name}>{opening}</div></div>{_TEXT}</main>")

    assert found.lede == opening


def test_an_invitation_to_subscribe_ends_the_text() -> None:
    found = read(
        f"<main><h1>New gates for the harbour</h1>{_TEXT}<h4>Stay connected with us</h4><p>News in your inbox</p></main>"
    )

    assert "inbox" not in found.body_text


def test_a_day_above_the_headline_goes_before_one_under_a_later_heading() -> None:
    rows = "<div class=last><h4>Latest News</h4><a href=/b>Engineers trained</a> 22 Aug, 2023</div>"
    page = f"<section><ul><li>24 Aug, 2023</li><li>Press Unit</li></ul><h3>Minister looks at the second bridge</h3>{_TEXT}</section>{rows}"

    found = read(page)

    assert found.published and found.published.iso == "2023-08-24"


def test_a_line_called_title_under_the_section_s_name_is_the_headline() -> None:
    found = read(
        f"<div><h1>Newsroom</h1><div><p class=title><b>New flood gates for the harbour</b></p>{_TEXT}</div></div>"
    )

    assert found.headline == "New flood gates for the harbour"


def test_of_two_headings_under_the_section_s_name_the_greater_is_the_headline() -> None:
    sub = "<h2>New flood gates for the harbour</h2><h3>Tested twice this summer before use</h3>"

    assert read(f"<main><h1>Presseaussendungen</h1>{sub}{_TEXT}</main>").headline == "New flood gates for the harbour"


def test_a_day_of_release_stands_in_the_text_above_the_headline() -> None:
    above = "<div><p><b>FOR IMMEDIATE RELEASE: August 24, 2023</b></p><p>Contact: Devon Marsh</p></div>"

    found = read(f"<main><h1>Newsroom</h1>{above}<div><h3>New gates for the harbour shut</h3></div>{_TEXT}</main>")

    assert found.published and found.published.iso == "2023-08-24"
