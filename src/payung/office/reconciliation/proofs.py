"""Whether closed months still say what both sides signed."""

from __future__ import annotations

from collections.abc import Iterable

from payung.office.face import Finding
from payung.office.guards import standing
from payung.office.reconciliation import ddl
from payung.office.reconciliation.actions import digest
from payung.office.reconciliation.models import Closing
from payung.office.reconciliation.states import ClosingState
from payung.text import Text

guards = standing("closing.guard", lambda vendor: [*ddl.guards(vendor), *ddl.district_guards(vendor)])


def minutes() -> Iterable[Finding]:
    """The minutes of every closed month have the digest that was signed, and its differences are as many."""
    for closing in Closing.objects.filter(state=ClosingState.CLOSED):
        many = len(closing.minutes.get("people", [])) + len(closing.minutes.get("corrections", []))
        if digest(closing.minutes) != closing.digest or closing.findings.count() != many:
            yield Finding(
                "closing.minutes",
                closing.subject,
                Text(
                    f"Berita acara {closing.month} bukan yang ditandatangani: pulihkan dari cadangan.",
                    f"The minutes of {closing.month} are not those that were signed: restore them from a backup.",
                ),
            )


CHECKS = (guards, minutes)
