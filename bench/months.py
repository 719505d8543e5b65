"""How long a month takes: drawing up, sending and paying a bill on a history, and what is asked of it.

.venv/bin/python bench/months.py [--people 100000] [--months 10] [--lifelike] [--bills 1] [--asked] [--statements]

SQLite in a folder of its own, or the PostgreSQL that ``PAYUNG_DATABASE`` names (an empty database). Seconds of the
processor: those of this process and, on PostgreSQL, of the server's process for it (read from /proc, so on this
machine); in brackets those of the clock. ``--lifelike``: payers with habits, people who came later, months missed, so
that about one person in ten has a past of their own. ``--bills`` splits the people into so many lines of money, one
bill each. ``--asked`` only asks how everybody stood on other days and as known on other days (26 months of a million
people are 26 million rows). A second process asks for one person again and again while bills are paid.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

LAST, VILLAGES = "2026-11", 136


def server() -> float:
    """Return the seconds of processor that the server's process for this connection took so far; 0 on SQLite."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return 0.0
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measured(name: str, do: Callable[[], Any], *, statements: bool = False) -> Any:
    """Do something and say what it took."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        there, cpu, clock = server(), time.process_time(), time.perf_counter()
        found = do()
        here, took = time.process_time() - cpu, time.perf_counter() - clock
        took_there = server() - there
    print(
        f"  {name:<44}{here + took_there:>8.2f} ({took:.2f}) s  {here:>6.2f} + {took_there:.2f}"
        f"  {len(queries):>4} statements",
        flush=True,
    )
    if statements:
        for query in sorted(queries.captured_queries, key=lambda one: -float(one["time"]))[:8]:
            print(f"      {float(query['time']):>7.3f}  {' '.join(query['sql'].split())[:150]}")
        print("      " + " | ".join(" ".join(one["sql"].split()[:4]) for one in queries.captured_queries))
    return found


def fill(people: int, last: str, bills: int) -> Any:
    """Put people and a signed decree up to the month ``last`` into the office; return the first of ``bills`` lines of
    money, among which they are shared out.

    The first person and row are written by the office, the others copied from them by the database.
    """
    from django.db import transaction

    from payung.office.people.models import Person
    from payung.office.programme.actions import book
    from payung.office.programme.models import Agreement, Decree, DecreePerson, Line

    year = int(last[:4])
    with transaction.atomic():
        first = Person.objects.create(name="Orang 0", name_key="orang 0", village_code=_village("0"))
        common = {"region_code": "62.03", "by": "bench"}
        days = {"starts": dt.date(year, 1, 1), "ends": dt.date(year, 12, 31)}
        agreement = Agreement.objects.create(
            kind="pks", number="1", signed_on=dt.date(year, 1, 1), **days, **common
        )
        within = {"from_month": f"{year}-01", "until_month": f"{year}-12"}
        lines = [
            Line.objects.create(source="apbd", year=year, name=f"Dana {number}", **within, **common)
            for number in range(bills)
        ]
        for line in lines:
            book(by="bench", line=line, kind="ceiling", amount=10**13, subject=line.subject)
        line = lines[0]
        decree = Decree.objects.create(
            agreement=agreement, line=line, region_code="62.03", created_by="bench", **within
        )
        row = DecreePerson.objects.create(
            decree=decree,
            person=first,
            number=1,
            line=line,
            segment="bpu",
            category="rentan",
            village_code=first.village_code,
            name="Orang",
            last_month=f"{year}-12",
            **within,
        )
        code = _sql_village("n.i")
        copied(
            Person,
            first.pk,
            people - 1,
            {"name": "'Orang ' || n.i", "name_key": "'orang ' || n.i", "village_code": code},
        )
        chosen = {"person_id": "p.id", "number": "p.id + 1", "village_code": "p.village_code"}
        chosen["line_id"] = f"{line.pk} + (p.id - {first.pk}) * {bills} / {people}"
        copied(DecreePerson, row.pk, 0, chosen, f"people_person p ON p.id <> {first.pk}")
        Decree.objects.filter(pk=decree.pk).update(state="frozen", hash="0" * 64, frozen_by="bench")
        DecreePerson.objects.filter(decree=decree).update(held=True)
        Decree.objects.filter(pk=decree.pk).update(
            state="signed", number="1", signed_on=dt.date(year, 1, 2), signed_by="bench"
        )
    return line


def _village(number: str) -> str:
    at = int(number) % VILLAGES
    return f"62.03.{at // 14 + 1:02d}.{2001 + at % 14}"


def _sql_village(number: str) -> str:
    cases = " ".join(f"WHEN {at} THEN '{_village(str(at))}'" for at in range(VILLAGES))
    return f"CASE {number} % {VILLAGES} {cases} END"


def copied(model: Any, key: int, many: int, changed: dict[str, str], beside: str = "") -> None:
    """Copy the row ``key`` of a table with some columns ``changed``: ``many`` times, or for each row ``beside``."""
    from django.db import connection

    names = [field.column for field in model._meta.local_concrete_fields if not field.primary_key]
    values = ", ".join(changed.get(name, f'o."{name}"') for name in names)
    counted = (
        f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {many}) SELECT i FROM n"
    )
    numbers = f"({counted}) n ON 1 = 1"
    listed = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({listed}) SELECT {values} FROM {model._meta.db_table} o"
            f" JOIN {beside or numbers} WHERE o.id = {int(key)}"
        )


def history(line: Any, last: str, many: int, lifelike: bool, *, missing: int, proven: bool) -> None:
    """Write the ``many`` months before ``last`` as paid, past all actions but as they would have left it.

    Lifelike: a hundred payers with habits of their own (one month in five paid one or three months late), people who
    came in the course of the first year, ``missing`` of a thousand months not paid. ``proven``: with the rows and
    their digests, else only what is asked of everybody (postings, rolls, pasts, covers: nothing there reads a row).
    """
    import numpy as np
    from django.db import connection, transaction

    from payung.law import months
    from payung.office.history.actions import Entry, record
    from payung.office.months import actions, postings, rolls
    from payung.office.months.models import Day, Place
    from payung.office.people.models import Person

    with transaction.atomic():
        actions.places({(_village(str(at)), "rentan") for at in range(VILLAGES)})
    place_of = dict(Place.objects.values_list("village_code", "pk"))
    pairs = Person.objects.order_by("pk").values_list("pk", "village_code")
    people = np.fromiter((key for key, _ in pairs.iterator(chunk_size=50_000)), dtype=np.int32)
    places = np.fromiter((place_of[code] for _, code in pairs.iterator(chunk_size=50_000)), dtype=np.int32)
    final = months.index(last) - 1
    first = final - many + 1
    payers = 100 if lifelike else 1
    chance = np.random.default_rng(7)
    factors = chance.integers(10_000, 1_000_000, many).tolist()
    habits = chance.choice(LATE, (payers, many)) if lifelike else np.zeros((1, many), dtype=int)
    days = np.zeros((many, len(people)), dtype=np.int32)
    for at in range(many):
        month = months.from_index(first + at)
        due = months.first_day(month) + dt.timedelta(days=9)
        here = np.ones(len(people), dtype=bool)
        missed = "1 = 1"
        if lifelike:
            keys = people.astype(np.int64)
            here = (keys * factors[at] % 1_000_003 % 1000 >= missing) & (keys // 100 % 12 <= at)
            missed = f"CAST(p.id AS bigint) * {factors[at]} % 1000003 % 1000 >= {missing} AND p.id / 100 % 12 <= {at}"
        paid_on = [due + dt.timedelta(days=int(habits[payer, at]) - payer % 9) for payer in range(payers)]
        paid_on = [min(day, dt.date(int(last[:4]), int(last[5:7]), 3)) for day in paid_on]
        with transaction.atomic(), connection.cursor() as cursor:
            number = postings.next_number()
            if proven:
                cursor.execute(
                    "INSERT INTO months_month (month, segment, person, seq, posting, line, jkk, jkm)"
                    f" SELECT {first + at}, 1, p.id, 1, {number} + p.id % {payers}, {line.pk}, 10000, 6800"
                    f" FROM people_person p WHERE {missed} ORDER BY p.id"
                )
                cursor.execute(
                    "INSERT INTO months_monthsum (month, line, place, segment, people, jkk, jkm)"
                    " SELECT m.month, m.line, pl.id, 1, COUNT(*), SUM(m.jkk), SUM(m.jkm) FROM months_month m"
                    " JOIN people_person p ON p.id = m.person JOIN months_place pl"
                    f" ON pl.village_code = p.village_code WHERE m.month = {first + at}"
                    " GROUP BY m.month, m.line, pl.id"
                )
            entries, rows, packed = [], [], []
            for payer in range(payers):
                chosen = here & (people % payers == payer)
                paid = people[chosen]
                days[at, chosen] = paid_on[payer].toordinal()
                digest = "0" * 64
                if proven:
                    told = postings.Digest()
                    told.add([f"{first + at}|1|{key}|1|10000|6800" for key in paid.tolist()], [])
                    digest = told.told[2]
                event = number + payer
                bill = 900_000 + at * payers + payer
                sums = (len(paid), 16_800 * len(paid), digest)
                rows.append((event, "pay", bill, bill, line.pk, paid_on[payer], *sums, ""))
                packed.append((event, len(paid), first + at, 1, rolls.pack(paid, places[chosen])))
                entries.append(Entry("months.post", "bench", after={"digest": digest}))
            cursor.executemany(
                "INSERT INTO months_posting (id, kind, bill, payment, line, paid_on, people, amount, digest, reason)"
                f" VALUES ({', '.join(['%s'] * 10)})",
                rows,
            )
            cursor.executemany(
                "INSERT INTO months_roll (posting, people, month, segment, packed) VALUES (%s, %s, %s, %s, %s)",
                packed,
            )
            record(by="bench", entries=entries)
        print(".", end="", flush=True)
    _kept(people, places, first, days, months.first_day(last))
    Day.objects.update_or_create(pk=1, defaults={"on": months.first_day(last)})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


LATE = (0, 0, 0, 0, 0, 0, 0, 0, 31, 92)  # days after the tenth on which a payer pays


def _kept(people: Any, places: Any, first: int, days: Any, on: dt.date) -> None:
    """Write pasts, covers and counts as they are after everything was paid."""
    import numpy as np
    from django.db import connection, transaction

    from payung.office.months import knowledge, pasts
    from payung.office.months.models import Past

    chosen, which = knowledge._different(days)
    texts = [
        pasts.write({first + at: day for at, day in enumerate(column) if day})
        for column in days[:, chosen].T.tolist()
    ]
    judged = pasts.judged([(1, text) for text in texts], on)
    with transaction.atomic():
        made = [
            Past(segment=1, text=text, digest=pasts.digest(1, text), verdict=said)
            for text, said in zip(texts, judged, strict=True)
        ]
        Past.objects.bulk_create(made, batch_size=2000)
        keys = np.array([past.pk for past in made])[which]
        rows = zip(people.tolist(), places.tolist(), keys.tolist(), strict=True)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy("COPY months_cover (person, place, past, segment) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row((*row, 1))
            else:
                cursor.executemany(
                    "INSERT INTO months_cover (person, place, past, segment) VALUES (%s, %s, %s, 1)", rows
                )
            cursor.execute(
                "INSERT INTO months_statesum (place, segment, verdict, people) SELECT c.place, 1, p.verdict, COUNT(*)"
                " FROM months_cover c JOIN months_past p ON p.id = c.past GROUP BY c.place, p.verdict"
            )
    print(f" {len(made)} different pasts")


def month(lines: list[Any], people: int, statements: bool) -> None:
    """Draw up, send and pay one month, and ask what the office asks."""
    from payung.office.access.scope import Area, Scope
    from payung.office.bills import proofs as bill_proofs
    from payung.office.bills.actions import Arrival, draw_up, receive, send
    from payung.office.bills.states import Channel
    from payung.office.months import proofs, queries
    from payung.office.months.models import Past
    from payung.office.reconciliation.queries import compare

    def arrive(bill: Any) -> Any:
        arrival = Arrival(Channel.SP2D, str(bill.pk), dt.date(2026, 11, 6), bill.payable, bills=(bill.code,))
        return receive(by="bench", arrival=arrival)

    warm(lines[0])
    drawn = measured(
        "draw up",
        lambda: [draw_up(by="bench", month=LAST, line=line).bills[0] for line in lines],
        statements=statements,
    )
    bills = measured("send", lambda: [send(by="bench", bill=draft) for draft in drawn], statements=statements)
    with Reader(people):
        paid = measured("pay", lambda: [arrive(bill) for bill in bills], statements=statements)
    assert sum(one.settled[0].people for one in paid) == sum(bill.people for bill in bills)
    everywhere = Scope((Area(""),))
    day = queries.kept_day()
    assert day is not None
    measured("today's states by village (kept)", lambda: queries.states(everywhere, day))
    measured("states by village, another day", lambda: queries.states(everywhere, dt.date(2026, 9, 1)))
    asked(everywhere)
    measured("one person on a day", lambda: queries.cover_on(people, day))
    measured("reconcile the month", lambda: compare(LAST, "62.03"))
    faults = measured(
        "prove digests and sums",
        lambda: [*proofs.digests(), *bill_proofs.digests(), *proofs.sums()],
        statements=statements,
    )
    faults += measured("prove rolls and covers", lambda: [*proofs.rolls_hold(), *proofs.pasts_hold()])
    for fault in faults[:3]:
        print(f"      {fault.code} {fault.where} {fault.message.en if hasattr(fault, 'message') else fault}")
    print(f"  faults: {len(faults)}; different pasts, those left behind too: {Past.objects.count()}")


def warm(like: Any) -> None:
    """Draw up what a line without people owes, so that the law is read and everything is loaded."""
    from payung.office.bills.actions import draw_up
    from payung.office.programme.models import Line

    names = ("source", "year", "from_month", "until_month", "region_code", "by")
    empty = Line.objects.create(name="Kosong", **{name: getattr(like, name) for name in names})
    assert draw_up(by="bench", month=LAST, line=empty).bills == ()


def asked(everywhere: Any) -> None:
    """Ask how everybody stood, on other days and as known on other days."""
    from payung.office.history.models import Event
    from payung.office.months import knowledge
    from payung.office.months.models import Posting

    postings = list(Posting.objects.order_by("pk").values_list("pk", flat=True))
    middle = Posting.objects.get(pk=postings[len(postings) // 2])
    half = Event.objects.get(number=middle.pk).at
    for name, on, known in (
        ("everybody on another day, as known now", dt.date(2026, 6, 20), None),
        ("everybody then, as known in the middle", middle.paid_on, half),
        ("everybody today, as known now", dt.date(2026, 11, 3), None),
    ):
        counts = measured(name, lambda on=on, known=known: knowledge.states(everywhere, on, known))
        said: dict[str, int] = {}
        for verdicts in counts.values():
            for verdict, many in verdicts.items():
                said[str(verdict.state)] = said.get(str(verdict.state), 0) + many
        print(f"      {said}")


class Reader:
    """A second process that asks for one person after the other as long as this lasts, as a person's page does."""

    def __init__(self, people: int) -> None:
        self.people = people

    def __enter__(self) -> None:
        command = [sys.executable, __file__, "--reader", str(self.people)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, env=os.environ.copy())

    def __exit__(self, *_: object) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()


def read(people: int) -> None:
    """Ask for people until nothing comes in any more, and say how long it took."""
    import random
    import select

    from payung.office.months import queries
    from payung.office.people.models import Person

    took, used = [], []
    while not select.select([sys.stdin], [], [], 0.02)[0]:
        key = random.randint(1, people)
        there, cpu, clock = server(), time.thread_time(), time.perf_counter()
        list(Person.objects.filter(pk=key))
        queries.paid_months(key)
        took.append((time.perf_counter() - clock) * 1000)
        used.append((time.thread_time() - cpu + server() - there) * 1000)
    for name, values in (("by the clock", took), ("processor", used)):
        ranks = statistics.quantiles(values, n=20) if len(values) > 20 else [0.0] * 19
        print(
            f"      person meanwhile, {name}: {len(values)} times, median {ranks[9]:.1f}, p95 {ranks[18]:.1f} ms"
        )


def size() -> int:
    """Return the bytes of the database."""
    from django.conf import settings
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return Path(str(settings.DATABASES["default"]["NAME"])).stat().st_size
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def main() -> None:
    """Fill an empty office, and measure a month."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--months", type=int, default=10)
    parser.add_argument("--bills", type=int, default=1)
    parser.add_argument("--missing", type=int, default=60, help="of a thousand months, where lifelike")
    for name in ("lifelike", "asked", "statements"):
        parser.add_argument(f"--{name}", action="store_true")
    parser.add_argument("--home", type=Path, help="keep the office here (default: a folder that goes)")
    parser.add_argument("--reader", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    from payung.office.service import start

    if given.reader:
        start.load()
        read(given.reader)
        return
    with tempfile.TemporaryDirectory() as folder:
        home = given.home or Path(folder)
        os.environ["PAYUNG_HOME"] = str(home)
        start.load(make=True)

        from django.core.management import call_command

        from payung.office.access.scope import Area, Scope
        from payung.office.programme.models import Line

        call_command("migrate", interactive=False, verbosity=0)
        line = Line.objects.order_by("pk").first()
        if line is None:
            clock = time.process_time()
            line = fill(given.people, LAST, given.bills)
            before = size()
            history(line, LAST, given.months, given.lifelike, missing=given.missing, proven=not given.asked)
            took = time.process_time() - clock
            print(f"{given.people} people, {given.months} months of history, filled in {took:.0f} s")
            each = (size() - before) / given.people / given.months
            print(f"  bytes a person-month of history: {each:.0f}")
        if given.asked:
            asked(Scope((Area(""),)))
            return
        before = size()
        month(list(Line.objects.order_by("pk")), given.people, given.statements)
        print(f"  bytes of one more person-month with its bill: {(size() - before) / given.people:.0f}")


if __name__ == "__main__":
    main()
