"""Names of places as lists shorten them: "Tbg. Rahuyan" is Tumbang Rahuyan, "Sei" is Sungai."""

from __future__ import annotations

import duckdb
import polars as pl

from payung.people.names import sound

# Short forms that stand before a name in letters and on maps all over the country.
SHORT_FORMS = {
    **dict.fromkeys(("sei", "si", "sungei", "sg", "s"), "sungai"),
    **dict.fromkeys(("tb", "tbg", "tbng"), "tumbang"),
    **dict.fromkeys(("tj", "tg", "tjg", "tanjong"), "tanjung"),
    **dict.fromkeys(("p", "pl", "plau"), "pulau"),
    **dict.fromkeys(("kl", "kla", "k"), "kuala"),
    **dict.fromkeys(("bkt", "bt"), "bukit"),
    **dict.fromkeys(("ma", "m", "mr"), "muara"),
    **dict.fromkeys(("gn", "gng", "g"), "gunung"),
    **dict.fromkeys(("tl", "tlk"), "teluk"),
    **dict.fromkeys(("kp", "kpg", "kamp"), "kampung"),
    **dict.fromkeys(("rt", "rtu"), "rantau"),
    **dict.fromkeys(("ds", "desa", "kel", "kelurahan", "kec", "kecamatan", "kab", "kabupaten", "kota"), ""),
}
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6"}


def key(place: str) -> str:
    """Return the key of one place name: short forms written out, spelling as heard, no spaces."""
    parts = "".join(c if c.isalnum() else " " for c in place.lower()).split()
    parts = [part for whole in parts for part in _apart(whole)]
    if len(parts) > 1:
        parts = [SHORT_FORMS.get(part, part) for part in parts]
    heard = [ROMAN.get(part) or (part if part.isdigit() else sound(part)) for part in parts if part]
    return "".join(heard)


def _apart(word: str) -> tuple[str, ...]:
    """Return ``("sei", "ringin")`` for ``seiringin``."""
    return ("sei", word[3:]) if word.startswith("sei") and len(word) > 6 else (word,)


def key_of(places: pl.Series) -> pl.Series:
    """Return the key of each place; null where there is none."""
    distinct = places.drop_nulls().unique().sort().to_list()
    keys = {place: key(place) or None for place in distinct}
    return places.replace_strict(keys, default=None, return_dtype=pl.String)


def counted(frame: pl.DataFrame) -> pl.DataFrame:
    """Return how many rows each spelling of a village has: ``district_key, village_key, n``."""
    return frame.group_by("district_key", "village_key").agg(pl.len().cast(pl.Int64).alias("n")).drop_nulls()


def settle(frame: pl.DataFrame, others: pl.DataFrame | None = None) -> pl.DataFrame:
    """Return ``frame`` with each rare spelling of a village put right to the usual one of its sub-district.

    A spelling counts as rare where another, within two letters, stands on at least four times as many rows of the
    same ``district_key``, in this frame and the ``others`` counted before. Ties go to the more frequent, then to the
    first in the alphabet.
    """
    spellings = counted(frame)
    if others is not None:
        spellings = (
            pl.concat([spellings, others]).group_by("district_key", "village_key").agg(pl.col("n").sum())
        )
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        connection.register("spellings", spellings)
        better = connection.execute(
            """
            SELECT district_key, a.village_key, min_by(b.village_key, (levenshtein(a.village_key, b.village_key),
                                                                       -b.n, b.village_key)) AS usual
            FROM spellings a JOIN spellings b USING (district_key)
            WHERE b.n >= 4 * a.n AND abs(length(a.village_key) - length(b.village_key)) < 3
              AND length(a.village_key) > 4 AND levenshtein(a.village_key, b.village_key) < 3
            GROUP BY ALL
            """
        ).pl()
    joined = frame.join(better, on=["district_key", "village_key"], how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce("usual", "village_key").alias("village_key")).drop("usual")
