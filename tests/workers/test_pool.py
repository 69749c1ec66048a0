"""Worker processes make visits, are killed when they must be, and cost nobody else's visit."""

import asyncio
import os
import signal
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from tests.visit.sites import Page, article, publish, source
from tests.workers.conftest import Running, run, running, wait_for_end
from workers import Pool, read_spooled, spooled

ROOT = Path(__file__).parent.parent.parent


def visits(spool):
    return [read_spooled(path) for path in spooled(spool)]


def test_visit_ends_up_in_the_spool(site, tmp_path):
    publish(site, 2, 1)

    async def work():
        async with running(tmp_path, size=1, contact="https://example.org/") as pool:
            pool.submit(source(site))
            assert pool.pool.in_flight == {"vn-thu"}
            outcomes = await pool.outcomes(1)
            assert pool.pool.in_flight == frozenset()
            assert (outcomes["vn-thu"].visit, outcomes["vn-thu"].failure) == ("id-vn-thu", None)

    run(work())

    (visit,) = visits(tmp_path)
    assert [reading.article.headline for reading in visit.readings] == ["Tin số 1", "Tin số 2"]
    assert site.asked[0].headers["user-agent"].endswith("(+https://example.org/)")


def test_spool_that_was_removed_under_the_workers_is_made_again(site, tmp_path):
    publish(site, 1)
    spool = tmp_path / "spool"

    async def work():
        async with running(spool, size=1) as pool:
            spool.rmdir()
            pool.submit(source(site))
            outcomes = await pool.outcomes(1)
            assert outcomes["vn-thu"].failure is None

    run(work())

    assert [visit.verdict for visit in visits(spool)] == ["fine"]


def test_long_visit_is_spooled_in_parts(site, tmp_path):
    publish(site, *range(25, 0, -1))

    async def work():
        async with running(tmp_path, size=1) as pool:
            pool.submit(source(site))
            await pool.outcomes(1)

    run(work())

    assert [(visit.part, visit.last, len(visit.readings)) for visit in visits(tmp_path)] == [
        (0, False, 20),
        (1, True, 5),
    ]


def test_one_worker_makes_several_visits_at_once(websites, tmp_path):
    sites = websites(3)
    together = threading.Barrier(3, timeout=10)

    def meet():
        together.wait()
        return article("Tin số 1")

    async def work():
        async with running(tmp_path, size=1, concurrency=3) as pool:
            pool.submit(*(source(site, slug=f"vn-{number}") for number, site in enumerate(sites)))
            outcomes = await pool.outcomes(3)
            assert [outcome.failure for outcome in outcomes.values()] == [None] * 3

    for site in sites:
        publish(site, 1)
        site.pages["/tin/1"] = meet
    run(work())

    assert len(visits(tmp_path)) == 3


def test_one_host_is_visited_once_at_a_time(site, tmp_path):
    publish(site, 1)
    at_once, most = [], []

    def busy():
        at_once.append(1)
        most.append(len(at_once))
        threading.Event().wait(0.05)
        at_once.pop()
        return article("Tin số 1")

    site.pages["/tin/1"] = busy

    async def work():
        async with running(tmp_path, size=2) as pool:
            pool.submit(*(source(site, slug=f"vn-{number}") for number in range(4)))
            assert len(pool.pool.in_flight) == 4
            await pool.outcomes(4)

    run(work())

    assert (len(most), max(most)) == (4, 1)


def test_pause_between_requests_is_kept_between_visits_of_a_host(site, tmp_path):
    publish(site, 1)
    pause = timedelta(seconds=0.2)

    async def work():
        async with running(tmp_path, size=1) as pool:
            pool.submit(source(site, slug="vn-1", delay=pause), source(site, slug="vn-2", delay=pause))
            await pool.outcomes(2)

    run(work())

    first, second = visits(tmp_path)
    assert (second.started - first.finished).total_seconds() >= 0.2


def test_visit_that_overruns_is_tried_again_alone_and_then_reported(websites, tmp_path):
    bad, good = websites(2)
    bad.pages["/tin-tuc"] = Page(hangs=True)
    publish(good, 1)
    good.pages["/tin/1"] = lambda: _after(bad, 1, article("Tin số 1"))

    async def work():
        async with running(tmp_path, size=1) as pool:
            pool.submit(source(bad, slug="vn-bad", timeout=timedelta(seconds=60)), deadline=0.5)
            pool.submit(source(good, slug="vn-good"))
            outcomes = await pool.outcomes(2)
            assert outcomes["vn-good"].failure is None
            assert "did not end within 0.5 s, not even alone" in outcomes["vn-bad"].failure
            assert len(pool.pool.pids) <= 1

    run(work())

    assert [visit.source for visit in visits(tmp_path)] == ["vn-good"]


def test_worker_that_is_stuck_is_killed_and_its_visits_are_made_again(websites, tmp_path):
    sites = websites(2)

    async def work():
        async with running(tmp_path, size=1) as pool:
            for site in sites:
                publish(site, 1)
            stuck = iter([True])
            # What a page does that keeps the process busy for ever: it no longer hears us.
            sites[0].pages["/tin/1"] = lambda: _stop(pool.pool, next(stuck, False))
            pool.submit(source(sites[0], slug="vn-0"), deadline=1)
            pool.submit(source(sites[1], slug="vn-1"))
            outcomes = await pool.outcomes(2)
            assert [outcome.failure for outcome in outcomes.values()] == [None, None]

    run(work())

    assert {visit.source for visit in visits(tmp_path)} == {"vn-0", "vn-1"}


def test_page_that_crashes_every_worker_costs_only_its_own_visit(websites, tmp_path):
    bad, *good = websites(3)
    began = threading.Event()

    async def work():
        async with running(tmp_path, size=1) as pool:
            for site in (bad, *good):
                publish(site, 1)
            bad.pages["/tin/1"] = lambda: _crash(pool.pool, began)
            good[0].pages["/tin/1"] = lambda: _when(began, article("Tin số 1"))
            pool.submit(source(bad, slug="vn-bad"), *(source(site, slug=f"vn-{n}") for n, site in enumerate(good)))
            outcomes = await pool.outcomes(3)
            assert outcomes["vn-bad"].failure == (
                "the process that visited it was killed by SIGSEGV, even when it visited nothing else"
            )
            assert (outcomes["vn-0"].failure, outcomes["vn-1"].failure) == (None, None)

    run(work())

    assert bad.paths.count("/tin/1") == 2
    assert sorted(visit.source for visit in visits(tmp_path)) == ["vn-0", "vn-1"]


def test_parts_of_a_visit_whose_worker_dies_are_kept_and_their_numbers_not_used_again(site, tmp_path):
    publish(site, *range(25, 0, -1))
    crashes = iter([True])

    async def work():
        async with running(tmp_path, size=1) as pool:
            site.pages["/tin/23"] = lambda: _crash(pool.pool) if next(crashes, False) else article("Tin số 23")
            pool.submit(source(site))
            outcomes = await pool.outcomes(1)
            assert outcomes["vn-thu"].failure is None

    run(work())

    kept = visits(tmp_path)
    assert [(visit.part, visit.last, len(visit.readings)) for visit in kept] == [
        (0, False, 20),
        (1, False, 20),
        (2, True, 5),
    ]
    assert {visit.id for visit in kept} == {"id-vn-thu"}


@pytest.mark.parametrize("limit", [{"recycle_visits": 1}, {"recycle_bytes": 1}])
def test_worker_is_replaced_after_its_share(websites, tmp_path, limit):
    sites = websites(3)
    for site in sites:
        publish(site, 1)

    async def work():
        async with running(tmp_path, size=1, concurrency=1, **limit) as pool:
            pool.submit(source(sites[0], slug="vn-0"))
            await pool.outcomes(1)
            before = pool.pool.pids
            pool.submit(*(source(site, slug=f"vn-{n}") for n, site in enumerate(sites[1:], 1)))
            outcomes = await pool.outcomes(2)
            assert [outcome.failure for outcome in outcomes.values()] == [None, None]
            assert set(pool.pool.pids).isdisjoint(before)

    run(work())


def test_stop_has_visits_hand_in_what_they_have(websites, tmp_path):
    slow, silent = websites(2)
    publish(slow, 2, 1)
    slow.pages["/tin/2"] = Page(hangs=True)
    silent.pages["/tin-tuc"] = Page(hangs=True)

    async def work():
        pool = Pool(tmp_path, size=1)
        await pool.start()
        Running(pool).submit(source(slow, slug="vn-slow"), source(silent, slug="vn-silent"))
        while not (slow.paths[-1:] == ["/tin/2"] and silent.paths):
            await asyncio.sleep(0.01)
        began = asyncio.get_running_loop().time()
        await pool.stop(10)
        assert asyncio.get_running_loop().time() - began < 3
        outcome = pool.finished.get_nowait()
        assert (outcome.source, outcome.failure, pool.finished.empty()) == ("vn-slow", None, True)
        assert (pool.pids, pool.in_flight) == ((), frozenset())
        with pytest.raises(RuntimeError, match="stopping"):
            Running(pool).submit(source(slow))

    run(work())

    (visit,) = visits(tmp_path)
    assert (visit.source, len(visit.readings)) == ("vn-slow", 1)
    assert "1 headline waits for the next visit: it was stopped" in visit.why


def test_stop_kills_a_worker_that_does_not_listen(site, tmp_path):
    publish(site, 1)

    async def work():
        pool = Pool(tmp_path, size=1)
        await pool.start()
        site.pages["/tin/1"] = lambda: _stop(pool, True)
        Running(pool).submit(source(site))
        while "/tin/1" not in site.paths:
            await asyncio.sleep(0.01)
        (pid,) = pool.pids
        await pool.stop(0.2)
        assert wait_for_end(pid)

    run(work())

    assert spooled(tmp_path) == []


def test_order_that_waits_when_the_pool_stops_is_dropped(site, tmp_path):
    async def work():
        pool = Pool(tmp_path, size=0)
        await pool.start()
        Running(pool).submit(source(site))
        await pool.stop(1)
        assert pool.finished.empty()

    run(work())


def test_signals_for_the_whole_group_are_left_to_the_daemon(site, tmp_path):
    publish(site, 1)

    async def work():
        async with running(tmp_path, size=1) as pool:
            site.pages["/tin/1"] = lambda: _signal(pool.pool, article("Tin số 1"))
            pool.submit(source(site))
            outcomes = await pool.outcomes(1)
            assert outcomes["vn-thu"].failure is None

    run(work())

    assert site.paths == ["/tin-tuc", "/tin/1"]


def test_spool_that_cannot_be_written_is_told(site, tmp_path):
    publish(site, 1)

    async def work():
        async with running(tmp_path / "spool", size=1) as pool:
            (tmp_path / "spool").rmdir()
            (tmp_path / "spool").write_text("no folder")
            pool.submit(source(site))
            outcomes = await pool.outcomes(1)
            assert "could not be written" in outcomes["vn-thu"].failure

    run(work())


def test_workers_that_cannot_even_start_are_told(site, tmp_path, monkeypatch):
    monkeypatch.setattr("scrapers.processes.work", os.getpid)  # given what it does not take, it ends at once

    async def work():
        async with running(tmp_path, size=1) as pool:
            pool.submit(source(site))
            outcomes = await pool.outcomes(1)
            assert "no worker process can be started: it ended with exit code 1" in outcomes["vn-thu"].failure

    run(work())


def test_half_written_files_are_cleared_at_the_start(tmp_path):
    (tmp_path / "half.tmp").write_bytes(b"half")

    async def work():
        async with running(tmp_path, size=0):
            pass

    run(work())

    assert list(tmp_path.iterdir()) == []


def _after(site, count, page):
    """Answer only once ``site`` has been asked ``count`` times."""
    while len(site.paths) < count:
        threading.Event().wait(0.01)
    return page


def _when(event, page):
    event.wait(10)
    return page


def _crash(pool, began=None):
    if began:
        began.set()
    os.kill(pool.pids[0], signal.SIGSEGV)
    return Page(hangs=True)


def _signal(pool, page):
    for number in (signal.SIGINT, signal.SIGTERM):
        os.kill(pool.pids[0], number)
    return page


def _stop(pool, really):
    if not really:
        return article("Tin số 1")
    os.kill(pool.pids[0], signal.SIGSTOP)
    return Page(hangs=True)
