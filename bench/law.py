"""The law at scale: pricing rows and sums by Payung, beside OpenFisca, pandas and a plain scan and write.

.venv/bin/python bench/law.py [--quick] [--rows 1000000 10000000] [--sums 100000000] [--repeat 3]

Every way runs in its own process. Rows: every person, twelve months, written as parquet; the totals of all ways
are compared to the rupiah. Sums: by village and month.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import duckdb
from measure import Measured, measure

HERE = Path(__file__).resolve().parent
WAYS = HERE / "law_ways"
PEERS = HERE.parent / ".venv-bench" / "bin" / "python"
MILLION = 1_000_000


def run(name: str, *arguments: Path | int, python: str = sys.executable, repeat: int = 1) -> Measured:
    """Run one way ``repeat`` times and return the run with the median of processor seconds."""
    command = [python, str(WAYS / f"{name}.py"), *map(str, arguments)]
    runs = sorted((measure(command) for _ in range(repeat)), key=lambda one: one.cpu)
    failed = [one for one in runs if one.code]
    if failed:
        raise SystemExit(f"{name} ended with {failed[0].code}")
    return runs[len(runs) // 2]


def say(way: str, found: Measured, floor: Measured | None = None) -> None:
    """Print one line of the table."""
    times = f"{found.cpu / floor.cpu:5.2f}" if floor else "     "
    print(f"| {way:44} | {found.cpu:8.1f} | {found.wall:8.1f} | {found.peak:7.0f} | {times} |", flush=True)


def head(title: str) -> None:
    """Print the head of a table."""
    print(f"\n{title}\n\n| {'way':44} | CPU s    | wall s   | peak MB | floors |\n|---|---|---|---|---|")


def rows(count: int, folder: Path, repeat: int, peers: bool) -> None:
    """Price ``count`` people for twelve months and write the rows, by every way."""
    people, priced = folder / "people.parquet", folder / "priced.parquet"
    run("people", count, people)
    run("priced", people, priced)
    head(f"{count:,} people, {12 * count:,} rows written")
    floor = run("floor", priced, folder / "floor.parquet", repeat=repeat)
    say("floor: scan and write", floor)
    outs = {"payung": folder / "payung.parquet"}
    say("Payung", run("payung_rows", people, outs["payung"], repeat=repeat), floor)
    if peers and PEERS.is_file():
        for name in ("pandas", "openfisca"):
            outs[name] = folder / f"{name}.parquet"
            say(name, run(f"{name}_rows", people, outs[name], python=str(PEERS), repeat=repeat), floor)
    elif peers:
        print("(peers left out: no .venv-bench; see requirements/bench.in)")
    totals = {name: total(out) for name, out in outs.items()}
    if len(set(totals.values())) != 1:
        raise SystemExit(f"the totals differ: {totals}")
    print(f"\nAll totals equal: {totals['payung'][1]:,} rupiah in {totals['payung'][0]:,} rows.")


def total(path: Path) -> tuple[int, int]:
    """Return how many rows and how many rupiah ``path`` holds."""
    count, rupiah = duckdb.sql(f"SELECT count(*), sum(total) FROM '{path}'").fetchone() or (0, 0)
    return int(count), int(rupiah)


def sums(count: int, folder: Path) -> None:
    """Sum ``count`` people by village and month."""
    people, out = folder / "people.parquet", folder / "sums.parquet"
    run("people", count, people)
    head(f"{count:,} people summed by village and month (12 months)")
    say("Payung", run("payung_sums", people, out))
    found = duckdb.sql(f"SELECT count(*), sum(people), sum(total) FROM '{out}'").fetchone() or (0, 0, 0)
    print(f"\n{found[0]:,} rows, {int(found[1]):,} person-months, {int(found[2]):,} rupiah.")


def one_person() -> None:
    """Time a call, a bill with its steps, and the start of the command."""
    from payung.law import bill, load
    from payung.law.months import first_day
    from payung.law.rules import contribution

    law = load().on(first_day("2026-05"))

    def timed(work: object, times: int) -> float:
        spent = []
        for _ in range(5):
            start = time.perf_counter()
            for _ in range(times):
                work()  # type: ignore[operator]
            spent.append((time.perf_counter() - start) / times)
        return median(spent) * MILLION

    given = {"segment": "bpu", "income": 1_500_000, "month": "2026-05", "source": "csr"}
    call = timed(lambda: contribution.jkk_and_jkm(law, "bpu", 1_500_000, "other", "csr", 1), 20_000)
    steps = timed(lambda: bill(**given).plain(), 500)  # type: ignore[arg-type]
    print(
        f"\nOne person, one month: {call:.1f} microseconds; with every step explained: {steps / 1000:.2f} ms."
    )


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, nargs="*", default=[MILLION], help="people to price as rows")
    parser.add_argument("--sums", type=int, nargs="*", default=[10 * MILLION], help="people to sum")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each way; the median counts")
    parser.add_argument("--no-peers", action="store_true", help="leave out OpenFisca and pandas")
    parser.add_argument("--quick", action="store_true", help="100,000 people only")
    given = parser.parse_args()
    if given.quick:
        given.rows, given.sums, given.repeat = [100_000], [100_000], 1
    with tempfile.TemporaryDirectory() as name:
        for count in given.rows:
            rows(count, Path(name), given.repeat, not given.no_peers)
        for count in given.sums:
            sums(count, Path(name))
    one_person()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
