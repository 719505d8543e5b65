"""What is read before a step of a submission is taken, and whom it tells."""

from __future__ import annotations

from collections.abc import Collection

from payung.office.access.permissions import Permission
from payung.office.face import Handover, Telling
from payung.office.submissions.models import Submission
from payung.office.submissions.states import KINDS, Kind, State
from payung.text import Text


def _kinds(keys: Collection[int]) -> dict[int, frozenset[str]]:
    """Return which categories the submissions ``keys`` bring."""
    found = Submission.objects.filter(pk__in=keys).order_by().values_list("pk", "kind")
    return {key: frozenset(KINDS[Kind.member(kind)]) for key, kind in found}


BEHIND = Text(
    "{faulty} baris yang perlu diperbaiki tertinggal di desa.",
    "{faulty} rows that must be mended stay behind in the village.",
)
HANDOVERS = (
    Handover(
        "submission.submit",
        Text("{ready} orang diajukan ke camat.", "{ready} people go to the camat."),
        Text("Dapat ditarik kembali sampai camat bertindak.", "It can be taken back until the camat acts."),
        {"faulty": BEHIND},
        back="submission.recall",
    ),
    Handover(
        "submission.endorse",
        Text("{ready} orang diteruskan ke dinas.", "{ready} people go on to the agency."),
        Text("Dapat ditarik kembali sampai dinas bertindak.", "It can be taken back until the agency acts."),
        {"faulty": BEHIND},
        back="submission.recall",
    ),
    Handover(
        "submission.accept",
        Text(
            "{ready} orang masuk register dan mulai dipadankan.",
            "{ready} people enter the register and are matched.",
        ),
        Text(
            "Tidak dapat ditarik kembali: orangnya dinilai lagi saat dipadankan.",
            "It cannot be taken back: its people are judged again while they are matched.",
        ),
        {"faulty": BEHIND},
    ),
)
TELLS = {
    "submission.submit": Telling(
        (Permission.SUBMISSION_ENDORSE,),
        Text(
            "Usulan {place} menunggu persetujuan camat.",
            "The list of {place} waits for the camat.",
        ),
        "submission_show",
        categories=_kinds,
    ),
    "submission.endorse": Telling(
        (Permission.SUBMISSION_ACCEPT,),
        Text("Usulan {place} menunggu diterima dinas.", "The list of {place} waits for the agency."),
        "submission_show",
        categories=_kinds,
    ),
    "submission.return": Telling(
        (Permission.SUBMISSION_EDIT, Permission.SUBMISSION_SUBMIT),
        Text(
            "Usulan {place} dikembalikan: perbaiki lalu ajukan lagi.",
            "The list of {place} came back: mend it and submit it again.",
        ),
        "submission_show",
        categories=_kinds,
    ),
    "submission.accept": Telling(
        (Permission.SUBMISSION_EDIT, Permission.SUBMISSION_SUBMIT),
        Text("Usulan {place} diterima dinas.", "The list of {place} was accepted by the agency."),
        "submission_show",
        categories=_kinds,
    ),
    "submission.match": Telling(
        (Permission.SUBMISSION_EDIT, Permission.SUBMISSION_SUBMIT),
        Text(
            "Usulan {place} selesai dipadankan: lihat siapa yang lolos.",
            "The list of {place} is matched: see who passed.",
        ),
        "submission_show",
        when=lambda after: after.get("state") == State.FINISHED,
        categories=_kinds,
    ),
}
