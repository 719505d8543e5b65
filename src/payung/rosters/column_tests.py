"""Faults that only a whole column shows. What is found is explained and the column refused.

Nothing is repaired but what the list itself proves: dates with the month first, by its NIKs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from payung.people import month_first
from payung.rosters import date_shift
from payung.rosters.values.numbers import SCIENTIFIC
from payung.said import Said

LEAST_ROWS = 10  # fewer rows prove nothing
DIGITS = 16
MASKED = r"(?i)^[0-9 .\-+]*(?:[*x•●#_?]\s?){3,}[0-9 .\-]*$|^[0-9]{2,}(?:[*x•●#])+[0-9]*$"
MASKED_NAME = r"[*•●#]{2,}|\bx{3,}\b"
_DAY_AND_MONTH = r"^(\d{1,2})[-/. ](\d{1,2})[-/. ]\d{2,4}$"
# what many cells of a column hold where they belong to its neighbour
_OF_ANOTHER = {"name": r"^[0-9 .\-/]+$", "nik": r"^[A-Za-z][A-Za-z .,'`-]{3,}$"}
LEAST_FAMILIES = 4
LEAST_SAME = 20
SAME_ALLOWED = frozenset(
    [
        "village",
        "village_code",
        "district",
        "district_code",
        "regency",
        "category",
        "position",
        "segment",
        "job",
        "life_status",
        "rt",
        "rw",
        "rt_rw",
        "address",
        "hamlet",
        "disability",
        "decile",
        "welfare",
        "household_official",
        "note",
        "status",
        "wage",
        "income",
        "sls",
        "relation",
        "household_head",
        "birth_place",
        "sex",
        "start_date",
        "end_date",
        "decree_no",
        "heir_relation",
        "bpjstk_flag",
        "insurance_kind",
    ]
)


@dataclass(frozen=True, slots=True)
class Fault:
    """A column that is refused.

    Fields
        field: which one.
        code: a code of :data:`payung.rosters.reasons.REASONS`.
        other: the numbers that show it.
        days: by how many days all dates are early (below zero) or late, where that is the fault.
        dates: the birth dates as they are meant, where the list itself proves which.
    """

    field: str
    code: str
    other: Said
    days: int | None = None
    dates: pl.Series | None = None


def find_faults(raw: pl.DataFrame, kinds: pl.DataFrame, clean: pl.DataFrame) -> list[Fault]:
    """Return the refused columns of a list from its people rows."""
    masked = _masked(raw)
    if masked:
        return masked
    faults = [
        *(_identifiers(raw, clean) or _family_numbers(raw, clean)),
        *(_month_first(raw, kinds, clean) or _moved_dates(raw, kinds, clean)),
        *_shifted(raw, clean),
    ]
    taken = {fault.field for fault in faults}
    faults.extend(fault for fault in _same(raw) if fault.field not in taken)
    return faults


def _masked(raw: pl.DataFrame) -> list[Fault]:
    """Find numbers and names with stars in the place of what they say: a list that was made to be shown."""
    fields = [field for field in ("nik", "kk", "phone", "name") if field in raw.columns]
    if "nik" not in fields:
        return []
    patterns = {field: MASKED_NAME if field == "name" else MASKED for field in fields}
    hidden = raw.select(pl.col(field).str.contains(pattern).sum() for field, pattern in patterns.items())
    many = {field: (int(hidden[field][0]), raw.height - raw[field].null_count()) for field in fields}
    masked = [field for field, (some, every) in many.items() if some and some * 2 > every]
    if "nik" not in masked:
        return []
    faults = []
    for field in masked:
        some, every = many[field]
        example = raw[field].filter(raw[field].str.contains(patterns[field]).fill_null(False))[0][:40]
        shown = Said("rosters.masked", {"many": some, "all": every, "example": example})
        faults.append(Fault(field, "KOLOM_NIK_SAMAR" if field == "nik" else "KOLOM_SAMAR", shown))
    return faults


def _identifiers(raw: pl.DataFrame, clean: pl.DataFrame) -> list[Fault]:
    faults = []
    fields = [field for field in ("nik", "kk") if field in raw.columns]
    if not fields:
        return []
    as_written = raw.select(pl.col(field).str.contains(SCIENTIFIC).sum() for field in fields)
    numbers = {field: pl.col(field).filter(pl.col(field).str.len_bytes() == DIGITS) for field in fields}
    seen = clean.select(
        *(number.len().alias(f"{field} whole") for field, number in numbers.items()),
        *(number.str.ends_with("0").sum().alias(f"{field} zeros") for field, number in numbers.items()),
        *(
            (number.cast(pl.Int64, strict=False).diff() == 1).sum().alias(f"{field} rising")
            for field, number in numbers.items()
        ),
    ).row(0, named=True)
    for field in fields:
        filled, scientific = raw.height - raw[field].null_count(), int(as_written[field][0])
        if scientific and scientific * 2 > filled:
            code = "KOLOM_NIK_ILMIAH" if field == "nik" else "KOLOM_KK_TERPOTONG"
            first = str(raw[field].drop_nulls()[0])
            faults.append(Fault(field, code, _share("scientific", scientific, filled, form=first)))
            continue
        whole, zeros, rising = (seen[f"{field} {what}"] for what in ("whole", "zeros", "rising"))
        if whole < LEAST_ROWS:
            continue
        if zeros * 2 > whole:
            code = "KOLOM_NIK_TERPOTONG" if field == "nik" else "KOLOM_KK_TERPOTONG"
            faults.append(Fault(field, code, _share("end_in_zero", zeros, whole)))
        elif field == "nik" and rising * 2 > whole:
            faults.append(Fault(field, "KOLOM_BERURUT", _share("rise_by_one", rising, whole)))
    return faults


def _family_numbers(raw: pl.DataFrame, clean: pl.DataFrame) -> list[Fault]:
    """Find KK numbers under the heading NIK: they repeat in families and hold nobody's birth date."""
    if "nik" not in raw.columns:
        return []
    known = clean.filter(pl.col("nik").str.contains(r"^[1-9][0-9]{15}$"))
    repeated = known.height - known["nik"].n_unique()
    if known.height < LEAST_FAMILIES or repeated * 5 < known.height or known["nik"].n_unique() == 1:
        return []
    dated = known.filter(pl.col("cell_date").is_not_null() & pl.col("nik_date").is_not_null())
    same = dated.filter(pl.col("cell_date") == pl.col("nik_date")).height
    shown = _share("repeated", repeated, known.height)
    if dated.height >= LEAST_FAMILIES and same * 10 < dated.height:
        return [
            Fault(
                "nik",
                "KOLOM_NIK_KK",
                Said("rosters.and_dates_do_not_fit", {"shown": shown, "many": dated.height - same}),
            )
        ]
    women = known.filter(pl.col("nik_sex") == "P").height
    if not dated.height and known.height >= LEAST_ROWS and not women:
        return [Fault("nik", "KOLOM_NIK_KK", Said("rosters.and_no_woman", {"shown": shown}))]
    return []


def _month_first(raw: pl.DataFrame, kinds: pl.DataFrame, clean: pl.DataFrame) -> list[Fault]:
    """Find dates whose day and month were swapped; with the dates that are meant, where the NIKs prove them."""
    faults = _dates(raw, kinds, clean)
    if not faults:
        return []
    meant = month_first.turn(
        pl.DataFrame(
            {
                "text": raw["birth_date"],
                "typed": kinds["birth_date"] == ord("d"),
                "date": clean["cell_date"],
                "nik_date": clean["nik_date"],
            }
        )
    )
    if meant is None:
        return faults
    return [
        replace(one, other=Said("rosters.and_read_month_first", {"shown": one.other}), dates=meant)
        for one in faults
    ]


def _dates(raw: pl.DataFrame, kinds: pl.DataFrame, clean: pl.DataFrame) -> list[Fault]:
    """Find dates whose day and month were swapped by a program with American settings."""
    if "birth_date" not in raw.columns:
        return []
    frame = pl.DataFrame(
        {
            "text": raw["birth_date"],
            "typed": kinds["birth_date"] == ord("d"),
            "date": clean["cell_date"],
            "nik_date": clean["nik_date"],
        }
    ).filter(pl.col("text").is_not_null())
    first, second, date, of_nik = pl.col("1"), pl.col("2"), pl.col("date"), pl.col("nik_date")
    known = date.is_not_null() & of_nik.is_not_null()
    turned = (
        (date.dt.day() == of_nik.dt.month())
        & (date.dt.month() == of_nik.dt.day())
        & (date.dt.year() == of_nik.dt.year())
    )
    total = frame.height
    american, local, typed, low, swapped, wrong, open_ones = map(
        int,
        frame.with_columns(
            pl.col("text").str.extract_groups(_DAY_AND_MONTH).struct.unnest().cast(pl.Int32, strict=False)
        )
        .select(
            ((first <= 12) & (second > 12)).sum().alias("american"),
            ((first > 12) & (second <= 12)).sum().alias("local"),
            pl.col("typed").sum(),
            (pl.col("typed") & (date.dt.day() <= 12)).sum().alias("low"),
            (known & (date != of_nik) & turned).sum().alias("swapped"),
            (known & (date != of_nik)).sum().alias("wrong"),
            (known & (of_nik.dt.day() <= 12) & (of_nik.dt.day() != of_nik.dt.month())).sum().alias("open"),
        )
        .row(0),
    )
    if american >= 3 and american > local and american * 5 > total:
        return [
            Fault(
                "birth_date",
                "KOLOM_TANGGAL_AMERIKA",
                _share("month_first", american, total),
            )
        ]
    texts = total - typed
    if typed >= LEAST_ROWS and low == typed and local >= 5 and local >= 0.6 * max(1, texts):
        return [
            Fault(
                "birth_date",
                "KOLOM_TANGGAL_AMERIKA",
                Said("rosters.low_days", {"many": low, "texts": local}),
            )
        ]
    if swapped >= 3 and swapped * 2 > open_ones and swapped * 10 > 8 * wrong:
        return [
            Fault(
                "birth_date",
                "KOLOM_TANGGAL_AMERIKA",
                _share("day_and_month_swapped", swapped, open_ones),
            )
        ]
    return []


def _moved_dates(raw: pl.DataFrame, kinds: pl.DataFrame, clean: pl.DataFrame) -> list[Fault]:
    """Find a column whose dates are all early or late by as much (see :mod:`payung.rosters.date_shift`)."""
    field = next((one for one in ("birth_date", "birth_place_date") if one in raw.columns), None)
    if field is None:
        return []
    moved = date_shift.find(clean["date_text"], kinds[field], clean["cell_date"], clean["nik_date"])
    return [Fault("birth_date", "KOLOM_TANGGAL_GESER", moved.shown, moved.days)] if moved else []


def _shifted(raw: pl.DataFrame, clean: pl.DataFrame) -> list[Fault]:
    """Find a column whose content belongs to its neighbour."""
    faults = []
    fields = [field for field in ("name", "nik") if field in raw.columns]
    if not fields or raw.height < LEAST_ROWS:
        return []
    odd = raw.select(pl.col(field).str.contains(_OF_ANOTHER[field]).sum() for field in fields)
    for field in fields:
        filled, strange = raw.height - raw[field].null_count(), int(odd[field][0])
        if filled >= LEAST_ROWS and strange * 2 > filled:
            what = "names_are_digits" if field == "name" else "niks_are_words"
            faults.append(Fault(field, "KOLOM_GESER", _share(what, strange, filled)))
    if (
        "nik" in raw.columns
        and "name" in raw.columns
        and clean.height >= LEAST_ROWS
        and "cell_date" in clean.columns
    ):
        both = clean.select("nik_date", "cell_date").drop_nulls()
        same = int((both["nik_date"] == both["cell_date"]).sum())
        if both.height >= LEAST_ROWS and same * 10 < both.height:
            below = both.select((pl.col("nik_date") == pl.col("cell_date").shift(1)).sum() + 0).item()
            above = both.select((pl.col("nik_date") == pl.col("cell_date").shift(-1)).sum() + 0).item()
            moved = max(int(below or 0), int(above or 0))
            if moved * 2 > both.height:
                faults.append(
                    Fault(
                        "nik",
                        "KOLOM_GESER",
                        _share("fit_next_row", moved, both.height),
                    )
                )
    return faults


def _same(raw: pl.DataFrame) -> list[Fault]:
    faults = []
    for column in raw.get_columns():
        field, filled = column.name, column.len() - column.null_count()
        if field in SAME_ALLOWED or filled < LEAST_SAME:
            continue
        if column.n_unique() - (column.null_count() > 0) == 1:
            code = "KOLOM_NIK_SATU_NILAI" if field == "nik" else "KOLOM_SATU_NILAI"
            value = column.drop_nulls()[0][:40]
            faults.append(Fault(field, code, Said("rosters.one_value", {"value": value, "many": filled})))
    return faults


def _share(code: str, some: int, every: int, **more: str) -> Said:
    """Return a sentence on ``some`` of ``every``."""
    return Said(f"rosters.{code}", {"many": some, "all": every, **more})
