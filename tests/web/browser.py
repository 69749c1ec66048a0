"""A real browser, driven over a pipe with Chromium's own protocol: what a page looks like cannot be told from its HTML."""

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = Path("/usr/bin/chromium")
_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage --remote-debugging-pipe "
    "--host-resolver-rules='MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'"
)


class Browser:
    """One tab."""

    def __init__(self, reading: int, writing: int) -> None:
        self._in, self._out = os.fdopen(reading, "rb"), os.fdopen(writing, "wb")
        self._number, self._buffer = 0, b""
        self.complaints: list[str] = []
        """What the page's console said."""
        target = self.tell("Target.createTarget", url="about:blank")["targetId"]
        self._session: str | None = self.tell("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Log", "Runtime"):
            self.tell(f"{domain}.enable")

    _session = None

    def tell(self, method: str, **parameters: Any) -> Any:
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._out.write(json.dumps(message).encode() + b"\0")
        self._out.flush()
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return answer["result"]

    def open(self, url: str, *, width: int, dark: bool = False) -> None:
        self.tell(
            "Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=width < 600
        )
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.tell("Emulation.setEmulatedMedia", features=scheme)
        self.tell("Page.navigate", url=url)
        until = time.monotonic() + 20
        while self.ask("document.readyState + location.href") != f"complete{url}":
            assert time.monotonic() < until, url

    def ask(self, expression: str) -> Any:
        return self.tell("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def _next(self) -> Any:
        while b"\0" not in self._buffer:
            part = self._in.read1(65536)
            assert part, "the browser is gone"
            self._buffer += part
        text, _, self._buffer = self._buffer.partition(b"\0")
        answer = json.loads(text)
        if answer.get("method") == "Log.entryAdded":
            self.complaints.append(answer["params"]["entry"]["text"])
        return answer

    def close(self) -> None:
        self._in.close()
        self._out.close()


@contextmanager
def browsing() -> Iterator[Browser]:
    to_read, to_write = os.pipe(), os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        line = f"exec {CHROMIUM} {_FLAGS} --user-data-dir={profile} 3<&{to_write[0]} 4>&{to_read[1]} 2>/dev/null"
        process = subprocess.Popen(["bash", "-c", line], pass_fds=(to_write[0], to_read[1]), stdout=subprocess.DEVNULL)
        os.close(to_write[0])
        os.close(to_read[1])
        browser = Browser(to_read[0], to_write[1])
        try:
            yield browser
        finally:
            browser.close()
            process.kill()
            process.wait()
