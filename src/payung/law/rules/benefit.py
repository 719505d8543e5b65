"""Benefits, in whole rupiah, under the law on the day of the event. BPJS decides; these are estimates.

Facts: ``income`` (declared income of a BPU or reported wage of a PU, rupiah a month), ``waited`` (1 where the
waiting time of JKM is over), ``months`` (of incapacity), ``loss`` (a row of the disability table), ``units`` (of
the row), ``lost_function`` and ``assessed`` (parts of a thousand), ``children``, ``level`` (of school),
``cost`` and ``kind`` (of what JKK pays back), ``centre_price`` (of a prosthesis at the government's rehabilitation
centre).
"""

from __future__ import annotations

from payung.law.parameter import Law
from payung.law.rule import rule
from payung.law.rules.contribution import bpu_basis


@rule(unit="rupiah", id="Upah yang dipakai", en="Wage that counts")
def benefit_wage(law: Law, segment: str, income: int) -> int:
    if segment == "bpu":
        return bpu_basis(law, income)
    return income


@rule(unit="rupiah", id="Santunan berkala", en="Periodic benefit")
def periodic(law: Law) -> int:
    return law.periodic_monthly * law.periodic_months


@rule(unit="rupiah", id="Biaya pemakaman", en="Funeral cost")
def funeral(law: Law) -> int:
    return law.funeral


@rule(unit="rupiah", id="Santunan sekaligus", en="Lump sum")
def death_lump(law: Law) -> int:
    return law.jkm_lump


@rule(unit="rupiah", id="JKM dalam masa tunggu", en="JKM within the waiting time")
def death_during_waiting(law: Law) -> int:
    return law.jkm_during_waiting


@rule(unit="rupiah", id="Manfaat meninggal bukan karena kerja", en="Benefit for death not by work")
def death(law: Law, waited: int) -> int:
    if waited == 0:
        return death_during_waiting(law)
    return death_lump(law) + periodic(law) + funeral(law)


@rule(unit="rupiah", id="Dasar santunan JKK", en="Base of JKK benefits")
def jkk_base(law: Law, segment: str, income: int) -> int:
    return benefit_wage(law, segment, income) * law.jkk_months


@rule(
    unit="rupiah", id="Santunan meninggal karena kecelakaan kerja", en="Lump sum for death by work accident"
)
def work_death_lump(law: Law, segment: str, income: int) -> int:
    return max(law.share(jkk_base(law, segment, income), law.jkk_death_share), law.jkk_death_floor)


@rule(unit="rupiah", id="Manfaat meninggal karena kecelakaan kerja", en="Benefit for death by work accident")
def work_death(law: Law, segment: str, income: int) -> int:
    return work_death_lump(law, segment, income) + periodic(law) + funeral(law)


@rule(unit="rupiah", id="Santunan cacat total tetap", en="Lump sum for total permanent disability")
def total_disability_lump(law: Law, segment: str, income: int) -> int:
    return law.share(jkk_base(law, segment, income), law.jkk_total_share)


@rule(unit="rupiah", id="Manfaat cacat total tetap", en="Benefit for total permanent disability")
def total_disability(law: Law, segment: str, income: int) -> int:
    return total_disability_lump(law, segment, income) + periodic(law)


@rule(unit="rupiah", id="Santunan cacat sebagian anatomis", en="Lump sum for partial anatomical disability")
def anatomical(law: Law, segment: str, income: int, loss: str, units: int) -> int:
    return law.share(jkk_base(law, segment, income) * units, law.losses[loss])


@rule(unit="rupiah", id="Santunan cacat sebagian fungsi", en="Lump sum for partial functional disability")
def functional(law: Law, segment: str, income: int, loss: str, units: int, lost_function: int) -> int:
    return law.share(jkk_base(law, segment, income) * units * lost_function, law.losses[loss], law.thousandth)


@rule(unit="rupiah", id="Santunan cacat menurut penilaian dokter", en="Lump sum by the doctor's assessment")
def assessed_loss(law: Law, segment: str, income: int, assessed: int) -> int:
    return law.share(jkk_base(law, segment, income) * assessed, law.thousandth)


@rule(unit="months", id="Bulan dengan upah penuh", en="Months at full wage")
def incapacity_first(law: Law, months: int) -> int:
    return min(months, law.stmb_first_months)


@rule(unit="months", id="Bulan berikutnya", en="Next months")
def incapacity_second(law: Law, months: int) -> int:
    if law.stmb_second_months is None:
        return 0
    return min(months - incapacity_first(law, months), law.stmb_second_months)


@rule(unit="rupiah", id="Upah penuh", en="Full wage")
def incapacity_full_pay(law: Law, segment: str, income: int, months: int) -> int:
    return benefit_wage(law, segment, income) * incapacity_first(law, months)


@rule(unit="rupiah", id="Sebagian upah, bulan berikutnya", en="Part of the wage, next months")
def incapacity_second_pay(law: Law, segment: str, income: int, months: int) -> int:
    if law.stmb_second_rate is None:
        return 0
    return law.share(
        benefit_wage(law, segment, income) * incapacity_second(law, months), law.stmb_second_rate
    )


@rule(unit="months", id="Bulan sisanya", en="Remaining months")
def incapacity_rest(law: Law, months: int) -> int:
    return months - incapacity_first(law, months) - incapacity_second(law, months)


@rule(unit="rupiah", id="Sebagian upah, bulan sisanya", en="Part of the wage, remaining months")
def incapacity_rest_pay(law: Law, segment: str, income: int, months: int) -> int:
    return law.share(benefit_wage(law, segment, income) * incapacity_rest(law, months), law.stmb_rest_rate)


@rule(unit="rupiah", id="Santunan sementara tidak mampu bekerja (STMB)", en="Temporary incapacity (STMB)")
def incapacity(law: Law, segment: str, income: int, months: int) -> int:
    return (
        incapacity_full_pay(law, segment, income, months)
        + incapacity_second_pay(law, segment, income, months)
        + incapacity_rest_pay(law, segment, income, months)
    )


@rule(unit="rupiah", id="Penggantian biaya", en="Cost paid back")
def paid_back(law: Law, cost: int, kind: str) -> int:
    return min(cost, law.jkk_caps[kind])


@rule(unit="rupiah", id="Penggantian prostesis atau ortosis", en="Prosthesis or orthosis paid back")
def prosthesis(law: Law, cost: int, centre_price: int) -> int:
    return min(cost, centre_price + law.share(centre_price, law.prosthesis_extra))


@rule(unit="rupiah", id="Beasiswa satu jenjang", en="Scholarship of one level")
def scholarship_level(law: Law, level: str) -> int:
    return law.scholarship_rate[level] * law.scholarship_years[level]


@rule(unit="rupiah", id="Beasiswa satu anak paling banyak", en="Scholarship of one child at most")
def scholarship_child(law: Law, level: str) -> int:
    if level == "pt":
        return scholarship_level(law, "pt")
    if level == "sma":
        return scholarship_level(law, "sma") + scholarship_child(law, "pt")
    if level == "smp":
        return scholarship_level(law, "smp") + scholarship_child(law, "sma")
    if level == "sd":
        return scholarship_level(law, "sd") + scholarship_child(law, "smp")
    return scholarship_level(law, "tk") + scholarship_child(law, "sd")


@rule(unit="rupiah", id="Beasiswa paling banyak", en="Scholarship at most")
def scholarship(law: Law, children: int) -> int:
    if children == 0:
        return 0
    if law.scholarship_once is not None:
        return law.scholarship_once
    return min(children, law.scholarship_children) * scholarship_child(law, "tk")


@rule(unit="rupiah", id="Beasiswa karena JKM", en="Scholarship out of JKM")
def death_scholarship(law: Law, children: int, paid_months: int) -> int:
    if paid_months < law.scholarship_months:
        return 0
    return scholarship(law, children)
