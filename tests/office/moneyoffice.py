"""Adds to the office of the browser tests the money of the demonstration: bills, an answer, arrears, a closed month."""

from __future__ import annotations

import datetime as dt

from payung.office.service import start

start.load()

from django.db import transaction
from officeworld import listing

from payung.office import demonstration_money
from payung.office.jobs.worker import run_all
from payung.office.people import actions as register
from payung.office.people.models import Person, Standing
from payung.office.regions.models import Region

VILLAGE = "62.03.01.1008"
BORN = dt.date(1990, 1, 1)
other = (
    Region.objects.filter(level="village")
    .exclude(code=VILLAGE)
    .order_by("code")
    .values_list("code", flat=True)[0]
)
for village, first, many, category in ((VILLAGE, 800, 3, "perangkat_desa"), (other, 820, 28, "rentan")):
    named = [
        listing(number, name=f"Rekaan {chr(65 + number % 26)}ri {number}")
        for number in range(first, first + many)
    ]
    with transaction.atomic():
        landed = register.land(by="t", listings=named, village_code=village, source="t:8")
    keys = [one.person.pk for one in landed]
    Person.objects.filter(pk__in=keys).update(birth_date=BORN, life_status="hidup")
    Standing.objects.filter(person__in=keys).delete()
    Standing.objects.bulk_create([Standing(person_id=key, category=category) for key in keys])
demonstration_money.fill(district="62.03", villages=[VILLAGE, other], work=run_all)
