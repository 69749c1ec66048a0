"""Prints measured figures, each beside a named peer measured in the same run: ``make bench``."""

from __future__ import annotations

import sys

from benchmarks import pipeline, reading


def main() -> None:
    """Run everything, or only what is named: ``python -m benchmarks reading``."""
    chosen = sys.argv[1:] or ["pipeline", "reading"]
    if "pipeline" in chosen:
        print(f"pipeline: {pipeline.HOSTS} ministries of {pipeline.ARTICLES} articles, {pipeline.ROUNDS} rounds")
        pipeline.run()
    if "reading" in chosen:
        reading.run()


if __name__ == "__main__":
    main()
