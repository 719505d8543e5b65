"""Writing invented districts of growing size: people, workbooks, the insurer's list, the truth."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from measure import measure

PAYUNG = str(Path(__file__).resolve().parent.parent / ".venv/bin/payung")


def main() -> int:
    """Make each district and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="*", default=[5_000, 100_000, 1_000_000])
    parser.add_argument("--quick", action="store_true", help="5,000 people only")
    given = parser.parse_args()
    print("| people | files | MB on disk | wall s | CPU s | peak MB |")
    print("|---|---|---|---|---|---|")
    for people in [5_000] if given.quick else given.people:
        with tempfile.TemporaryDirectory(prefix="payung-bench-") as folder:
            out = Path(folder) / "district"
            command = [PAYUNG, "district", str(out), "--district", "62.03", "--people", str(people)]
            found = measure([*command, "--seed", "1"])
            if found.code != 0:
                print(f"| {people:,} | ended with exit code {found.code} |")
                return 1
            sizes = [path.stat().st_size for path in out.rglob("*") if path.is_file()]
            print(
                f"| {people:,} | {len(sizes):,} | {sum(sizes) / 1e6:,.0f} | {found.wall:.1f} | {found.cpu:.1f} "
                f"| {found.peak:,.0f} |",
                flush=True,
            )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
