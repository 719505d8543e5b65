"""How common a name or a birth date is here: agreement on a rare one says more than on a common one.

Counted in the lists themselves, never taken from a word list; with a floor, so that in a short list the second
row of one and the same person does not make his own name look common.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

# A day of the year, over some 45 years of working age; and a default day, over the same years.
DAY = 1 / 15_000
DEFAULT_DAY = 1 / 600
# No village is smaller than this among the people of a district, however few of them a list names.
VILLAGE = 1 / 500
# However long the list, some fathers and sons share a name and some twins a birthday: so many for each row.
NAMESAKES = 0.005
TWINS = 0.02
# Rows that one person may well have in lists laid together.
OWN_ROWS = 3
# Words of a name go together (family, tongue, sex): more often than by chance.
TOGETHER = 4.0
RAREST_NAME = 1e-7
# A name so frequent may be two people's of one birthday; in short lists every name may.
COMMON_NAME = 5e-5
# A region code on fewer rows than this is perhaps no code at all, but a slip of the finger.
ODD_REGION = 3
# So long must lists be for that to be certain; elsewhere only a number that no province has is.
LONG = 2_000
PROVINCES = [
    str(code)
    for first, last in ((11, 19), (21, 21), (31, 36), (51, 53), (61, 65), (71, 76), (81, 82), (91, 97))
    for code in range(first, last + 1)
]
# What is counted whole, besides the words of names and the regions of NIKs.
SHARES = ("sound", "birth", "village_key")
COUNTED = ("sounds", *SHARES, "region")
# A word's code is its rarity in bits times BIT, plus a number below WORDS that stands for the word: the sum of the
# codes of a few words, divided by BIT, is the sum of their bits.
BIT = 1_000_000_000
WORDS = 100_000_000


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted in some lists: on how many of ``total`` rows a word, a whole name, a date … stands.

    ``of`` has one frame for each thing counted, with its own column and ``rows``.
    """

    total: int
    of: dict[str, pl.DataFrame]

    @classmethod
    def count(cls, frame: pl.DataFrame) -> Counts:
        """Return what stands in the features ``frame``."""
        words = frame.select("sounds").explode("sounds")
        return cls(
            frame.height,
            {"sounds": _rows(words, "sounds")} | {name: _rows(frame, name) for name in (*SHARES, "region")},
        )

    def apply(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return ``frame`` with what the counts say of each row.

        Adds ``codes`` and ``code_sum`` of the words, ``region_odd`` and ``region_slip`` (certainly no code), and
        ``tf_sound``, ``tf_birth`` and ``tf_village_key``: the share of other people who have this name, this date of
        birth, this village; ``name_common`` where the name is frequent.
        """
        beside = frame.select("sound", "birth", "birth_default", "village_key", "region")
        beside = beside.join(self._composed(frame), on="sound", how="left", maintain_order="left")
        for name in (*SHARES, "region"):
            rows = self.of[name].rename({"rows": f"rows_{name}"})
            beside = beside.join(rows, on=name, how="left", maintain_order="left")
        usual = pl.when(pl.col("birth_default")).then(DEFAULT_DAY).otherwise(DAY)
        least_name, least_date = self._least(RAREST_NAME, NAMESAKES), self._least(0.0, TWINS)
        said = beside.select(
            "codes",
            "code_sum",
            pl.when(pl.col("sound").is_not_null())
            .then(pl.max_horizontal(self._others("sound"), pl.col("product").clip(least_name, 0.1)))
            .alias("tf_sound"),
            pl.when(pl.col("village_key").is_not_null())
            .then((pl.col("rows_village_key").fill_null(0) / self.total).clip(VILLAGE, 1.0))
            .alias("tf_village_key"),
            pl.when(pl.col("birth").is_not_null())
            .then(pl.max_horizontal(self._others("birth"), usual.clip(least_date)))
            .alias("tf_birth"),
            (pl.col("rows_region").fill_null(0) < ODD_REGION).alias("region_odd"),
            (
                ~pl.col("region").str.slice(0, 2).is_in(PROVINCES)
                | (pl.lit(self.total >= LONG) & (pl.col("rows_region").fill_null(0) < ODD_REGION))
            ).alias("region_slip"),
        )
        return frame.hstack(said.with_columns((pl.col("tf_sound") >= COMMON_NAME).alias("name_common")))

    def _least(self, floor: float, each_row: float) -> float:
        return min(max(floor, each_row / max(self.total, 50)), 0.1)

    def _others(self, name: str) -> pl.Expr:
        return (pl.col(f"rows_{name}").fill_null(0) - OWN_ROWS).clip(0) / self.total

    def _shares(self) -> pl.DataFrame:
        return self.of["sounds"].select("sounds", (pl.col("rows") / max(self.total, 1000)).alias("share"))

    def _composed(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return for each distinct name the product of its words' shares, and the codes of its words."""
        bits = (-pl.col("share").log(2)).round().cast(pl.Int64).clip(1, 20)
        code = bits * BIT + pl.col("sounds").hash(0).mod(WORDS).cast(pl.Int64)
        return (
            frame.lazy()
            .select("sound", "sounds")
            .drop_nulls()
            .unique("sound")
            .explode("sounds")
            .join(self._shares().lazy(), on="sounds", how="left")
            .with_columns(pl.col("share").fill_null(1 / max(self.total, 1000)))
            .group_by("sound")
            .agg(
                pl.col("share").sort().product().alias("product"),
                pl.len().alias("n"),
                code.sort().alias("codes"),
            )
            .with_columns(
                pl.col("codes").list.sum().alias("code_sum"),
                pl.col("product") * TOGETHER ** (pl.col("n") - 1).cast(pl.Float64),
            )
            .drop("n")
            .collect()
        )


def with_frequencies(frame: pl.DataFrame) -> pl.DataFrame:
    """Return ``frame`` with what its own rows say of how common its values are; see :meth:`Counts.apply`."""
    return Counts.count(frame).apply(frame)


def _rows(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    """Return how many rows each value of a column has: the column and ``rows``."""
    return (
        frame.select(name).drop_nulls().group_by(name).agg(pl.len().cast(pl.Int64).alias("rows")).sort(name)
    )
