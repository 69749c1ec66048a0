"""Prints measured figures, each beside a named peer measured in the same run: ``make bench``."""

from __future__ import annotations

import sys

from benchmarks import pipeline, reading


def main() -> None:
    """Run everything, or only what is named: ``python -m benchmarks reading``. Exits 1 when a figure fell short."""
    short: list[str] = []
    chosen = sys.argv[1:] or ["pipeline", "reading"]
    if "pipeline" in chosen:
        print(f"pipeline: {pipeline.HOSTS} ministries of {pipeline.ARTICLES} articles, {pipeline.ROUNDS} rounds")
        pipeline.run()
    if "reading" in chosen:
        short = reading.run()
    for sentence in short:
        print(f"fell short: {sentence}")
    sys.exit(1 if short else 0)


if __name__ == "__main__":
    main()
