"""What is wrong with the people and their rows, planted at known rates.

Rates are shares of the people (domain figures for a first list of a district). Faults that make a row unusable or a
person ineligible do not overlap, so that each can be counted; a name or phone fault may come on top.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl

from payung.district.draws import Draws, Flags, Ints
from payung.district.people import DAYS_A_YEAR, days_before, with_birth_dates
from payung.district.places import Place

#: Share of the people with each fault. The order is the order in which they are drawn.
RATES = {
    "over_65": 0.03,
    "under_18": 0.003,
    "duplicate": 0.01,
    "kk_asn": 0.007,
    "nik_format": 0.02,
    "dead": 0.015,
    "moved": 0.02,
    "insured": 0.04,
}
#: These may come on top of the others.
NAME_MISMATCH = 0.03
NO_PHONE = 0.05
#: Rows on top of the people: holders of an office who also stand on the list of workers, and rows typed twice.
TWO_ROLES = 0.005
TYPED_TWICE = 0.003

#: Faults that are planted only in people who are neither office holders nor share a household on the lists.
_ONLY_SINGLE_WORKERS = {"over_65", "under_18", "duplicate", "kk_asn"}
_NIK_WAYS = ("15_digits", "17_digits", "letter", "no_such_month", "blank")
_NIK_WAY_WEIGHTS = (0.35, 0.15, 0.15, 0.20, 0.15)


def plant(persons: pl.DataFrame, place: Place, seed: int, on: dt.date) -> pl.DataFrame:
    """Return ``persons`` with the faults planted in those who are ``listed`` on rosters.

    Adds a flag for every fault of :data:`RATES` (``over_65`` and ``under_18`` also change the birth date and the
    NIK), ``name_mismatch``, ``no_phone``, ``two_roles``, ``typed_twice``, ``nik_way`` (how the NIK is wrong),
    ``segment`` (pu or bpu, of the insured) and ``status_told`` (whether a list with a status column would tell that
    the person is dead or has moved).
    """
    draws = Draws(seed, 3)
    count = int(persons["listed"].sum())
    every = persons.height
    listed = persons["listed"].to_numpy()
    worker = (persons["category"] == "rentan").to_numpy()
    members = persons.select(pl.len().over("household")).to_series().to_numpy()
    single = worker & (members == 1)
    free = listed.copy()
    flags: dict[str, Flags] = {}
    for name, rate in RATES.items():
        allowed = free & single if name in _ONLY_SINGLE_WORKERS else free
        flags[name] = _choose(allowed, round(rate * count), draws)
        free &= ~flags[name]
    flags["name_mismatch"] = _choose(listed, round(NAME_MISMATCH * count), draws)
    flags["no_phone"] = _choose(listed, round(NO_PHONE * count), draws)
    two_roles = ~worker & persons["category"].is_in(["ketua_rt", "mantir_desa", "bpd"]).to_numpy() & free
    flags["two_roles"] = _choose(two_roles, round(TWO_ROLES * count), draws)
    flags["typed_twice"] = _choose(free & worker, round(TYPED_TWICE * count), draws)
    made = persons.with_columns(pl.Series(name, flag) for name, flag in flags.items())
    segment = np.where(worker, draws.pick(("pu", "bpu"), every, (0.4, 0.6)), "pu")
    made = made.with_columns(
        nik_way=pl.when("nik_format").then(pl.Series(draws.pick(_NIK_WAYS, every, _NIK_WAY_WEIGHTS))),
        segment=pl.when(pl.col("insured") | ~pl.col("listed")).then(pl.Series(segment)),
        status_told=pl.Series(draws.chance(0.6, every)),
    )
    return with_birth_dates(made, _ages_out_of_range(made, on, draws), place, seed)


def _choose(allowed: Flags, number: int, draws: Draws) -> Flags:
    """Return flags for ``number`` of the ``allowed`` people (all of them where there are fewer)."""
    flags = np.zeros(allowed.size, dtype=bool)
    candidates: Ints = np.flatnonzero(allowed).astype(np.int64)
    flags[draws.shuffled(candidates)[:number]] = True
    return flags


def _ages_out_of_range(persons: pl.DataFrame, on: dt.date, draws: Draws) -> pl.Series:
    """Return birth dates, those of people planted as too old or too young moved out of 18 to 64."""
    count = persons.height
    old = days_before(on, (draws.rng.uniform(65.6, 82.0, count) * DAYS_A_YEAR).astype(np.int64))
    young = days_before(on, (draws.rng.uniform(14.5, 17.4, count) * DAYS_A_YEAR).astype(np.int64))
    table = persons.select("birth_date", "over_65", "under_18").with_columns(old=old, young=young)
    return table.select(
        pl.when("over_65").then("old").when("under_18").then("young").otherwise("birth_date")
    ).to_series()
