"""What of the submissions waits for whom, the numbers of a region, and what the search box finds."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.desk.numbers import MANY
from payung.office.desk.words import say
from payung.office.face import (
    SHOWN_HITS,
    Figure,
    Hit,
    Hits,
    Rows,
    Sought,
    Task,
)
from payung.office.regions import queries as regions
from payung.office.submissions.lists import board
from payung.office.submissions.models import Submission
from payung.office.submissions.queries import ASKED, MANY_OF_OTHERS, OPEN_AND_FAULTY, counted
from payung.office.submissions.states import (
    AFTER_ACCEPTANCE,
    DRAFT,
    ENDORSED,
    IDLE,
    RETURNED,
    SUBMITTED,
    Kind,
    State,
)
from payung.text import Text

MOST_VILLAGES = 50  # whose lists one search looks for
# permission → the state in which a submission waits for whoever has it, and the words
_WAITS: tuple[tuple[Permission, str, Text], ...] = (
    (
        Permission.SUBMISSION_EDIT,
        RETURNED,
        Text("Dikembalikan: perbaiki lalu ajukan lagi", "Returned: mend and submit again"),
    ),
    (Permission.SUBMISSION_EDIT, DRAFT, Text("Draf yang belum diajukan", "Drafts not submitted yet")),
    (
        Permission.SUBMISSION_SUBMIT,
        RETURNED,
        Text("Dikembalikan: ajukan lagi sesudah diperbaiki", "Returned: submit again once it is mended"),
    ),
    (Permission.SUBMISSION_SUBMIT, DRAFT, Text("Draf menunggu Anda ajukan", "Drafts for you to submit")),
    (
        Permission.SUBMISSION_ENDORSE,
        SUBMITTED,
        Text("Usulan desa menunggu persetujuan camat", "Submissions for you to endorse"),
    ),
    (
        Permission.SUBMISSION_ACCEPT,
        ENDORSED,
        Text("Usulan menunggu diterima dinas", "Submissions for you to accept"),
    ),
)


def waits(user: User) -> Iterable[Task]:
    before = timezone.now() - IDLE
    found: dict[Permission, dict[str, tuple[int, int]]] = {}
    for permission, state, label in _WAITS:
        if not user.may(permission):
            continue
        if permission not in found:  # one query for all states in which something waits for it
            states = user.scope(permission).of(Submission).order_by().values_list("state")
            lines = states.annotate(many=Count("pk"), late=Count("pk", filter=Q(since__lt=before)))
            found[permission] = {of: (many, late) for of, many, late in lines}
        if state in found[permission]:
            many, late = found[permission][state]
            url = f"{reverse('submission_list')}?keadaan={state}"
            yield Task(label, many, late, url, f"{url}&lama=lewat", IDLE.days)
    if user.may(Permission.SUBMISSION_EDIT):
        rows = user.scope(Permission.SUBMISSION_EDIT).of(Submission).filter(ASKED)
        label = Text(
            "Berkas yang mungkin versi baru: jawab dahulu", "Files that may be new versions: answer first"
        )
        yield Task(label, Rows(rows), 0, f"{reverse('submission_list')}?tanya=versi")


def _board_figures(states: list[str]) -> Iterable[Figure]:
    not_begun = states.count(board.NOT_BEGUN)
    taken = sum(state in AFTER_ACCEPTANCE for state in states)
    url = reverse("board")
    yield Figure(Text("Desa", "Villages"), len(states), url)
    label = Text("Desa belum mulai", "Villages not begun")
    yield Figure(label, not_begun, f"{url}?keadaan={board.NOT_BEGUN}", "bad", of=len(states))
    label = Text("Desa sudah diterima", "Villages accepted")
    yield Figure(label, taken, f"{url}?keadaan={board.TAKEN}", "good", of=len(states))


def figures(user: User) -> Iterable[Figure]:
    if scope := user.reach(Permission.SUBMISSION_VIEW, Permission.SUBMISSION_COUNT):
        found = list(board.boarded(scope).order_by().values_list("state", "touched"))  # type: ignore[misc]
        idle = Text(
            f"Desa yang daftarnya diam lebih dari {IDLE.days} hari",
            f"Villages whose list has not moved for more than {IDLE.days} days",
        )
        late = sum(board.is_idle(*one) for one in found)
        yield Figure(idle, late, f"{reverse('board')}?lama=lewat", late=True)
        if len(found) > 1:  # of one village its ways say more
            yield from _board_figures([state for state, _ in found])
    if user.may(Permission.LOG_EXPORT) and user.may(Permission.SUBMISSION_VIEW):
        rows = counted(user.scope(Permission.SUBMISSION_VIEW).of(Submission))
        label = Text("Usulan dengan banyak orang desa lain", "Submissions with many people of other villages")
        url = f"{reverse('submission_list')}?lain=banyak"
        yield Figure(label, Rows(rows.filter(MANY_OF_OTHERS)), url, "bad", quiet=True)
    if user.may(Permission.SUBMISSION_EDIT):
        rows = counted(user.scope(Permission.SUBMISSION_VIEW).of(Submission)).filter(OPEN_AND_FAULTY)
        label = Text("Usulan dengan baris yang perlu diperbaiki", "Submissions with rows to mend")
        yield Figure(label, Rows(rows), f"{reverse('submission_list')}?perlu=perbaiki", "warn")


def seeks(user: User, sought: Sought) -> Iterable[Hits]:
    """Yield the lists of villages that are called so, the latest first; a short number is that of a list."""
    if not user.may(Permission.SUBMISSION_VIEW) or not sought.words:
        return
    scope = user.scope(Permission.SUBMISSION_VIEW)
    villages = {
        region.code: region.name for region in regions.named(scope.places, sought.words)[:MOST_VILLAGES]
    }
    numbers = [int(word) for word in sought.words if word.isdecimal() and len(word) < MANY]
    wanted = Q(village_code__in=list(villages)) | Q(pk__in=numbers)
    rows = list(counted(scope.of(Submission).filter(wanted)).order_by("-touched", "-pk")[: SHOWN_HITS + 1])
    if not rows:
        return
    hits = tuple(
        Hit(
            f"{one.village_name or one.village_code}: {say(Kind.member(one.kind).text)}",
            reverse("submission_show", args=[one.pk]),
            say(Text("daftar nomor {n}, {day}", "list number {n}, {day}"), n=one.pk, day=one.touched),
            State.member(one.state),
        )
        for one in rows[:SHOWN_HITS]
    )
    url = reverse("submission_list") + (f"?wilayah={next(iter(villages))}" if len(villages) == 1 else "")
    yield Hits(Text("Usulan", "Submissions"), "upload", hits, len(rows) > SHOWN_HITS, url)
