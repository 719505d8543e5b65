"""From linked persons to chosen, reserve, refused and review: eligibility, ranking, price, money."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from payung.enrolment import decisions, memberships, outcome
from payung.enrolment.persons import build_persons, mark_insured
from payung.enrolment.request import Request
from payung.linkage import Linkage
from payung.linkage.explain import in_words
from payung.planning.allocation import Allocation, allocate
from payung.planning.eligibility import Circumstances, Rule, judge
from payung.planning.legal import with_price_basis
from payung.planning.prices import cost_of_period
from payung.planning.ranking import rank

NO_VILLAGE = "(tanpa desa)"
# What ranking, price and money ask of a person: a million candidates are sorted and joined without the rest.
_ASKED = (
    "person", "record", "nik", "name", "reasons", "birth_date", "category", "welfare", "decile", "village",
    "village_code", "district", "district_code", "segment_used", "price_basis", "sector", "risk", "insured_state",
    "start_month",
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
    unclear: pl.Series | None = None,
) -> tuple[pl.DataFrame, Allocation]:
    """Return one row a person with ``state``, ``codes`` and ``reason``, and how the money was used.

    ``listings`` are the rows of all rosters, ``insured`` those of the insurer's list; ``linkage`` says which of
    all these records are one person. ``unclear`` are the records whose village is one of several of that name.
    """
    persons = build_persons(listings, linkage.persons, offices)
    covering = insured.filter(memberships.covers(request.first_day))
    persons = mark_insured(persons, covering, linkage.persons)
    persons = memberships.mark_dead(persons, insured, linkage.persons)
    persons = with_price_basis(persons, request.first_month, request.pay)
    persons = memberships.with_start(persons, request.period)
    persons = _judged(persons, rules, circumstances, offices)
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
        .otherwise(pl.coalesce(decisions.remark(), _unclear_village(linkage.persons, unclear)))
        .alias("held")
    )
    pairs = in_words(memberships.without_ended(linkage.pairs, insured, request.first_day))
    doubts = decisions.suspicions(pairs, linkage.persons, insured["record"])
    numbers = decisions.numbers_of_others(candidates, insured, linkage.persons)
    candidates = decisions.hold_back(candidates, doubts, numbers)
    payable = _priced(
        candidates.filter(pl.col("held").is_null()).with_columns(
            pl.col("price_basis").alias("income"), pl.col("segment_used").alias("segment")
        ),
        request,
    ).with_columns(_village_key())
    allocation = allocate(payable, budget=request.budget, floor=request.floor)
    return outcome.put_together(persons, candidates, allocation.people, rules), allocation


def _judged(
    persons: pl.DataFrame, rules: Sequence[Rule], circumstances: Circumstances, offices: list[str]
) -> pl.DataFrame:
    """Return ``persons`` judged on the first day of the month in which each would start."""
    if not persons["starts_later"].any():
        return judge(persons, rules, circumstances, offices)
    judged = [
        judge(group, rules, replace(circumstances, first_day=dt.date.fromisoformat(f"{month}-01")), offices)
        for (month,), group in persons.partition_by("start_month", as_dict=True).items()
    ]
    return pl.concat(judged).sort("person")


def _priced(payable: pl.DataFrame, request: Request) -> pl.DataFrame:
    """Return ``payable`` in the same order with what each costs from the month in which they start."""
    if (payable["start_month"] == request.first_month).all():
        return cost_of_period(payable, request.period, request.source)
    priced = [
        cost_of_period(group, [month for month in request.period if month >= start], request.source)
        for (start,), group in payable.partition_by("start_month", as_dict=True).items()
    ]
    return pl.concat(priced).sort("rank")


def _unclear_village(links: pl.DataFrame, unclear: pl.Series | None) -> pl.Expr:
    """Return "DESA_KEMBAR" for a person whose village nobody can tell from another of its name, else null."""
    if unclear is None or unclear.is_empty():
        return pl.lit(None, dtype=pl.String)
    persons = links.filter(pl.col("record").is_in(unclear.implode()))["person"].implode()
    asked = pl.col("village_code").is_null() & pl.col("person").is_in(persons)
    return pl.when(asked).then(pl.lit("DESA_KEMBAR"))
