"""Lists of a village, and how they are sent and taken on their way."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from officeworld import nik

from payung.office.jobs.worker import run_all
from payung.office.submissions import actions
from payung.office.submissions.models import Submission, Upload


def sheet(
    *rows: tuple[str, ...], headings: tuple[str, ...] = ("NIK", "NAMA", "TANGGAL LAHIR", "PEKERJAAN")
) -> bytes:
    """Return a CSV list as a village would send it."""
    return "\n".join(";".join(row) for row in (headings, *rows)).encode()


GOOD = (nik(1), "SITI AMINAH", "05-03-1989", "Petani")


OTHER = (nik(2), "BUDI SANTOSO", "05-03-1989", "Nelayan")


BAD = ("62039905038", "RUSLAN", "05-03-1989", "Petani")


def send(submission: Submission, content: bytes, name: str = "daftar.csv") -> Upload:
    """Upload a file and let the worker read it."""
    upload = actions.upload(by="operator", submission=submission, file=SimpleUploadedFile(name, content))
    run_all()
    upload.refresh_from_db()
    return upload


def through(submission: Submission) -> None:
    actions.move(by="kades", submission=submission, name="submit")
    actions.move(by="camat", submission=submission, name="endorse")
    actions.move(by="dinsos", submission=submission, name="accept")
    run_all()
