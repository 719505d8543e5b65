"""Tariffs of construction projects and of migrant workers, in whole rupiah.

Facts: ``contract`` (value before VAT), ``wages`` (all wages of the project), ``placement`` (months abroad: 6, 12 or
24), ``extension`` (further months).
"""

from __future__ import annotations

from payung.law.parameter import Law
from payung.law.rule import rule


@rule(unit="rupiah", id="JKK proyek", en="JKK of the project")
def project_jkk(law: Law, contract: int) -> int:
    return law.marginal(law.project_jkk, contract)


@rule(unit="rupiah", id="JKM proyek", en="JKM of the project")
def project_jkm(law: Law, contract: int) -> int:
    return law.marginal(law.project_jkm, contract)


@rule(unit="rupiah", id="JKK proyek dari upah", en="JKK of the project out of wages")
def project_wage_jkk(law: Law, wages: int) -> int:
    return law.share(wages, law.project_wage_jkk)


@rule(unit="rupiah", id="JKM proyek dari upah", en="JKM of the project out of wages")
def project_wage_jkm(law: Law, wages: int) -> int:
    return law.share(wages, law.project_wage_jkm)


@rule(unit="rupiah", id="Sebelum berangkat", en="Before departure")
def migrant_before(law: Law) -> int:
    return law.migrant_before


@rule(unit="rupiah", id="Selama penempatan", en="During placement")
def migrant_placement(law: Law, placement: int) -> int:
    return law.migrant_placement[placement]


@rule(unit="rupiah", id="Perpanjangan", en="Extension")
def migrant_extension(law: Law, extension: int) -> int:
    return law.migrant_extension * extension
