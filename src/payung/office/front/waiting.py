"""What waits for a person. Each line opens its rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from payung.office.accounts.models import User
from payung.office.accounts.permissions import Permission
from payung.office.intake.models import Submission
from payung.office.intake.states import DRAFT, ENDORSED, IDLE, NAMES, RETURNED, SUBMITTED
from payung.office.matching import queries as matching
from payung.office.register import cards
from payung.office.review import queries as review
from payung.text import Text


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits.

    Fields
        label: what it is. many: how many; url: where they are.
        late: how many of them for more than ``days``; late_url: where those are, where a list can tell.
    """

    label: Text
    many: int
    late: int
    url: str
    late_url: str = ""
    days: int = IDLE.days


# permission → the state in which a submission waits for whoever has it, and the words
_WAITS: tuple[tuple[Permission, str, Text], ...] = (
    (
        Permission.PROPOSAL_EDIT,
        RETURNED,
        Text("Dikembalikan: perbaiki lalu ajukan lagi", "Returned: mend and submit again"),
    ),
    (Permission.PROPOSAL_EDIT, DRAFT, Text("Draf yang belum diajukan", "Drafts not submitted yet")),
    (
        Permission.PROPOSAL_SUBMIT,
        RETURNED,
        Text("Dikembalikan: ajukan lagi sesudah diperbaiki", "Returned: submit again once it is mended"),
    ),
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
    before = timezone.now() - IDLE
    for permission, state, label in _WAITS:
        if not user.may(permission):
            continue
        rows = user.scope(permission).of(Submission).filter(state=state)
        many = rows.aggregate(many=Count("pk"), late=Count("pk", filter=Q(since__lt=before)))
        if many["many"]:
            url = f"{reverse('intake_list')}?keadaan={state}"
            found.append(Task(label, many["many"], many["late"], url, f"{url}&lama=lewat"))
    if user.may(Permission.CARD_EDIT):
        found += _cards(user)
    if user.may(Permission.MATCH_EDIT):
        found += _matching(user, before)
        pairs = review.waiting(user.scope(Permission.MATCH_EDIT))
        many = pairs.aggregate(many=Count("pk"), late=Count("pk", filter=Q(found__lt=before)))
        if many["many"]:
            label = Text("Pasangan yang mungkin satu orang", "Pairs that may be one person")
            found.append(Task(label, many["many"], many["late"], reverse("review_list")))
    return found


def _matching(user: User, before: dt.datetime) -> list[Task]:
    found = [
        Task(
            Text(f"Pemadanan: {NAMES[state].id}", f"Matching: {NAMES[state].en}"),
            many,
            late,
            f"{reverse('matching_submissions')}?keadaan={state}",
        )
        for state, (many, late) in matching.waiting(user, before).items()
    ]
    if many := matching.texts_waiting(user):
        label = Text("Teks jawaban yang belum dikenal", "Texts of answers not known yet")
        found.append(Task(label, many, 0, f"{reverse('matching_texts')}?keadaan=belum"))
    return found


def _cards(user: User) -> list[Task]:
    overdue = cards.late(timezone.localdate())
    many = cards.waiting(user.scope(Permission.CARD_EDIT)).aggregate(
        many=Count("pk"), late=Count("pk", filter=overdue)
    )
    url = reverse("card_list")
    label = Text("Kartu belum diserahkan", "Cards not handed over")
    return (
        [Task(label, many["many"], many["late"], url, f"{url}?lama=lewat", cards.LATE)]
        if many["many"]
        else []
    )
