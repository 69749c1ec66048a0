"""Prints measured figures, each beside a named peer measured in the same run: ``make bench``."""

from __future__ import annotations

from benchmarks import pipeline


def main() -> None:
    print(
        f"pipeline: {pipeline.HOSTS} ministries of {pipeline.ARTICLES} articles on loopback, {pipeline.ROUNDS} rounds"
    )
    pipeline.run()


if __name__ == "__main__":
    main()
