"""Killed at any moment of drawing up, sending, paying and giving back: before or after, never between."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
OFFICE = Path(__file__).parent.parent
KILLS = 4
PREPARE = """
from payung.office.service import start
start.load()
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
from django.db import transaction
from billsworld import decree, line_of
from officeworld import PLACES, listing
from payung.office.regions.models import Region
from payung.office.people import actions as register
Region.objects.bulk_create([Region(code=c, name=n, level=l) for c, (n, l) in PLACES.items()])
with transaction.atomic():
    landed = register.land(
        by="t", listings=[listing(n) for n in range(1, 400)], village_code="62.03.01.2001", source="t:1"
    )
decree(line_of(), [one.person for one in landed])
"""
WORK = """
import sys
from payung.office.service import start
start.load()
from payung.office.bills.actions import draw_up, give_back, pay, send
from payung.office.bills.models import Bill, BillLine
from payung.office.programme.models import Line
line = Line.objects.get()
print("begins", flush=True)
for number in range(1, 12):
    month = f"2026-{number:02d}"
    for bill in draw_up(by="t", month=month, line=line).bills:
        pass
    for bill in Bill.objects.filter(state="draft"):
        send(by="t", bill=bill)
    bills = list(Bill.objects.filter(state__in=["sent", "partly"]))
    rows = [f"K{bill.pk};2026-11-{1 + bill.pk % 20:02d};{bill.open};{bill.code}" for bill in bills]
    text = "reference;paid_on;amount;bill\\n" + "\\n".join(rows)
    if rows:
        pay(by="t", name=f"{month}.csv", content=text.encode())
    for bill in Bill.objects.filter(state="paid", from_month=month):
        person = BillLine.objects.filter(bill=bill.pk).first().person
        give_back(by="t", bill=bill, people=[person], months=[2026 * 12 + number - 1], reason="uji")
print("ends", flush=True)
"""
LOOK = """
from payung.office.service import start
start.load()
from billsworld import findings
from payung.office.bills.models import Bill, Payment
from payung.office.history.chain import verify
assert verify().broken_at is None
assert findings() == [], findings()
for bill in Bill.objects.all():
    used = sum(bill.uses.values_list("amount", flat=True))
    assert used >= bill.paid_amount, (bill, used, bill.paid_amount)
print("whole", Bill.objects.count(), Payment.objects.count())
"""


def test_killed_at_random_moments_the_office_is_whole(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environment |= {"PAYUNG_HOME": str(tmp_path), "PAYUNG_DATABASE": "", "PYTHONPATH": str(OFFICE)}

    def run(script: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    run(PREPARE)
    draw = random.Random(14)
    for _ in range(KILLS):
        worker = subprocess.Popen(
            [sys.executable, "-c", WORK], env=environment, stdout=subprocess.PIPE, text=True
        )
        assert worker.stdout is not None
        assert worker.stdout.readline().strip() == "begins"
        time.sleep(draw.random() * 1.5)
        worker.kill()
        worker.wait()
        worker.stdout.close()
        assert "whole" in run(LOOK)
    assert "ends" in run(WORK)
    assert "whole 11" in run(LOOK)
