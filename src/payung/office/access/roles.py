"""The roles of a district: a name, what it is for, what it may do (domain 4), on which level of the tree.

A role sees categories of people: the dinas for villages sees office holders, the social dinas vulnerable
workers. An empty set of categories means all of them. The manpower dinas accepts its lists but does not match them
(domain 4): the social dinas does, and sees these people for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from payung.codes import Category, Code, Level
from payung.codes.category import OFFICIALS, SPONSORED, VULNERABLE
from payung.office.access.permissions import Permission
from payung.text import Text

CATEGORIES = frozenset(Category)
# What matching people needs.
MATCHING = frozenset(
    {
        *(Permission.ANSWER_VIEW, Permission.ANSWER_EDIT, Permission.PAIR_VIEW, Permission.PAIR_EDIT),
        Permission.PERSON_VIEW,
    }
)
# What shows people by name.
NAMES = frozenset(
    {
        *(Permission.PERSON_VIEW, Permission.PERSON_UNMASK, Permission.CARD_VIEW, Permission.SUBMISSION_VIEW),
        *(Permission.POST_VIEW, Permission.ANSWER_VIEW, Permission.PAIR_VIEW, Permission.CASE_VIEW),
        *(Permission.MEDICAL_VIEW, Permission.LOG_EXPORT, Permission.PATTERN_VIEW),
    }
)


class RoleCode(Code):
    """What a kind of user is called."""

    ADMIN = "admin", "Admin sistem", "System administrator"
    BUPATI = "bupati", "Bupati / Sekda", "Regent / Secretary"
    DPMD = "dpmd", "Dinas PMD", "Village affairs agency"
    DINSOS = "dinsos", "Dinas Sosial", "Social affairs agency"
    DISNAKER = "disnaker", "Dinas Tenaga Kerja", "Manpower agency"
    BKAD = "bkad", "BKAD / Bendahara", "Treasury"
    CAMAT = "camat", "Camat", "Sub-district head"
    KADES = "kades", "Kepala desa / Lurah", "Village head"
    OPERATOR = "operator", "Operator desa", "Village operator"
    KETUA_RT = "ketua_rt", "Ketua RT/RW", "Neighbourhood head"
    BPJS = "bpjs", "Petugas BPJS Ketenagakerjaan", "Insurer's officer"
    PERISAI = "perisai", "Agen PERISAI", "PERISAI agent"
    DONATUR = "donatur", "Donatur", "Donor"
    INSPEKTORAT = "inspektorat", "Inspektorat", "Inspectorate"


@dataclass(frozen=True, slots=True)
class Role:
    """What a kind of user is for.

    Fields
        code: how it is kept in the database, and its name.
        purpose: what it is for, in a sentence.
        level: the level of the region that a grant of it names.
        permissions: what it may do there.
        categories: the categories of people it sees; empty for all.
        second_factor: whether it must sign in with a second factor, because it sees many names at once.
        matches: categories beyond ``categories`` whose answers and pairs it works on.
        sent_only: whether it reads only people who were sent to the insurer.
    """

    code: RoleCode
    purpose: Text
    level: Level
    permissions: frozenset[Permission]
    categories: frozenset[str] = frozenset()
    second_factor: bool = False
    matches: frozenset[str] = frozenset()
    sent_only: bool = False

    @property
    def name(self) -> Text:
        """What it is called."""
        return self.code.text

    def reaches(self, permission: Permission) -> frozenset[str]:
        """Return the categories of people that ``permission`` reaches; empty for all."""
        wider = self.matches if permission in MATCHING else frozenset()
        return self.categories | wider if self.categories else self.categories

    def reads_sent_only(self, permission: Permission) -> bool:
        """Tell whether ``permission`` reaches only people who were sent to the insurer; all are counted."""
        return self.sent_only and not permission.endswith(".count")

    @property
    def sees_names(self) -> bool:
        """Whether it opens names of people anywhere: given by one administrator, confirmed by another."""
        return bool(self.permissions & NAMES)


def _set(*names: str) -> frozenset[Permission]:
    """Return the permissions ``noun: verb verb`` of the given lines."""
    found = set()
    for line in names:
        noun, _, verbs = line.partition(":")
        found |= {Permission(f"{noun.strip()}.{verb}") for verb in verbs.split()}
    return frozenset(found)


_AGENCY = (
    "person: view edit unmask",
    "card: view edit",
    "submission: view accept",
    "answer: view edit",
    "pair: view edit",
    "decree: view edit",
    "quota: view edit",
    "law: view",
    "bill: view approve",
    "reconciliation: view edit approve",
    "change: approve",
    "letter: read issue",
    "insight: read edit",
    "api: use",
    "report: export",
    "clinic: edit",
)

_ALL = (
    Role(
        RoleCode.ADMIN,
        Text(
            "Membuat akun dan memberi peran; tidak melihat nama.",
            "Makes accounts, gives roles; sees no names.",
        ),
        Level.REGENCY,
        _set("account: manage", "api: manage", "law: edit", "log: view"),
        second_factor=True,
    ),
    Role(
        RoleCode.BUPATI,
        Text("Melihat angka kabupaten dan menetapkan.", "Sees the numbers of the district and decides."),
        Level.REGENCY,
        _set(
            *("person: count", "submission: count", "post: count", "answer: count", "decree: view decide"),
            *(
                "quota: decide",
                "law: view",
                "bill: count",
                "reconciliation: count",
                "case: count",
                "insight: read",
                "report: export",
            ),
        ),
    ),
    Role(
        RoleCode.DPMD,
        Text("Menjaga perlindungan semua aparatur desa.", "Keeps all village officials covered."),
        Level.REGENCY,
        _set(*_AGENCY, "post: view edit approve", "case: view"),
        OFFICIALS,
        second_factor=True,
    ),
    Role(
        RoleCode.DINSOS,
        Text("Memilih dan menjaga pekerja rentan.", "Chooses and keeps vulnerable workers."),
        Level.REGENCY,
        _set(*_AGENCY, "case: view edit", "medical: view"),
        VULNERABLE,
        second_factor=True,
        matches=SPONSORED,
    ),
    Role(
        RoleCode.DISNAKER,
        Text(
            "Mengurus pekerja mandiri, DBH sawit, dan CSR.", "Self-employed, palm-oil and sponsored workers."
        ),
        Level.REGENCY,
        _set(
            *(
                "person: view unmask",
                "card: view edit",
                "submission: view accept",
                "answer: view",
                "pair: view",
            ),
            "decree: view edit",
            *("quota: view edit", "law: view", "bill: view approve", "reconciliation: view edit approve"),
            *(
                "change: approve",
                "case: view",
                "letter: read issue",
                "insight: read edit",
                "api: use",
                "report: export",
                "clinic: edit",
            ),
        ),
        SPONSORED,
        second_factor=True,
    ),
    Role(
        RoleCode.BKAD,
        Text("Memeriksa tagihan dan membayar.", "Checks bills and pays."),
        Level.REGENCY,
        _set(
            *("person: count", "decree: view", "quota: view", "law: view", "bill: view edit pay"),
            *("reconciliation: view edit", "letter: read", "insight: read", "api: use", "report: export"),
        ),
        second_factor=True,
    ),
    Role(
        RoleCode.CAMAT,
        Text("Memeriksa dan meneruskan usulan desa.", "Checks and endorses what villages propose."),
        Level.SUBDISTRICT,
        _set(
            *(
                "person: view unmask",
                "card: view edit",
                "submission: view endorse",
                "post: view edit",
                "answer: view",
                "pair: view",
            ),
            *("decree: view", "quota: view", "bill: view", "reconciliation: view", "change: approve"),
            *("case: view edit", "letter: read issue", "insight: read", "report: export"),
        ),
        second_factor=True,
    ),
    Role(
        RoleCode.KADES,
        Text("Menyetujui dan mengajukan usulan desa.", "Approves and submits what the village proposes."),
        Level.VILLAGE,
        _set(
            *(
                "person: view unmask",
                "card: view edit",
                "submission: view submit",
                "post: view edit",
                "answer: view",
                "pair: view",
            ),
            *("decree: view", "quota: view", "bill: view pay", "reconciliation: view", "change: approve"),
            *("case: view edit", "letter: read issue", "insight: read", "report: export"),
        ),
    ),
    Role(
        RoleCode.OPERATOR,
        Text("Mendata orang dan jabatan di desanya.", "Keeps the people and offices of a village."),
        Level.VILLAGE,
        _set(
            *(
                "person: view edit unmask",
                "card: view edit",
                "submission: view edit",
                "post: view edit",
                "answer: view",
                "pair: view",
            ),
            *("decree: view", "bill: view edit", "reconciliation: view", "change: edit", "case: view edit"),
            *("letter: read issue", "insight: read", "report: export"),
        ),
    ),
    Role(
        RoleCode.KETUA_RT,
        Text("Mengusulkan nama dan melaporkan kejadian.", "Suggests names and reports events."),
        Level.VILLAGE,
        _set("person: draft", "submission: draft", "change: report", "case: report"),
    ),
    Role(
        RoleCode.BPJS,
        Text(
            "Menjawab pendaftaran, tagihan, dan klaim; membaca hanya orang yang dikirim ke BPJS.",
            "Answers enrolments, bills and claims; reads only people who were sent to the insurer.",
        ),
        Level.REGENCY,
        _set(
            *(
                "person: count view unmask",
                "card: view edit",
                "submission: count",
                "post: count",
                "answer: view edit",
                "decree: view edit",
            ),
            *("quota: view", "law: propose", "bill: view edit", "reconciliation: view edit approve"),
            *(
                "change: edit",
                "case: view result",
                "medical: view",
                "letter: read",
                "insight: read",
                "api: use",
                "report: export",
                "clinic: edit",
            ),
        ),
        second_factor=True,
        sent_only=True,
    ),
    Role(
        RoleCode.PERISAI,
        Text("Mengusulkan peserta mandiri.", "Proposes self-paying members."),
        Level.VILLAGE,
        _set("person: draft", "submission: draft", "change: report", "case: report"),
        frozenset({"mandiri"}),
    ),
    Role(
        RoleCode.DONATUR,
        Text("Melihat angka dari uang yang diberikannya.", "Sees the numbers that its money bought."),
        Level.REGENCY,
        _set("pledge: read"),
        frozenset({"rentan_donatur"}),
    ),
    Role(
        RoleCode.INSPEKTORAT,
        Text("Memeriksa semuanya, tanpa mengubah apa pun.", "Examines everything, changes nothing."),
        Level.REGENCY,
        _set(
            *(
                "person: view unmask",
                "card: view",
                "submission: view",
                "post: view",
                "answer: view",
                "pair: view",
            ),
            "decree: view",
            *(
                "quota: view",
                "law: view",
                "bill: view",
                "reconciliation: view",
                "case: view",
                "medical: view",
                "pattern: view",
            ),
            *("letter: read", "insight: read", "api: use", "report: export", "log: view export"),
        ),
        second_factor=True,
    ),
)

ROLES: dict[str, Role] = {role.code: role for role in _ALL}


def having(permission: Permission, roles: Iterable[Role] = _ALL) -> list[Role]:
    """Return the roles that carry ``permission``."""
    return [role for role in roles if permission in role.permissions]
