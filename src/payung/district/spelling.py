"""How the hand behind each list writes a name, a number, a date: the text that ends up in the cells."""

from __future__ import annotations

import numpy as np
import polars as pl

from payung.district.draws import Draws
from payung.district.places import Place
from payung.district.words import spellings

_MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
# A habit is a habit, not a law: this share of the cells of a list follows it.
_SHARE_BY_HABIT = 0.8
_SHARE_WITH_LOOSE_SPACES = 0.04


def write_down(
    rows: pl.DataFrame, persons: pl.DataFrame, lists: pl.DataFrame, place: Place, seed: int
) -> pl.DataFrame:
    """Return ``rows`` with the person, the list and everything as written on that list.

    Written columns start with ``w_``: ``w_nik``, ``w_name``, ``w_birth`` (text by habit), ``w_place_birth``
    (place and date in one), ``w_phone``, ``w_mother``, ``w_place``, ``w_job``, ``w_note``, ``w_status``;
    ``nik_fault`` tells how the written NIK differs from the true one.
    """
    draws = Draws(seed, 6)
    habits = lists.select("list", "file", "sheet", "layout", "case", "nik_style", "date_style", "phone_style")
    habits = habits.with_columns(list_village=lists["village"], list_subdistrict=lists["subdistrict"])
    table = rows.with_columns(pl.col("list").cast(pl.Int64)).join(
        persons, on="entity", how="left", maintain_order="left"
    )
    table = table.join(
        habits.with_columns(pl.col("list").cast(pl.Int64)), on="list", how="left", maintain_order="left"
    )
    table = _names(table, draws)
    table = _niks(table, draws)
    table = _dates(table)
    table = _phones(table, draws)
    return _villages(_status(table), place)


def _cased(column: str) -> pl.Expr:
    """Return the text of ``column`` in the case that the list uses."""
    text = pl.col(column)
    return (
        pl.when(pl.col("case") == "upper")
        .then(text.str.to_uppercase())
        .when((pl.col("case") == "mixed") & (pl.col("entity") % 2 == 0))
        .then(text.str.to_uppercase())
        .otherwise(text)
    )


def _names(table: pl.DataFrame, draws: Draws) -> pl.DataFrame:
    count = table.height
    space = pl.Series(draws.chance(_SHARE_WITH_LOOSE_SPACES, count))
    wrong = table["name_mismatch"] | (
        table["extra"].is_in(["duplicate"]) & pl.Series(draws.chance(0.3, count))
    )
    at = wrong.fill_null(False).arg_true().to_numpy()
    written = table["name"].to_numpy().astype(object)
    way = draws.rng.random(at.size)
    for place, chance in zip(at, way, strict=True):
        written[place] = misspell(str(written[place]), float(chance))
    named = table.with_columns(w_name=pl.Series(written, dtype=pl.String)).with_columns(
        name_differs=pl.col("w_name") != pl.col("name")
    )
    return named.with_columns(
        w_name=pl.when(space).then(pl.lit("  ") + _cased("w_name") + pl.lit(" ")).otherwise(_cased("w_name")),
        w_mother=_cased("mother"),
        w_place=_cased("birth_place"),
        w_job=_cased("job"),
    )


def misspell(name: str, chance: float) -> str:
    """Return ``name`` as another hand would write it; ``chance`` (0 to 1) decides how."""
    words = name.split()
    for group in spellings():
        for number, word in enumerate(words):
            if word in group and chance < 0.6:
                other = [one for one in group if one != word]
                words[number] = other[int(chance * 1000) % len(other)]
                return " ".join(words)
    if len(words) > 1 and chance < 0.35:
        return " ".join(words[:-1])
    if len(words) > 1 and chance < 0.5:
        return " ".join([words[0], words[1][0] + ".", *words[2:]])
    for old, new in (
        ("sy", "s"),
        ("dh", "d"),
        ("y", "i"),
        ("z", "j"),
        ("f", "p"),
        ("o", "u"),
        ("i", "y"),
        ("u", "o"),
    ):
        if old in name[1:]:
            at = name.index(old, 1)
            return name[:at] + new + name[at + len(old) :]
    return name + "h"


def _niks(table: pl.DataFrame, draws: Draws) -> pl.DataFrame:
    count = table.height
    nik, way, style = pl.col("nik"), pl.col("nik_way"), pl.col("nik_style")
    digit = pl.Series(draws.whole(0, 9, count)).cast(pl.String)
    follows = pl.Series(draws.chance(_SHARE_BY_HABIT, count))
    wrong = table.with_columns(
        w_nik=pl.when(way == "15_digits")
        .then(nik.str.slice(0, 9) + nik.str.slice(10))
        .when(way == "17_digits")
        .then(nik.str.slice(0, 12) + pl.lit(digit) + nik.str.slice(12))
        .when(way == "letter")
        .then(nik.str.slice(0, 12) + nik.str.slice(12).str.replace("0", "O", literal=True))
        .when(way == "no_such_month")
        .then(nik.str.slice(0, 8) + pl.lit("19") + nik.str.slice(10))
        .when(way == "blank")
        .then(pl.lit("-"))
        .otherwise(nik)
    )
    sound = pl.col("nik_way").is_null() & follows
    now = pl.col("w_nik")
    three = (now.str.slice(0, 6), now.str.slice(6, 6), now.str.slice(12))
    return wrong.with_columns(
        w_nik=pl.when(sound & (style == "spaced"))
        .then(pl.concat_str(*three, separator=" "))
        .when(sound & (style == "dotted"))
        .then(pl.concat_str(*three, separator="."))
        .when(sound & (style == "apostrophe"))
        .then(pl.lit("'") + now)
        .when(sound & (style == "trailing"))
        .then(now + pl.lit("  "))
        .when((style == "damaged") & (now.str.len_chars() == 16) & way.is_null())
        .then(now.str.slice(0, 15) + pl.lit("0"))
        .otherwise(now),
        nik_fault=pl.when(way.is_not_null())
        .then(way)
        .when(style == "damaged")
        .then(pl.lit("damaged_by_excel")),
    )


def _dates(table: pl.DataFrame) -> pl.DataFrame:
    date, style = pl.col("birth_date"), pl.col("date_style")
    month = (
        date.dt.month()
        .cast(pl.Int64)
        .replace_strict(dict(enumerate(_MONTHS, start=1)), return_dtype=pl.String)
    )
    text = (
        pl.when(style == "slash")
        .then(date.dt.strftime("%d/%m/%Y"))
        .when(style == "words")
        .then(date.dt.strftime("%d ") + month + date.dt.strftime(" %Y"))
        .when(style == "dots")
        .then(date.dt.strftime("%d.%m.%Y"))
        .when(style == "iso")
        .then(date.dt.strftime("%Y-%m-%d"))
        .otherwise(date.dt.strftime("%d-%m-%Y"))
    )
    table = table.with_columns(w_birth=text)
    return table.with_columns(
        w_place_birth=pl.when(style == "dots")
        .then(pl.col("w_place") + "/" + pl.col("w_birth"))
        .when((style == "words") & (pl.col("entity") % 3 == 0))
        .then(pl.col("w_place") + " " + pl.col("w_birth"))
        .otherwise(pl.col("w_place") + ", " + pl.col("w_birth")),
        sex_words=pl.when(pl.col("sex") == "L").then(pl.lit("Laki-Laki")).otherwise(pl.lit("Perempuan")),
        address=pl.lit("RT ") + pl.col("rt").cast(pl.String).str.zfill(2) + pl.lit(" / RW ") + _two("rw"),
        rt_text=pl.col("rt").cast(pl.String).str.zfill(3),
        rw_text=pl.col("rw").cast(pl.String).str.zfill(3),
    )


def _two(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.String).str.zfill(2)


def _phones(table: pl.DataFrame, draws: Draws) -> pl.DataFrame:
    phone, style = pl.col("phone"), pl.col("phone_style")
    parts = (phone.str.slice(0, 4), phone.str.slice(4, 4), phone.str.slice(8))
    dash = pl.Series(draws.pick(("-", ""), table.height))
    return table.with_columns(
        w_phone=pl.when("no_phone")
        .then(dash)
        .when(style == "spaced")
        .then(pl.concat_str(*parts, separator=" "))
        .when(style == "country")
        .then(pl.lit("+62 ") + pl.concat_str(parts[0].str.slice(1), *parts[1:], separator=" "))
        .when(style == "dashed")
        .then(pl.concat_str(*parts, separator="-"))
        .otherwise(phone)
    )


def _status(table: pl.DataFrame) -> pl.DataFrame:
    """Say who is dead or gone, where the list has a place for it and its writer knew."""
    told = pl.col("status_told")
    dead, moved = pl.col("dead") & told, pl.col("moved") & told
    return table.with_columns(
        w_status=pl.when(dead)
        .then(pl.lit("dead"))
        .when(moved)
        .then(pl.lit("moved"))
        .otherwise(pl.lit("alive")),
        w_note=pl.when(dead)
        .then(pl.lit("Meninggal dunia"))
        .when(moved)
        .then(pl.lit("Pindah keluar daerah"))
        .otherwise(pl.lit("")),
    )


def _villages(table: pl.DataFrame, place: Place) -> pl.DataFrame:
    """Add the village that the list writes: its own, or the person's where the list is of a wider area."""
    codes = [one.code for one in place.villages]
    names = [one.name for one in place.villages]
    above = [place.subdistricts[one.code[:8]] for one in place.villages]
    at = table["list_village"].fill_null(table["village"]).to_numpy()
    home = table["village"].to_numpy()
    return table.with_columns(
        village_code=pl.Series(np.array(codes)[home]),
        list_village_code=pl.Series(np.array(codes)[at]),
        w_village=pl.Series(np.array(names)[at]),
        w_subdistrict=pl.Series(np.array(above)[at]),
    )
