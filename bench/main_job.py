"""The main job end to end on invented districts of growing size: workbooks in, enrolment folder out."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from measure import measure

PAYUNG = str(Path(__file__).resolve().parent.parent / ".venv/bin/payung")
GOALS = {10_000: 6, 100_000: 25, 1_000_000: 360}  # seconds on two cores


def main() -> int:
    """Make each district (not measured), run the job on it, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--quick", action="store_true", help="10,000 rows only")
    parser.add_argument("--keep", type=Path, help="folder to keep the districts in between runs")
    given = parser.parse_args()
    sizes = [10_000] if given.quick else given.rows
    folder = given.keep or Path(tempfile.mkdtemp(prefix="payung-bench-"))
    print("| people | rows read | wall s | goal s | CPU s | peak MB | chosen | reserve | returned |")
    print("|---|---|---|---|---|---|---|---|---|")
    try:
        for size in sizes:
            district, out = folder / f"district-{size}", folder / f"out-{size}"
            if not district.exists():
                make = [PAYUNG, "district", str(district), "--district", "62.03"]
                subprocess.run(
                    [*make, "--people", str(size), "--seed", "1"], check=True, stdout=subprocess.DEVNULL
                )
            command = [PAYUNG, "run", str(district / "rosters"), "--insured", str(district / "insured.xlsx")]
            command += ["--as-of", "2027-01", "--source", "apbd", "--budget", str(size * 100_000)]
            found = measure([*command, "--months", "12", "--out", str(out)])
            if found.code != 0:
                print(f"| {size:,} | ended with exit code {found.code} |")
                return 1
            report = json.loads((out / "ringkasan.json").read_text())
            rows, people = report["rows"], report["people"]
            print(
                f"| {size:,} | {rows['read']:,} | {found.wall:.1f} | {GOALS.get(size, '')} | {found.cpu:.1f} "
                f"| {found.peak:,.0f} | {people['chosen']:,} | {people['reserve']:,} | {rows['returned']:,} |",
                flush=True,
            )
    finally:
        if given.keep is None:
            shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
