"""Contributions of one person for one month, in whole rupiah.

Facts: ``income`` (declared income of a BPU, rupiah a month), ``wage`` (reported wage of a PU, rupiah a month),
``sector``, ``source`` (who pays), ``risk`` (class 1 to 5). The law is that of the month's first day.
"""

from __future__ import annotations

from payung.law.parameter import Law, band
from payung.law.rule import rule


@rule(unit="rupiah", id="Dasar iuran", en="Contribution basis")
def bpu_basis(law: Law, income: int) -> int:
    return band(law.bpu_basis, income)


@rule(unit="rupiah", id="Iuran JKK menurut tabel", en="JKK by the table")
def bpu_jkk_table(law: Law, income: int) -> int:
    return law.share(bpu_basis(law, income), law.bpu_jkk_rate)


@rule(unit="rupiah", id="Bagian yang dibayar setelah keringanan", en="Part paid after relief")
def bpu_after_relief(law: Law, amount: int, sector: str, source: str) -> int:
    if law.relief_2020_pay is not None:
        return law.share(amount, law.relief_2020_pay)
    if law.relief_by_source is None:
        return amount
    if sector == "transport":
        if law.relief_transport_pay is None:
            return amount
        if law.relief_by_source[source] == "full":
            return amount
        return law.share(amount, law.relief_transport_pay)
    if law.relief_other_pay is None:
        return amount
    if law.relief_by_source[source] == "full":
        return amount
    return law.share(amount, law.relief_other_pay)


@rule(unit="rupiah", id="Iuran JKK BPU", en="JKK contribution of a BPU")
def bpu_jkk(law: Law, income: int, sector: str, source: str) -> int:
    return bpu_after_relief(law, bpu_jkk_table(law, income), sector, source)


@rule(unit="rupiah", id="Iuran JKM BPU", en="JKM contribution of a BPU")
def bpu_jkm(law: Law, sector: str, source: str) -> int:
    return bpu_after_relief(law, law.bpu_jkm, sector, source)


@rule(unit="rupiah", id="Iuran JHT BPU", en="JHT contribution of a BPU")
def bpu_jht(law: Law, income: int) -> int:
    return law.share(bpu_basis(law, income), law.bpu_jht_rate)


@rule(unit="rupiah", id="Upah sebulan dari upah harian", en="Monthly wage of a daily wage")
def monthly_wage(law: Law, daily: int) -> int:
    return daily * law.daily_wage_days


@rule(unit="rupiah", id="Iuran JKK PU", en="JKK contribution of a wage earner")
def pu_jkk(law: Law, wage: int, sector: str, risk: int) -> int:
    if law.relief_2020_pay is not None:
        return law.share(wage, law.pu_jkk_rate[risk], law.relief_2020_pay)
    if sector == "labour-intensive" and law.pu_jkk_rate_labour_intensive is not None:
        return law.share(wage, law.pu_jkk_rate_labour_intensive[risk])
    return law.share(wage, law.pu_jkk_rate[risk])


@rule(unit="rupiah", id="Iuran JKM PU", en="JKM contribution of a wage earner")
def pu_jkm(law: Law, wage: int) -> int:
    if law.relief_2020_pay is not None:
        return law.share(wage, law.pu_jkm_rate, law.relief_2020_pay)
    return law.share(wage, law.pu_jkm_rate)


@rule(unit="rupiah", id="Iuran JHT bagian pemberi kerja", en="JHT contribution of the employer")
def pu_jht_employer(law: Law, wage: int) -> int:
    return law.share(wage, law.pu_jht_employer_rate)


@rule(unit="rupiah", id="Iuran JHT bagian pekerja", en="JHT contribution of the worker")
def pu_jht_worker(law: Law, wage: int) -> int:
    return law.share(wage, law.pu_jht_worker_rate)


@rule(unit="rupiah", id="Upah untuk JP", en="Wage that counts for JP")
def pu_jp_wage(law: Law, wage: int) -> int:
    return min(wage, law.jp_ceiling)


@rule(unit="rupiah", id="Iuran JP bagian pemberi kerja", en="JP contribution of the employer")
def pu_jp_employer(law: Law, wage: int) -> int:
    return law.share(pu_jp_wage(law, wage), law.pu_jp_employer_rate)


@rule(unit="rupiah", id="Iuran JP bagian pekerja", en="JP contribution of the worker")
def pu_jp_worker(law: Law, wage: int) -> int:
    return law.share(pu_jp_wage(law, wage), law.pu_jp_worker_rate)


@rule(
    unit="rupiah",
    id="Bagian iuran JP yang boleh ditunda",
    en="Part of the JP contribution that may be deferred",
)
def pu_jp_deferrable(law: Law, wage: int) -> int:
    return law.share(pu_jp_employer(law, wage) + pu_jp_worker(law, wage), law.pu_jp_deferral)


@rule(unit="rupiah", id="Denda keterlambatan", en="Fine for paying late")
def late_fine(law: Law, segment: str, employer: str, amount: int, months_late: int) -> int:
    if segment == "bpu":
        return law.share(amount * months_late, law.late_fine["bpu"])
    if employer == "private":
        return law.share(amount * months_late, law.late_fine["private"])
    return law.share(amount * months_late, law.late_fine["state"])


@rule(unit="rupiah", id="Iuran JKK", en="JKK contribution")
def jkk(law: Law, segment: str, income: int, sector: str, source: str, risk: int) -> int:
    if segment == "bpu":
        return bpu_jkk(law, income, sector, source)
    return pu_jkk(law, income, sector, risk)


@rule(unit="rupiah", id="Iuran JKM", en="JKM contribution")
def jkm(law: Law, segment: str, income: int, sector: str, source: str) -> int:
    if segment == "bpu":
        return bpu_jkm(law, sector, source)
    return pu_jkm(law, income)


@rule(unit="rupiah", id="Jumlah iuran JKK dan JKM", en="JKK and JKM together")
def jkk_and_jkm(law: Law, segment: str, income: int, sector: str, source: str, risk: int) -> int:
    return jkk(law, segment, income, sector, source, risk) + jkm(law, segment, income, sector, source)
