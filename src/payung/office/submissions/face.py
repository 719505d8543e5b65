"""What the submissions say of themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from payung.codes import Field, Reason, Verdict
from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.desk.numbers import MANY
from payung.office.desk.words import say
from payung.office.face import (
    SHOWN_HITS,
    Deed,
    Entry,
    Face,
    Figure,
    Handover,
    Hit,
    Hits,
    Rows,
    Sought,
    Task,
    Telling,
)
from payung.office.regions import queries as regions
from payung.office.submissions.lists import board
from payung.office.submissions.models import Submission
from payung.office.submissions.queries import MANY_OF_OTHERS, OPEN_AND_FAULTY, counted
from payung.office.submissions.states import (
    AFTER_ACCEPTANCE,
    DRAFT,
    ENDORSED,
    IDLE,
    KINDS,
    RETURNED,
    SUBMITTED,
    Kind,
    State,
)
from payung.office.submissions.ways import begins, ways
from payung.office.submissions.work import landings, uploads
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


def _waits(user: User) -> Iterable[Task]:
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


def _board_figures(states: list[str]) -> Iterable[Figure]:
    not_begun = states.count(board.NOT_BEGUN)
    taken = sum(state in AFTER_ACCEPTANCE for state in states)
    url = reverse("board")
    yield Figure(Text("Desa", "Villages"), len(states), url)
    label = Text("Desa belum mulai", "Villages not begun")
    yield Figure(label, not_begun, f"{url}?keadaan={board.NOT_BEGUN}", "bad", of=len(states))
    label = Text("Desa sudah diterima", "Villages accepted")
    yield Figure(label, taken, f"{url}?keadaan={board.TAKEN}", "good", of=len(states))


def _figures(user: User) -> Iterable[Figure]:
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


def _seeks(user: User, sought: Sought) -> Iterable[Hits]:
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


def _kinds(keys: Collection[int]) -> dict[int, frozenset[str]]:
    """Return which categories the submissions ``keys`` bring."""
    found = Submission.objects.filter(pk__in=keys).order_by().values_list("pk", "kind")
    return {key: frozenset(KINDS[Kind.member(kind)]) for key, kind in found}


def _state(code: str) -> Text | None:
    name = State.words().get(code)
    return name.inside() if name else None


def _field(code: str) -> Text | None:
    found = Field.known(code)
    return found.text if found else None


BEHIND = Text(
    "{faulty} baris yang perlu diperbaiki tertinggal di desa.",
    "{faulty} rows that must be mended stay behind in the village.",
)
FACE = Face(
    menu=(
        Entry(110, "submission_list", Text("Usulan", "Submissions"), "upload", (Permission.SUBMISSION_VIEW,)),
        Entry(
            120,
            "board",
            Text("Papan desa", "Village board"),
            "board",
            (Permission.SUBMISSION_VIEW, Permission.SUBMISSION_COUNT),
        ),
    ),
    deeds={
        "submission.create": Text("Usulan dimulai", "Submission begun"),
        "submission.upload": Text("Berkas diunggah", "File uploaded"),
        "submission.withdraw": Text("Berkas ditarik", "File withdrawn"),
        "submission.columns": Deed(
            Text("Arti kolom dibetulkan", "Meaning of columns corrected"),
            values=_field,  # heading → what it was taken for
        ),
        "submission.read": Text("Berkas dibaca", "File read"),
        "submission.corrected": Text("Berkas perbaikan diunduh", "Corrected workbook taken out"),
        "submission.twins": Text("Baris dengan NIK yang sama diperiksa lagi", "Rows of one NIK judged again"),
        "submission.left_out": Text("Baris tidak dimasukkan", "Row not entered"),
        "submission.drop": Text("Baris dikeluarkan", "Row left out"),
        "submission.put_back": Text("Baris dimasukkan lagi", "Row put back"),
        "submission.discard": Text("Draf dibuang", "Draft discarded"),
        "submission.mend": Text("Baris diperbaiki", "Row mended"),
        "submission.submit": Text("Diajukan desa", "Submitted by the village"),
        "submission.endorse": Text("Disetujui camat", "Endorsed by the sub-district"),
        "submission.accept": Text("Diterima dinas", "Accepted by the agency"),
        "submission.return": Text("Dikembalikan", "Returned"),
        "submission.recall": Text("Ditarik kembali", "Taken back"),
        "submission.land": Text("Masuk register", "Entered in the register"),
        "submission.match": Text("Pemadanan dilanjutkan", "Matching moved on"),
        "submission.unmatch": Text("Akhir pemadanan ditarik kembali", "End of matching taken back"),
    },
    names={
        "state": (Text("keadaan", "state"), _state),
        "kind": (Text("jenis", "kind"), lambda code: Kind.words().get(code)),
        "file": Text("berkas", "file"),
        "bytes": Text("ukuran (byte)", "size (bytes)"),
        "sha256": Text("tanda pengenal berkas", "fingerprint"),
        "row": Text("baris", "row"),
        "replaced": Text("menggantikan", "takes the place of"),
        "fields": Text("isian", "cells"),
        **Verdict.words(),
        "verdict": (Text("hasil", "verdict"), Verdict),
        "reasons": (Text("sebab", "reasons"), Reason),
        "stayed": Text("baris yang tidak ikut", "rows left behind"),
        "submission": Text("usulan nomor", "submission number"),
    },
    handovers=(
        Handover(
            "submission.submit",
            Text("{ready} orang diajukan ke camat.", "{ready} people go to the camat."),
            Text(
                "Dapat ditarik kembali sampai camat bertindak.", "It can be taken back until the camat acts."
            ),
            {"faulty": BEHIND},
            back="submission.recall",
        ),
        Handover(
            "submission.endorse",
            Text("{ready} orang diteruskan ke dinas.", "{ready} people go on to the agency."),
            Text(
                "Dapat ditarik kembali sampai dinas bertindak.", "It can be taken back until the agency acts."
            ),
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
    ),
    tells={
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
    },
    waits=_waits,
    figures=_figures,
    seeks=(_seeks,),
    begins=begins,
    ways=ways,
    jobs={uploads.KIND: uploads.work, landings.KIND: landings.work},
)
