"""A new roster against a ready list: building the index once, loading it, asking it.

.venv/bin/python bench/linkage_index.py [--known 1000000] [--new 200] [--quick]

The lists come from bench/make_lists.py. Asked three times with other rows of the roster, in a process that has
only just loaded the index: the first time includes what Splink prepares once.
"""

from __future__ import annotations

import argparse
import datetime as dt
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from payung.linkage import tables
from payung.linkage.index import Index

GENERATOR = Path(__file__).resolve().parent / "make_lists.py"
AS_OF = dt.date(2026, 11, 21)
COLUMNS = {
    "name": "nama", "nik": "nik", "kk": "no_kk", "birth_date": "tgl_lahir", "birth_place": "tempat_lahir", "sex": "jk",
    "phone": "no_hp", "village": "desa", "district": "kecamatan",
}  # fmt: skip
ASK = """
import sys, time
from pathlib import Path
import polars as pl
from payung.linkage.index import Index
folder, new = Path(sys.argv[1]), int(sys.argv[2])
roster = pl.read_parquet(folder / "new.parquet")
begun = time.perf_counter()
index = Index.load(folder / "index")
print(f"loaded in {time.perf_counter() - begun:.1f} s")
for part in range(3):
    begun, spent = time.perf_counter(), time.process_time()
    found = index.link(roster.slice(part * new, new))
    took, cpu = time.perf_counter() - begun, time.process_time() - spent
    known = found.persons.height - new
    print(f"{new} rows asked in {took:.2f} s ({cpu:.2f} processor s), {known} known people near them")
"""


def main() -> int:
    """Build, store, load and ask; print one line each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--known", type=int, default=1_000_000)
    parser.add_argument("--new", type=int, default=200)
    parser.add_argument("--quick", action="store_true", help="10,000 known people")
    given = parser.parse_args()
    known = 10_000 if given.quick else given.known
    with tempfile.TemporaryDirectory(prefix="payung-bench-") as name:
        folder = Path(name)
        options = ["--rows", str(known), "--seed", "31", "--profile", "default", "--out", name]
        subprocess.run([sys.executable, GENERATOR, *options], check=True, stdout=subprocess.DEVNULL)
        roster, insurer = (_listings(folder, side) for side in ("roster", "insurer"))
        roster.head(3 * given.new).write_parquet(folder / "new.parquet")
        begun = time.perf_counter()
        Index.build(insurer, as_of=AS_OF).save(folder / "index")
        print(
            f"{insurer.height:,} known people: index built and stored in {time.perf_counter() - begun:.0f} s"
        )
        sys.stdout.flush()
        return subprocess.run([sys.executable, "-c", ASK, name, str(given.new)]).returncode


def _listings(folder: Path, side: str) -> pl.DataFrame:
    cells = tables.read_text(folder / f"{side}.parquet")
    return tables.listings(cells, COLUMNS, file=side, as_of=AS_OF, identity="rec_id")


if __name__ == "__main__":
    raise SystemExit(main())
