"""Write lists with a known truth into a folder: roster.parquet, insurer.parquet, truth.parquet.

.venv/bin/python bench/make_lists.py --rows 100000 --seed 7 --profile harsh --out FOLDER
"""

from __future__ import annotations

import argparse
from pathlib import Path

from known_truth import PROFILES, generate


def main() -> int:
    """Make the lists and say how many."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=10_000, help="rows a side")
    parser.add_argument("--insurer-rows", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--profile", choices=list(PROFILES), default="default")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    made = generate(given.rows, given.seed, given.profile, given.insurer_rows)
    given.out.mkdir(parents=True, exist_ok=True)
    for name in ("roster", "insurer", "truth"):
        getattr(made, name).write_parquet(given.out / f"{name}.parquet")
    people = made.truth["entity_id"].n_unique()
    print(f"{made.roster.height:,} + {made.insurer.height:,} rows of {people:,} people in {given.out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
