"""From linked persons to chosen, reserve, refused and review: eligibility, ranking, price, money."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from payung.enrolment import decisions, memberships, outcome
from payung.enrolment.persons import build_persons, mark_insured
from payung.enrolment.request import Request
from payung.linkage import Linkage
from payung.planning.allocation import Allocation, allocate
from payung.planning.eligibility import Circumstances, Rule, judge
from payung.planning.legal import with_price_basis
from payung.planning.pricing import cost_of_period
from payung.planning.ranking import rank

NO_VILLAGE = "(tanpa desa)"
# What ranking, price and money ask of a person: a million candidates are sorted and joined without the rest.
_ASKED = (
    "person", "record", "nik", "name", "reasons", "birth_date", "category", "welfare", "decile", "village",
    "village_code", "district", "district_code", "segment_used", "price_basis", "sector", "risk", "insured_state",
)  # fmt: skip


def _village_key() -> pl.Expr:
    """Return by what the floor of a village is counted; an office of the sub-district counts as a village."""
    written = pl.col("district_code").fill_null("") + pl.lit("/") + pl.col("village")
    return pl.coalesce("village_code", written, "district_code", "district", pl.lit(NO_VILLAGE)).alias(
        "village_key"
    )


def choose(
    request: Request,
    listings: pl.DataFrame,
    insured: pl.DataFrame,
    linkage: Linkage,
    rules: Sequence[Rule],
    circumstances: Circumstances,
    offices: list[str],
) -> tuple[pl.DataFrame, Allocation]:
    """Return one row a person with ``state``, ``codes`` and ``reason``, and how the money was used.

    ``listings`` are the rows of all rosters, ``insured`` those of the insurer's list; ``linkage`` says which of
    all these records are one person.
    """
    persons = build_persons(listings, linkage.persons, offices)
    covering = insured.filter(memberships.covers(request.first_day))
    persons = mark_insured(persons, covering, linkage.persons)
    persons = memberships.mark_dead(persons, insured, linkage.persons)
    persons = with_price_basis(persons, request.first_month, request.pay)
    persons = judge(persons, rules, circumstances, offices)
    persons = decisions.already_insured(persons, offices)

    open_to_enrolment = (
        pl.col("usable")
        & pl.col("insured_state").ne_missing("insured")
        & (pl.col("refused_by").list.len() == 0)
    )
    candidates = rank(
        persons.lazy().filter(open_to_enrolment).select(_ASKED).collect(), offices, request.officials
    ).with_columns(
        pl.when(pl.col("insured_state").eq_missing("two_segments"))
        .then(pl.lit("DUA_SEGMEN"))
        .when(pl.col("price_basis").is_null())
        .then(pl.lit("DATA_KURANG"))
        .otherwise(decisions.remark())
        .alias("held")
    )
    pairs = memberships.without_ended(linkage.pairs, insured, request.first_day)
    doubts = decisions.suspicions(pairs, linkage.persons, insured["record"])
    numbers = decisions.numbers_of_others(candidates, insured, linkage.persons)
    candidates = decisions.hold_back(candidates, doubts, numbers)
    payable = cost_of_period(
        candidates.filter(pl.col("held").is_null()).with_columns(
            pl.col("price_basis").alias("income"), pl.col("segment_used").alias("segment")
        ),
        request.period,
        request.source,
    ).with_columns(_village_key())
    allocation = allocate(payable, budget=request.budget, floor=request.floor)
    return outcome.put_together(persons, candidates, allocation.people, rules), allocation
