"""Lists that bring the same people twice, on their way into the register, for the tests of the review."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from officeworld import VILLAGE, nik

from payung.office.duplicates.models import Pair
from payung.office.jobs.worker import run_all
from payung.office.people.models import Person
from payung.office.submissions import actions as intake
from payung.office.submissions.models import Submission

HEADINGS = ("NIK", "NAMA", "TANGGAL LAHIR", "PEKERJAAN")
SITI = (nik(1), "SITI AMINAH", "05-03-1989", "Petani")
SITY = ("6203990603890001", "SITI AMINNAH", "05-03-1989", "Pedagang")  # a digit wrong, another spelling
TORN = ("62039905038", "SITI AMINAH", "05-03-1989", "Petani")  # a number that lost its end
BUDI = (nik(30), "BUDI SANTOSO", "17-08-1975", "Nelayan")


def bring(
    *rows: tuple[str, ...], village: str = VILLAGE, kind: str = "rentan", name: str = "daftar.csv"
) -> Submission:
    """Send a list all the way into the register, and let the worker do all that follows."""
    content = "\n".join(";".join(row) for row in (HEADINGS, *rows)).encode()
    submission = intake.begin(by="operator", village_code=village, kind=kind)
    intake.upload(by="operator", submission=submission, file=SimpleUploadedFile(name, content))
    run_all()
    for who, step in (("kades", "submit"), ("camat", "endorse"), ("dinsos", "accept")):
        intake.move(by=who, submission=submission, name=step)
    run_all()
    submission.refresh_from_db()
    return submission


def pair_of(left: Person, right: Person, submission: Submission, **values: Any) -> Pair:
    """Put a pair in the queue without looking for it."""
    first, second = sorted((left, right), key=lambda person: person.pk)
    facts = {"probability": 0.9, "suggestion": "same", "why": "same_name same_village", **values}
    return Pair.objects.create(left=first, right=second, submission=submission, **facts)


def birth(text: str) -> dt.date:
    """Return ``dd-mm-yyyy`` as a date."""
    day, month, year = (int(part) for part in text.split("-"))
    return dt.date(year, month, day)


def picture() -> dict[str, list[dict[str, Any]]]:
    """Return every row of the register, of intake and of matching, as it stands."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for app in ("people", "posts", "cards", "submissions", "answers")
        for model in apps.get_app_config(app).get_models()
    }
