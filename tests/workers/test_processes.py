"""The worker processes as a program starts them: what they import, and that none is left behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from tests.visit.sites import publish, source
from tests.workers.conftest import wait_for_end
from workers import read_spooled, spooled

ROOT = Path(__file__).parent.parent.parent


_DAEMON = """
import asyncio, sys
sys.path.insert(0, {root!r})
from pathlib import Path
from scrapers.items import Memory
from tests.visit.sites import Page, publish, source, website
from workers import Order, Pool

async def main():
    with website("127.0.2.1") as one, website("127.0.2.2") as other:
        pool = Pool(Path({spool!r}), size=2, concurrency=1)
        await pool.start()
        asked = asyncio.Semaphore(0)
        loop = asyncio.get_running_loop()
        def hang():
            loop.call_soon_threadsafe(asked.release)
            return Page(hangs=True)
        for slug, site in (("vn-1", one), ("vn-2", other)):
            site.pages["/tin-tuc"] = hang
            visited = source(site, slug=slug)
            pool.submit(Order(source=visited, memory=Memory(source=slug), visit=slug, deadline=60))
        for _ in range(2):
            await asked.acquire()
        print(*pool.pids, flush=True)
        await asyncio.sleep(60)

asyncio.run(main())
"""


@pytest.mark.parametrize("freeze", [False, True], ids=["working", "stuck"])
def test_workers_end_when_the_daemon_is_killed(tmp_path, freeze):
    code = _DAEMON.format(root=str(ROOT), spool=str(tmp_path / "spool"))
    daemon = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=ROOT)
    assert daemon.stdout
    with daemon.stdout:
        pids = [int(word) for word in daemon.stdout.readline().split()]
    if freeze:
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)

    daemon.kill()
    daemon.wait()

    assert len(pids) == 2
    assert all(wait_for_end(pid) for pid in pids)


def test_the_daemon_side_imports_no_crawler_and_no_parser():
    code = (
        "import workers, sys; print(sorted({'scrapy', 'twisted', 'lxml', 'bs4', 'parsel'} & set(sys.modules)),"
        " workers.Pool, workers.read_spooled, workers.spooled)"
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.startswith("[] ")


def test_code_in_the_current_folder_is_never_loaded(site, tmp_path):
    publish(site, 1)
    folder, marker, spool = tmp_path / "folder", tmp_path / "loaded", tmp_path / "spool"
    folder.mkdir()
    for name in ("scrapers", "cli", "workers", "twisted", "multiprocessing"):
        (folder / f"{name}.py").write_text(f"open({str(marker)!r}, 'a').write({name!r})\nraise SystemExit(9)\n")
    code = f"""
import asyncio, os
from pathlib import Path
import msgspec
from scrapers.items import Memory
from scrapers.sources import Source
from workers import Order, Pool

async def main():
    before = dict(os.environ)
    pool = Pool(Path({str(spool)!r}), size=2)
    await pool.start()
    source = msgspec.json.decode({msgspec.json.encode(source(site))!r}, type=Source)
    pool.submit(Order(source=source, memory=Memory(source="vn-thu"), visit="id", deadline=20))
    print((await pool.finished.get()).failure)
    await pool.stop(5)
    assert dict(os.environ) == before

if __name__ == "__main__":
    asyncio.run(main())
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    # A script, as the installed command is one: only what it starts could look into the current folder.
    (tmp_path / "script.py").write_text(code)
    done = subprocess.run(
        [sys.executable, str(tmp_path / "script.py")],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (done.stdout, done.returncode) == ("None\n", 0), done.stderr
    assert not marker.exists()
    assert [read_spooled(path).verdict for path in spooled(spool)] == ["fine"]
