"""Adds to the office of the browser tests: people with three unpaid bills, deaths, a thin line."""

from __future__ import annotations

import datetime as dt

from payung.office.service import start

start.load()

from billsworld import EACH, arrive, bill_of, decree, line_of
from django.db import transaction
from officeworld import listing

from payung.office.arrears import actions as arrears
from payung.office.deaths import actions as deaths
from payung.office.deaths.states import Origin
from payung.office.people import actions as register

VILLAGE = "62.03.01.1008"
WORDS = ("Sari", "Budi", "Rina", "Doni", "Wati", "Joko")

listings = [listing(900 + number, name=f"Rekaan {word}") for number, word in enumerate(WORDS)]
with transaction.atomic():
    landed = register.land(by="t", listings=listings, village_code=VILLAGE, source="t:9")
people = [one.person for one in landed]
line = line_of(region_code=VILLAGE, source="apbdes", name="APBDes pekerja rentan", ceiling=6 * EACH * 11)
decree(line, people)
arrive(6 * 8 * EACH, bill_of(line, "2026-01", "2026-08"), on="2026-01-10")
for month in ("2026-09", "2026-10", "2026-11"):
    bill_of(line, month)
for day in ("2026-10-01", "2026-10-26", "2026-11-20"):
    arrears.climb(on=dt.date.fromisoformat(day))
rows = (
    "NAMA;NIK;TANGGAL LAHIR;TANGGAL MENINGGAL;NO AKTA KEMATIAN\n"
    f"{people[0].name};{people[0].nik};05-03-1989;05-06-2026;6203-KM-1\n"
    f"Bambang Sudrajat;{people[1].nik};05-03-1989;06-06-2026;6203-KM-2\n"
)
deaths.take(by="dinsos", name="dukcapil.csv", content=rows.encode(), origin=Origin.REGISTRY, home=VILLAGE)
