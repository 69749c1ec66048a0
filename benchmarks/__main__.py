"""Prints measured figures, each beside a named peer measured in the same run: ``make bench``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks import archive, pipeline, reading


def main() -> None:
    """Run everything, or only what is named: ``python -m benchmarks reading``. Exits 1 when a figure fell short.

    The archive takes an hour, and runs only when it is named.
    """
    options = _options()
    short: list[str] = []
    chosen = options.chosen or ["pipeline", "reading"]
    if "pipeline" in chosen:
        print(f"pipeline: {pipeline.HOSTS} ministries of {pipeline.ARTICLES} articles, {pipeline.ROUNDS} rounds")
        pipeline.run()
    if "reading" in chosen:
        short += reading.run()
    if "archive" in chosen:
        short += archive.run(options.articles, options.at)
    for sentence in short:
        print(f"fell short: {sentence}")
    sys.exit(1 if short else 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("chosen", nargs="*", help="pipeline, reading, archive")
    parser.add_argument("--articles", type=int, default=archive.ARTICLES, help="how many the archive is to have")
    parser.add_argument("--at", type=Path, help="folder to keep the archive in, or with one to use")
    return parser.parse_args()


if __name__ == "__main__":
    main()
