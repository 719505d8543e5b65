"""What the law says that planning needs: ages, who may be paid by whom, segments, and what a price rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from payung.errors import InputError
from payung.law import Book, Law, load
from payung.law.facts import FACTS
from payung.law.parameter import Bands, band
from payung.planning.eligibility import Circumstances
from payung.text import Text

WORKER = "rentan"  # a list of workers that names no office is a list of vulnerable workers
LOWEST_RISK = 1  # government offices and sponsored workers are in risk class I


def circumstances_of(
    first_day: dt.date,
    months: Sequence[str],
    source: str,
    max_decile: int | None,
    *,
    book: Book | None = None,
) -> Circumstances:
    """Return what the rules of eligibility may ask, by the law of the period.

    ``months`` are those that ``source`` is to pay. A category that the source may not pay for in one of them is
    banned. Raises ``InputError`` for an unknown source, or a first month before the law begins.
    """
    FACTS["source"].check(source)
    law_book = book or load()
    law = _law_of(first_day, law_book)
    laws = [law_book.on(dt.date.fromisoformat(f"{month}-01")) for month in months]
    banned = {category for one in laws for category in _entry(one.source_bans, source)}
    return Circumstances(
        first_day=first_day,
        minimum_age=law.enrolment_age_from,
        age_limit=law.enrolment_age_below,
        banned_categories=frozenset(banned),
        kelurahan_excluded=any(source in _entry(one.village_money, "kelurahan") for one in laws),
        max_decile=max_decile,
    )


def _law_of(day: dt.date, book: Book) -> Law:
    """Return the law on ``day``; raise ``InputError`` where it is before the law that is kept here."""
    law = book.on(day)
    if law.enrolment_age_from is None:
        begins = min(value.since for value in book.find("enrolment_age_from").values)
        raise InputError(
            Text(
                f"Bulan {day:%Y-%m} sebelum hukum yang ada di sini; mulai dari {begins:%Y-%m}.",
                f"The month {day:%Y-%m} is before the law that is kept here; it begins in {begins:%Y-%m}.",
            )
        )
    return law


def office_categories(month: str, *, book: Book | None = None) -> list[str]:
    """Return the categories that hold an office, so that no welfare test applies to them, sorted."""
    law = _law_of(dt.date.fromisoformat(f"{month}-01"), book or load())
    segments: dict[str, str] = law.default_segment
    return sorted(name for name in segments if not name.startswith(WORKER) and name != "mandiri")


def with_price_basis(
    persons: pl.DataFrame, month: str, pay: Mapping[str, int] | None = None, *, book: Book | None = None
) -> pl.DataFrame:
    """Return ``persons`` with ``segment_used``, ``price_basis`` (rupiah a month, or null), ``sector``, ``risk``.

    ``pay`` is the district's own pay table by category, for lists that do not state the wage. See
    docs/decisions/0008-price-basis.md. ``price_basis`` is null where the law needs a wage that nobody stated.
    ``basis`` is what the contribution is reckoned on: the wage, or the basis of the income band.
    """
    law = _law_of(dt.date.fromisoformat(f"{month}-01"), book or load())
    segment = pl.coalesce(
        "segment",
        pl.col("category")
        .fill_null(WORKER)
        .replace_strict(law.default_segment, default="bpu", return_dtype=pl.String),
    )
    priced = persons.with_columns(segment.alias("segment_used")).with_columns(
        pl.when(pl.col("income") > 0)
        .then(pl.col("income"))
        .when(pl.col("segment_used") == "bpu")
        .then(pl.lit(law.bpu_default_income, dtype=pl.Int64))
        .otherwise(pl.coalesce(_from_table("category", pay or {}), _minimum_pay(law)))
        .alias("price_basis"),
        pl.when(pl.col("transport").fill_null(False) & (pl.col("segment_used") == "bpu"))
        .then(pl.lit("transport"))
        .otherwise(pl.lit("other"))
        .alias("sector"),
        pl.lit(LOWEST_RISK, dtype=pl.Int64).alias("risk"),
    )
    return _with_basis(priced, law)


def _with_basis(persons: pl.DataFrame, law: Law) -> pl.DataFrame:
    """Add ``basis``: of a BPU that of the income band (PP 44/2015 Lampiran II), else the wage."""
    bands: Bands = law.bpu_basis
    amounts = persons["price_basis"].drop_nulls().unique().sort().to_list()
    of_band = _from_table("price_basis", {amount: band(bands, amount) for amount in amounts})
    own_risk = pl.col("segment_used") == "bpu"
    return persons.with_columns(pl.when(own_risk).then(of_band).otherwise("price_basis").alias("basis"))


def _from_table(column: str, table: Mapping[Any, int]) -> pl.Expr:
    return pl.col(column).replace_strict(table, default=None, return_dtype=pl.Int64)


def _minimum_pay(law: Law) -> pl.Expr:
    """Return the statutory minimum pay of an office (rupiah a month); null where there is none."""
    minimum: dict[str, int] = law.minimum_siltap or {}
    secretary = pl.col("job").str.to_lowercase().str.contains(r"sekretaris desa|sekdes").fill_null(False)
    key = (
        pl.when((pl.col("category") == "perangkat_desa") & secretary)
        .then(pl.lit("sekretaris_desa"))
        .otherwise(pl.col("category"))
    )
    return key.replace_strict(minimum, default=None, return_dtype=pl.Int64)


def _entry(table: dict[str, tuple[str, ...]] | None, key: str) -> tuple[str, ...]:
    return (table or {}).get(key, ())
