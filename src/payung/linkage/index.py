"""A known list made ready once, so that a new roster is linked to it in a moment.

The index holds the features of the known list, what was counted in it, and its blocking keys in order; a roster
brings its own keys, looks them up, and only the rows that share one are compared.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from payung.errors import InputError
from payung.linkage import blocking, features, frequencies, lessons, model, places
from payung.linkage.decisions import Decisions, fingerprints
from payung.linkage.engines import Engine, engine_named
from payung.linkage.link import Linkage, resolve
from payung.text import Text

# Counted up where the columns of a stored index change.
FORM = "4"


@dataclass(frozen=True, slots=True)
class Index:
    """Known people, ready to be asked about.

    Fields
        as_of: the date that NIKs were read on.
        records: their features and ``fingerprint``, by ``rid``.
        counts: what was counted in them; villages: the usual spellings.
        keys: one frame for each blocking key, ``key, rid`` in order of key.
        learnt: what their own sound numbers taught.
    """

    as_of: dt.date
    records: pl.DataFrame
    counts: frequencies.Counts
    villages: pl.DataFrame
    keys: list[pl.DataFrame]
    learnt: lessons.Learnt = lessons.NOTHING

    @classmethod
    def build(cls, known: pl.DataFrame, *, as_of: dt.date) -> Index:
        """Return the index of the listings ``known``; ``as_of`` is the date that NIKs are read on."""
        bare = features.build(known.clear(), known, as_of=as_of)
        counts = frequencies.Counts.count(bare)
        marks = known.select("record", fingerprints(known))
        records = counts.apply(bare).join(marks, on="record", maintain_order="left")
        keys = [keyed.sort("key", "rid") for keyed in blocking.hashed(records)]
        prior = model.prior(0, records.height)
        learnt = lessons.of_list(records, engine_named("duckdb"), prior=prior)
        return cls(as_of, records, counts, places.counted(bare), keys, learnt)

    def link(
        self, listings: pl.DataFrame, *, decisions: Decisions | None = None, engine: Engine | str = "duckdb"
    ) -> Linkage:
        """Return which ``listings`` are one person among themselves and with known people.

        As :func:`payung.linkage.link.link`, but ``persons`` has only the known records that share a person or a
        doubt with the listings, and known records are not linked to one another unless a listing brings them together.
        """
        bare = features.build(listings, None, as_of=self.as_of, villages=self.villages)
        new = self.counts.apply(bare).join(
            listings.select("record", fingerprints(listings)), on="record", maintain_order="left"
        )
        found = self._candidates(new)
        near = self.records.filter(pl.col("rid").is_in(found.implode()))
        frame = pl.concat([new, near.select(new.columns)]).sort("side", "record")
        frame = frame.with_columns(pl.int_range(pl.len(), dtype=pl.Int32).alias("rid"))
        newest = frame.filter(pl.col("side") == features.NEW).height
        pairs = blocking.pairs(frame).filter(pl.col("rid_l") < newest)
        prior = model.prior(listings.height, self.records.height)
        return resolve(frame, pairs, prior=prior, learnt=self.learnt, decisions=decisions, engine=engine)

    def _candidates(self, new: pl.DataFrame) -> pl.Series:
        """Return the rids of known records that share a key with a new one, where the key is no crowd."""
        found: list[pl.Series] = []
        for mine, theirs in zip(blocking.hashed(new), self.keys, strict=True):
            wanted = mine["key"].unique().sort()
            first = theirs["key"].search_sorted(wanted, side="left")
            last = theirs["key"].search_sorted(wanted, side="right")
            spans = pl.DataFrame({"first": first, "n": last - first}).filter(
                pl.col("n").is_between(1, blocking.CROWD)
            )
            places_of = (
                spans.select(pl.int_ranges("first", pl.col("first") + pl.col("n"))).to_series().explode()
            )
            found.append(theirs["rid"].gather(places_of.drop_nulls()))
        return pl.concat(found).unique().sort()

    def save(self, folder: Path) -> None:
        """Write the index into the new folder ``folder``."""
        folder.mkdir(parents=True)
        self.records.write_parquet(folder / "records.parquet")
        self.villages.write_parquet(folder / "villages.parquet")
        for name, frame in self.counts.of.items():
            frame.write_parquet(folder / f"count-{name}.parquet")
        numbered = [
            keyed.with_columns(pl.lit(n, dtype=pl.Int8).alias("kind")) for n, keyed in enumerate(self.keys)
        ]
        pl.concat(numbered).write_parquet(folder / "keys.parquet")
        (folder / "learnt.json").write_text(self.learnt.kept() + "\n", encoding="utf-8")
        (folder / "index.txt").write_text(
            f"{self.as_of.isoformat()}\n{pl.__version__}\n{FORM}\n", encoding="utf-8"
        )

    @classmethod
    def load(cls, folder: Path) -> Index:
        """Return the index in ``folder``. Raises :class:`InputError` where there is none for this version."""
        mark = folder / "index.txt"
        said = mark.read_text(encoding="utf-8").split() if mark.exists() else []
        if said[1:] != [pl.__version__, FORM]:
            raise InputError(
                Text(
                    f"{folder} tidak berisi indeks untuk versi ini. Buat lagi dari daftar peserta.",
                    f"{folder} holds no index for this version. Build it again from the known list.",
                )
            )
        everything = pl.read_parquet(folder / "keys.parquet")
        keys = [everything.filter(pl.col("kind") == kind).drop("kind") for kind in range(blocking.KINDS)]
        records = pl.read_parquet(folder / "records.parquet")
        of = {name: pl.read_parquet(folder / f"count-{name}.parquet") for name in frequencies.COUNTED}
        return cls(
            dt.date.fromisoformat(said[0]),
            records,
            frequencies.Counts(records.height, of),
            pl.read_parquet(folder / "villages.parquet"),
            keys,
            lessons.read((folder / "learnt.json").read_text(encoding="utf-8")),
        )
