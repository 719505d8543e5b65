"""How long the head's page takes: people, a year of paid months, a signed decree; the page asked for again and again.

.venv/bin/python bench/head_page.py [--people 100000] [--readings 20] [--statements]

SQLite in a folder of its own, or the PostgreSQL that ``PAYUNG_DATABASE`` names (an empty database). *First* is the
first reading after a write, *again* those that follow. ``--statements`` lists the slowest and how SQLite walks.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import months as register

SHOWN = 8  # statements


def people() -> None:
    """Give everybody a birth date and a category, as a register has them."""
    from django.db import connection

    from payung.office.people.models import Person, Standing

    with connection.cursor() as cursor:
        first = "DATE('1955-01-01', '+' || (id * 7919 % 22000) || ' days')"
        if connection.vendor == "postgresql":
            first = "DATE '1955-01-01' + (id * 7919 % 22000)::int"
        cursor.execute(f"UPDATE people_person SET birth_date = {first}")
    Standing.objects.bulk_create(
        (
            Standing(
                person_id=key, category=("rentan", "bpd", "ketua_rt", "mandiri")[key % 4], village_code=code
            )
            for key, code in Person.objects.values_list("pk", "village_code").iterator()
        ),
        batch_size=5000,
    )


def office() -> Any:
    """Make the places and the account of the head of the district; return a client that is signed in."""
    from django.test import Client

    from payung.office.accounts import actions
    from payung.office.people.models import Person
    from payung.office.regions.models import Region

    codes = set(Person.objects.order_by().values_list("village_code", flat=True).distinct())
    rows = {"62.03": "regency"}
    rows |= {code.rpartition(".")[0]: "subdistrict" for code in codes}
    rows |= dict.fromkeys(codes, "village")
    Region.objects.bulk_create(Region(code=code, name=code, level=level) for code, level in rows.items())
    user = actions.create_user(
        by="bench", username="bupati", name="Bupati", password="sandi-yang-panjang", temporary=False
    )
    actions.give_role(by="bench", user=user, role="bupati", region_code="62.03", starts=dt.date(2020, 1, 1))
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(user)
    return client


def ask(client: Any) -> tuple[float, list[dict[str, str]]]:
    """Open the page once; return milliseconds and its statements."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as found:
        clock = time.perf_counter()
        answer = client.get("/ringkasan/")
        took = 1000 * (time.perf_counter() - clock)
    assert answer.status_code == 200, answer.status_code
    return took, list(found.captured_queries)


def main() -> None:
    """Fill an empty office, and read its first page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--readings", type=int, default=20)
    parser.add_argument("--statements", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"PAYUNG_HOME": home, "PAYUNG_SECOND_FACTOR": "0", "PAYUNG_HOSTS": "127.0.0.1"}
        from payung.office.service import start

        start.load(make=True)

        from django.core.management import call_command
        from django.db import connection, transaction

        from payung.office.history.actions import Entry, record

        call_command("migrate", interactive=False, verbosity=0)
        clock = time.perf_counter()
        line = register.fill(asked.people)
        people()
        register.history(line, lifelike=True)
        client = office()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"{asked.people} people, ten months of history in {time.perf_counter() - clock:.0f} s")
        ask(client)
        firsts, again = [], []
        statements: list[dict[str, str]] = []
        for _ in range(3):
            with transaction.atomic():  # a write of somebody
                record(
                    by="bench",
                    entries=[Entry("list.export", "list:bench", reason="bench", after={"rows": 1})],
                )
            took, statements = ask(client)
            firsts.append(took)
            again += [ask(client)[0] for _ in range(asked.readings // 3)]
        again.sort()
        p95 = again[min(len(again) * 95 // 100, len(again) - 1)]
        print(
            f"  first {statistics.median(firsts):.0f} ms; again p50 {statistics.median(again):.0f} ms, p95 {p95:.0f} ms"
        )
        print(f"  statements: {len(statements)}")
        if asked.statements:
            for one in sorted(statements, key=lambda one: -float(one["time"]))[:SHOWN]:
                print(f"\n{one['time']} s  {one['sql'][:1500]}")
                if connection.vendor == "sqlite" and one["sql"].startswith("SELECT"):
                    with connection.cursor() as cursor:
                        cursor.execute("EXPLAIN QUERY PLAN " + one["sql"].replace("%", "%%"))
                        print("\n".join(f"    {row[-1]}" for row in cursor.fetchall()))


if __name__ == "__main__":
    main()
