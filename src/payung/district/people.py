"""The people of an invented district as they truly are, before any list writes them down."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl

from payung.district.draws import Draws, Ints
from payung.district.names import full_names, mothers
from payung.district.numbers import kk_numbers, nik_numbers, phone_numbers
from payung.district.places import Place, office_slots
from payung.district.words import birth_places, culture_weights, incomes, occupations

DAYS_A_YEAR = 365.25
# Ages of workers: a normal law cut at 18 and 65; with children and cut tails the mean is about 44.
_AGE_MEAN, _AGE_SPREAD, _AGE_LOW, _AGE_HIGH = 46.5, 11.5, 18.1, 64.9
# How many of one household stand on the lists, and who the second and third are.
_HOUSEHOLD_SIZES, _HOUSEHOLD_WEIGHTS = (1, 2, 3), (0.72, 0.23, 0.05)
_RELATIONS, _RELATION_WEIGHTS = ("spouse", "child", "twin"), (0.68, 0.30, 0.02)
_MEN_AMONG_HEADS = 0.70
_MEN_IN_OFFICE = 0.72
_SHARE_BORN_ON_JULY_1 = 0.02  # people without papers were registered with a default date
_RELIGIONS = {
    "banjar": ("ISLAM", 1),
    "javanese": ("ISLAM", 1),
    "muslim_modern": ("ISLAM", 1),
    "dayak_christian": ("KRISTEN", 2),
    "dayak_kaharingan": ("HINDU", 4),
}
_SCHOOLING = (
    ("TIDAK/BELUM SEKOLAH", 1),
    ("TAMAT SD/SEDERAJAT", 3),
    ("SLTP/SEDERAJAT", 4),
    ("SLTA/SEDERAJAT", 5),
)


def populate(place: Place, people: int, others: int, seed: int, on: dt.date) -> pl.DataFrame:
    """Return persons, one a row, in the order of their villages; ages are counted on the date ``on``.

    ``people`` of them are ``listed`` on rosters; up to ``others`` more are not: the insurer knows them.

    Columns: ``entity`` (person number from 1), ``household``, ``village`` (position in ``place.villages``),
    ``category``, ``title`` (of the office), ``income`` (rupiah a month or null), ``relation`` (head, spouse, child,
    twin), ``sex``, ``birth_date``, ``culture``, ``name``, ``mother``, ``birth_place``, ``occupation``, ``transport``,
    ``religion``, ``schooling``, ``rt``, ``rw``, ``decile``, ``disability``, ``nik``, ``kk``, ``phone``.
    """
    draws = Draws(seed, 1)
    holders = _office_holders(place, people, draws)
    workers = _workers(place, people + others - holders.height, draws)
    persons = pl.concat([holders, workers], how="diagonal")
    persons = persons.sort("village", "household", maintain_order=True)
    persons = persons.with_columns(
        entity=pl.int_range(1, pl.len() + 1, dtype=pl.Int64),
        household=(pl.col("household") != pl.col("household").shift(1))
        .fill_null(True)
        .cum_sum()
        .cast(pl.Int64),
    )
    persons = persons.with_columns(birth_date=_birth_dates(persons, on, draws))
    persons = _culture(persons, place, draws)
    persons = _work(persons, draws)
    persons = _address(persons, draws)
    return persons.with_columns(
        listed=_listed(persons, people, draws),
        nik=nik_numbers(persons, place, draws),
        kk=kk_numbers(persons, place, draws),
        phone=phone_numbers(persons, draws),
    )


def with_birth_dates(persons: pl.DataFrame, dates: pl.Series, place: Place, seed: int) -> pl.DataFrame:
    """Return ``persons`` born on other ``dates``, with the NIKs that follow."""
    moved = persons.with_columns(birth_date=dates)
    return moved.with_columns(nik=nik_numbers(moved, place, Draws(seed, 2)))


def days_before(on: dt.date, days: Ints) -> pl.Series:
    """Return the dates that lie ``days`` before ``on``."""
    base = np.datetime64(on, "D")
    return pl.Series((base - days.astype("timedelta64[D]")).astype("datetime64[D]"), dtype=pl.Date)


def _office_holders(place: Place, people: int, draws: Draws) -> pl.DataFrame:
    slots = office_slots(place, people)
    low, high = slots["pay_low"].to_numpy(), slots["pay_high"].to_numpy()
    steps = (high - low) // 50_000
    pay = low + np.floor(draws.rng.random(slots.height) * (steps + 1)).astype(np.int64) * 50_000
    men = np.where((slots["category"] == "kepala_desa").to_numpy(), 0.93, _MEN_IN_OFFICE)
    return slots.select("village", "category", "title").with_columns(
        income=pl.Series(pay, dtype=pl.Int64),
        household=pl.int_range(pl.len(), dtype=pl.Int64) - pl.len().cast(pl.Int64),
        relation=pl.lit("head"),
        sex=pl.Series(np.where(draws.rng.random(slots.height) < men, "L", "P"), dtype=pl.String),
        age=pl.Series(_ages(slots.height, draws)),
    )


def _workers(place: Place, count: int, draws: Draws) -> pl.DataFrame:
    weights = np.exp(draws.rng.normal(0.0, 0.35, len(place.villages)))
    sizes = draws.pick(_HOUSEHOLD_SIZES, count, _HOUSEHOLD_WEIGHTS)
    household = np.repeat(np.arange(count), sizes)[:count]
    first = np.r_[True, household[1:] != household[:-1]] if count else np.empty(0, dtype=bool)
    homes = int(household[-1]) + 1 if count else 0
    village = np.sort(draws.index(len(place.villages), homes, list(weights)))[household]
    relation = np.where(first, "head", draws.pick(_RELATIONS, count, _RELATION_WEIGHTS))
    ages = _ages(count, draws)
    head_at = np.maximum.accumulate(np.where(first, np.arange(count), 0)) if count else np.empty(0, dtype=int)
    head_age = ages[head_at]
    relation = np.where((relation == "child") & (head_age < 38), "spouse", relation)
    ages = np.where(
        relation == "spouse", np.clip(head_age - draws.rng.normal(2.5, 4.0, count), 18.1, 64.9), ages
    )
    ages = np.where(relation == "child", 18.1 + (head_age - 36.0).clip(0) * draws.rng.random(count), ages)
    ages = np.where(relation == "twin", head_age, ages)
    head_man = draws.chance(_MEN_AMONG_HEADS, count)[head_at]
    man = np.where(
        relation == "spouse", ~head_man, np.where(relation == "child", draws.chance(0.6, count), head_man)
    )
    return pl.DataFrame(
        {
            "village": pl.Series(village, dtype=pl.Int64),
            "category": pl.repeat("rentan", count, eager=True),
            "household": pl.Series(household, dtype=pl.Int64),
            "relation": pl.Series(relation, dtype=pl.String),
            "sex": pl.Series(np.where(man, "L", "P"), dtype=pl.String),
            "age": pl.Series(ages, dtype=pl.Float64),
        }
    )


def _ages(count: int, draws: Draws) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    ages = draws.rng.normal(_AGE_MEAN, _AGE_SPREAD, count)
    for _ in range(8):
        outside = (ages < _AGE_LOW) | (ages > _AGE_HIGH)
        ages[outside] = draws.rng.normal(_AGE_MEAN, _AGE_SPREAD, int(outside.sum()))
    return np.clip(ages, _AGE_LOW, _AGE_HIGH)


def _birth_dates(persons: pl.DataFrame, on: dt.date, draws: Draws) -> pl.Series:
    dates = days_before(on, np.floor(persons["age"].to_numpy() * DAYS_A_YEAR).astype(np.int64))
    july = pl.Series(draws.chance(_SHARE_BORN_ON_JULY_1, persons.height))
    twin = persons["relation"].is_in(["twin"])
    # A twin's household keeps its date; nobody leaves 18 to 64 by the default date.
    keep = twin | twin.shift(-1).fill_null(False) | ~persons["age"].is_between(19.5, 63.5)
    default = pl.date(pl.col("date").dt.year(), 7, 1)
    table = pl.DataFrame({"date": dates, "july": july & ~keep})
    return table.select(pl.when("july").then(default).otherwise("date")).to_series()


def _culture(persons: pl.DataFrame, place: Place, draws: Draws) -> pl.DataFrame:
    weights = culture_weights(place.regency.code)
    homes = int(persons["household"].max() or 0)  # type: ignore[arg-type]
    culture = draws.pick(list(weights), homes, list(weights.values()))[persons["household"].to_numpy() - 1]
    table = persons.drop("age").with_columns(culture=pl.Series(culture, dtype=pl.String))
    religion = {name: word for name, (word, _) in _RELIGIONS.items()}
    return table.with_columns(
        name=full_names(table, draws),
        mother=mothers(table, draws),
        religion=pl.col("culture").replace_strict(religion),
        birth_place=pl.Series(draws.pick(birth_places(place.regency.code), table.height), dtype=pl.String),
    )


def _work(persons: pl.DataFrame, draws: Draws) -> pl.DataFrame:
    kinds = occupations()
    count = persons.height
    at = draws.index(len(kinds), count, [kind.weight for kind in kinds])
    way = draws.whole(0, 11, count)
    written = np.array([[kind.written[turn % len(kind.written)] for turn in range(12)] for kind in kinds])[
        at, way
    ]
    worker = pl.col("category") == "rentan"
    share, amounts, weights = incomes()
    declared = pl.Series(draws.chance(share, count))
    amount = pl.Series(draws.pick(amounts, count, weights), dtype=pl.Int64)
    schooling = draws.pick([name for name, _ in _SCHOOLING], count, (1, 4, 3, 3))
    return persons.with_columns(
        occupation=pl.when(worker).then(pl.Series(np.array([kind.code for kind in kinds])[at])),
        transport=worker & pl.Series(np.array([kind.transport for kind in kinds])[at]),
        job=pl.when(worker).then(pl.Series(written)).otherwise("title"),
        registry_job=pl.when(worker)
        .then(pl.Series(np.array([kind.registry for kind in kinds])[at]))
        .otherwise(pl.lit("PERANGKAT DESA")),
        registry_code=pl.when(worker)
        .then(pl.Series(np.array([kind.registry_code for kind in kinds])[at]))
        .otherwise(pl.lit(85)),
        income=pl.when(worker).then(pl.when(declared).then(amount)).otherwise("income"),
        schooling=pl.Series(schooling, dtype=pl.String),
    )


def _listed(persons: pl.DataFrame, people: int, draws: Draws) -> pl.Series:
    """Return who stands on rosters: all but as many workers who share no household as are too many."""
    alone = persons.select((pl.col("category") == "rentan") & (pl.len().over("household") == 1)).to_series()
    off = draws.shuffled(alone.arg_true().to_numpy().astype(np.int64))[: max(persons.height - people, 0)]
    listed = np.ones(persons.height, dtype=bool)
    listed[off] = False
    return pl.Series(listed)


def _address(persons: pl.DataFrame, draws: Draws) -> pl.DataFrame:
    homes = int(persons["household"].max() or 0)  # type: ignore[arg-type]
    home = persons["household"].to_numpy() - 1
    decile = draws.pick((1, 2, 3, 4, 5, 6), homes, (22, 24, 22, 18, 10, 4))[home]
    number = pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over("village", "category")
    is_rt, is_rw = pl.col("category") == "ketua_rt", pl.col("category") == "ketua_rw"
    return persons.with_columns(
        rt=pl.when(is_rt).then(number).otherwise(pl.Series(draws.whole(1, 6, homes)[home], dtype=pl.Int64)),
        rw=pl.when(is_rw).then(number).otherwise(pl.Series(draws.whole(1, 2, homes)[home], dtype=pl.Int64)),
        decile=pl.Series(decile, dtype=pl.Int64),
        disability=pl.Series(draws.chance(0.015, persons.height)),
    )
