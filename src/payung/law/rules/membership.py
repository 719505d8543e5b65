"""Membership on one day, out of facts that :mod:`payung.law.membership` counts from the months paid.

Facts: ``employer`` (``private`` or ``state``; ``none`` for a BPU, or where it is not known), ``unpaid`` (consecutive
months in arrears: their due day has passed), ``not_due`` (unpaid months after them whose due day has not passed),
``unsettled`` (1 where the counting itself is open), ``paid_months`` (of the present membership), ``cover_months`` and
``cover_days`` (completed since it began), ``segment``. The law is that of the day.
"""

from __future__ import annotations

from payung.law.parameter import Law
from payung.law.rule import rule


@rule(unit="code", id="Kedudukan kepesertaan", en="Standing of the membership")
def standing(law: Law, segment: str, employer: str, unpaid: int, not_due: int, unsettled: int) -> str:
    if unpaid > law.grace_months:
        if segment == "bpu":
            return "ended"
        if employer == "private":
            return "employer_first"
        if law.state_employer_arrears == "periksa":
            return "periksa"
        return "employer_first"
    if unsettled == 1:
        return "periksa"
    if unpaid == 0:
        if not_due > 0:
            return "not_yet_due"
        return "active"
    if segment == "bpu":
        # The month after the grace is unpaid but not due: ended by the insurer's practice, not yet by the text.
        if unpaid + not_due > law.grace_months:
            return "periksa"
        return "grace"
    if employer == "private":
        return "grace"
    if law.state_employer_arrears == "periksa":
        return "periksa"
    return "grace"


@rule(unit="code", id="Keadaan kepesertaan", en="State of the membership")
def cover_state(law: Law, segment: str, employer: str, unpaid: int, not_due: int, unsettled: int) -> str:
    if standing(law, segment, employer, unpaid, not_due, unsettled) == "periksa":
        return "periksa"
    if standing(law, segment, employer, unpaid, not_due, unsettled) == "ended":
        return "nonaktif"
    if unpaid > 0:
        return "tenggang"
    return "aktif"


@rule(unit="yes/no", id="Jam tunggu JKM penuh", en="JKM clock is full")
def jkm_is_full(law: Law, segment: str, paid_months: int, cover_months: int, cover_days: int) -> int:
    if segment != "bpu":
        return 1
    if law.jkm_waiting_months is None:
        return 1
    if paid_months < law.jkm_waiting_months:
        return 0
    # More than the waiting time is full by every reading, less than its last month by none. Between them they differ.
    if cover_months > law.jkm_waiting_months:
        return 1
    if cover_months + 1 < law.jkm_waiting_months:
        return 0
    if cover_days < law.jkm_waiting_days or cover_months < law.jkm_waiting_months:
        return 0
    return 1


@rule(unit="yes/no", id="JKM penuh pada hari itu", en="Full JKM on that day")
def full_jkm(
    law: Law,
    segment: str,
    employer: str,
    unpaid: int,
    not_due: int,
    unsettled: int,
    paid_months: int,
    cover_months: int,
    cover_days: int,
) -> int:
    if standing(law, segment, employer, unpaid, not_due, unsettled) == "ended":
        return 0
    if standing(law, segment, employer, unpaid, not_due, unsettled) == "periksa":
        return 0
    return jkm_is_full(law, segment, paid_months, cover_months, cover_days)


@rule(unit="yes/no", id="Jam beasiswa penuh", en="Scholarship clock is full")
def scholarship_is_open(law: Law, paid_months: int) -> int:
    if paid_months < law.scholarship_months:
        return 0
    return 1


@rule(unit="yes/no", id="Beasiswa karena JKM pada hari itu", en="Scholarship out of JKM on that day")
def open_scholarship(
    law: Law, segment: str, employer: str, unpaid: int, not_due: int, unsettled: int, paid_months: int
) -> int:
    if standing(law, segment, employer, unpaid, not_due, unsettled) == "ended":
        return 0
    if standing(law, segment, employer, unpaid, not_due, unsettled) == "periksa":
        return 0
    return scholarship_is_open(law, paid_months)


@rule(unit="yes/no", id="Kepesertaan berlanjut setelah bulan kosong", en="Membership goes on after a gap")
def gap_keeps_membership(law: Law, gap: int) -> str:
    if gap < law.grace_months:
        return "yes"
    if gap == law.grace_months:
        return "periksa"
    return "no"
