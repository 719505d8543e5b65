"""What this app says of itself."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.exchange import actions, ddl, letter_kinds, pages, queries, work
from payung.office.exchange.models import Answer, AnswerRow, Batch, BatchLine
from payung.office.exchange.states import BatchKind, Outcome
from payung.office.face import Deed, Entry, Face, Finding, Handover, Noun, Rows, Stage, Task, Telling
from payung.office.guards import standing
from payung.office.programme.models import Decree
from payung.office.vault.sealed import blind
from payung.text import Text

LATE = dt.timedelta(days=7)


def _waits(user: User) -> Iterable[Task]:
    if user.may(Permission.PERSON_EDIT) and user.may(Permission.DECREE_VIEW):
        late = Q(answered_at__lt=timezone.now() - LATE)
        label = Text(
            "Orang yang ditolak BPJS: betulkan datanya", "People rejected by the insurer: mend their facts"
        )
        rejected = Rows(queries.rejected(user.scope(Permission.PERSON_EDIT)), late)
        yield Task(label, rejected, 0, reverse("rejected_list"))
    if user.may(Permission.DECREE_EDIT):
        late = Q(answer__at__lt=timezone.now() - LATE)
        label = Text("Baris jawaban BPJS yang belum selesai", "Rows of the insurer's answers to be settled")
        waiting = Rows(queries.waiting(user.scope(Permission.DECREE_EDIT)), late)
        yield Task(label, waiting, 0, reverse("answer_queue"))


def _totals_hold() -> Iterable[Finding]:
    """Yield every batch whose lines are not as many as it declared."""
    wrong = Batch.objects.annotate(many=Count("lines")).exclude(many=F("people"))
    for batch in wrong:
        yield Finding(
            "JUMLAH_KIRIMAN",
            f"batch:{batch.pk}",
            Text(
                f"Kiriman {batch} menyebut {batch.people} orang, tetapi barisnya lain: pulihkan dari cadangan.",
                f"The batch {batch} declares {batch.people} people, but has other lines: restore from the backup.",
            ),
        )


def _sample(world: Any) -> dict[str, Any]:
    """Make a batch with one line, and a row of an answer that waits, in the village of ``world``."""
    code, person, by = world["village"], world["person"], world["by"]
    decree = Decree.objects.filter(region_code=code).order_by("pk").first()
    if decree is None:
        from payung.office.programme.face import FACE as PROGRAMME

        assert PROGRAMME.sample
        decree = Decree.objects.get(pk=PROGRAMME.sample(world)["decree_"])
    row = decree.people.get()
    with transaction.atomic():
        batch = Batch.objects.create(
            decree=decree,
            kind=BatchKind.BPU,
            region_code=code,
            people=1,
            amount=1,
            file_name="usulan_bpu.xlsx",
            path=_kept(),
            sha256="0" * 64,
            by=by,
        )
        BatchLine.objects.create(
            batch=batch,
            number=1,
            row=row,
            person=person,
            name=person.name,
            nik_index=blind(person.nik, "nik"),
            village_code=code,
            category=row.category,
            payload=json.dumps({"NAMA": person.name}),
        )
        answer = Answer.objects.create(batch=batch, name="jawaban.csv", path="x/y", sha256="1" * 64, by=by)
        found = AnswerRow.objects.create(answer=answer, record="jawaban.csv#1", outcome=Outcome.UNKNOWN)
    return {"batch_": batch.pk, "answer_row": found.pk}


def _kept() -> str:
    """Keep a small file as the file of a batch; return where."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from payung.office.submissions.papers import files

    return f"{files.keep(SimpleUploadedFile('usulan_bpu.xlsx', b'x'), 'usulan_bpu.xlsx')}/usulan_bpu.xlsx"


FACE = Face(
    menu=(
        Entry(
            440, "batch_list", Text("Kiriman BPJS", "Insurer batches"), "upload", (Permission.DECREE_VIEW,)
        ),
    ),
    handovers=(
        Handover(
            "batch.send",
            Text(
                "{people} orang ({amount}) tercatat sudah diserahkan ke BPJS dan menunggu jawabannya. "
                "Perlindungan baru mulai setelah iurannya dibayar.",
                "{people} people ({amount}) are recorded as handed to the insurer and wait for its answer. "
                "Cover begins only once it is paid.",
            ),
            Text(
                "Tidak dapat ditarik kembali: yang keliru dijawab BPJS, lalu dibetulkan dan dikirim ulang.",
                "It cannot be taken back: what is wrong is answered by the insurer, mended, and sent again.",
            ),
        ),
    ),
    tells={
        "batch.answer": Telling(
            (Permission.DECREE_EDIT,),
            Text("BPJS menjawab kiriman {place}.", "The insurer answered a batch of {place}."),
            "batch_show",
        ),
    },
    nouns={"batch": Noun(Text("kiriman BPJS", "batch"), "batch_show")},
    deeds={
        "batch.make": Text("Kiriman ke BPJS dibuat", "Batch for the insurer made"),
        "batch.send": Text("Kiriman diserahkan ke BPJS", "Batch handed to the insurer"),
        "batch.download": Text("Berkas kiriman diunduh", "File of the batch taken out"),
        "batch.again": Text("Baris yang ditolak dikirim ulang", "Rejected lines sent again"),
        "batch.answer": Text("Jawaban BPJS dimasukkan", "Answer of the insurer taken in"),
        "batch.reject": Text("Ditolak BPJS", "Rejected by the insurer"),
        "answer.settle": Text("Baris jawaban diselesaikan", "Row of an answer settled"),
        "answer.decide": Text(
            "Baris jawaban dipasangkan dengan orangnya", "Row of an answer given its person"
        ),
        "template.edit": Deed(
            Text("Susunan kolom diubah", "Columns of a layout edited"),
            {"layout": (Text("Susunan", "Layout"), BatchKind), "columns": Text("Kolom", "Columns")},
        ),
    },
    names={
        "accepted": (Text("Diterima", "Accepted"), "number"),
        "rejected": (Text("Ditolak", "Rejected"), "number"),
        "waiting": (Text("Menunggu", "Waiting"), "number"),
    },
    waits=_waits,
    sent=(queries.was_sent,),
    stages=(
        Stage(
            Text("Terdaftar di BPJS", "Enrolled"),
            Text("giliran dinas dan BPJS: pendaftaran", "the agency's and the insurer's turn: enrolment"),
            queries.enrolled,
        ),
    ),
    beside={"decree": pages.of_decree},
    letters=letter_kinds.KINDS,
    jobs={actions.ENROL: work.work},
    checks=(standing("exchange.guard", ddl.guards), _totals_hold),
    sample=_sample,
)
