"""What a visit learns of a website no layout knows, before it reads and while it does."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from msgspec.structs import replace

from scrapers.items import Memory, Sample, Template
from scrapers.sources import Selectors
from tests.reading import siblings
from tests.visit.sites import Page, article, listing, remember, source


def show(site, *numbers, paragraphs=3):
    """Publish pages of the make-believe website, listed as on it."""
    site.pages |= {f"/tin/{number}": Page(siblings.page(number, paragraphs)) for number in numbers}
    site.pages["/tin-tuc"] = listing(*((f"/tin/{number}", siblings.headline(number)) for number in numbers))


def strange(site, **limits):
    """The site as a source of which nothing is known but its listing."""
    known = source(site, **limits)
    return replace(known, selectors=Selectors(listing=known.selectors.listing))


def texts(visit):
    return [reading.article.body_text for reading in visit.readings]


def text(number, paragraphs=3):
    return "\n\n".join(siblings.text(number, paragraphs))


def samples(*numbers):
    return tuple(siblings.sample(number) for number in numbers)


def test_the_first_pages_of_a_website_teach_each_other(site, look):
    show(site, 3, 2, 1)

    visit = look(strange(site))

    assert texts(visit) == [text(1), text(2), text(3)]
    assert (visit.template.version, visit.template.pages) == (1, 3)


def test_what_the_first_eight_taught_reads_those_that_follow(site, look):
    show(site, *range(12, 0, -1))
    parts = []

    last = look(strange(site), part=parts.append)

    assert texts(last) == [text(number) for number in range(1, 13)]
    assert last.template.pages == 8


def test_a_single_page_is_read_as_well_as_can_be_and_teaches_nothing(site, look):
    show(site, 1)

    visit = look(strange(site))

    assert [reading.article.headline for reading in visit.readings] == [siblings.headline(1)]
    assert visit.template is None


def test_pages_put_aside_are_taken_when_a_visit_ends_early(site, look):
    show(site, 3, 2, 1)
    site.pages["/tin/3"] = Page(hangs=True)

    visit = look(strange(site, timeout=timedelta(seconds=20), duration=timedelta(seconds=2)))

    assert texts(visit) == [text(1), text(2)]
    assert "/tin/3" in site.paths


def test_large_pages_put_aside_are_handed_over_with_the_part_they_belong_to(site, look):
    show(site, *range(6, 0, -1))
    for number in range(1, 7):
        large = site.pages[f"/tin/{number}"].body + b"<!--" + b"x" * (1 << 20) + b"-->"
        site.pages[f"/tin/{number}"] = Page(large)
    parts = []

    last = look(strange(site), part=parts.append)

    assert [len(visit.readings) for visit in (*parts, last)] == [4, 2]
    assert {visit.template.version for visit in (*parts, last)} == {1}


def test_a_known_template_is_used_and_not_told_again(site, look):
    show(site, 9, paragraphs=1)
    template = replace(siblings.learnt(1, 2, 3), version=4)

    visit = look(strange(site), Memory(source="vn-thu", template=template))

    assert texts(visit) == [text(9, 1)]
    assert visit.template is None
    assert any(one.rule == "template 4 (3 pages): div.xq" for one in visit.readings[0].article.passport)


def test_it_is_learnt_anew_from_the_pages_memory_brings_before_anything_is_read(site, look):
    show(site, 9, paragraphs=1)
    old = Template(version=4, pages=2)

    visit = look(strange(site), Memory(source="vn-thu", template=old, samples=samples(1, 2, 3)))

    assert texts(visit) == [text(9, 1)]
    assert (visit.template.version, visit.template.pages) == (5, 3)


def test_it_is_learnt_anew_though_nothing_new_is_listed(site, look):
    show(site, 2, 1)
    first = look(strange(site))

    visit = look(strange(site), remember(first, template=first.template, samples=samples(1, 2, 3, 4)))

    assert visit.readings == ()
    assert (visit.template.version, visit.template.pages) == (2, 4)


def test_what_memory_taught_is_told_with_the_first_part_that_was_read_by_it(site, look):
    show(site, *range(6, 0, -1))
    for number in range(1, 7):
        large = site.pages[f"/tin/{number}"].body + b"<!--" + b"x" * (1 << 20) + b"-->"
        site.pages[f"/tin/{number}"] = Page(large)
    parts = []

    look(strange(site), Memory(source="vn-thu", samples=samples(11, 12, 13)), part=parts.append)

    assert parts[0].template.version == 1


def test_pages_the_source_itself_knows_wait_for_nobody(site, look):
    site.pages |= {"/tin/1": article("Tin số 1"), "/tin/2": article("Tin số 2")}
    site.pages["/tin-tuc"] = listing(("/tin/2", "Tin số 2"), ("/tin/1", "Tin số 1"))

    visit = look(source(site))

    assert (len(visit.readings), visit.template) == (2, None)


def test_samples_that_cannot_be_learnt_from_do_not_keep_a_visit_from_being_made(
    site, look, caplog: pytest.LogCaptureFixture
):
    show(site, 9)
    broken = Sample(payload=siblings.page(1), article=siblings.read(1), content_type=None)  # type: ignore[arg-type]
    broken = replace(broken, listed=None)

    with caplog.at_level(logging.WARNING):
        visit = look(strange(site), Memory(source="vn-thu", samples=(broken, broken)))

    assert [reading.article.headline for reading in visit.readings] == [siblings.headline(9)]
    assert "nothing could be learnt" in caplog.text
