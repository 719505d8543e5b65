"""Whether the waiting time of JKM is over, where only the beginning or the number of paid months is known."""

from __future__ import annotations

import datetime as dt

from payung.errors import InputError
from payung.law import facts
from payung.law.months import whole_months
from payung.law.parameter import Law
from payung.law.rules.membership import jkm_is_full
from payung.text import Text

_LONGEST_MONTH = 31


def is_over(
    law: Law, segment: str, member_since: dt.date | None, paid_months: int | None, date: dt.date | None
) -> tuple[bool, list[Text]]:
    """Return whether JKM is full on ``date``, and what is open about it.

    Before Permenaker 1/2025 and for a PPU there is no waiting time. Otherwise ``member_since`` (with ``date``) or
    ``paid_months`` must be known; raises :class:`InputError` where neither is.
    """
    if paid_months is not None:
        facts.check(paid_months=paid_months)
    if segment != "bpu" or law.jkm_waiting_months is None:
        return True, []
    if member_since and date:
        months, days = whole_months(member_since, date), (date - member_since).days
        full = bool(jkm_is_full(law, segment, months if paid_months is None else paid_months, months, days))
        return full, _notes(law, full, months + 1, days)
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
    full = bool(jkm_is_full(law, segment, paid_months, completed, completed * _LONGEST_MONTH))
    return full, _notes(law, full, paid_months, 0)


def _notes(law: Law, full: bool, month: int, days: int) -> list[Text]:
    """Say so where sources differ: within the last waiting month, or exactly at its end."""
    if full or (month < law.jkm_waiting_months and days < law.jkm_waiting_days):
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
