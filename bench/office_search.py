"""How fast the register finds a person: by name, NIK and KPJ, in a village, a sub-district, a district.

.venv/bin/python bench/office_search.py [--people 100000]
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path

TIMES = 5
QUERIES = ("siti", "siti aminah", "nur siti", "am si", "ahmad fauzi", "zz", "rahmawati")


def fill(path: Path, people: int, seed: int) -> list[str]:
    """Put invented people into the database at ``path``; return the village codes."""
    from payung.district.words import family_names, given_names
    from payung.office.register.queries import name_key
    from payung.office.register.sealed import blind

    draw = random.Random(seed)
    firsts = sorted({name for group in given_names().values() for names in group.values() for name in names})
    lasts = sorted({name for names in family_names().values() for name in names})
    weights = [1 / (place + 1) for place in range(len(firsts))]
    draw.shuffle(firsts)
    for common in ("Siti", "Nur", "Ahmad", "Muhammad"):
        firsts.insert(0, common)
        weights.insert(0, 1.0)
    villages = [f"62.03.{place // 14 + 1:02d}.{2001 + place % 14}" for place in range(230)]
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA synchronous=OFF")
        words = []
        rows = []
        for key in range(1, people + 1):
            name = " ".join([*draw.choices(firsts, weights, k=2), draw.choice(lasts)])
            folded = name_key(name)
            index = blind(f"{key:016d}", "nik")
            rows.append((key, index, name, folded, draw.choice(villages)))
            words += [(word, key) for word in set(folded.split())]
        database.executemany(
            "INSERT INTO register_person (id, nik_index, name, name_key, village_code, birth_place, sex, mother,"
            " address, rt, rw, job, occupation, decile_version, life_status)"
            " VALUES (?, ?, ?, ?, ?, '', '', '', '', '', '', '', '', '', '')",
            rows,
        )
        database.executemany("INSERT INTO register_nameword (word, person_id) VALUES (?, ?)", words)
        database.execute("ANALYZE")
    return villages


def main() -> None:
    """Fill a throw-away office and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    people = parser.parse_args().people
    with tempfile.TemporaryDirectory() as home:
        os.environ.update({"PAYUNG_HOME": home, "PAYUNG_DATABASE": ""})
        from payung.office import start

        start.load()
        import datetime as dt

        from django.core.management import call_command

        from payung.office.accounts.scope import Area, Scope
        from payung.office.register import queries

        call_command("migrate", interactive=False, verbosity=0)
        begun = time.perf_counter()
        villages = fill(Path(home) / "office.sqlite3", people, seed=1)
        print(f"{people:,} people entered in {time.perf_counter() - begun:.0f} s (SQLite)")
        print(f"{'search':<18}{'where':<16}{'found':>6}{'median ms':>11}{'worst ms':>10}")
        places = {"district": "62.03", "sub-district": "62.03.05", "village": villages[60]}
        for text in (*QUERIES, f"{people // 2:016d}"):
            for where, code in places.items():
                scope = Scope((Area(code),))
                taken = []
                for _ in range(TIMES):
                    begun = time.perf_counter()
                    rows = queries.for_list(scope, dt.date(2026, 11, 22))
                    found = list(queries.matching(rows, text).order_by("name_key", "pk")[:51])
                    taken.append(1000 * (time.perf_counter() - begun))
                print(
                    f"{text:<18}{where:<16}{len(found):>6}{statistics.median(taken):>11.1f}{max(taken):>10.1f}"
                )


if __name__ == "__main__":
    main()
