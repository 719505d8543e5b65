"""What this app says of itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from payung.codes import Category, Segment, Source
from payung.office.access.permissions import Permission
from payung.office.access.requests import user_of
from payung.office.accounts.models import User
from payung.office.face import Deed, Entry, Face, Handover, Noun, Rows, Stage, Task, Telling
from payung.office.people.models import Person
from payung.office.programme import actions, letter_kinds, paper_kinds, proofs
from payung.office.programme.models import DecreeFile
from payung.office.programme.queries import endings, in_decrees, seen
from payung.office.programme.states import AgreementKind, DecreeState, EntryKind
from payung.text import Text

ALARM = 90  # days


def _waits(user: User) -> Iterable[Task]:
    if not user.may(Permission.DECREE_EDIT):
        return
    scope, today = user.scope(Permission.DECREE_EDIT), timezone.localdate()
    ends = endings(scope, today, ALARM)
    if ends:
        label = Text(
            "Orang yang perlindungannya putus dalam 90 hari", "People whose cover stops within 90 days"
        )
        soon = sum(one.people for one in ends if one.days(today) <= 30)
        yield Task(label, sum(one.people for one in ends), soon, reverse("programme_calendar"), "", 60)
    late = Q(frozen_at__lt=timezone.now() - dt.timedelta(days=7))
    frozen = Rows(seen.decrees(scope).filter(state=DecreeState.FROZEN), late)
    label = Text("SK menunggu tanda tangan", "Decrees to be signed")
    yield Task(label, frozen, 0, reverse("decree_list") + f"?keadaan={DecreeState.FROZEN}")


def _panel(request: HttpRequest, person: Person) -> tuple[str, dict[str, Any]] | None:
    """Return the decrees that a person stands in."""
    user = user_of(request)
    if not user.may(Permission.DECREE_VIEW):
        return None
    rows = user.scope(Permission.DECREE_VIEW).of(
        person.decrees.filter(held=True, from_month__lte=F("last_month"))
    )
    found = list(rows.select_related("decree", "line").order_by("-from_month")[:12])
    return ("programme/panel.html", {"rows": found}) if found else None


def _sample(world: Any) -> dict[str, Any]:
    """Make an agreement with a file, a line and a draft decree with a person in it, in the village of ``world``."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    code, person, by = world["village"], world["person"], world["by"]
    paper = actions.Paper(
        kind=AgreementKind.PKS,
        number=f"1/{code}",
        signed_on=dt.date(2026, 12, 1),
        starts=dt.date(2027, 1, 1),
        ends=dt.date(2027, 12, 31),
        region_code=code,
    )
    with transaction.atomic():
        agreement = actions.add_agreement(by=by, paper=paper)
        file = actions.attach(by=by, agreement=agreement, file=SimpleUploadedFile("pks.pdf", b"%PDF-1.4"))
        line = actions.add_line(
            by=by,
            source=Source.APBD,
            name=f"dana {code}",
            amount=10_000_000,
            region_code=code,
            from_month="2027-01",
            until_month="2027-12",
        )
        decree = actions.begin(by=by, line=line, from_month="2027-01", until_month="2027-12")
        one = actions.Candidate(
            person=person,
            segment=Segment.BPU,
            category=Category.RENTAN,
            village_code=code,
            income=1_000_000,
        )
        actions.put_in(by=by, decree=decree, candidates=[one])
        signed = DecreeFile.objects.create(
            decree=decree, name=file.name, path=file.path, sha256=file.sha256, by=by
        )
    return {
        "agreement_": agreement.pk,
        "line_": line.pk,
        "decree_": decree.pk,
        "file": file.pk,
        "signed": signed.pk,
    }


FACE = Face(
    menu=(
        Entry(410, "agreement_list", Text("Perjanjian", "Agreements"), "shield", (Permission.DECREE_VIEW,)),
        Entry(420, "line_list", Text("Dana", "Money"), "board", (Permission.QUOTA_VIEW,)),
        Entry(430, "decree_list", Text("SK", "Decrees"), "list", (Permission.DECREE_VIEW,)),
    ),
    handovers=(
        Handover(
            "agreement.add",
            Text(
                "Perjanjian ini menjadi dasar SK dan pengeluaran sejak hari mulainya.",
                "This agreement is what decrees and spending rest on from its first day.",
            ),
            Text(
                "Tidak dapat ditarik kembali: yang berubah dicatat sebagai addendum.",
                "It cannot be taken back: what changes is recorded as an addendum.",
            ),
        ),
        Handover(
            "decree.freeze",
            Text(
                "{people} orang masuk lampiran, {cost} dicadangkan; lampiran tidak berubah lagi.",
                "{people} people are in the annex, {cost} is reserved; the annex changes no more.",
            ),
            Text(
                "Dapat ditarik kembali (Batalkan) sampai ditandatangani.",
                "It can be taken back (Give up) until it is signed.",
            ),
            {
                "reserve": Text(
                    "{reserve} orang tinggal di cadangan.", "{reserve} people stay in the reserve."
                )
            },
            back="decree.drop",
        ),
        Handover(
            "decree.sign",
            Text(
                "{people} orang ditetapkan ({come} masuk, {leave} keluar) dan {cost} terikat; sesudah ini "
                "mereka dikirim ke BPJS dan ditagih.",
                "{people} people are decreed ({come} come in, {leave} leave) and {cost} is committed; they "
                "go on to the insurer and are billed.",
            ),
            Text(
                "Tidak dapat ditarik kembali: perubahan hanya dengan SK baru.",
                "It cannot be taken back: only a new decree changes it.",
            ),
            {
                "reserve": Text(
                    "{reserve} orang tinggal di cadangan.", "{reserve} people stay in the reserve."
                )
            },
        ),
        Handover(
            "decree.drop",
            Text(
                "{people} orang keluar dari SK ini dan bebas untuk SK lain; cadangan dananya dilepas.",
                "{people} people leave this decree and are free for another; its reserved money is released.",
            ),
            Text(
                "Tidak dapat ditarik kembali: susun SK baru bila keliru.",
                "It cannot be taken back: draw up a new decree where it was wrong.",
            ),
        ),
    ),
    tells={
        "decree.freeze": Telling(
            (Permission.DECREE_DECIDE,),
            Text("SK untuk {place} menunggu ditandatangani.", "A decree for {place} waits to be signed."),
            "decree_show",
        ),
    },
    nouns={
        "agreement": Noun(Text("perjanjian", "agreement"), "agreement_show"),
        "decree": Noun(Text("SK", "decree"), "decree_show"),
        "line": Noun(Text("baris dana", "line of money"), "line_show"),
    },
    deeds={
        "agreement.add": Deed(
            Text("Perjanjian dicatat", "Agreement recorded"),
            {
                "kind": (Text("Jenis", "Kind"), AgreementKind),
                "on": Text("Mengikuti", "Follows"),
                "quota": (Text("Kuota", "Quota"), "number"),
            },
        ),
        "agreement.file": Text("Berkas perjanjian disimpan", "File of an agreement kept"),
        "line.add": Text("Baris dana dicatat", "Line of money recorded"),
        "money.book": Text("Buku dana", "Money booked"),
        "decree.begin": Text("SK mulai disusun", "Decree begun"),
        "decree.put_in": Text("Orang dimasukkan ke lampiran SK", "People put into the annex"),
        "decree.reserve": Text("Orang dimasukkan ke cadangan", "People put into the reserve"),
        "decree.take_out": Text("Orang dikeluarkan dari draf SK", "People taken out of the draft"),
        "decree.let_go": Text("Orang keluar dengan SK perubahan", "People leave with a follow-up decree"),
        "decree.freeze": Text("Lampiran SK dibekukan", "Annex of the decree frozen"),
        "decree.sign": Deed(
            Text("SK ditetapkan", "Decree signed"), {"on": Text("Tanggal SK", "Day of the decree")}
        ),
        "decree.paper": Text("Lampiran SK dicetak", "Annex of the decree taken out as PDF"),
        "decree.file": Deed(
            Text("Berkas SK yang ditandatangani disimpan", "Signed file of the decree kept"),
            {"signatures": (Text("Tanda tangan elektronik", "Electronic signatures"), "number")},
        ),
        "decree.drop": Text("SK dibatalkan", "Decree dropped"),
    },
    names={
        "entry": (Text("Gerak", "Move"), EntryKind),
        "amount": (Text("Jumlah", "Amount"), "rupiah"),
        "line": Text("Baris dana", "Line"),
        "subject": Text("Untuk", "For"),
        "hash": Text("Sidik lampiran", "Hash of the annex"),
        "masuk": (Text("Masuk", "Coming in"), "number"),
        "keluar": (Text("Keluar", "Leaving"), "number"),
        "tetap": (Text("Tetap", "Staying"), "number"),
    },
    waits=_waits,
    stages=(
        Stage(
            Text("SK ditetapkan", "In a decree"),
            Text("giliran dinas: SK", "the agency's turn: the decree"),
            in_decrees,
        ),
    ),
    panels=(_panel,),
    letters=(*letter_kinds.KINDS, *paper_kinds.KINDS),
    checks=proofs.CHECKS,
    sample=_sample,
)
