"""Matching village names: opening the gazetteer, one name, a million rows of one district."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import polars as pl

from payung.regions import Gazetteer


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that ``work`` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> int:
    """Time each step and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--quick", action="store_true", help="100,000 rows only")
    given = parser.parse_args()
    count = 100_000 if given.quick else given.rows
    gazetteer = Gazetteer.load()
    places = [
        (village.name.upper(), gazetteer.path(village.code)[2].name)
        for village in gazetteer.villages("62.03")
    ]
    rows = pl.DataFrame(
        [places[number % len(places)] for number in range(count)],
        schema=["village", "subdistrict"],
        orient="row",
    )
    steps: dict[str, Callable[[], object]] = {
        "open the gazetteer": Gazetteer.load,
        "first name in a district": lambda: Gazetteer.load().match(village="Sidomulyo", within="62.03"),
        "first name in the whole country": lambda: Gazetteer.load().match(village="Sidomulyo"),
        f"{count:,} rows of one district": lambda: Gazetteer.load().match_frame(rows, within="62.03"),
    }
    print("| step | ms |")
    print("|---|---|")
    for name, work in steps.items():
        print(f"| {name} | {timed(work) * 1000:,.0f} |")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
