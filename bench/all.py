"""`make bench`: every speed table, one after the other. Give names to run only some of them.

.venv/bin/python bench/all.py [main_job rosters linkage law ...] [--quick]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOOLS = ("all", "measure", "make_lists")  # no benchmarks themselves


def main() -> int:
    """Run the benchmarks in their own processes, so that none inherits the memory of another."""
    names = sorted(path.stem for path in HERE.glob("*.py") if path.stem not in TOOLS)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(names)}")
    parser.add_argument("--quick", action="store_true", help="small sizes only")
    given = parser.parse_args()
    unknown = sorted(set(given.names) - set(names))
    if unknown:
        parser.error(f"no benchmark called {', '.join(unknown)}; there are: {', '.join(names)}")
    failed = []
    for name in given.names or names:
        print(f"\n== {name} ==", flush=True)
        command = [sys.executable, str(HERE / f"{name}.py"), *(["--quick"] if given.quick else [])]
        if subprocess.run(command, cwd=HERE.parent).returncode != 0:
            failed.append(name)
    if failed:
        print(f"\nNot finished: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
