"""What is paid, when and by whom, where contributions are in arrears; fines on both sides.

Facts: ``part`` (of a benefit, see :data:`payung.law.facts.PARTS`), ``amount`` (rupiah), ``days_late`` (after the day by
which the insurer had to pay), and those of :mod:`payung.law.rules.membership`.
"""

from __future__ import annotations

from payung.law.parameter import Law
from payung.law.rule import rule
from payung.law.rules.membership import standing


@rule(unit="code", id="Kapan dibayar", en="When it is paid")
def paid_when(law: Law, segment: str, employer: str, unpaid: int, not_due: int, part: str) -> str:
    if standing(law, segment, employer, unpaid, not_due, 0) == "periksa":
        return "periksa"
    if standing(law, segment, employer, unpaid, not_due, 0) == "ended":
        return law.arrears_bpu_over[part]
    if standing(law, segment, employer, unpaid, not_due, 0) == "employer_first":
        return law.arrears_pu_over[part]
    if unpaid == 0:
        return "now"
    if segment == "bpu":
        return law.arrears_bpu_grace[part]
    return law.arrears_pu_grace[part]


@rule(unit="rupiah", id="Dibayar sekarang", en="Paid at once")
def due_now(law: Law, segment: str, employer: str, unpaid: int, not_due: int, part: str, amount: int) -> int:
    if paid_when(law, segment, employer, unpaid, not_due, part) == "now":
        return amount
    return 0


@rule(unit="rupiah", id="Dibayar setelah tunggakan lunas", en="Paid after the arrears are settled")
def due_after_settlement(
    law: Law, segment: str, employer: str, unpaid: int, not_due: int, part: str, amount: int
) -> int:
    if paid_when(law, segment, employer, unpaid, not_due, part) == "settled":
        return amount
    return 0


@rule(unit="rupiah", id="Dibayar dahulu oleh pemberi kerja", en="Paid by the employer first")
def due_from_employer(
    law: Law, segment: str, employer: str, unpaid: int, not_due: int, part: str, amount: int
) -> int:
    if paid_when(law, segment, employer, unpaid, not_due, part) == "employer":
        return amount
    return 0


@rule(unit="rupiah", id="Perlu diperiksa ke kantor cabang", en="To be asked of the branch")
def due_open(law: Law, segment: str, employer: str, unpaid: int, not_due: int, part: str, amount: int) -> int:
    if paid_when(law, segment, employer, unpaid, not_due, part) == "periksa":
        return amount
    return 0


@rule(unit="rupiah", id="Denda BPJS karena terlambat membayar", en="Fine on BPJS for paying late")
def insurer_fine(law: Law, amount: int, days_late: int) -> int:
    return law.share(amount * days_late, law.payment_late_fine)
