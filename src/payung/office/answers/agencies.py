"""The agencies that answer, and who may bring in the answers of which."""

from __future__ import annotations

from payung.codes import Agency
from payung.office.access.permissions import Permission
from payung.office.access.scope import NOTHING, Scope, areas
from payung.office.accounts.models import User
from payung.text import Text

DUKCAPIL, DTSEN, BPJS, STAFF = Agency.DUKCAPIL, Agency.DTSEN, Agency.BPJS, Agency.STAFF
NAMES: dict[str, Text] = {one: one.text for one in (DUKCAPIL, DTSEN, BPJS)}
# A result may also come from the staff lists of the same-KK rule.
ORIGINS: dict[str, Text] = {**NAMES, STAFF: STAFF.text}
# Roles that answer for their own agency alone; every other role with the permission works for the dinas.
ONLY: dict[str, frozenset[str]] = {"bpjs": frozenset({BPJS})}


def agencies_of(user: User) -> tuple[str, ...]:
    """Return the agencies whose answers ``user`` may bring in today."""
    return tuple(agency for agency in NAMES if edit_scope(user, agency).areas)


def edit_scope(user: User, agency: str) -> Scope:
    """Return whom an answer of ``agency`` reaches when ``user`` brings it in."""
    if not user.is_active:
        return NOTHING
    grants = [grant for grant in user.grants_now if agency in ONLY.get(grant.role, NAMES)]
    return Scope(tuple(areas(grants, Permission.ANSWER_EDIT)))


def dinas_scope(user: User) -> Scope:
    """Return where ``user`` decides for the dinas: moves submissions on, keeps staff lists."""
    grants = [grant for grant in user.grants_now if grant.role not in ONLY]
    return Scope(tuple(areas(grants, Permission.ANSWER_EDIT))) if user.is_active else NOTHING
