"""Whom the insurer rejected for good leaves by a follow-up decree, and the top of the reserve moves up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from payung.errors import InputError
from payung.law import months
from payung.office.exchange.queries import rejected_rows
from payung.office.programme import actions as programme
from payung.office.programme.models import Decree, DecreePerson, Reserve
from payung.office.programme.queries import annex
from payung.office.programme.queries.people import Clocks, clocks_from, waiting_in_reserve
from payung.office.programme.states import DecreeState, Exit
from payung.text import Text


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a follow-up decree would change because of rejections.

    Fields
        decree: the one in force that it follows up. draft: one that follows it up already and is not signed. month:
        from when it would count. leaves: rows of rejected people. comes: of the reserve, in its order, as many as
        leave where there are so many. clocks: when theirs are through.
    """

    decree: Decree
    draft: Decree | None
    month: str
    leaves: Sequence[DecreePerson]
    comes: Sequence[Reserve]
    clocks: Clocks


def proposal(decree: Decree) -> Proposal | None:
    """Return what would follow on the rejections of people of ``decree`` and its followers; ``None`` without any."""
    root = decree.root_id or decree.pk
    newest = (
        Decree.objects.filter(Q(pk=root) | Q(root=root), state=DecreeState.SIGNED).order_by("-pk").first()
    )
    if newest is None:
        return None
    month = max(newest.from_month, months.add(months.month_of(timezone.localdate()), 1))
    rows = annex(newest).filter(pk__in=rejected_rows().values("pk"), last_month__gte=month)
    leaves = list(rows.select_related("person"))
    if not leaves or month > newest.until_month:
        return None
    draft = newest.followers.exclude(state=DecreeState.DROPPED).order_by("-pk").first()
    comes = list(waiting_in_reserve(newest)[: len({(row.person_id, str(row.segment)) for row in leaves})])
    return Proposal(newest, draft, month, leaves, comes, clocks_from(month))


@transaction.atomic
def replace_rejected(*, by: str, decree: Decree) -> Decree:
    """Begin the follow-up decree by which rejected people leave and the top of the reserve comes in; return the draft.

    Nobody leaves before it is signed. Raises :class:`InputError` where nobody is rejected, a follow-up is in the
    making, or the reserve is empty.
    """
    found = proposal(decree)
    if found is None:
        raise InputError(
            Text(
                f"Tidak ada orang {decree} yang ditolak BPJS untuk bulan-bulan yang akan datang.",
                f"Nobody of {decree} is rejected for the months to come.",
            )
        )
    if found.draft is not None:
        raise InputError(
            Text(
                f"SK perubahan {found.draft} sudah disiapkan: keluarkan mereka di situ.",
                f"The follow-up {found.draft} is in the making: let them leave there.",
            )
        )
    if not found.comes:
        raise InputError(
            Text(
                "Cadangan kosong: betulkan data yang ditolak, atau buat SK perubahan dengan daftar baru.",
                "The reserve is empty: mend the rejected facts, or make a follow-up decree with a new list.",
            )
        )
    made = programme.begin(
        by=by,
        line=found.decree.line,
        from_month=found.month,
        until_month=found.decree.until_month,
        title="Pengganti yang ditolak BPJS",
        previous=found.decree,
    )
    programme.let_go(by=by, decree=made, leaving={row.pk: Exit.DITOLAK_BPJS for row in found.leaves})
    programme.replace_from_reserve(by=by, decree=made, many=len(found.comes))
    return made
