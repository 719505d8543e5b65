"""How fast the register finds a person: by name, NIK and KPJ, in a village, a sub-district, a district; and how fast
the one search box answers, with typing errors, KK, phone, villages and lists.

.venv/bin/python bench/office_search.py [--people 100000] [--keep FOLDER] [--database postgresql://...]

The time is that of the whole page: the number of people found, the first fifty of them, and what the page shows
of each. *office* is the processor of the office's process, *database* that of PostgreSQL's for this connection (SQLite
works in the office's own), each the least of five: what a machine takes that does nothing else; *wall* is the median by
the clock. ``--keep`` fills the office in FOLDER once and measures there again. Where no database is named, it is SQLite
and then, where its programs are, a throw-away PostgreSQL.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from payung.office.access.scope import Area

ROOT = Path(__file__).resolve().parents[1]
TIMES = 5
HEADS = f"{'found':>6}{'office':>9}{'database':>10}{'wall':>9}  ms"
QUERIES = (
    *(
        "siti",
        "s",
        "siti aminah",
        "nur siti",
        "muhammad siti ahmad",
        "am si",
        "rahmawati",
        "ahmad fauzi",
        "zz",
    ),
    *("{nik}", "{kpj}"),
)
# What the one search box is asked (payung.office.front.search): spelt, mistyped, otherwise spelt, numbers, a village.
BOX = (
    "siti",
    "nur siti",
    "rahmawati",
    "rahmawaty",
    "siti aminha",
    "sitti amina",
    "moh fauzi",
    "zzyx",
    "{nik}",
    "{kpj}",
    "{phone}",
    "bahaur",
)


def fill(people: int, seed: int) -> None:
    """Put invented people into the office: one in forty an office holder, one in two with a KPJ."""
    from django.db import connection

    from payung.district.words import family_names, given_names
    from payung.office.people.queries import name_key
    from payung.office.vault.sealed import blind
    from payung.people.alike import keys

    draw = random.Random(seed)
    firsts = sorted({name for group in given_names().values() for names in group.values() for name in names})
    lasts = sorted({name for names in family_names().values() for name in names})
    weights = [1 / (place + 1) for place in range(len(firsts))]
    draw.shuffle(firsts)
    for common in ("Siti", "Nur", "Ahmad", "Muhammad"):
        firsts.insert(0, common)
        weights.insert(0, 1.0)
    villages = [f"62.03.{place // 14 + 1:02d}.{2001 + place % 14}" for place in range(230)]
    words: list[tuple[object, ...]] = []

    def rows() -> Iterator[tuple[object, ...]]:
        for key in range(1, people + 1):
            name = " ".join([*draw.choices(firsts, weights, k=2), draw.choice(lasts)])
            folded = name_key(name)
            words.extend((word, folded, key) for word in set(folded.split()))
            phone = blind(f"+62812{key:08d}", "phone") if key % 3 == 0 else None
            yield key, blind(f"{key:016d}", "nik"), phone, name, folded, draw.choice(villages), *[""] * 10

    blank = ("birth_place", "sex", "mother", "address", "rt", "rw", "job", "occupation")
    empty = [*blank, "decile_version", "life_status"]
    _put(
        "people_person",
        ["id", "nik_index", "phone_index", "name", "name_key", "village_code", *empty],
        rows(),
    )
    _put("people_nameword", ["word", "name_key", "person_id"], words)
    known = {str(word) for word, *_ in words}
    _put("people_spelling", ["key", "word"], ((key, word) for word in known for key in keys(word)))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_standing (person_id, category, village_code, source)"
            " SELECT id, CASE WHEN id % 40 = 0 THEN 'bpd' ELSE 'rentan' END, village_code, '' FROM people_person"
        )
    _put(
        "people_membership",
        ["person_id", "segment", "source", "kpj_index", "from_month", "until_month", "claimed"],
        (
            (key, "bpu", "apbd", blind(f"26{key:09d}", "kpj"), "2026-01", "", False)
            for key in range(2, people + 1, 2)
        ),
    )
    with connection.cursor() as cursor:
        # As PostgreSQL does by itself some minutes after so many rows.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _put(table: str, columns: list[str], rows: Iterable[tuple[object, ...]]) -> None:
    from django.db import connection, transaction

    from payung.office.service import tables

    with transaction.atomic():
        tables._write(connection, table, columns, rows)


def main() -> None:
    """Fill an office, throw-away unless it is to be kept, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument(
        "--database", default="", help="an empty PostgreSQL: postgresql://... (default: SQLite)"
    )
    parser.add_argument("--quick", action="store_true", help="10,000 people only")
    asked = parser.parse_args()
    people = 10_000 if asked.quick else asked.people
    with tempfile.TemporaryDirectory() as folder:
        home = asked.keep or Path(folder)
        home.mkdir(parents=True, exist_ok=True)
        os.environ.update(
            {"PAYUNG_HOME": str(home), "PAYUNG_DATABASE": asked.database, "PAYUNG_DATABASE_POOL": "0"}
        )
        from payung.office.service import start

        start.load(make=True)

        from django.core.management import call_command

        from payung.office.people.models import Person

        call_command("migrate", interactive=False, verbosity=0)
        if not Person.objects.exists():
            begun = time.perf_counter()
            fill(people, seed=1)
            kind = "PostgreSQL" if asked.database else "SQLite"
            print(f"{people:,} people entered in {time.perf_counter() - begun:.0f} s ({kind})")
        measure(Person.objects.count())
        measure_box(Person.objects.count())
    if not asked.database and asked.keep is None:
        on_postgresql(people)


def on_postgresql(people: int) -> None:
    """Measure again, in a process of its own, on a throw-away PostgreSQL of this machine; say where there is none."""
    sys.path.insert(0, str(ROOT / "tests/office"))
    import postgresserver

    if postgresserver.programs() is None:
        print(f"\n{postgresserver.MISSING}")
        return
    print(flush=True)
    with postgresserver.running() as address:
        command = [sys.executable, __file__, "--people", str(people), "--database", address]
        subprocess.run(command, check=True)


def measure(people: int) -> None:
    """Print how long each search takes, in each place."""
    from payung.office.access.scope import Area

    places = {
        "district": Area("62.03"),
        "its officials": Area("62.03", frozenset({"bpd"})),
        "sub-district": Area("62.03.05"),
        "village": Area("62.03.05.2005"),
    }
    numbers = {"nik": f"{people // 2:016d}", "kpj": f"26{people // 4 * 2:09d}"}
    print(f"{'search':<21}{'where':<15}{HEADS}")
    for text in QUERIES:
        for where, area in places.items():
            found, took = _timed(lambda _, area=area, text=text: page_of(area, text.format(**numbers)))
            told = f"{found}" if found <= 200 else "> 200"
            print(f"{text:<21}{where:<15}{told:>6}{took}", flush=True)


def _timed(work: Callable[[Any], Any], given: Callable[[], Any] = lambda: None) -> tuple[Any, str]:
    """Do something five times, each with what ``given`` returns, which is not measured.

    Returns what the last one returned, and the cells of its times.
    """
    worked, asked, wall, found = [], [], [], None
    for _ in range(TIMES):
        with_this, of_database = given(), database_time()
        begun, before = time.perf_counter(), time.process_time()
        found = work(with_this)
        wall.append(1000 * (time.perf_counter() - begun))
        worked.append(1000 * (time.process_time() - before))
        asked.append(database_time() - of_database)
    return found, f"{min(worked):>9.1f}{min(asked):>10.1f}{statistics.median(wall):>9.1f}"


def database_time() -> float:
    """Return the milliseconds of processor that PostgreSQL's process of this connection took so far; 0 on SQLite, which
    works in the office's own, and not a number where PostgreSQL runs on another machine."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    if not getattr(connection, "alone", False):
        with connection.cursor() as cursor:  # what helpers of this process took would not be seen
            cursor.execute("SET max_parallel_workers_per_gather = 0")
        connection.alone = True
    try:
        taken = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text()
    except OSError:
        return float("nan")
    return int(taken.split()[0]) / 1e6


def measure_box(people: int) -> None:
    """Print how long the one search box takes for people of a district, a sub-district and a village."""
    import datetime as dt

    from payung.office.accounts import actions
    from payung.office.accounts.models import User
    from payung.office.front.search import seek
    from payung.office.regions import actions as regions
    from payung.office.regions.models import Region

    if not Region.objects.exists():
        regions.load(by="bench", district="62.03")
    for role, place in (("dinsos", "62.03"), ("camat", "62.03.05"), ("operator", "62.03.05.2005")):
        if not User.objects.filter(username=role).exists():
            user = actions.create_user(by="bench", username=role, name=role, password=None, temporary=False)
            actions.give_role(by="bench", user=user, role=role, region_code=place, starts=dt.date(2020, 1, 1))
    third = people // 3 * 3
    known = people // 40 * 20 + 2  # no office holder: within the categories of the agency
    numbers = {"nik": f"{known:016d}", "kpj": f"26{known:09d}", "phone": f"0812{third:08d}"}
    print(f"\n{'in the box':<21}{'who':<15}{HEADS}")
    for text in BOX:
        for who in ("dinsos", "camat", "operator"):
            found, took = _timed(
                lambda user, text=text: seek(user, text.format(**numbers)),
                lambda who=who: User.objects.get(username=who),
            )
            print(f"{text:<21}{who:<15}{sum(len(hits.rows) for hits in found):>6}{took}", flush=True)


def page_of(area: Area, text: str) -> int:
    """Do what the list of people does for this search, short of writing HTML; return how many it counts."""
    from django.test import RequestFactory

    from payung.office.access.scope import Scope
    from payung.office.people.lists import People

    request = RequestFactory().get("/orang/", {"cari": text})
    request.scope = Scope((area,))
    page = People()
    rows = page.on_page(request)
    many = page.counted(rows)
    list(rows[: page.page_size + 1])
    return many


if __name__ == "__main__":
    main()
