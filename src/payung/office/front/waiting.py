"""What waits for a person, and the numbers of their region. Each line opens its rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from payung.office.accounts.models import User
from payung.office.accounts.permissions import Permission
from payung.office.intake.board import TAKEN
from payung.office.intake.models import Row, Submission
from payung.office.intake.states import AFTER_ACCEPTANCE, DRAFT, ENDORSED, RETURNED, SUBMITTED
from payung.office.regions.models import Region
from payung.office.register.models import Person
from payung.office.register.queries import covered_in, post_counts
from payung.text import Text

LATE = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits: what, how many, how many of them for more than a week, where."""

    label: Text
    many: int
    late: int
    url: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the region and where its rows are."""

    label: Text
    value: int
    url: str
    tone: str = ""


# permission → the state in which a submission waits for whoever has it, and the words
_WAITS: tuple[tuple[Permission, str, Text], ...] = (
    (
        Permission.PROPOSAL_EDIT,
        RETURNED,
        Text("Dikembalikan: perbaiki lalu ajukan lagi", "Returned: mend and submit again"),
    ),
    (Permission.PROPOSAL_EDIT, DRAFT, Text("Draf yang belum diajukan", "Drafts not submitted yet")),
    (Permission.PROPOSAL_SUBMIT, DRAFT, Text("Draf menunggu Anda ajukan", "Drafts for you to submit")),
    (
        Permission.PROPOSAL_ENDORSE,
        SUBMITTED,
        Text("Usulan desa menunggu persetujuan camat", "Submissions for you to endorse"),
    ),
    (
        Permission.PROPOSAL_ACCEPT,
        ENDORSED,
        Text("Usulan menunggu diterima dinas", "Submissions for you to accept"),
    ),
)


def waiting(user: User) -> list[Task]:
    """Return what waits for ``user``, the most first; one query a permission."""
    found = []
    before = timezone.now() - LATE
    for permission, state, label in _WAITS:
        if not user.may(permission):
            continue
        rows = user.scope(permission).of(Submission).filter(state=state)
        many = rows.aggregate(many=Count("pk"), late=Count("pk", filter=Q(since__lt=before)))
        if many["many"]:
            url = f"{reverse('intake_list')}?keadaan={state}"
            found.append(Task(label, many["many"], many["late"], url))
    return found


def figures(user: User) -> list[Figure]:
    """Return the numbers of the region of ``user``: those that their roles may see."""
    found: list[Figure] = []
    if user.may(Permission.PROPOSAL_VIEW) or user.may(Permission.PROPOSAL_COUNT):
        found += _board(user)
    if user.may(Permission.PERSON_VIEW):
        found += _people(user)
    if user.may(Permission.ROSTER_VIEW) or user.may(Permission.ROSTER_COUNT):
        found += _offices(user)
    if user.may(Permission.ACCOUNT_MANAGE):
        url = reverse("account_list")
        found.append(
            Figure(Text("Akun terbuka", "Open accounts"), User.objects.filter(is_active=True).count(), url)
        )
    return found


def _board(user: User) -> list[Figure]:
    scope = user.scope(
        Permission.PROPOSAL_VIEW if user.may(Permission.PROPOSAL_VIEW) else Permission.PROPOSAL_COUNT
    )
    villages = Region.objects.filter(scope.in_places("code"), level="village").count()
    begun = scope.of(Submission).order_by().values("village_code").distinct().count()
    accepted = (
        scope.of(Submission)
        .filter(state__in=AFTER_ACCEPTANCE)
        .order_by()
        .values("village_code")
        .distinct()
        .count()
    )
    board = reverse("board")
    found = [
        Figure(Text("Desa", "Villages"), villages, board),
        Figure(
            Text("Desa belum mulai", "Villages not begun"),
            villages - begun,
            f"{board}?keadaan=belum_mulai",
            "bad" if villages > begun else "good",
        ),
        Figure(
            Text("Desa sudah diterima", "Villages accepted"),
            accepted,
            f"{board}?keadaan={TAKEN}",
            "good",
        ),
    ]
    if user.may(Permission.PROPOSAL_EDIT):
        faulty = Row.objects.filter(
            submission__in=scope.of(Submission).filter(state__in=[DRAFT, RETURNED]),
            replaced=False,
            verdict="returned",
        ).count()
        found.append(
            Figure(Text("Baris perlu diperbaiki", "Rows to mend"), faulty, reverse("intake_list"), "warn")
        )
    return found


def _people(user: User) -> list[Figure]:
    people = user.scope(Permission.PERSON_VIEW).of(Person)
    month = f"{timezone.localdate():%Y-%m}"
    total, covered = people.count(), people.filter(covered_in(month)).count()
    listed = reverse("person_list")
    return [
        Figure(Text("Orang dalam register", "People in the register"), total, listed),
        Figure(Text("Terlindungi bulan ini", "Covered this month"), covered, f"{listed}?lindung=ya", "good"),
        Figure(
            Text("Belum terlindungi", "Not covered"),
            total - covered,
            f"{listed}?lindung=belum",
            "warn" if total > covered else "good",
        ),
    ]


def _offices(user: User) -> list[Figure]:
    scope = user.scope(
        Permission.ROSTER_VIEW if user.may(Permission.ROSTER_VIEW) else Permission.ROSTER_COUNT
    )
    counts = post_counts(scope, timezone.localdate()).values()
    uncovered = sum(line["uncovered"] for line in counts)
    empty = sum(line["vacant"] + line["ended"] for line in counts)
    board = reverse("roster_board")
    return [
        Figure(Text("Pejabat belum terlindungi", "Office holders not covered"), uncovered, board, "bad"),
        Figure(Text("Jabatan lowong atau berakhir", "Offices vacant or ended"), empty, board, "warn"),
    ]
