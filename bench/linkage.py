"""Linking, beside the peers: quality, seconds, memory, on generated lists with a known truth.

.venv/bin/python bench/linkage.py [--rows 100000 ...] [--profiles default harsh] [--only payung ...] [--quick]

The lists come from bench/make_lists.py. Peers run in .venv-bench where a package is not in .venv:
python3 -m venv .venv-bench && .venv/bin/uv pip install --python .venv-bench/bin/python --require-hashes --no-deps -r
requirements/bench.txt
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

import polars as pl
from measure import Measured, measure

from payung.linkage.evaluation import Quality, evaluate

HOUSE = Path(__file__).resolve().parents[1]
GENERATOR = HOUSE / "bench" / "make_lists.py"
WAYS = HOUSE / "bench" / "linkage_ways"
PEERS = HOUSE / ".venv-bench" / "bin" / "python"
MOST_RECORDLINKAGE = 100_000  # rows a side; larger was not tried
LABELS = {
    "exact_written": "exact NIK as written (openIMIS, OpenSPP)",
    "exact_cleaned": "exact NIK after cleaning",
    "recordlinkage_ecm": "recordlinkage, ECM",
    "splink_generic": "Splink, generic settings, trained here",
    "payung": "Payung",
}


def main() -> int:
    """Print one line for each profile, size and way."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000])
    parser.add_argument("--profiles", nargs="+", default=["default", "harsh"])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", nargs="+", choices=list(LABELS), default=list(LABELS))
    parser.add_argument("--quick", action="store_true", help="10,000 rows")
    given = parser.parse_args()
    print(
        "| Lists | Way | P | R | F1 | review | F1 reviewed | offered | waiting | dropped | s | CPU-s | GB |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|---|---|")
    for rows in [10_000] if given.quick else given.rows:
        for profile in given.profiles:
            with tempfile.TemporaryDirectory(prefix="payung-bench-") as folder:
                lists = Path(folder) / "lists"
                options = [
                    "--rows",
                    str(rows),
                    "--seed",
                    str(given.seed),
                    "--profile",
                    profile,
                    "--out",
                    str(lists),
                ]
                measure([sys.executable, str(GENERATOR), *options])
                for way in given.only:
                    _line(way, lists, Path(folder), f"{profile}, {rows:,} + {rows:,}", rows)
    at = time.strftime("%Y-%m-%d", time.gmtime())
    print(
        f"\nMeasured {at} on two cores, seed {given.seed}; P, R and F1 of pairs, all sides; seconds with reading."
    )
    return 0


def _line(way: str, lists: Path, folder: Path, title: str, rows: int) -> None:
    if way == "recordlinkage_ecm" and (rows > MOST_RECORDLINKAGE or not PEERS.exists()):
        why = "not tried above 100,000 rows" if PEERS.exists() else ".venv-bench is not here"
        print(f"| {title} | {LABELS[way]} | not run: {why} | | | | | | | | | | |", flush=True)
        return
    out = folder / way
    taken = _run(way, lists, out)
    if taken.code:
        print(f"| {title} | {LABELS[way]} | failed with code {taken.code} | | | | | | | | | | |", flush=True)
        return
    found = _quality(way, lists, out)
    shares = [found.precision, found.recall, found.f1]
    more = [found.review_rows, found.f1_reviewed, found.wrongly_offered, found.insured_waiting]
    more.append(found.wrongly_dropped)
    cells = [f"{value:.4f}" for value in shares]
    cells += ["" if value is None or way != "payung" else f"{value:.4f}" for value in more]
    cells += [f"{taken.wall:.0f}", f"{taken.cpu:.0f}", f"{taken.peak / 1024:.1f}"]
    print(f"| {title} | {LABELS[way]} | {' | '.join(cells)} |", flush=True)


def _run(way: str, lists: Path, out: Path) -> Measured:
    if way == "payung":
        command = [str(HOUSE / ".venv" / "bin" / "payung"), "match", str(lists / "roster.parquet")]
        command += ["--against", str(lists / "insurer.parquet"), "--out", str(out), "--id", "rec_id"]
        return measure([*command, "--as-of", "2026-11-21", "--json"])
    python = str(PEERS) if way == "recordlinkage_ecm" else sys.executable
    if way == "recordlinkage_ecm":
        # The toolkit's own environment has no Payung; it borrows the readers.
        code = f"import sys; sys.path[:0] = [{str(HOUSE / 'src')!r}, {str(WAYS)!r}]; import {way}"
        return measure([python, "-c", code, str(lists), str(out)])
    return measure([python, str(WAYS / f"{way}.py"), str(lists), str(out)])


def _quality(way: str, lists: Path, out: Path) -> Quality:
    truth = pl.read_parquet(lists / "truth.parquet", columns=["rec_id", "entity_id"])
    if way == "payung":
        sides = pl.read_parquet(out / "records.parquet", columns=["record", "known"])
        return evaluate(
            pl.read_parquet(out / "pairs.parquet"),
            pl.read_parquet(out / "persons.parquet"),
            truth,
            sides=sides,
        )
    persons = truth.select(pl.col("rec_id").alias("record"), pl.int_range(pl.len()).alias("person"))
    pairs = pl.read_parquet(out)
    if "match_weight" not in pairs.columns:
        return evaluate(pairs, persons, truth)
    # A peer that gives weights is shown at the threshold that is best for it.
    at = [
        evaluate(pairs.filter(pl.col("match_weight") >= weight), persons, truth) for weight in range(-2, 21)
    ]
    return max(at, key=lambda one: one.f1)


if __name__ == "__main__":
    raise SystemExit(main())
