"""The ``bantin`` command as a test calls it: in this process, with what it printed and its exit code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import cli


class Said(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Command:
    """``command("items", "--json")`` on one home."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home, self._capsys = home, capsys

    def __call__(self, *words: str) -> Said:
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            cli.main(["--home", str(self.home), *words])
        out, err = self._capsys.readouterr()
        return Said(int(end.value.code or 0), out, err)
