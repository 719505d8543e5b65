"""Which pairs are worth comparing: those that share at least one of some twenty narrow keys.

Each key alone would miss many pairs (a damaged number, a misspelt name, a wrong date); together they find nearly
all. A key that very many rows share (a default birthday with a common name) says too little and is passed over; only
rows of one number, or of one name, day and village, still meet one another through the first of them.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

# More rows than this under one key: the key is passed over.
CROWD = 40
# A pair as one whole number: the left rid times this, plus the right.
SIDE = 1 << 31
# What goes with a single word of a name to make a key.
WITH_WORDS = ("village_key", "district_key", "birth_place_key", "birth")

# Keys that a number makes; and how many pairs brought by others are enough to learn from.
NUMBERED = ("nik", "nik15", "nik12", "nik_tail", "nik_head", "nik_date_name", "name_region", "nik_year")
TEACHING = 200_000

_letters2 = pl.col("joined").str.slice(0, 2)


def keys() -> dict[str, list[pl.Expr]]:
    """Return the keys: name of the key → the expressions that make it up (null in one: no key)."""
    col = pl.col
    return {
        "nik": [col("digits")],
        "nik15": [col("nik15")],
        "nik12": [col("digits").str.slice(0, 12)],
        "nik_tail": [col("birth_part"), col("serial"), col("joined").str.slice(0, 3)],
        "nik_head": [col("digits").str.slice(0, 12), _letters2],
        "nik_date_name": [col("nik_date"), col("first_sound")],
        "birth_first": [col("birth"), col("first_sound")],
        "birth_last": [col("birth"), col("last_sound")],
        "birth_text_first": [col("birth_text"), col("first_sound")],
        "birth_district": [col("birth"), col("district_key"), col("sex")],
        "birth_village": [col("birth"), col("village_key")],
        "birth_initials": [col("birth"), col("initials")],
        "birth_end": [col("birth"), col("joined").str.slice(-3)],
        "birth_letters": [col("birth"), _letters2],
        "swapped_first": [pl.min_horizontal("birth", "birth_swapped"), _letters2, col("last_sound")],
        "name": [pl.when(col("word_count") > 1).then(col("sound"))],
        "joined_village": [col("joined"), col("village_key")],
        "name_village": [col("sound"), col("village_key")],
        "name_year": [col("sound"), col("birth_year")],
        "name_region": [col("sound"), col("region")],
        "name_district": [col("sound"), col("district_key")],
        "start_village": [col("core").str.slice(0, 3), col("village_key"), col("sex")],
        "end_village": [col("joined").str.slice(-4), col("village_key")],
        "skeleton_village": [col("skeleton"), col("village_key")],
        "month_district": [col("birth") // 100, col("district_key"), _letters2, col("sex")],
        "day_district": [col("birth_day"), col("district_key"), col("first_sound"), col("sex")],
        "nik_year": [col("region"), col("nik_date").str.slice(4), col("first_sound")],
        "phone": [col("phone"), _letters2],
        "kk": [col("kk15"), _letters2],
        "kk_birth": [col("kk15"), col("birth_year"), col("sex")],
        "kk_last": [col("kk15"), col("last_sound")],
    }


def _word_keys() -> dict[str, list[pl.Expr]]:
    """Return the keys that any single word of a name makes."""
    return {
        "word_village": [pl.col("sounds"), pl.col("village_key")],
        "word_birth": [pl.col("sounds"), pl.col("birth")],
        "word_place": [pl.col("sounds"), pl.col("birth_place_key"), pl.col("district_key")],
    }


def hashed(frame: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Yield for each key the rows that have it: ``key`` (a hash, of its own kind for each key) and ``rid``.

    The :data:`UNNUMBERED` keys without a number come first.
    """
    by_word = frame.select("rid", "sounds", *WITH_WORDS).explode("sounds")
    unnumbered = [parts for name, parts in keys().items() if name not in NUMBERED]
    numbered = [parts for name, parts in keys().items() if name in NUMBERED]
    single = list(_word_keys().values())
    kinds = [(by_word, parts) for parts in single]
    kinds += [(frame, parts) for parts in (*unnumbered, *numbered)]
    for number, (rows, parts) in enumerate(kinds):
        yield _hashed(rows, number, parts)


def pairs(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs to compare: ``rid_l`` < ``rid_r``, each once, sorted."""
    found, _ = candidates(frame, pl.Series([], dtype=pl.Boolean))
    return found


def candidates(frame: pl.DataFrame, sound: pl.Series) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the pairs to compare, and of them some that teach.

    ``sound`` says of each record whether its number can be believed. Pairs that teach have two such numbers and were
    brought by a key without a number; of very many every n-th, up to some :data:`TEACHING`.
    """
    both = pl.Series("both", [], dtype=pl.Int64)
    teaching = both
    for number, keyed in enumerate(hashed(frame)):
        if number == UNNUMBERED:
            teaching = _thinned(both, sound)
        both = pl.concat([both, _pairs_of(keyed)]).unique()
    return _sides(pl.concat([both, crowded(frame)]).unique()), _sides(teaching)


def _thinned(both: pl.Series, sound: pl.Series) -> pl.Series:
    """Return every n-th of the pairs of two ``sound`` records, so that some :data:`TEACHING` are left."""
    if not sound.any():
        return both.clear()
    kept = both.filter(sound.gather(both // SIDE) & sound.gather(both % SIDE))
    step = max(1, kept.len() // TEACHING)
    return kept.filter((kept // SIDE * 7919 + kept % SIDE * 104_729) % step == 0)


def _sides(both: pl.Series) -> pl.DataFrame:
    return (
        both.sort()
        .to_frame("both")
        .select(
            (pl.col("both") // SIDE).cast(pl.Int32).alias("rid_l"),
            (pl.col("both") % SIDE).cast(pl.Int32).alias("rid_r"),
        )
    )


def _hashed(frame: pl.DataFrame, number: int, parts: list[pl.Expr]) -> pl.DataFrame:
    return (
        frame.lazy()
        .filter(pl.all_horizontal(part.is_not_null() for part in parts))
        .select(
            pl.struct(part.alias(f"p{i}") for i, part in enumerate(parts)).hash(number).alias("key"), "rid"
        )
        .collect()
    )


def crowded(frame: pl.DataFrame) -> pl.Series:
    """Return the pairs of rows with one number, or one name, day and village, that more than a crowd shares.

    Each row with the first of its number, and with the first of its number and name: enough to hang together.
    """
    parts = [
        _to_the_first(frame, ["digits"], ["digits"]),
        _to_the_first(frame, ["digits"], ["digits", "joined"]),
        _to_the_first(frame, ["joined", "birth", "village_key"], ["joined", "birth", "village_key"]),
    ]
    return pl.concat(parts).unique()


def _to_the_first(frame: pl.DataFrame, key: list[str], within: list[str]) -> pl.Series:
    """Return the pairs of each row whose ``key`` more than a crowd shares with the first of those alike ``within``."""
    asked = sorted({"rid", *key, *within})
    return (
        frame.select(asked)  # a window over all columns would copy them
        .lazy()
        .filter(pl.all_horizontal(pl.col(column).is_not_null() for column in key))
        .filter(pl.len().over(key) > CROWD)
        .select(pl.col("rid").min().over(within).cast(pl.Int64).alias("first"), "rid")
        .filter(pl.col("first") < pl.col("rid"))
        .select((pl.col("first") * SIDE + pl.col("rid")).alias("both"))
        .collect()
        .to_series()
    )


def _pairs_of(keyed: pl.DataFrame) -> pl.Series:
    lazy = keyed.lazy().filter(pl.len().over("key").is_between(2, CROWD))
    return (
        lazy.join(lazy, on="key", suffix="_r")
        .filter(pl.col("rid") < pl.col("rid_r"))
        .select((pl.col("rid").cast(pl.Int64) * SIDE + pl.col("rid_r")).alias("both"))
        .collect()
        .to_series()
        .unique()
    )


# How many kinds of keys there are, those of single words included.
KINDS = len(keys()) + len(_word_keys())
UNNUMBERED = KINDS - len(NUMBERED)
