"""How long a list of 250 people is compared with the register, at a size: looking up and judging.

.venv/bin/python bench/office_review.py [--people 100000]
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import resource
import sqlite3
import tempfile
import time
from pathlib import Path

from office_search import fill

LIST = 250  # people of one village
TIMES = 3


def give_numbers(path: Path, people: int, seed: int) -> None:
    """Give the invented people of ``fill`` a date of birth, a number that carries it, and a sex."""
    from payung.office.vault.sealed import seal

    draw = random.Random(seed)
    rows = []
    for key in range(1, people + 1):
        born = dt.date(1955, 1, 1) + dt.timedelta(days=draw.randrange(50 * 365))
        nik = f"620399{born:%d%m%y}{draw.randrange(1, 9999):04d}"
        rows.append((born.isoformat(), seal(nik, "register.person.nik"), draw.choice("LP"), key))
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA synchronous=OFF")
        database.executemany("UPDATE people_person SET birth_date = ?, nik = ?, sex = ? WHERE id = ?", rows)
        database.execute("ANALYZE")


def main() -> None:
    """Fill a throw-away office and print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--quick", action="store_true", help="10,000 people only")
    asked = parser.parse_args()
    people = 10_000 if asked.quick else asked.people
    with tempfile.TemporaryDirectory() as home:
        os.environ.update({"PAYUNG_HOME": home, "PAYUNG_DATABASE": ""})
        from payung.office.service import start

        start.load(make=True)
        from django.core.management import call_command

        from payung.office.duplicates.work import candidates, comparisons
        from payung.office.people.models import Person

        call_command("migrate", interactive=False, verbosity=0)
        path = Path(home) / "office.sqlite3"
        fill(path, people, seed=1)
        give_numbers(path, people, seed=2)
        these = list(
            candidates.everything(Person.objects.filter(village_code=Person.objects.get(pk=1).village_code))[
                :LIST
            ]
        )
        for _ in range(TIMES):
            begun = time.perf_counter()
            met = candidates.compared(these, []).part.height
            looked_up = time.perf_counter() - begun
            begun = time.perf_counter()
            pairs = len(comparisons.find(these, []))
            whole = time.perf_counter() - begun
            print(
                f"{len(these)} of {people:,}: {met:,} looked up in {looked_up:.1f} s; {pairs} pairs, "
                f"{whole:.1f} s in all, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB"
            )


if __name__ == "__main__":
    main()
