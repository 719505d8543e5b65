"""Linking a list with part of a larger one: those of a register whom its database says are worth comparing.

How much agreement says follows from the whole: a name that is rare among those looked up may be common in the
register, and the other way round. So the whole is described by counts, which a database has without reading it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from payung.linkage import blocking, features, frequencies, model, places
from payung.linkage.engines import Engine
from payung.linkage.link import Linkage, resolve
from payung.people import names


@dataclass(frozen=True, slots=True)
class Whole:
    """The list that a part was looked up in.

    Fields
        people: how many it holds.
        words, births, villages: how many of them have a word in their name, were born on a date, live in a place;
            only those that stand in the lists compared are needed.
    """

    people: int
    words: Mapping[str, int]
    births: Mapping[dt.date, int]
    villages: Mapping[str, int]

    def counts(self, frame: pl.DataFrame) -> frequencies.Counts:
        """Return the counts that features are weighed by; whole names as they stand in ``frame``.

        The regions of NIKs, which no database can count, are taken to be as common in the whole as in ``frame``.
        """
        seen = frequencies.Counts.count(frame)
        larger = max(1, self.people // max(1, frame.height))
        heard = names.sounds_of(list(self.words)).with_columns(
            pl.Series("rows", list(self.words.values()), dtype=pl.Int64)
        )
        births = [date.year * 10000 + date.month * 100 + date.day for date in self.births]
        keys = [places.key(place) for place in self.villages]
        told = {
            "sounds": _summed("sounds", heard["sound"].to_list(), heard["rows"].to_list(), pl.String),
            "birth": _summed("birth", births, list(self.births.values()), frame.schema["birth"]),
            "region": seen.of["region"].with_columns(pl.col("rows") * larger),
            "village_key": _summed("village_key", keys, list(self.villages.values()), pl.String),
        }
        return frequencies.Counts(max(self.people, frame.height), {**seen.of, **told})


def link_part(
    listings: pl.DataFrame,
    part: pl.DataFrame,
    *,
    whole: Whole,
    as_of: dt.date,
    engine: Engine | str = "duckdb",
) -> Linkage:
    """Return which ``listings`` are one person, among themselves and with the known people of ``part``.

    As :func:`payung.linkage.link.link`, but known people are not linked to one another unless a listing brings
    them together. Both frames have the columns of ``payung.people.listing.SCHEMA``.
    """
    bare = features.build(listings, part, as_of=as_of)
    frame = whole.counts(bare).apply(bare)
    pairs = blocking.pairs(frame).filter(pl.col("rid_l") < listings.height)
    prior = model.prior(listings.height, max(whole.people, part.height))
    return resolve(frame, pairs, prior=prior, engine=engine)


def _summed(
    name: str, values: list[str] | list[int], rows: list[int], kind: pl.DataType | type[pl.DataType]
) -> pl.DataFrame:
    told = pl.DataFrame({name: values, "rows": rows}, schema={name: kind, "rows": pl.Int64})
    return told.group_by(name).agg(pl.col("rows").sum()).sort(name)
