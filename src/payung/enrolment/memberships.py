"""What the insurer's list says of a membership: whether it still covers, has ended, or the person is dead.

A membership that was ended, refused, or whose last day lies before the period covers nobody: the person can be
enrolled again (the clocks start anew). One that ends within the period covers until then: the person is planned for
from the month after. Whom the insurer has as dead is dead on our lists too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import polars as pl

from payung.law.covered import ENDED_STATUSES


def covers(first_day: dt.date) -> pl.Expr:
    """Return whether a row of the insurer's list covers the person on ``first_day``; without a status it does.

    :func:`payung.law.covered.covers_on` for a whole table at once; a test holds the two equal.
    """
    ended = pl.col("member_status").is_in(ENDED_STATUSES).fill_null(False)
    over = (pl.col("member_until") < first_day).fill_null(False)
    return ~(ended | over)


def with_start(persons: pl.DataFrame, months: Sequence[str]) -> pl.DataFrame:
    """Return ``persons`` with ``start_month`` ("YYYY-MM"), the first of ``months`` that is to be paid, and
    ``starts_later``: whether that is after the end of a membership (``insured_until``) within them.

    Somebody whose membership lasts to the end of ``months``, or ends nobody knows when, has no later start.
    ``start_text`` is the month as papers write it, MM-YYYY.
    """
    until = pl.col("insured_until")
    after = until.dt.month_start().dt.offset_by("1mo").dt.strftime("%Y-%m")
    later = (until.is_not_null() & (after <= months[-1])).fill_null(False)
    started = persons.with_columns(
        later.alias("starts_later"),
        pl.when(later).then(after).otherwise(pl.lit(months[0])).alias("start_month"),
    )
    month = pl.col("start_month")
    return started.with_columns(
        (month.str.slice(5) + pl.lit("-") + month.str.slice(0, 4)).alias("start_text")
    )


def mark_dead(persons: pl.DataFrame, insured: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """Return ``persons`` with ``life_status`` "meninggal" where the insurer's list has the person as dead."""
    dead = insured.filter(pl.col("member_status") == "dead").select("record")
    known = links.join(dead, on="record", how="semi")["person"].unique()
    return persons.with_columns(
        pl.when(pl.col("person").is_in(known.implode()))
        .then(pl.lit("meninggal"))
        .otherwise("life_status")
        .alias("life_status")
    )


def without_ended(pairs: pl.DataFrame, insured: pl.DataFrame, first_day: dt.date) -> pl.DataFrame:
    """Return ``pairs`` (left, right) without the doubts about memberships that have ended: they would change nothing.

    A doubt about somebody who is dead stays: it would.
    """
    ended = insured.filter(~covers(first_day) & pl.col("member_status").ne_missing("dead"))[
        "record"
    ].implode()
    return pairs.filter(~pl.col("left").is_in(ended) & ~pl.col("right").is_in(ended))
