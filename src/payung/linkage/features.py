"""What is compared: one row of plain features for each listing, made once, the same for every engine.

A *rid* is the position of a record in sorted order of side and record id; two records are always compared with
the smaller rid on the left, so that the order in which the lists came in changes nothing.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from payung.linkage import places
from payung.people import names

NEW, KNOWN = 0, 1
# A number that stands at this many different names belongs to nobody: a placeholder, copied down a column.
PLACEHOLDER_NAMES = 4
# So many people of one sex were hardly born on one day in one sub-district: a higher serial is a slip of the finger.
HIGHEST_SERIAL = 20
# So many numbers of cards on one list say whether Excel took their last digits.
CARDS_TO_JUDGE_BY = 3
# Days that registers put where nobody knew the day.
DEFAULT_DAYS = (101, 701, 1231)  # month * 100 + day

_COMMON = [names.sound(word) for word in names.PREFIXES]


def build(
    new: pl.DataFrame, known: pl.DataFrame | None, *, as_of: dt.date, villages: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Return one row of features for each listing of both lists (shape of ``payung.people.listing.SCHEMA``).

    ``as_of`` decides the century of the date inside a NIK. ``villages`` (see :func:`payung.linkage.places.counted`)
    are those whose spelling is the usual one, besides those of these lists. Rows are sorted by ``rid``, 0, 1, 2, ...
    """
    sides = [_columns(new, NEW)]
    if known is not None:
        sides.append(_columns(known, KNOWN))
    frame = (
        pl.concat(sides)
        .sort("side", "record")
        .with_row_index("rid")
        .with_columns(pl.col("rid").cast(pl.Int32))
    )
    return (
        frame.pipe(_with_names)
        .pipe(_with_mothers)
        .pipe(_with_numbers, as_of=as_of)
        .pipe(_with_birth)
        .pipe(_with_places, villages)
    )


def _columns(listings: pl.DataFrame, side: int) -> pl.DataFrame:
    """Return the columns that features are made of."""
    return listings.select(
        pl.lit(side, dtype=pl.Int8).alias("side"),
        "record",
        pl.concat_str(pl.col("file").fill_null(""), pl.col("sheet").fill_null(""), separator="\x1f").alias(
            "source"
        ),
        "name",
        "nik",
        "kk",
        "birth_date",
        (pl.col("birth_date_from") == "nik").fill_null(False).alias("birth_from_nik"),
        "sex",
        "mother",
        "phone",
        "birth_place",
        "village",
        "village_code",
        "district",
        "district_code",
    )


def _with_names(frame: pl.DataFrame) -> pl.DataFrame:
    """Add ``given`` (words as written), ``sound`` (sorted), ``joined``, ``sounds``, ``word_count``, ``initials``.

    ``letters`` are those of the name without spaces, short forms written out: what only a spelling makes two.
    """
    heard = (
        _heard(frame["name"])
        .group_by("name", maintain_order=True)
        .agg(
            pl.col("words").str.join(" ").alias("given"),
            pl.col("words").replace(names.SHORT_FORMS).str.join("").alias("letters"),
            pl.col("sound").str.join("").alias("joined"),
            pl.col("sound").filter(~pl.col("sound").is_in(_COMMON)).str.join("").alias("core"),
            pl.col("sound").unique().sort().alias("sounds"),
            pl.col("sound").str.slice(0, 1).str.join("").alias("initials"),
            (pl.col("words").str.len_chars() == 1).any().alias("has_initial"),
            pl.col("sound").first().alias("first_sound"),
            pl.col("sound").last().alias("last_sound"),
        )
        .with_columns(
            pl.col("sounds").list.join(" ").alias("sound"),
            pl.col("sounds").list.len().cast(pl.Int8).alias("word_count"),
            pl.col("joined").str.replace_all("[aiu]", "").alias("skeleton"),
            pl.when(pl.col("core") != "").then("core").otherwise("joined").alias("core"),
        )
        .filter(pl.col("joined") != "")
    )
    beside = frame.select("name").join(heard, on="name", how="left", maintain_order="left")
    return frame.drop("name").hstack(beside.drop("name"))


def _with_mothers(frame: pl.DataFrame) -> pl.DataFrame:
    """Add ``mother_sound`` (sorted words) and ``mother_core`` (without words that stand before many names)."""
    heard = (
        _heard(frame["mother"].alias("name"))
        .group_by("name", maintain_order=True)
        .agg(
            pl.col("sound").unique().sort().str.join(" ").alias("mother_sound"),
            pl.col("sound").str.join("").alias("joined"),
            pl.col("sound").filter(~pl.col("sound").is_in(_COMMON)).str.join("").alias("core"),
        )
        .filter(pl.col("joined") != "")
        .select(
            pl.col("name").alias("mother"),
            "mother_sound",
            pl.when(pl.col("core") != "").then("core").otherwise("joined").alias("mother_core"),
        )
    )
    beside = frame.select("mother").join(heard, on="mother", how="left", maintain_order="left")
    return frame.drop("mother").hstack(beside.drop("mother"))


def _heard(written: pl.Series) -> pl.DataFrame:
    """Return the words of each distinct name, in order, with their sounds: ``name, words, sound``."""
    distinct = written.drop_nulls().unique().sort()
    split = pl.DataFrame({"name": distinct, "words": names.words_of(distinct)})
    by_word = names.sounds_of(split["words"].explode().drop_nulls().unique().sort().to_list())
    return split.explode("words").join(
        by_word, left_on="words", right_on="word", how="left", maintain_order="left"
    )


def _with_numbers(frame: pl.DataFrame, *, as_of: dt.date) -> pl.DataFrame:
    """Add the parts of the NIK, the KK without placeholders, the phone.

    ``digits`` is the number as written when it has 15 to 17 digits, ``nik`` only where its parts can be true;
    ``nik_of_many`` one that could be true, but stands at many names: it says nothing of anybody.
    """
    nik = pl.col("nik")
    day = nik.str.slice(6, 2).cast(pl.Int32, strict=False)
    month = nik.str.slice(8, 2).cast(pl.Int32, strict=False)
    day_of_birth = pl.when(day > 40).then(day - 40).otherwise(day)
    sound_parts = (
        nik.str.contains(r"^[1-9]\d{15}$")
        & day_of_birth.is_between(1, 31)
        & month.is_between(1, 12)
        & (nik.str.slice(2, 2) != "00")
        & (nik.str.slice(4, 2) != "00")
    )
    frame = frame.with_columns(
        pl.when(nik.str.contains(r"^[1-9]\d{13,16}$") & (nik != pl.col("kk")).fill_null(True))
        .then(nik)
        .alias("digits"),
        pl.when(pl.col("kk").str.contains(r"^[1-9]\d{15}$")).then(pl.col("kk")).alias("kk"),
    )
    many = _many_names("digits", "sound")
    frame = frame.with_columns(
        pl.when(many & sound_parts).then("digits").alias("nik_of_many"),
        pl.when(~many).then("digits").alias("digits"),
        pl.when(pl.col("phone").str.len_chars() >= 11).then(pl.col("phone")).alias("phone"),
    ).with_columns(pl.when(sound_parts & pl.col("digits").is_not_null()).then(nik).alias("nik"))
    return frame.with_columns(
        nik.str.slice(0, 6).alias("region"),
        nik.str.slice(6, 6).alias("birth_part"),
        nik.str.slice(12, 4).alias("serial"),
        (
            nik.str.slice(12, 4).cast(pl.Int32, strict=False)
            > pl.when((month * 100 + day_of_birth).is_in(DEFAULT_DAYS)).then(2000).otherwise(HIGHEST_SERIAL)
        ).alias("serial_odd"),
        nik.str.slice(0, 15).alias("nik15"),
        nik.str.ends_with("0").alias("nik_cut"),
        pl.col("kk").str.slice(0, 15).alias("kk15"),
        _card_cut(nik).alias("kk_cut"),
        nik.str.split("").list.sort().list.join("").alias("digits_sorted"),
        _date_inside(nik, day_of_birth, as_of=as_of).alias("nik_birth"),
        pl.concat_str(day_of_birth.cast(pl.String).str.zfill(2), nik.str.slice(8, 4)).alias("nik_date"),
        pl.when(day > 40).then(pl.lit("P")).when(day.is_not_null()).then(pl.lit("L")).alias("nik_sex"),
    )


def _card_cut(nik: pl.Expr) -> pl.Expr:
    """Return whether Excel took the last digit of a KK. One in ten ends in 0 by itself.

    It was taken where the NIK beside it ends in 0 as well, or most numbers of cards on that list do.
    """
    ends = pl.col("kk").str.ends_with("0")
    of_list = ("side", "source")
    most = (ends.mean().over(of_list) > 0.5) & (ends.count().over(of_list) >= CARDS_TO_JUDGE_BY)
    return ends & (most | nik.str.ends_with("0").fill_null(False))


def _date_inside(nik: pl.Expr, day: pl.Expr, *, as_of: dt.date) -> pl.Expr:
    """Return the date of birth that a NIK carries, in the last hundred years before ``as_of``."""
    year = nik.str.slice(10, 2).cast(pl.Int32)
    century = pl.when(year > as_of.year % 100).then(1900).otherwise(as_of.year // 100 * 100)
    text = pl.concat_str(
        (century + year).cast(pl.String), nik.str.slice(8, 2), day.cast(pl.String).str.zfill(2), separator="-"
    )
    return text.str.to_date("%Y-%m-%d", strict=False)


def _many_names(column: str, name: str) -> pl.Expr:
    """Return whether a value of ``column`` stands at :data:`PLACEHOLDER_NAMES` different names."""
    return pl.col(name).n_unique().over(column) >= PLACEHOLDER_NAMES


def _with_birth(frame: pl.DataFrame) -> pl.DataFrame:
    """Add ``birth`` (yyyymmdd), its parts, ``birth_text`` (ddmmyy) and ``nik_fits`` (number agrees with date)."""
    frame = frame.with_columns(
        pl.coalesce("birth_date", "nik_birth").alias("birth_date"),
        (
            pl.col("birth_from_nik") | (pl.col("birth_date").is_null() & pl.col("nik_birth").is_not_null())
        ).alias("birth_from_nik"),
    )
    date = pl.col("birth_date")
    year, month, day = date.dt.year(), date.dt.month().cast(pl.Int32), date.dt.day().cast(pl.Int32)
    believable = year.is_between(1915, 2100)
    frame = frame.with_columns(
        pl.when(believable).then(year * 10000 + month * 100 + day).alias("birth"),
        pl.when(believable).then(date.dt.strftime("%d%m%y")).alias("birth_text"),
    )
    return frame.with_columns(
        (pl.col("birth") // 10000).alias("birth_year"),
        (pl.col("birth") // 100 % 100).alias("birth_month"),
        (pl.col("birth") % 100).alias("birth_mday"),
        (pl.col("birth") % 10000).alias("birth_day"),
        (pl.col("birth") % 10000).is_in(DEFAULT_DAYS).alias("birth_default"),
        (pl.col("birth") // 10000 * 10000 + pl.col("birth") % 100 * 100 + pl.col("birth") // 100 % 100).alias(
            "birth_swapped"
        ),
        pl.when(~pl.col("birth_from_nik")).then(pl.col("nik_date") == pl.col("birth_text")).alias("nik_fits"),
    )


def _with_places(frame: pl.DataFrame, villages: pl.DataFrame | None) -> pl.DataFrame:
    """Add ``village_key``, ``district_key``, ``birth_place_key``: places as their names sound, or their codes."""
    keyed = frame.with_columns(
        pl.coalesce(places.key_of(frame["village"]), "village_code").alias("village_key"),
        pl.coalesce(places.key_of(frame["district"]), "district_code").alias("district_key"),
        places.key_of(frame["birth_place"]).alias("birth_place_key"),
    )
    settled = places.settle(keyed.select("district_key", "village_key"), villages)
    return keyed.with_columns(settled["village_key"]).drop(
        "village", "village_code", "district", "district_code", "birth_place", "birth_date", "nik_birth"
    )
