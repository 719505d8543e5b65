"""How long a membership has waited for full JKM, where only the beginning or the number of paid months is known."""

from __future__ import annotations

import datetime as dt

from payung.errors import InputError
from payung.law import facts
from payung.law.months import whole_months
from payung.law.parameter import Law
from payung.text import Text

_LONGEST_MONTH = 31


def clock(
    law: Law, segment: str, member_since: dt.date | None, paid_months: int | None, date: dt.date | None
) -> tuple[str, int, int, int]:
    """Return the facts of :func:`payung.law.rules.membership.jkm_is_full`: segment, paid months, months and days.

    Before Permenaker 1/2025 and for a PU there is no waiting time, and the counts are 0. Otherwise ``member_since``
    (with ``date``) or ``paid_months`` must be known; raises :class:`InputError` where neither is.
    """
    if paid_months is not None:
        facts.check(paid_months=paid_months)
    if segment != "bpu" or law.jkm_waiting_months is None:
        return segment, 0, 0, 0
    if member_since and date:
        months = whole_months(member_since, date)
        return segment, months if paid_months is None else paid_months, months, (date - member_since).days
    if paid_months is None:
        raise InputError(
            Text(
                "Belum disebutkan sejak kapan menjadi peserta (--member-since dengan --date) atau bulan iuran "
                f"(--paid-months): JKM BPU penuh baru setelah {law.jkm_waiting_months} bulan.",
                "Not given: member since when (--member-since with --date) or the paid months (--paid-months): JKM of "
                f"a BPU is full only after {law.jkm_waiting_months} months.",
            )
        )
    completed = max(0, paid_months - 1)  # the last paid month may still be running
    return segment, paid_months, completed, completed * _LONGEST_MONTH


def notes(law: Law, counted: tuple[str, int, int, int], *, by_months: bool) -> list[Text]:
    """Return what is open where JKM is not full by ``counted``: within the last waiting month, or exactly at its end.

    ``by_months`` says that the number of paid months is known: where those are too few, nothing is open.
    """
    _, paid, months, days = counted
    if by_months and paid < law.jkm_waiting_months:
        return []
    if months + 1 < law.jkm_waiting_months and days < law.jkm_waiting_days:
        return []
    return [boundary_note(law)]


def boundary_note(law: Law) -> Text:
    """Return the sentence that sources differ on the last month of the waiting time."""
    months, days = law.jkm_waiting_months, law.jkm_waiting_days
    return Text(
        f"Batas {months} bulan: sumber berbeda apakah bulan ke-{months} di dalam atau di luar masa tunggu (per bulan "
        f"atau {days} hari). Di sini dibaca di dalam, jadi JKM belum penuh; bila di luar, JKM penuh. Periksa ke kantor "
        "cabang.",
        f"{months}-month boundary: sources differ on whether month {months} is inside or outside the wait (by months "
        f"or {days} days). Read here as inside, so JKM is not full yet; if outside, it is. Ask the branch (periksa).",
    )
