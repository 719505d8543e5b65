"""Linking, from two lists to pairs and persons."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import polars as pl

from payung.linkage import blocking, clusters, duck, explain, features, frequencies, model

PAIRS = {
    "left": pl.String,
    "right": pl.String,
    "probability": pl.Float64,
    "decision": pl.String,
    "why": pl.String,
}
PERSONS = {"record": pl.String, "person": pl.Int64}

# Weights (log2 of the odds) from which a pair is the same person, and from which somebody should look.
SAME = 2.0
REVIEW = -4.0


@dataclass(frozen=True, slots=True)
class Linkage:
    """Who is who.

    Fields
        pairs: ``left, right`` (record ids), ``probability``, ``decision`` ("same" or "review"), ``why``
            (Indonesian); pairs not listed are different people. All pairs of a person's records are listed.
        persons: ``record, person``: every record of both lists with its person number, from 1.
    """

    pairs: pl.DataFrame
    persons: pl.DataFrame


def link(
    listings: pl.DataFrame, known: pl.DataFrame | None = None, *, as_of: dt.date, decisions: None = None
) -> Linkage:
    """Return which listings are one person, within ``listings``, within ``known`` and between them.

    Both frames have the columns of ``payung.people.listing.SCHEMA`` and record ids that are unique over both.
    ``as_of`` is the date that two-digit years inside a NIK are read on.
    """
    frame = frequencies.with_frequencies(features.build(listings, known, as_of=as_of))
    prior = model.prior(listings.height, 0 if known is None else known.height)
    scored = duck.score(frame.drop("record"), blocking.pairs(frame), prior=prior, at_least=REVIEW)
    is_same = pl.col("match_weight") >= SAME
    numbers = frame.select("record", clusters.persons(frame.height, scored.filter(is_same)))
    ids = frame["record"]
    pairs = scored.select(
        ids.gather(scored["rid_l"]).alias("left"),
        ids.gather(scored["rid_r"]).alias("right"),
        pl.col("match_probability").round(6).alias("probability"),
        pl.when(is_same).then(pl.lit("same")).otherwise(pl.lit("review")).alias("decision"),
        explain.why().alias("why"),
    )
    return Linkage(pairs.sort("left", "right"), numbers.sort("record"))
