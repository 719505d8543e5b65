"""Run by the browser tests: an office with an account for every role and one list in the register."""

from __future__ import annotations

import datetime as dt

from payung.office.service import start

start.load()
start.prepare()

from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile
from officeworld import PASSWORD, nik

from payung.office.access.roles import ROLES
from payung.office.accounts import actions as accounts
from payung.office.accounts.models import User
from payung.office.jobs.worker import run_all
from payung.office.regions import actions as regions
from payung.office.submissions import actions as intake

VILLAGE = "62.03.01.1008"
PLACES = {"regency": "62.03", "subdistrict": "62.03.01", "village": VILLAGE}

regions.load(by="tests", district="62.03")
for code, role in ROLES.items():
    user = accounts.create_user(by="tests", username=code, name=role.name.id, password=None, temporary=False)
    accounts.give_role(
        by="tests", user=user, role=code, region_code=PLACES[role.level], starts=dt.date(2020, 1, 1)
    )
# A colleague in the same agency: two people at one queue.
second = accounts.create_user(by="tests", username="dinsos.dua", name="Dua", password=None, temporary=False)
accounts.give_role(by="tests", user=second, role="dinsos", region_code="62.03", starts=dt.date(2020, 1, 1))
User.objects.update(password=make_password(PASSWORD))  # the slow hash once, for all of them
names = ["AGUS", "BUDI", "CITRA", "DEWI", "EKO", "FITRI", "GITA", "HADI", "INDAH", "JOKO"]
rows = [f"{nik(500 + 37 * n % 101)};{name} REKAAN;05-03-1989;Anggota BPD" for n, name in enumerate(names)]
lines = "\n".join(["NIK;NAMA;TANGGAL LAHIR;JABATAN", *rows])
submission = intake.begin(by="operator", village_code=VILLAGE, kind="aparatur")
intake.upload(by="operator", submission=submission, file=SimpleUploadedFile("bpd.csv", lines.encode()))
run_all()
for who, step in (("kades", "submit"), ("camat", "endorse"), ("dpmd", "accept")):
    intake.move(by=who, submission=submission, name=step)
run_all()
