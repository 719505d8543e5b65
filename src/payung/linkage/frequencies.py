"""How common a name or a birth date is here: agreement on a rare one says more than on a common one.

Counted in the lists themselves, never taken from a word list; with a floor, so that in a short list the second
row of one and the same person does not make his own name look common.
"""

from __future__ import annotations

import polars as pl

# A day of the year, over some 45 years of working age; and a default day, over the same years.
DAY = 1 / 15_000
DEFAULT_DAY = 1 / 600
# No village is smaller than this among the people of a district, however few of them a list names.
VILLAGE = 1 / 500
# Rows that one person may well have in lists laid together.
OWN_ROWS = 3
# Words of a name go together (family, tongue, sex): more often than by chance.
TOGETHER = 4.0
RAREST_NAME = 1e-7
# Words like Muhammad and Siti, that tell nobody apart; the rest of a name is its core.
COMMON_WORD = 1 / 50
# A word's code is its rarity in bits times BIT, plus a number below WORDS that stands for the word: the sum of the
# codes of a few words, divided by BIT, is the sum of their bits.
BIT = 1_000_000_000
WORDS = 100_000_000


def _bits() -> pl.Expr:
    """Return the rarity of a word: a word of one name in 1,024 has 10 bits."""
    return (-pl.col("share").log(2)).round().cast(pl.Int64).clip(1, 20)


def with_frequencies(frame: pl.DataFrame) -> pl.DataFrame:
    """Add ``codes`` and ``core`` of the words, ``tf_sound``, ``tf_birth`` and ``tf_village_key``: the share of
    other people who have this name, this date of birth, this village."""
    total = max(frame.height, 1)
    word_share = (
        frame.lazy()
        .select("sounds")
        .explode("sounds")
        .drop_nulls()
        .group_by("sounds")
        .agg((pl.len() / max(total, 1000)).alias("share"))
    )
    composed = (
        frame.lazy()
        .select("sound", "sounds")
        .drop_nulls()
        .unique("sound")
        .explode("sounds")
        .join(word_share, on="sounds")
        .group_by("sound")
        .agg(
            pl.col("share").sort().product().alias("product"),
            pl.len().alias("n"),
            (_bits() * BIT + pl.col("sounds").hash(0).mod(WORDS).cast(pl.Int64)).sort().alias("codes"),
        )
        .with_columns(pl.col("codes").list.sum().alias("code_sum"))
        .with_columns(pl.col("product") * TOGETHER ** (pl.col("n") - 1).cast(pl.Float64))
        .select("sound", "product", "codes", "code_sum")
    )
    common = sorted(word_share.filter(pl.col("share") >= COMMON_WORD).collect()["sounds"].to_list())
    core = pl.col("heard").list.eval(pl.element().filter(~pl.element().is_in(common))).list.join("")
    seen = (pl.len().over("sound").cast(pl.Int64) - OWN_ROWS).clip(0) / total
    born = (pl.len().over("birth").cast(pl.Int64) - OWN_ROWS).clip(0) / total
    usual = pl.when(pl.col("birth_default")).then(DEFAULT_DAY).otherwise(DAY)
    return (
        frame.lazy()
        .join(composed, on="sound", how="left", maintain_order="left")
        .with_columns(
            pl.when(pl.col("sound").is_not_null())
            .then(pl.max_horizontal(seen, pl.col("product").clip(RAREST_NAME, 0.1)))
            .alias("tf_sound"),
            pl.when(core != "").then(core).otherwise(pl.col("joined")).alias("core"),
            pl.when(pl.col("village_key").is_not_null())
            .then((pl.len().over("village_key") / total).clip(VILLAGE, 1.0))
            .alias("tf_village_key"),
            pl.when(pl.col("birth").is_not_null()).then(pl.max_horizontal(born, usual)).alias("tf_birth"),
        )
        .drop("product", "heard")
        .sort("rid")
        .collect()
    )
