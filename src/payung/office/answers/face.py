"""What the matching says of itself."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from payung.codes import Agency, Result
from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.answers import queries
from payung.office.answers.actions import former as forgetting
from payung.office.answers.models import Result as Answered
from payung.office.answers.pages import people as views
from payung.office.answers.states import End
from payung.office.answers.work import sheets, staff
from payung.office.answers.work import texts as remapping
from payung.office.face import Deed, Entry, Face, Handover, Noun, Rows, Task
from payung.office.submissions.states import IDLE, State
from payung.text import Text


def _waits(user: User) -> Iterable[Task]:
    if user.may(Permission.SUBMISSION_EDIT) and user.may(Permission.ANSWER_VIEW):
        rows = queries.to_mend(user.scope(Permission.ANSWER_VIEW).of(Answered))
        label = Text(
            "Ditolak: betulkan NIK atau namanya, lalu usulkan lagi", "Refused: mend NIK or name, send again"
        )
        yield Task(label, Rows(rows), 0, f"{reverse('result_list')}?perlu=betulkan")
    if not user.may(Permission.ANSWER_EDIT):
        return
    for state, (many, late) in queries.waiting(user, timezone.now() - IDLE).items():
        label = Text(f"Pemadanan: {State.words()[state].id}", f"Matching: {State.words()[state].en}")
        yield Task(label, many, late, f"{reverse('submission_ways')}?keadaan={state}", "", IDLE.days)
    if (texts := queries.texts_waiting(user)) is not None:
        label = Text("Teks jawaban yang belum dikenal", "Texts of answers not known yet")
        yield Task(label, Rows(texts), 0, f"{reverse('text_list')}?keadaan=belum")


def _result(code: str) -> Text | None:
    if code == "belum_dikenal":
        return Text("teks belum dikenal", "text not known yet")
    found = Result.known(code)
    return found.text.inside() if found else None


def _end(code: str) -> Text | None:
    found = End.known(code)
    return found.text.inside() if found else None


FACE = Face(
    handovers=(
        Handover(
            "submission.match",
            Text(
                "Sesudah langkah ini setiap orang lolos atau ditolak, dan yang lolos dapat masuk SK.",
                "After this step everybody passed or was refused, and those who passed can enter a decree.",
            ),
            Text(
                "Dapat ditarik kembali dengan alasan sampai ada yang masuk SK.",
                "It can be taken back with a reason until somebody is in a decree.",
            ),
            back="submission.unmatch",
        ),
    ),
    menu=(
        Entry(
            310,
            "answer_home",
            Text("Pemadanan", "Matching"),
            "search",
            (Permission.ANSWER_VIEW, Permission.ANSWER_COUNT),
        ),
    ),
    nouns={"answer": Noun(Text("jawaban instansi", "answer of an agency"), "answer_show")},
    deeds={
        "match.request": Text("Permintaan padan diunduh", "Request to an agency taken out"),
        "match.result": Text("Hasil padan", "Result of matching"),
        "match.forget": Text("Tidak dihitung lagi: untuk NIK lama", "Counts no more: for the former NIK"),
        "match.text": Text("Arti teks ditetapkan", "Meaning of a text settled"),
        "match.allow": Text("Diputuskan boleh ikut", "Decided: may pass"),
        "match.end": Deed(
            Text("Akhir pemadanan", "End of matching"),
            many=Text("Akhir pemadanan: {many} orang", "End of matching: {many} people"),
        ),
        "answer.upload": Text("Jawaban instansi diunggah", "Answer uploaded"),
        "answer.read": Text("Jawaban dibaca", "Answer read"),
        "answer.apply": Text("Jawaban diterapkan", "Answer applied"),
        "staff.upload": Text("Daftar pegawai diunggah", "Staff list uploaded"),
        "staff.read": Text("Daftar pegawai dibaca", "Staff list read"),
    },
    passed=queries.passed_before,
    names={
        "agency": (Text("instansi", "agency"), Agency),
        "result": (Text("hasil", "result"), _result),
        "code": (Text("hasil", "result"), _result),
        "end": (Text("akhir", "end"), _end),
        "matched": Text("orangnya ketemu", "found"),
        "unknown": Text("tidak dikenal", "unknown"),
        "unusable": Text("tidak dapat dipakai", "unusable"),
        "passed": Text("lolos", "passed"),
        "refused": Text("ditolak", "refused"),
        "version": Text("versi", "release"),
    },
    waits=_waits,
    sent=(queries.was_asked,),
    panels=(views.panel,),
    jobs={sheets.KIND: sheets.work, remapping.KIND: remapping.work, staff.KIND: staff.work},
    follows={"person.nik": forgetting.forget},
)
