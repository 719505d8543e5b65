"""Fills an empty office with the invented district: an account for every role, lists in every state.

Nobody in it is real. The password is the same for all and is printed: never run this where real people are.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from payung.codes.category import OFFICIALS, VULNERABLE
from payung.errors import InputError, MissingDataError
from payung.office import demonstration_answers, demonstration_money
from payung.office.access.roles import ROLES
from payung.office.accounts import actions as accounts
from payung.office.accounts.models import User
from payung.office.cards import actions as cards
from payung.office.cards.models import Card
from payung.office.cards.states import CardKind
from payung.office.history import demonstration
from payung.office.history.actions import BY_ITSELF, Entry, record
from payung.office.history.models import Event
from payung.office.jobs.models import Job
from payung.office.jobs.worker import run_all
from payung.office.people import actions as register
from payung.office.people.actions import heirs
from payung.office.people.models import Person
from payung.office.posts import actions as posting
from payung.office.posts.models import Holding, Post
from payung.office.regions import actions as regions
from payung.office.regions import queries
from payung.office.regions.models import Region
from payung.office.service import pristine
from payung.office.submissions import actions as intake
from payung.office.submissions.models import Submission
from payung.office.vault.sealed import blind
from payung.text import Text

PASSWORD = "payung-peragaan-2026"
PAUSE = 0.2  # seconds between looks at a worker of a running office
SAYS = Callable[[str], None]
# How far the officials' and the workers' lists of each village come, in turn: so that something waits for every
# role that takes a step, the first village's operator and camat included.
ENDS: tuple[dict[str, str], ...] = (
    {"aparatur": "accepted", "rentan": "draft"},
    {"aparatur": "submitted", "rentan": "accepted"},
    {"aparatur": "accepted", "rentan": "endorsed"},
    {"aparatur": "endorsed", "rentan": "returned"},
    {"aparatur": "returned", "rentan": "submitted"},
    {"aparatur": "draft", "rentan": "accepted"},
    {"aparatur": "accepted", "rentan": "accepted"},
    {},
)
DOUBLES = 8  # people whom the list that follows says again
TOGETHER = 3  # villages of the first sub-district that take part


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the demonstration, as the terminal prints it."""

    username: str
    role: str
    place: str


def fill(*, folder: Path, district: str, villages: int, says: SAYS) -> list[Account]:
    """Fill an empty office from ``folder`` (made by `payung district`); return its accounts.

    ``villages`` is how many of the villages with lists take part. Where the demonstration is already there,
    only its accounts are returned. Raises :class:`InputError` where the office holds other accounts.
    """
    if Event.objects.filter(action=demonstration.FILLED).exists():
        return listed()
    if User.objects.exists():
        raise InputError(
            Text(
                "Kantor ini sudah berisi; peragaan hanya untuk kantor kosong: pakai PAYUNG_HOME yang baru.",
                "This office is not empty, and a demonstration needs an empty one: use a new PAYUNG_HOME.",
            )
        )
    truth = _truth(folder)
    with transaction.atomic():  # first of all: what comes after is never taken for a real office
        record(by=BY_ITSELF, entries=[Entry(demonstration.MARK, after={"source": folder.name})])
    demonstration.look()
    says(Text("Memuat wilayah", "Loading the regions").read())
    regions.load(by=BY_ITSELF, district=district)
    chosen = _villages(truth, villages)
    says(Text("Membuat akun untuk tiap peran", "Making an account for every role").read())
    _accounts(chosen, district)
    for place, code in enumerate(chosen):
        name = Region.objects.get(code=code).name
        says(Text(f"{name}: mengunggah daftar", f"{name}: uploading lists").read())
        _submit(folder, truth, code, ENDS[place % len(ENDS)])
    says(Text("Mengirim sebagian orang dua kali", "Sending some people twice").read())
    _doubles()
    says(Text("Mencatat kepesertaan dan masa jabatan", "Recording memberships and terms").read())
    _insure(truth)
    _terms()
    says(Text("Memadankan dengan jawaban instansi", "Matching with answers of agencies").read())
    demonstration_answers.fill(district=district, work=_work)
    says(
        Text(
            "Menjalankan perjanjian, SK, tagihan, dan klaim", "Living through agreement, decree, bills, cases"
        ).read()
    )
    demonstration_money.fill(district=district, villages=chosen, work=_work)
    with transaction.atomic():
        record(by=BY_ITSELF, entries=[Entry(demonstration.FILLED, after={"source": folder.name})])
    pristine.keep()
    return listed()


def listed() -> list[Account]:
    """Return the accounts of the demonstration, one for every role first."""
    names = dict(Region.objects.values_list("code", "name"))
    found = []
    for user in User.objects.prefetch_related("grants").order_by("pk"):
        for grant in user.grants.all():
            role = ROLES[grant.role].name.read()
            found.append(Account(user.username, role, names.get(grant.region_code, grant.region_code)))
    return found


def _truth(folder: Path) -> pl.DataFrame:
    path = folder / "truth.parquet"
    if not path.is_file():
        raise MissingDataError(
            Text(
                f"{folder} bukan kabupaten rekaan: buat dengan `payung district {folder}`.",
                f"{folder} is no invented district: make it with `payung district {folder}`.",
            )
        )
    return pl.read_parquet(path)


def _lists(truth: pl.DataFrame) -> pl.DataFrame:
    """Return file, village and whether it is a list of officials, for every list of one village."""
    return (
        truth.filter(pl.col("list") == "roster")
        .group_by("file")
        .agg(
            pl.col("list_village_code").drop_nulls().unique().sort().alias("codes"),
            pl.col("category").is_in(sorted(OFFICIALS)).mean().alias("officials"),
        )
        .filter(pl.col("codes").list.len() == 1)
        .select("file", pl.col("codes").list.first().alias("code"), "officials")
        .sort("file")
    )


def _villages(truth: pl.DataFrame, many: int) -> list[str]:
    """Return villages with lists: some of one sub-district, then one of each other, those with more lists first."""
    lists = _lists(truth).filter(pl.col("code").str.len_bytes() == 13)
    by_place: dict[str, list[str]] = {}
    counts = lists.group_by("code").agg(pl.len().alias("n")).sort(["n", "code"], descending=[True, False])
    for code in counts["code"]:
        by_place.setdefault(code.rpartition(".")[0], []).append(code)
    places = sorted(by_place.values(), key=lambda codes: (-len(codes), codes))
    first, others = places[0][:TOGETHER], [codes[0] for codes in places[1:]]
    return [*first, *others][:many]


def _accounts(villages: list[str], district: str) -> None:
    """Make one account for every role, and an operator, a head and a camat for every village that takes part."""
    today = timezone.localdate()
    starts = today.replace(month=1, day=1)
    first = villages[0]
    home = {"regency": district, "subdistrict": first.rpartition(".")[0], "village": first}

    def make(username: str, name: str, role: str, code: str, **values: Any) -> None:
        user = User.objects.filter(username=username).first() or accounts.create_user(
            by=BY_ITSELF, username=username, name=name, password=None, temporary=False
        )
        accounts.give_role(by=BY_ITSELF, user=user, role=role, region_code=code, starts=starts, **values)

    for code, role in ROLES.items():
        name = "Admin Peragaan" if code == "admin" else f"{role.name.id} (rekaan)"
        make(code.replace("_", "."), name, code, home[role.level])
    for code in villages[1:]:
        tail = code[3:].replace(".", "")
        place = Region.objects.get(code=code).name
        make(f"operator.{tail}", f"Operator {place} (rekaan)", "operator", code)
        make(f"kades.{tail}", f"Kades {place} (rekaan)", "kades", code)
    for code in sorted({code.rpartition(".")[0] for code in villages[1:]} - {home["subdistrict"]}):
        acting = {"acting": True, "ends": today + dt.timedelta(days=90), "letter": "800/12/BKPSDM/2026"}
        place = Region.objects.get(code=code).name
        make(f"camat.{code[3:].replace('.', '')}", f"Plt. Camat {place} (rekaan)", "camat", code, **acting)
    User.objects.update(password=make_password(PASSWORD))  # the slow hash once, for all of them


def _doubles() -> None:
    """Send some workers of a village again, with another number, an old spelling, or a number that was cut."""
    accepted = Submission.objects.filter(kind="rentan", landed=True).order_by("pk").first()
    if accepted is None:
        return
    code = accepted.village_code
    people = Person.objects.filter(
        village_code=code, standings__category__in=VULNERABLE, birth_date__isnull=False
    )
    lines = ["NIK;NAMA;TANGGAL LAHIR;JENIS KELAMIN;PEKERJAAN"]
    for place, person in enumerate(people.order_by("pk").distinct()[:DOUBLES]):
        nik = person.nik or ""
        other = nik[:-1] if place % 3 == 2 else f"{nik[:12]}{int(nik[12:]) % 9999 + 1:04d}"
        name = person.name.upper().replace("U", "OE", place % 2)
        lines.append(f"{other};{name};{person.birth_date:%d-%m-%Y};{person.sex};{person.job}")
    operator = _holder("operator", code)
    submission = intake.begin(by=operator, village_code=code, kind="rentan")
    file = SimpleUploadedFile("Daftar susulan.csv", "\n".join(lines).encode())
    intake.upload(by=operator, submission=submission, file=file)
    _work()
    _move(submission, code, "accepted")
    _work()


def _holder(role: str, code: str) -> str:
    """Return the user name of whoever holds ``role`` at ``code``."""
    return User.objects.filter(grants__role=role, grants__region_code=code).order_by("pk")[:1].get().username


def _submit(folder: Path, truth: pl.DataFrame, code: str, ends: dict[str, str]) -> None:
    """Upload the lists of a village and take each kind as far as ``ends`` says; nothing for a kind left out."""
    operator = _holder("operator", code)
    for line in _lists(truth).filter(pl.col("code") == code).iter_rows(named=True):
        path = folder / line["file"]
        if not path.is_file():
            continue
        kind = "aparatur" if line["officials"] > 0.5 else "rentan"
        if kind not in ends:
            continue
        submission = intake.begin(by=operator, village_code=code, kind=kind)
        intake.upload(
            by=operator, submission=submission, file=SimpleUploadedFile(path.name, path.read_bytes())
        )
    _work()
    for submission in Submission.objects.filter(village_code=code):
        _move(submission, code, ends[submission.kind])
    _work()


def _work() -> None:
    """Do what waits, also where a worker of a running office does some of it."""
    run_all()
    while Job.objects.filter(state__in=[Job.State.QUEUED, Job.State.RUNNING]).exists():
        time.sleep(PAUSE)
        run_all()


def _move(submission: Submission, code: str, end: str) -> None:
    usable = submission.rows.filter(replaced=False).exclude(verdict="returned").exists()
    if end == "draft" or not usable:
        return
    camat = _holder("camat", code.rpartition(".")[0])
    intake.move(by=_holder("kades", code), submission=submission, name="submit")
    if end == "returned":
        reason = "Lengkapi NIK yang ditandai, lalu ajukan lagi."
        intake.move(by=camat, submission=submission, name="return", reason=reason)
    elif end in {"endorsed", "accepted"}:
        intake.move(by=camat, submission=submission, name="endorse")
    if end == "accepted":
        agency = "dpmd" if submission.kind == "aparatur" else "dinsos"
        intake.move(by=agency, submission=submission, name="accept")


def _insure(truth: pl.DataFrame) -> None:
    """Record the memberships of those whom the invented insurer knows."""
    insured = truth.filter(pl.col("insured") & pl.col("nik").is_not_null()).unique("nik").sort("nik")
    numbers = dict(zip(insured["nik"], insured["segment"], strict=True))
    indexes = {blind(nik, "nik"): nik for nik in numbers}
    people = Person.objects.filter(nik_index__in=list(indexes)).order_by("pk")
    since = f"{timezone.localdate().year}-01"
    for segment, source in (("pu", "apbdes"), ("bpu", "apbd")):
        members = [
            (person, f"26{person.pk:09d}")
            for person in people
            if (numbers[indexes[person.nik_index]] or "bpu") == segment
        ]
        register.enrol(by="bpjs", people=members, segment=segment, source=source, from_month=since)
        _cards(members)


def _cards(members: list[tuple[Person, str]]) -> None:
    """Let cards come from the branch, some long ago; a third of them are with their members, who named an heir."""
    today = timezone.localdate()
    for place, days in enumerate((70, 45, 5)):
        of_this_day = members[place::3]
        received = today - dt.timedelta(days=days)
        cards.receive(by="bpjs", cards=of_this_day, kind=CardKind.PAPER, on=received)
    with_heirs = [person for person, _ in members[::3]]
    handed = Card.objects.filter(person__in=with_heirs)
    cards.hand_over(by="dpmd", cards=handed, on=today - dt.timedelta(days=30), given_by="Camat (rekaan)")
    for person in with_heirs:
        relation, name = (
            ("child", f"Anak {person.name}") if person.pk % 4 else ("spouse", f"Pasangan {person.name}")
        )
        heirs.add(by="dpmd", person=person, named=heirs.Named(relation, name), on=today)


def _terms() -> None:
    """Let some terms be over and some posts be vacant, so that the board of offices has something to show."""
    today = timezone.localdate()
    for holding in Holding.objects.select_related("post").filter(pk__in=_every(9)):
        posting.end_term(
            by=_holder("dpmd", queries.district().code),  # type: ignore[union-attr]
            holding=holding,
            on=today - dt.timedelta(days=20),
            reason="Masa jabatan berakhir",
        )
    for code in Post.objects.order_by().values_list("region_code", flat=True).distinct():
        posting.open_post(by="dpmd", region_code=code, category="bpd", label="Anggota BPD")


def _every(step: int) -> list[int]:
    return [key for key in Holding.objects.values_list("pk", flat=True).order_by("pk") if key % step == 0]
