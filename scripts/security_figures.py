"""Write the table of figures in docs/security.md from what the attacks counted.

    PAYUNG_ATTACKS=1 PAYUNG_FIGURES=/tmp/figures.jsonl .venv/bin/pytest tests/attack tests/office/access ...
    .venv/bin/python scripts/security_figures.py /tmp/figures.jsonl

With ``--tests`` it prints the tests to be run. A figure that the file does not have keeps its line.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "security.md"
BEGIN, END = "<!-- figures: scripts/security_figures.py -->", "<!-- end of the figures -->"
HEAD = ("| figure | tried | let through | by |", "|---|---:|---:|---|")


def read(path: Path) -> dict[str, tuple[int, int]]:
    """Return figure → tried and let through, summed over the lines of a file."""
    found: dict[str, tuple[int, int]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        name, many, through = json.loads(line)
        before = found.get(name, (0, 0))
        found[name] = (before[0] + int(many), before[1] + int(through))
    return found


def table(counted: dict[str, tuple[int, int]], tests: dict[str, str], former: str) -> str:
    """Return the lines of the table; what was not counted now stands as it stood."""
    lines = list(HEAD)
    for name, test in tests.items():
        if name in counted:
            many, through = counted[name]
            lines.append(f"| {name} | {many} | {through} | `{test}` |")
        elif kept := re.search(rf"^\| {re.escape(name)} \|.*$", former, re.MULTILINE):
            lines.append(kept.group())
    return "\n".join(lines)


def main() -> None:
    """Write the table anew."""
    sys.path.insert(0, str(ROOT / "tests" / "office"))
    from figures import FIGURES  # type: ignore[import-not-found]

    if "--tests" in sys.argv:
        print(" ".join(FIGURES.values()))
        return
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    former, after = rest.split(END)
    made = table(read(Path(sys.argv[1])), FIGURES, former)
    PAGE.write_text(f"{before}{BEGIN}\n{made}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
