"""Run by the browser tests of cases after `browseroffice.py`: months that were paid, cases, and partner clinics."""

from __future__ import annotations

import datetime as dt

from payung.office.service import start

start.load()

from casesworld import STRAIGHT, case_of, step, walk
from django.utils import timezone
from monthsworld import pay

from payung.law import months
from payung.office.cases.states import Happening
from payung.office.clinics import actions as clinics
from payung.office.months.models import Place
from payung.office.people.models import Person

VILLAGE = "62.03.01.1008"
today = timezone.localdate()
last = months.month_of(today)
place, _ = Place.objects.get_or_create(village_code=VILLAGE, category="bpd")
people = list(Person.objects.order_by("pk"))
for month in months.between(months.add(last, -13), last):
    pay([person.pk for person in people], [month], f"{month}-01", place=place.pk)
on = today - dt.timedelta(days=20)
for person in people[:2]:  # one reporter, one payee: a pattern
    case = walk(
        case_of(
            Happening.DEATH, on, person=person, name=person.name, village_code=VILLAGE, reporter="Agen Rekaan"
        ),
        *STRAIGHT,
        on=today - dt.timedelta(days=10),
    )
    step(case, "dibayar", on=today - dt.timedelta(days=5), holder="Penerima Rekaan")
case_of(Happening.ACCIDENT, on, person=people[2], name=people[2].name, village_code=VILLAGE)
clinics.take(
    by="tests",
    name="plkk.csv",
    content=(
        b"Nama;Kecamatan;Alamat;Telepon;24 jam\n"
        b"RSUD Rekaan;Selat;Jl. Contoh 1;0513 11111;ya\n"
        b"Klinik Rekaan;Selat;Jl. Contoh 2;0513 22222;\n"
        b"Puskesmas Rekaan;Kapuas Hilir;;0513 33333;\n"
    ),
    region_code="62.03",
)
