"""An answer sheet, a submission on its way, and what tests of matching ask again and again."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from officeworld import VILLAGE, nik

from payung.office.access.scope import Area, Scope
from payung.office.answers.actions import answers as actions
from payung.office.answers.models import Answer, Line, Result
from payung.office.jobs.worker import run_all
from payung.office.people.models import Person
from payung.office.submissions import actions as intake
from payung.office.submissions.models import Submission

ALL = Scope((Area("62.03"),))
HEADING = ("Status (Y/T)", "Keterangan Status Data", "Nomor Identitas (NIK)", "Nama Lengkap")
DAY = dt.date(2026, 11, 20)


def sheet(*rows: tuple[Any, ...], heading: tuple[str, ...] = HEADING) -> bytes:
    """Return an answer as an agency would send it, with title rows above."""
    title = ["HASIL PEMADANAN DATA;;;", "Kabupaten Kapuas;;;", ";;;"]
    return "\n".join([*title, *(";".join(map(str, row)) for row in (heading, *rows))]).encode()


def yes(number: int, text: str = "") -> tuple[str, str, str, str]:
    """Return a row that says Y of person ``number``."""
    return ("Y", text, nik(number), f"ORANG {number}")


def no(number: int, text: str) -> tuple[str, str, str, str]:
    """Return a row that says T of person ``number``, and why."""
    return ("T", text, nik(number), f"ORANG {number}")


def answer(
    content: bytes, agency: str = "dukcapil", reach: Scope = ALL, on: dt.date = DAY, **told: str
) -> Answer:
    """Bring in an answer and let the worker read it."""
    found = actions.upload(
        by="dinsos",
        agency=agency,
        region_code="62.03",
        reach=reach,
        file=SimpleUploadedFile(told.pop("name", "jawaban.csv"), content),
        answered_on=on,
        told=told,
    )
    run_all()
    found.refresh_from_db()
    return found


def outcomes(found: Answer) -> dict[str, int]:
    """Return how many rows ended how."""
    lines = list(found.lines.all())
    return {
        name: sum(line.outcome == name for line in lines)
        for name in (Line.MATCHED, Line.UNKNOWN, Line.UNUSABLE)
    }


def accepted(*numbers: int, kind: str = "rentan", village: str = VILLAGE, job: str = "Petani") -> Submission:
    """Return a submission of people ``numbers`` that the agency has accepted and that is in the register."""
    heading = "NIK;NAMA;TANGGAL LAHIR;PEKERJAAN" if kind != "aparatur" else "NIK;NAMA;TANGGAL LAHIR;JABATAN"
    rows = [f"{nik(number)};ORANG {number};05-03-1989;{job}" for number in numbers]
    submission = intake.begin(by="operator", village_code=village, kind=kind)
    file = SimpleUploadedFile("daftar.csv", "\n".join([heading, *rows]).encode())
    intake.upload(by="operator", submission=submission, file=file)
    run_all()
    for who, step in (("kades", "submit"), ("camat", "endorse"), ("dinas", "accept")):
        intake.move(by=who, submission=submission, name=step)
    run_all()
    submission.refresh_from_db()
    return submission


def latest(person: Person, agency: str = "dukcapil") -> str:
    """Return the class of the newest result of an agency about a person."""
    return Result.objects.get(person=person, agency=agency, latest=True).code
