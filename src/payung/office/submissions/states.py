"""The states of a submission (usulan), and who moves it from one to the next.

draf → diajukan_desa → disetujui_camat → padan_dukcapil; dikembalikan leads back to the village. After acceptance
padan_dukcapil → padan_sosial → padan_bpjs → selesai; :mod:`payung.office.answers` moves it on from there.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from payung.codes import Category, Code
from payung.codes.category import OFFICIALS, SPONSORED, VULNERABLE
from payung.office.access.permissions import Permission
from payung.text import Text


class State(Code):
    """Where a submission stands on its way."""

    DRAFT = "draf", "Draf", "Draft"
    SUBMITTED = "diajukan_desa", "Diajukan desa", "Submitted", "warn"
    RETURNED = "dikembalikan", "Dikembalikan", "Returned", "bad"
    ENDORSED = "disetujui_camat", "Disetujui camat", "Endorsed", "info"
    ACCEPTED = "padan_dukcapil", "Diterima dinas, padan Dukcapil", "Accepted, civil registry check", "good"
    SOCIAL = "padan_sosial", "Padan data sosial", "Welfare data check", "good"
    INSURER = "padan_bpjs", "Padan BPJS", "Insurer check", "good"
    FINISHED = "selesai", "Selesai dipadankan", "Matched", "good"


class Kind(Code):
    """What kind of people a submission brings."""

    APARATUR = "aparatur", "Aparatur dan lembaga desa", "Village officials and bodies"
    RENTAN = "rentan", "Pekerja rentan", "Vulnerable workers"
    MANDIRI = "mandiri", "Mandiri, DBH sawit, dan donatur", "Self-paying and sponsored"


class Version(Code):
    """What a file is beside an earlier one of its submission."""

    ASKED = "ditanyakan", "Belum dijawab", "Not answered yet", "warn"
    NEW = "versi_baru", "Versi baru", "New version", "info"
    OTHER = "daftar_lain", "Daftar lain", "Another list"


READ, LAND = "submissions.read", "submissions.land"  # kinds of work
DRAFT, SUBMITTED, RETURNED, ENDORSED = State.DRAFT, State.SUBMITTED, State.RETURNED, State.ENDORSED
ACCEPTED, SOCIAL, INSURER, FINISHED = State.ACCEPTED, State.SOCIAL, State.INSURER, State.FINISHED
MATCHING = (ACCEPTED, SOCIAL, INSURER)  # waits for an agency's answer, in this order
AFTER_ACCEPTANCE = frozenset({*MATCHING, FINISHED})
IDLE = dt.timedelta(days=7)  # a list that has not moved for longer is late
OPEN_TO_VILLAGE = frozenset({DRAFT, RETURNED})

# Which categories of people each kind of submission brings; they decide which dinas sees and accepts it.
KINDS: dict[Kind, frozenset[Category]] = {
    Kind.APARATUR: OFFICIALS,
    Kind.RENTAN: VULNERABLE,
    Kind.MANDIRI: SPONSORED,
}
# The category of a row that names none, or one of another kind.
DEFAULT_CATEGORY = {
    Kind.APARATUR: Category.PERANGKAT_DESA,
    Kind.RENTAN: Category.RENTAN,
    Kind.MANDIRI: Category.MANDIRI,
}


@dataclass(frozen=True, slots=True)
class Step:
    """One move.

    Fields
        name: in forms and in the history (``submission.<name>``).
        label: on the button.
        sources: states that it leads away from.
        target: the state that it leads to.
        permission: who may take it.
        reason: whether a reason must be given.
    """

    name: str
    label: Text
    sources: frozenset[str]
    target: str
    permission: Permission
    reason: bool = False


STEPS: tuple[Step, ...] = (
    Step(
        "submit",
        Text("Ajukan ke camat", "Submit to the camat"),
        OPEN_TO_VILLAGE,
        SUBMITTED,
        Permission.SUBMISSION_SUBMIT,
    ),
    Step(
        "endorse",
        Text("Setujui dan teruskan", "Endorse"),
        frozenset({SUBMITTED}),
        ENDORSED,
        Permission.SUBMISSION_ENDORSE,
    ),
    # Until the next person acted a step is taken back by whoever may take it.
    Step(
        "recall",
        Text("Tarik kembali", "Take it back"),
        frozenset({SUBMITTED}),
        DRAFT,
        Permission.SUBMISSION_SUBMIT,
    ),
    Step(
        "recall",
        Text("Tarik kembali", "Take it back"),
        frozenset({ENDORSED}),
        SUBMITTED,
        Permission.SUBMISSION_ENDORSE,
    ),
    Step("accept", Text("Terima", "Accept"), frozenset({ENDORSED}), ACCEPTED, Permission.SUBMISSION_ACCEPT),
    Step(
        "return",
        Text("Kembalikan", "Return"),
        frozenset({SUBMITTED}),
        RETURNED,
        Permission.SUBMISSION_ENDORSE,
        True,
    ),
    Step(
        "return",
        Text("Kembalikan", "Return"),
        frozenset({ENDORSED}),
        RETURNED,
        Permission.SUBMISSION_ACCEPT,
        True,
    ),
)
