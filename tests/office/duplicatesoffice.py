"""Adds to the office of the browser tests three pairs that may be one person each: a list went into the register."""

from __future__ import annotations

from payung.office.service import start

start.load()
start.prepare()

from django.core.files.uploadedfile import SimpleUploadedFile
from officeworld import nik

from payung.office.duplicates.models import Pair
from payung.office.jobs.worker import run_all
from payung.office.submissions import actions as submissions

ROWS = [
    f"{nik(700)};SITI AMINAH;05-03-1989;Petani",
    f"{nik(701)};SITI AMINNAH;05-03-1989;Pedagang",
    f"{nik(710)};YOHANES UMBING;17-08-1975;Nelayan",
    f"{nik(711)};JOHANES UMBING;17-08-1975;Nelayan",
    f"{nik(720)};MARIATI LANGKAI;01-12-1968;Petani",
    "620399050389072;MARIATI LANGKAI;01-12-1968;Petani",
]
lines = "\n".join(["NIK;NAMA;TANGGAL LAHIR;PEKERJAAN", *ROWS])
submission = submissions.begin(by="operator", village_code="62.03.01.1008", kind="rentan")
file = SimpleUploadedFile("pekerja.csv", lines.encode())
submissions.upload(by="operator", submission=submission, file=file)
run_all()
for who, step in (("kades", "submit"), ("camat", "endorse"), ("dinsos", "accept")):
    submissions.move(by=who, submission=submission, name=step)
run_all()
assert Pair.objects.count() >= 3
