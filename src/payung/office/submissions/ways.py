"""Where the lists of a village stand on their way, and what the village can begin with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.face import Beginning, Way
from payung.office.submissions.models import Row, Submission
from payung.office.submissions.states import FINISHED, IDLE, OPEN_TO_VILLAGE, Kind, State
from payung.text import Text

SHOWN = 4  # ways on the first page, those that moved last first
_STEPS = (
    Text("Disiapkan desa", "Prepared by the village"),
    Text("Diperiksa camat", "Looked at by the camat"),
    Text("Diterima dinas", "Accepted by the agency"),
    Text("Dukcapil", "Civil registry"),
    Text("Data sosial", "Welfare data"),
    Text("BPJS", "Insurer"),
)
_VILLAGE = Text("giliran desa", "the village's turn")
_DINAS = Text("giliran dinas", "the agency's turn")
# state → the step it stands in, and whose turn it is
_STANDS: dict[str, tuple[int, Text]] = {
    State.DRAFT: (0, _VILLAGE),
    State.RETURNED: (0, Text("dikembalikan: giliran desa", "returned: the village's turn")),
    State.SUBMITTED: (1, Text("giliran camat", "the camat's turn")),
    State.ENDORSED: (2, _DINAS),
    State.ACCEPTED: (3, _DINAS),
    State.SOCIAL: (4, _DINAS),
    State.INSURER: (5, _DINAS),
    State.FINISHED: (6, _DINAS),
}


def _keeps_lists(user: User) -> bool:
    return user.may(Permission.SUBMISSION_EDIT) or user.may(Permission.SUBMISSION_SUBMIT)


def ways(user: User) -> Iterable[Way]:
    """Yield where the newest lists of whoever keeps lists stand; two queries."""
    if not _keeps_lists(user):
        return
    rows = user.scope(Permission.SUBMISSION_VIEW).of(Submission).order_by("-touched", "-pk")
    found = list(rows[:SHOWN])
    finished = [one.pk for one in found if one.state == FINISHED]
    people: dict[int, set[int]] = defaultdict(set)
    landed = Row.objects.filter(submission__in=finished, replaced=False, person__isnull=False)
    for submission, person in landed.order_by().values_list("submission", "person") if finished else ():
        people[submission].add(person)
    now = timezone.now()
    for one in found:
        at, whose = _STANDS[one.state]
        yield Way(
            Kind.member(one.kind).text,
            reverse("submission_show", args=[one.pk]),
            _STEPS,
            at,
            whose,
            one.since,
            stuck=one.state == State.RETURNED or now - one.since > IDLE,
            people=frozenset(people[one.pk]),
        )


def begins(user: User) -> Iterable[Beginning]:
    """Yield the upload of a list, for those who keep lists and have none that is still theirs."""
    if not user.may(Permission.SUBMISSION_EDIT):
        return
    lists = user.scope(Permission.SUBMISSION_VIEW).of(Submission)
    states = set(lists.order_by().values_list("state", flat=True).distinct())
    if states & OPEN_TO_VILLAGE:
        return
    label = Text("Unggah daftar desa", "Upload a village list")
    first = Text(
        "Desa Anda belum mengirim daftar. Pakai berkas Excel yang sudah ada, apa adanya.",
        "Your village has not sent a list yet. Take the Excel file that you have, as it is.",
    )
    more = Text(
        "Ada orang yang belum masuk daftar? Mulai usulan baru.",
        "Is somebody not on a list yet? Begin a new submission.",
    )
    yield Beginning(label, more if states else first, reverse("submission_begin"), "upload")
