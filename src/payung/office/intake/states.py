"""The states of a submission (usulan), and who moves it from one to the next.

draf → diajukan_desa → disetujui_camat → padan_dukcapil; dikembalikan leads back to the village. After acceptance
padan_dukcapil → padan_sosial → padan_bpjs → selesai; :mod:`payung.office.matching` moves it on from there.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from payung.office.access.permissions import Permission
from payung.office.access.roles import OFFICIALS, SPONSORED, VULNERABLE
from payung.text import Text

DRAFT, SUBMITTED, RETURNED = "draf", "diajukan_desa", "dikembalikan"
ENDORSED, ACCEPTED = "disetujui_camat", "padan_dukcapil"
SOCIAL, INSURER, FINISHED = "padan_sosial", "padan_bpjs", "selesai"
MATCHING = (ACCEPTED, SOCIAL, INSURER)  # waits for an agency's answer, in this order
AFTER_ACCEPTANCE = frozenset({*MATCHING, FINISHED})

NAMES: dict[str, Text] = {
    DRAFT: Text("Draf", "Draft"),
    SUBMITTED: Text("Diajukan desa", "Submitted"),
    RETURNED: Text("Dikembalikan", "Returned"),
    ENDORSED: Text("Disetujui camat", "Endorsed"),
    ACCEPTED: Text("Diterima dinas, padan Dukcapil", "Accepted, civil registry check"),
    SOCIAL: Text("Padan data sosial", "Welfare data check"),
    INSURER: Text("Padan BPJS", "Insurer check"),
    FINISHED: Text("Selesai dipadankan", "Matched"),
}
TONES = {
    DRAFT: "neutral",
    SUBMITTED: "warn",
    RETURNED: "bad",
    ENDORSED: "info",
    ACCEPTED: "good",
    SOCIAL: "good",
    INSURER: "good",
    FINISHED: "good",
}
IDLE = dt.timedelta(days=7)  # a list that has not moved for longer is late
OPEN_TO_VILLAGE = frozenset({DRAFT, RETURNED})

# Which categories of people each kind of submission brings; they decide which dinas sees and accepts it.
KINDS: dict[str, frozenset[str]] = {
    "aparatur": OFFICIALS,
    "rentan": VULNERABLE,
    "mandiri": SPONSORED,
}
KIND_NAMES: dict[str, Text] = {
    "aparatur": Text("Aparatur dan lembaga desa", "Village officials and bodies"),
    "rentan": Text("Pekerja rentan", "Vulnerable workers"),
    "mandiri": Text("Mandiri, DBH sawit, dan donatur", "Self-paying and sponsored"),
}
# The category of a row that names none, or one of another kind.
DEFAULT_CATEGORY = {"aparatur": "perangkat_desa", "rentan": "rentan", "mandiri": "mandiri"}


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
        Permission.PROPOSAL_SUBMIT,
    ),
    Step(
        "endorse",
        Text("Setujui dan teruskan", "Endorse"),
        frozenset({SUBMITTED}),
        ENDORSED,
        Permission.PROPOSAL_ENDORSE,
    ),
    Step("accept", Text("Terima", "Accept"), frozenset({ENDORSED}), ACCEPTED, Permission.PROPOSAL_ACCEPT),
    Step(
        "return",
        Text("Kembalikan", "Return"),
        frozenset({SUBMITTED}),
        RETURNED,
        Permission.PROPOSAL_ENDORSE,
        True,
    ),
    Step(
        "return",
        Text("Kembalikan", "Return"),
        frozenset({ENDORSED}),
        RETURNED,
        Permission.PROPOSAL_ACCEPT,
        True,
    ),
)
