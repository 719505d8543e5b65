"""What must hold of pledges; `payung check` asks for it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Sum

from payung.office.donors import ddl
from payung.office.donors.models import Pledge, PledgeLine
from payung.office.face import Finding
from payung.office.guards import standing
from payung.text import Text


def lines_are_within_their_pledge() -> Iterable[Finding]:
    """Yield every pledge whose sum is not that of its lines, or whose lines have more than was pledged."""
    sums = dict(
        PledgeLine.objects.order_by().values_list("pledge").annotate(sum=Sum("line__balance__ceiling"))
    )
    for one in Pledge.objects.all():
        placed = sums.get(one.pk, 0)
        if placed != one.placed or placed > one.amount:
            yield Finding(
                "JANJI_TIDAK_COCOK",
                one.subject,
                Text(
                    f"Pos dana dari janji {one} berjumlah Rp{placed}, tercatat Rp{one.placed} dari Rp{one.amount}: "
                    "pulihkan dari cadangan.",
                    f"The lines of the pledge {one} have Rp{placed}, kept is Rp{one.placed} of Rp{one.amount}: restore "
                    "from the backup.",
                ),
            )


def lines_keep_the_terms_of_their_pledge() -> Iterable[Finding]:
    """Yield every line whose source or months are no longer within those of its pledge."""
    for one in PledgeLine.objects.select_related("pledge", "line"):
        line, pledge = one.line, one.pledge
        within = pledge.from_month <= line.from_month and line.until_month <= pledge.until_month
        if line.source != pledge.source or not within:
            yield Finding(
                "POS_DI_LUAR_JANJI",
                line.subject,
                Text(
                    f"Pos dana {line} tidak lagi sesuai janji {pledge}: pulihkan dari cadangan.",
                    f"The line {line} no longer fits the pledge {pledge}: restore from the backup.",
                ),
            )


guards = standing("donors.guard", ddl.guards)

CHECKS = (lines_are_within_their_pledge, lines_keep_the_terms_of_their_pledge, guards)
