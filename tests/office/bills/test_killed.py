"""Killed at any moment of drawing up, paying, changing, closing and climbing: before or after, never between.

``PAYUNG_KILLS=200`` kills so often (default: a few); ``PAYUNG_KILLS_ON`` names an empty PostgreSQL instead of SQLite.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
OFFICE = Path(__file__).parent.parent
KILLS = int(os.environ.get("PAYUNG_KILLS", "12"))
SCRIPT = """
import datetime as dt, itertools, os, random, signal, sys, time
from payung.office.service import start
start.load()
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
from django.db import connection, transaction
from billsworld import decree, line_of
from officeworld import PLACES, listing
from payung.office import arrears, bills, changes, months, reconciliation
from payung.office.arrears import actions as ladder
from payung.office.arrears.face import FACE as ARREARS
from payung.office.bills.actions import draw_up, give_back, pay, send, void
from payung.office.bills.face import FACE as BILLS
from payung.office.bills.models import Bill, BillLine, Payment
from payung.office.changes import actions as changing
from payung.office.changes.face import FACE as CHANGES
from payung.office.changes.models import Change
from payung.office.changes.states import ChangeKind
from payung.office.history.chain import verify
from payung.office.months.face import FACE as MONTHS
from payung.office.people import actions as register
from payung.office.people.models import Person
from payung.office.programme.models import Balance, Line
from payung.office.reconciliation import actions as closing
from payung.office.reconciliation.face import FACE as RECONCILIATION
from payung.office.reconciliation.queries import current
from payung.office.reconciliation.states import ClosingState, Side
from payung.office.regions.models import Region

Region.objects.bulk_create([Region(code=c, name=n, level=l) for c, (n, l) in PLACES.items()])
with transaction.atomic():
    landed = register.land(
        by="t", listings=[listing(n) for n in range(1, 250)], village_code="62.03.01.2001", source="t:1"
    )
decree(line_of(), [one.person for one in landed])


def work(seed, rounds=10_000):
    line = Line.objects.get()
    draw = random.Random(seed)
    for _ in range(rounds):
        month = f"2026-{draw.randint(1, 11):02d}"
        draw_up(by="t", month=month, line=line)
        for bill in Bill.objects.filter(state="draft"):
            send(by="t", bill=bill, leave_out=True) if bill.people else void(by="t", bill=bill, reason="kosong")
        ladder.climb(on=dt.date(2026, 11, draw.randint(1, 27)))
        bills = list(Bill.objects.filter(state__in=["sent", "partly"]))
        part = draw.choice([1, 1, 2])
        rows = [
            f"K{bill.pk}-{time.time_ns()};2026-11-{1 + bill.pk % 20:02d};{bill.open // part};{bill.code}"
            for bill in bills
            if bill.open
        ]
        if rows:
            text = "reference;paid_on;amount;bill\\n" + "\\n".join(rows)
            pay(by="t", name=f"{month}.csv", content=text.encode())
        person = draw.choice(list(Person.objects.all()[:240]))
        day = dt.date(2026, draw.randint(1, 11), draw.randint(1, 27))
        changing.report(by="t", person=person, kind=ChangeKind.USIA_65, on=day, evidence="uji")
        for change in Change.objects.filter(state="reported"):
            changing.approve(by="u", change=change)
        found = current(month)
        if found is not None and found.state == ClosingState.CLOSED:
            closing.reopen(by="t", month=month, reason="uji")
        closing.sign(by="t", month=month, side=Side.DISTRICT)
        closing.sign(by="u", month=month, side=Side.BRANCH)
        for bill in Bill.objects.filter(state__in=["paid", "partly"]).order_by("?")[:2]:
            keys = list(BillLine.objects.filter(bill=bill.pk).values_list("person", "month"))
            some = keys if draw.random() < 0.5 else keys[:7]
            try:
                give_back(
                    by="t",
                    bill=bill,
                    people=sorted({k for k, _ in some}),
                    months=sorted({m for _, m in some}),
                    reason="uji",
                )
            except Exception as error:
                if "bulan terbayar" not in str(error):
                    raise
        for bill in Bill.objects.filter(state="sent")[:1]:
            void(by="t", bill=bill, reason="uji")


def look():
    assert verify().broken_at is None
    faces = (MONTHS, BILLS, CHANGES, ARREARS, RECONCILIATION)
    found = [str(finding) for face in faces for check in face.checks for finding in check()]
    assert found == [], found
    for bill in Bill.objects.all():
        used = sum(bill.uses.values_list("amount", flat=True))
        assert used >= bill.paid_amount, (bill, used, bill.paid_amount)


def child(do, *given):
    number = os.fork()
    if number:
        return number
    try:
        do(*given)
        os._exit(0)
    except BaseException:
        import traceback

        traceback.print_exc()
        os._exit(1)


work(0, 2)  # once in this process: what is loaded then, no child has to load
look()
connection.close()
draw, died = random.Random(14), 0
for kill in range(int(sys.argv[1])):
    number = child(work, kill)
    time.sleep(0.02 + draw.random() * 2)
    os.kill(number, signal.SIGKILL)
    _, state = os.waitpid(number, 0)
    died += os.WIFSIGNALED(state)
    assert os.WIFSIGNALED(state), f"the work itself failed before kill {kill}"
    _, state = os.waitpid(child(look), 0)
    assert state == 0, f"not whole after kill {kill}"
counts = (Bill.objects.count(), Payment.objects.count(), Change.objects.count())
print("whole", died, *counts, sum(Balance.objects.values_list("paid", flat=True)))
assert min(counts) > 0
"""


def test_killed_at_random_moments_the_office_is_whole(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environment |= {
        "PAYUNG_HOME": str(tmp_path),
        "PAYUNG_DATABASE": os.environ.get("PAYUNG_KILLS_ON", ""),
        "PAYUNG_DATABASE_POOL": "0",
        "PYTHONPATH": str(OFFICE),
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(KILLS)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-500:] + done.stderr[-3000:]
    assert f"whole {KILLS}" in done.stdout
