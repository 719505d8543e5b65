"""How long a month takes: drawing up, sending and paying a bill on eleven months of history, and what is asked of it.

.venv/bin/python bench/months.py [--people 100000] [--lifelike]

SQLite in a folder of its own, or the PostgreSQL that ``PAYUNG_DATABASE`` names (an empty database). Seconds are those
of this process and, in brackets, of the clock; on PostgreSQL the server's own work shows in the clock alone.
``--lifelike`` lets everybody miss some months of the history, so that many different pasts have to be judged.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import tempfile
import time
from collections.abc import Callable
from typing import Any

YEAR, VILLAGES = 2026, 136
DONE: list[tuple[str, float, float, int]] = []


def measured(name: str, do: Callable[[], Any]) -> Any:
    """Do something and keep what it took."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        cpu, clock = time.process_time(), time.perf_counter()
        found = do()
        DONE.append((name, time.process_time() - cpu, time.perf_counter() - clock, len(queries)))
    print(f"  {name:<44}{DONE[-1][1]:>9.2f} ({DONE[-1][2]:.2f}) s  {DONE[-1][3]:>4} statements", flush=True)
    return found


def copied(row: Any, source: str, **columns: str) -> None:
    """Write a row like ``row`` for each one of the query ``source`` (``n``), ``columns`` by their expressions."""
    from django.db import connection

    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    told = [columns.get(field.column, f"t.{field.column}") for field in fields]
    table, names = row._meta.db_table, ", ".join(field.column for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {', '.join(told)} FROM ({source}) n CROSS JOIN {table} t"
            f" WHERE t.id = {row.pk}"
        )


def numbers(last: int) -> str:
    """Return the query for ``i`` from 1 to ``last``."""
    return (
        "SELECT i FROM (WITH RECURSIVE up(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM up"
        f" WHERE i < {last}) SELECT i FROM up) x"
    )


def fill(people: int) -> Any:
    """Put people and a signed decree of one line into the office; return the line."""
    from django.db import connection, transaction

    from payung.office.people.models import Person
    from payung.office.programme.actions import book
    from payung.office.programme.models import Agreement, Decree, DecreePerson, Line

    where = f"n.i % {VILLAGES} / 14 + 1"
    village = (
        f"'62.03.' || CASE WHEN {where} < 10 THEN '0' ELSE '' END || CAST({where} AS varchar(2)) || '.'"
        " || CAST(2001 + n.i % 14 AS varchar(4))"
    )
    with transaction.atomic():
        first = Person.objects.create(name="Orang 0", name_key="orang 0", village_code="62.03.01.2001")
        if people > 1:
            called = "'rang ' || CAST(n.i AS varchar(9))"
            copied(
                first,
                numbers(people - 1),
                name=f"'O' || {called}",
                name_key=f"'o' || {called}",
                village_code=village,
            )
        common = {"region_code": "62.03", "by": "bench"}
        agreement = Agreement.objects.create(
            kind="pks",
            number="1",
            signed_on=dt.date(YEAR, 1, 1),
            starts=dt.date(YEAR, 1, 1),
            ends=dt.date(YEAR, 12, 31),
            **common,
        )
        within = {"from_month": f"{YEAR}-01", "until_month": f"{YEAR}-12"}
        line = Line.objects.create(source="apbd", year=YEAR, name="Dana", **within, **common)
        book(by="bench", line=line, kind="ceiling", amount=10**13, subject=line.subject)
        decree = Decree.objects.create(
            agreement=agreement, line=line, region_code="62.03", created_by="bench", **within
        )
        row = DecreePerson.objects.create(
            decree=decree,
            person_id=first.pk,
            number=1,
            line=line,
            segment="bpu",
            category="rentan",
            village_code=first.village_code,
            name="Orang",
            last_month=f"{YEAR}-12",
            **within,
        )
        copied(
            row,
            f"SELECT id, village_code FROM people_person WHERE id <> {first.pk}",
            person_id="n.id",
            number=f"n.id - {first.pk} + 1",
            village_code="n.village_code",
        )
        Decree.objects.filter(pk=decree.pk).update(state="frozen", hash="0" * 64, frozen_by="bench")
        DecreePerson.objects.filter(decree=decree).update(held=True)
        Decree.objects.filter(pk=decree.pk).update(
            state="signed", number="1", signed_on=dt.date(YEAR, 1, 2), signed_by="bench"
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return line


def history(line: Any, lifelike: bool, many: int = 10) -> None:
    """Write ``many`` months up to October as paid: by everybody, or by nineteen of twenty in each month."""
    from django.db import connection, transaction

    from payung.law import months
    from payung.office.months import actions
    from payung.office.months.models import Place
    from payung.office.months.postings import Lines
    from payung.office.people.models import Person

    codes = Person.objects.order_by().values_list("village_code", flat=True).distinct()
    with transaction.atomic():
        actions.places({(code, "rentan") for code in codes})
    assert Place.objects.exists()
    for month in range(11 - many, 11):
        ago = abs(month) + 2
        missing = f"WHERE (p.id / {ago * ago} * 7919 + p.id * {ago}) % 20 > 0" if lifelike else ""
        number = months.index(f"{YEAR}-01") + month - 1
        name = months.from_index(number)
        sql = (
            f"SELECT {number} AS month, 1 AS segment, p.id AS person, pl.id AS place,"
            " 10000 AS jkk, 6800 AS jkm FROM people_person p JOIN months_place pl"
            f" ON pl.village_code = p.village_code {missing}"
        )
        with transaction.atomic():
            actions.post(
                by="bench",
                bill=900_000 + month,
                payment=900_000 + month,
                line=line.pk,
                paid_on=dt.date(int(name[:4]), int(name[5:]), 5),
                lines=Lines(sql),
                subject="bench",
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def month(line: Any) -> None:
    """Draw up, send and pay one month, and ask what the office asks."""
    from payung.office.access.scope import Area, Scope
    from payung.office.bills import proofs as bill_proofs
    from payung.office.bills.actions import Arrival, draw_up, receive, send
    from payung.office.bills.states import Channel
    from payung.office.months import proofs, queries
    from payung.office.months.models import Past
    from payung.office.people.models import Person
    from payung.office.reconciliation.queries import compare

    everywhere = Scope((Area(""),))
    last = f"{YEAR}-11"
    drawn = measured("draw up", lambda: draw_up(by="bench", month=last, line=line))
    (draft,) = drawn.bills
    bill = measured("send", lambda: send(by="bench", bill=draft))
    arrival = Arrival(Channel.SP2D, "1", dt.date(YEAR, 11, 6), bill.payable, bills=(bill.code,))
    paid = measured("pay", lambda: receive(by="bench", arrival=arrival))
    assert paid.settled[0].people == bill.people
    day = queries.kept_day()
    assert day is not None
    measured("today's states by village (kept)", lambda: queries.states(everywhere, day))
    measured("states by village, another day", lambda: queries.states(everywhere, dt.date(YEAR, 9, 1)))
    key = Person.objects.order_by("-pk").values_list("pk", flat=True)[0]
    measured("one person on a day", lambda: queries.cover_on(key, day))
    measured("reconcile the month", lambda: compare(last))
    measured("prove digests and sums", lambda: [*proofs.digests(), *bill_proofs.digests(), *proofs.sums()])
    print(f"  different pasts: {Past.objects.count()}")


def size() -> int:
    """Return the bytes of the database."""
    from django.conf import settings
    from django.db import connection

    if connection.vendor == "sqlite":
        return sum(
            os.path.getsize(name)  # noqa: PTH202
            for name in (str(settings.DATABASES["default"]["NAME"]),)
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def main() -> None:
    """Fill an empty office, and measure a month."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--lifelike", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["PAYUNG_HOME"] = home
        from payung.office.service import start

        start.load(make=True)

        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=0)
        line = fill(asked.people)
        before = size()
        clock = time.perf_counter()
        history(line, asked.lifelike)
        print(f"{asked.people} people, ten months of history in {time.perf_counter() - clock:.0f} s")
        month(line)
        print(
            f"  bytes a person-month with its share of everything: {(size() - before) / asked.people / 11:.0f}"
        )


if __name__ == "__main__":
    main()
