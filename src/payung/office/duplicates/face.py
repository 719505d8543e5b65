"""What the review of duplicates says of itself."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.duplicates import pages as views
from payung.office.duplicates import queries
from payung.office.duplicates.work import comparisons
from payung.office.face import Entry, Face, Noun, Rows, Task
from payung.office.jobs import queue
from payung.office.submissions.models import Submission
from payung.office.submissions.states import IDLE
from payung.text import Text


def _waits(user: User) -> Iterable[Task]:
    if not user.may(Permission.PAIR_EDIT):
        return
    pairs = queries.waiting(user.scope(Permission.PAIR_EDIT))
    label = Text("Pasangan yang mungkin satu orang", "Pairs that may be one person")
    rows = Rows(pairs, Q(found__lt=timezone.now() - IDLE))
    yield Task(label, rows, 0, reverse("pair_list"), "", IDLE.days)


def _compare(*, by: str, submission: Submission) -> None:
    """Have a submission that landed compared with the register."""
    queue.ask(by=by, kind=comparisons.KIND, subject=f"submission:{submission.pk}", submission=submission.pk)


FACE = Face(
    menu=(Entry(320, "pair_list", Text("Tinjau", "Review"), "pair", (Permission.PAIR_VIEW,)),),
    nouns={"pair": Noun(Text("pasangan", "pair"), "pair_show")},
    deeds={
        "pair.find": Text("Mungkin sama dengan yang lain", "May be the same as another"),
        "pair.different": Text("Diputuskan: orang berbeda", "Decided: different people"),
        "pair.undo": Text("Keputusan diurungkan", "Decision undone"),
        "row.link": Text("Baris daftar ini adalah orang ini", "Row of a list is this person"),
        "row.unlink": Text("Baris daftar dilepas lagi", "Row of a list taken away again"),
    },
    waits=_waits,
    panels=(views.panel,),
    jobs={comparisons.KIND: comparisons.work},
    follows={"submission.land": _compare},
)
