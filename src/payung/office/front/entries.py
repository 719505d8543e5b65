"""The menu of the office and the names of codes in the history, in one place."""

from __future__ import annotations

from payung.office.accounts.menu import Entry, add
from payung.office.accounts.permissions import Permission
from payung.office.accounts.roles import ROLES
from payung.office.intake.columns import name_of
from payung.office.intake.states import KIND_NAMES
from payung.office.register import occupations
from payung.office.register.categories import CATEGORY_NAMES
from payung.office.ui import labels
from payung.text import Text


def add_all() -> None:
    """Put every entry in the menu."""
    add(
        Entry(10, "home", Text("Beranda", "Home"), "home"),
        Entry(20, "intake_list", Text("Usulan", "Submissions"), "upload", (Permission.PROPOSAL_VIEW,)),
        Entry(
            30,
            "board",
            Text("Papan desa", "Village board"),
            "board",
            (Permission.PROPOSAL_VIEW, Permission.PROPOSAL_COUNT),
        ),
        Entry(40, "person_list", Text("Orang", "People"), "people", (Permission.PERSON_VIEW,)),
        Entry(45, "card_list", Text("Kartu", "Cards"), "card", (Permission.CARD_VIEW,)),
        Entry(
            50,
            "roster_board",
            Text("Jabatan", "Offices"),
            "office",
            (Permission.ROSTER_VIEW, Permission.ROSTER_COUNT),
        ),
        Entry(
            60,
            "matching",
            Text("Pemadanan", "Matching"),
            "search",
            (Permission.MATCH_VIEW, Permission.MATCH_COUNT),
        ),
        Entry(70, "review_list", Text("Tinjau", "Review"), "pair", (Permission.MATCH_VIEW,)),
        Entry(80, "history", Text("Riwayat", "History"), "clock", (Permission.LOG_VIEW,)),
        Entry(90, "account_list", Text("Akun", "Accounts"), "key", (Permission.ACCOUNT_MANAGE,)),
    )


def name_codes() -> None:
    """Let the history say codes in words."""
    labels.know("kind", KIND_NAMES.get)
    labels.know("category", CATEGORY_NAMES.get)
    labels.know("categories", CATEGORY_NAMES.get)
    labels.know("occupation", occupations.NAMES.get)
    labels.know("role", lambda code: ROLES[code].name if code in ROLES else None)
    labels.know("submission.columns", name_of)  # heading → what it was taken for
