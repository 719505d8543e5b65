"""The numbers of the region of a person, and what is late in it. Each opens exactly the rows that it counts."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from payung.office.accounts.models import User
from payung.office.accounts.permissions import Permission
from payung.office.accounts.scope import Scope
from payung.office.intake import board
from payung.office.intake.models import Submission
from payung.office.intake.states import AFTER_ACCEPTANCE, IDLE
from payung.office.intake.views import OPEN_AND_FAULTY, counted
from payung.office.register import cards
from payung.office.register.models import DEAD, Person
from payung.office.register.queries import STATES, covered_in, post_counts
from payung.text import Text


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and where its rows are; no address where whoever looks sees numbers only."""

    label: Text
    value: int
    url: str = ""
    tone: str = ""


def figures(user: User) -> list[Figure]:
    """Return the numbers of the region of ``user``: those that their roles may see."""
    found: list[Figure] = []
    if scope := _reach(user, Permission.PROPOSAL_VIEW, Permission.PROPOSAL_COUNT):
        found += _board(scope)
    if user.may(Permission.PROPOSAL_EDIT):
        found.append(_to_mend(user.scope(Permission.PROPOSAL_VIEW)))
    if scope := _reach(user, Permission.PERSON_VIEW, Permission.PERSON_COUNT):
        found += _people(scope, opens=user.may(Permission.PERSON_VIEW))
    if scope := _reach(user, Permission.ROSTER_VIEW, Permission.ROSTER_COUNT):
        found += _offices(scope)
    if user.may(Permission.ACCOUNT_MANAGE):
        found.append(
            Figure(
                Text("Akun terbuka", "Open accounts"),
                User.objects.filter(is_active=True).count(),
                f"{reverse('account_list')}?keadaan=terbuka",
            )
        )
    return found


def late(user: User) -> list[Figure]:
    """Return what should not have waited so long in the region of ``user``; nothing where nothing is late."""
    found: list[Figure] = []
    today = timezone.localdate()
    if scope := _reach(user, Permission.PROPOSAL_VIEW, Permission.PROPOSAL_COUNT):
        label = Text(
            f"Desa yang daftarnya diam lebih dari {IDLE.days} hari",
            f"Villages whose list has not moved for more than {IDLE.days} days",
        )
        many = board.idle(board.boarded(scope)).count()
        found.append(Figure(label, many, f"{reverse('board')}?lama=lewat"))
    if scope := _reach(user, Permission.ROSTER_VIEW, Permission.ROSTER_COUNT):
        many = sum(line["ended"] for line in post_counts(scope, today).values())
        label = Text(
            "Jabatan yang masanya berakhir dan belum diisi", "Offices whose term ended, not filled again"
        )
        found.append(Figure(label, many, f"{reverse('roster_list')}?keadaan=ended"))
    if user.may(Permission.CARD_VIEW):
        many = cards.waiting(user.scope(Permission.CARD_VIEW)).filter(cards.late(today)).count()
        label = Text(
            f"Kartu yang menunggu lebih dari {cards.LATE} hari",
            f"Cards that have waited for more than {cards.LATE} days",
        )
        found.append(Figure(label, many, f"{reverse('card_list')}?lama=lewat"))
    return [line for line in found if line.value]


def _reach(user: User, *permissions: Permission) -> Scope | None:
    """Return the scope of the first of ``permissions`` that ``user`` has."""
    return next((user.scope(permission) for permission in permissions if user.may(permission)), None)


def _board(scope: Scope) -> list[Figure]:
    states = list(board.boarded(scope).order_by().values_list("state", flat=True))  # type: ignore[misc]
    not_begun = states.count(board.NOT_BEGUN)
    taken = sum(state in AFTER_ACCEPTANCE for state in states)
    url = reverse("board")
    return [
        Figure(Text("Desa", "Villages"), len(states), url),
        Figure(
            Text("Desa belum mulai", "Villages not begun"),
            not_begun,
            f"{url}?keadaan={board.NOT_BEGUN}",
            "bad" if not_begun else "good",
        ),
        Figure(
            Text("Desa sudah diterima", "Villages accepted"), taken, f"{url}?keadaan={board.TAKEN}", "good"
        ),
    ]


def _to_mend(scope: Scope) -> Figure:
    many = counted(scope.of(Submission)).filter(OPEN_AND_FAULTY).count()
    label = Text("Usulan dengan baris yang perlu diperbaiki", "Submissions with rows to mend")
    return Figure(label, many, f"{reverse('intake_list')}?perlu=perbaiki", "warn" if many else "good")


def _people(scope: Scope, *, opens: bool) -> list[Figure]:
    people = scope.of(Person)
    month = f"{timezone.localdate():%Y-%m}"
    total, covered = people.count(), people.filter(covered_in(month)).count()
    # Whoever died is not covered and needs no cover any more.
    open_ = total - covered - people.filter(~covered_in(month), life_status=DEAD).count()
    url = reverse("person_list") if opens else ""
    return [
        Figure(Text("Orang dalam register", "People in the register"), total, url),
        Figure(
            Text("Terlindungi bulan ini", "Covered this month"), covered, url and f"{url}?lindung=ya", "good"
        ),
        Figure(
            Text("Belum terlindungi", "Not covered"),
            open_,
            url and f"{url}?lindung=belum",
            "warn" if open_ else "good",
        ),
    ]


def _offices(scope: Scope) -> list[Figure]:
    counts = list(post_counts(scope, timezone.localdate()).values())
    totals = {state: sum(line[state] for line in counts) for state in STATES}
    url = reverse("roster_list")
    return [
        Figure(
            Text("Pejabat belum terlindungi", "Office holders not covered"),
            totals["uncovered"],
            f"{url}?keadaan=uncovered",
            "bad" if totals["uncovered"] else "good",
        ),
        Figure(
            Text("Jabatan lowong atau berakhir", "Offices vacant or ended"),
            totals["vacant"] + totals["ended"],
            f"{url}?keadaan=kosong",
            "warn" if totals["vacant"] + totals["ended"] else "good",
        ),
    ]
