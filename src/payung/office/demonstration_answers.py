"""Invented answers for the demonstration: a text that nobody knows yet, a staff list, a finished submission."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.answers.actions import answers as actions
from payung.office.answers.actions import steps
from payung.office.answers.queries import landed
from payung.office.people.models import Person
from payung.office.submissions.models import Submission
from payung.office.submissions.states import ACCEPTED

HEADING = "ID BARIS;Status (Y/T);Keterangan Status Data;Nomor Identitas (NIK);Nama Lengkap"
# What the invented civil registry says of two people in ten, in turn; of all others that they match.
SAYS = (
    ("T", "Sudah berpulang"),
    ("T", "NIK tidak ditemukan"),
    ("T", "Meninggal"),
    ("T", "Nama tidak sesuai"),
)
NOBODY = "6203990101990001"  # a NIK of sub-district 99: in no register


def fill(*, district: str, work: Callable[[], None]) -> None:
    """Answer the accepted submissions of an office that the demonstration has filled; ``work`` does what waits."""
    accepted = list(Submission.objects.filter(state=ACCEPTED, landed=True).order_by("pk"))
    workers = [one for one in accepted if one.kind == "rentan"]
    officials = [one for one in accepted if one.kind == "aparatur"]
    if workers:
        _answer("dinsos", district, "dukcapil", _people(workers[:1]), plain=False)
        _staff(district, _people(workers[:1]))
    if officials and len(accepted) > 1:
        for agency in ("dukcapil", "bpjs"):
            _answer("dpmd", district, agency, _people(officials[:1]), plain=True)
            work()
            steps.advance(by="dpmd", submission=officials[0])
            officials[0].refresh_from_db()
    work()


def _people(submissions: Sequence[Submission]) -> list[Person]:
    keys = [key for one in submissions for key in landed(one).values_list("person", flat=True)]
    return list(Person.objects.filter(pk__in=keys).order_by("pk"))


def _answer(by: str, district: str, agency: str, people: Sequence[Person], *, plain: bool) -> None:
    """Bring in an answer about ``people``; where not ``plain`` it refuses some, in part in words nobody knows."""
    lines = [f"JAWABAN {agency.upper()} (REKAAN);;;;", HEADING]
    for place, person in enumerate(people):
        ten, one = divmod(place, 10)
        status, text = SAYS[(2 * ten + one) % len(SAYS)] if one < 2 and not plain else ("Y", "Data sesuai")
        lines.append(f"{person.pk};{status};{text};{person.nik};{person.name}")
    if not plain:
        lines.append(f";T;NIK tidak ditemukan;{NOBODY};TIDAK DIKENAL (REKAAN)")
    actions.upload(
        by=by,
        agency=agency,
        region_code=district,
        reach=User.objects.get(username=by).scope(Permission.ANSWER_EDIT),
        file=SimpleUploadedFile(f"Jawaban {agency}.csv", "\n".join(lines).encode()),
        answered_on=timezone.localdate(),
    )


def _staff(district: str, people: Sequence[Person]) -> None:
    """Bring in a staff list that holds one of ``people``."""
    lines = [
        "NIK;NAMA",
        f"{NOBODY};PEGAWAI REKAAN",
        *(f"{person.nik};PEGAWAI REKAAN" for person in people[-1:]),
    ]
    actions.upload_staff(
        by="dinsos",
        source="BKPSDM (rekaan)",
        employer="asn",
        version_on=timezone.localdate(),
        region_code=district,
        file=SimpleUploadedFile("Daftar pegawai.csv", "\n".join(lines).encode()),
    )
