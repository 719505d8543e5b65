"""Faults that only a whole column shows. What is found is explained and the column refused.

Nothing is repaired but what the list itself proves: dates with the month first, by its NIKs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from payung.people import month_first
from payung.rosters import date_shift
from payung.rosters.values import SCIENTIFIC
from payung.said import Said

LEAST_ROWS = 10  # fewer rows prove nothing
MASKED = r"(?i)^[0-9 .\-+]*(?:[*x•●#_?]\s?){3,}[0-9 .\-]*$|^[0-9]{2,}(?:[*x•●#])+[0-9]*$"
MASKED_NAME = r"[*•●#]{2,}|\bx{3,}\b"
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
    faults = []
    for field, code in (
        ("nik", "KOLOM_NIK_SAMAR"),
        ("kk", "KOLOM_SAMAR"),
        ("phone", "KOLOM_SAMAR"),
        ("name", "KOLOM_SAMAR"),
    ):
        if field not in raw.columns:
            continue
        filled = raw[field].drop_nulls()
        hidden = filled.filter(filled.str.contains(MASKED_NAME if field == "name" else MASKED))
        if hidden.len() and hidden.len() * 2 > filled.len():
            shown = Said(
                "rosters.masked", {"many": hidden.len(), "all": filled.len(), "example": hidden[0][:40]}
            )
            faults.append(Fault(field, code, shown))
    return faults if any(fault.code == "KOLOM_NIK_SAMAR" for fault in faults) else []


def _identifiers(raw: pl.DataFrame, clean: pl.DataFrame) -> list[Fault]:
    faults = []
    for field in ("nik", "kk"):
        if field not in raw.columns:
            continue
        filled = raw[field].drop_nulls()
        scientific = int(filled.str.contains(SCIENTIFIC).sum())
        if scientific and scientific * 2 > filled.len():
            code = "KOLOM_NIK_ILMIAH" if field == "nik" else "KOLOM_KK_TERPOTONG"
            faults.append(
                Fault(field, code, _share("scientific", scientific, filled.len(), form=str(filled[0])))
            )
            continue
        numbers = clean[field].drop_nulls().filter(clean[field].drop_nulls().str.len_bytes() == 16)
        if numbers.len() < LEAST_ROWS:
            continue
        zeros = int(numbers.str.ends_with("0").sum())
        if zeros * 2 > numbers.len():
            code = "KOLOM_NIK_TERPOTONG" if field == "nik" else "KOLOM_KK_TERPOTONG"
            faults.append(Fault(field, code, _share("end_in_zero", zeros, numbers.len())))
            continue
        if field == "nik":
            steps = numbers.cast(pl.Int64, strict=False).diff().drop_nulls()
            rising = int((steps == 1).sum())
            if rising * 2 > numbers.len():
                faults.append(
                    Fault(
                        field,
                        "KOLOM_BERURUT",
                        _share("rise_by_one", rising, numbers.len()),
                    )
                )
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
    parts = frame["text"].str.extract_groups(r"^(\d{1,2})[-/. ](\d{1,2})[-/. ]\d{2,4}$").struct.unnest()
    first, second = parts["1"].cast(pl.Int32, strict=False), parts["2"].cast(pl.Int32, strict=False)
    american = int(((first <= 12) & (second > 12)).sum())
    local = int(((first > 12) & (second <= 12)).sum())
    total = frame.height
    if american >= 3 and american > local and american * 5 > total:
        return [
            Fault(
                "birth_date",
                "KOLOM_TANGGAL_AMERIKA",
                _share("month_first", american, total),
            )
        ]
    typed = frame.filter(pl.col("typed"))
    low = int((typed["date"].dt.day() <= 12).sum())
    texts = total - typed.height
    if typed.height >= LEAST_ROWS and low == typed.height and local >= 5 and local >= 0.6 * max(1, texts):
        return [
            Fault(
                "birth_date",
                "KOLOM_TANGGAL_AMERIKA",
                Said("rosters.low_days", {"many": low, "texts": local}),
            )
        ]
    known = frame.filter(pl.col("date").is_not_null() & pl.col("nik_date").is_not_null())
    swapped = known.filter(
        (pl.col("date") != pl.col("nik_date"))
        & (pl.col("date").dt.day() == pl.col("nik_date").dt.month())
        & (pl.col("date").dt.month() == pl.col("nik_date").dt.day())
        & (pl.col("date").dt.year() == pl.col("nik_date").dt.year())
    ).height
    wrong = known.filter(pl.col("date") != pl.col("nik_date")).height
    open_ones = known.filter(
        (pl.col("nik_date").dt.day() <= 12) & (pl.col("nik_date").dt.day() != pl.col("nik_date").dt.month())
    ).height
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
    if "name" in raw.columns and raw.height >= LEAST_ROWS:
        filled = raw["name"].drop_nulls()
        digits = int(filled.str.contains(r"^[0-9 .\-/]+$").sum())
        if filled.len() >= LEAST_ROWS and digits * 2 > filled.len():
            faults.append(Fault("name", "KOLOM_GESER", _share("names_are_digits", digits, filled.len())))
    if "nik" in raw.columns:
        filled = raw["nik"].drop_nulls()
        words = int(filled.str.contains(r"^[A-Za-z][A-Za-z .,'`-]{3,}$").sum())
        if filled.len() >= LEAST_ROWS and words * 2 > filled.len():
            faults.append(Fault("nik", "KOLOM_GESER", _share("niks_are_words", words, filled.len())))
    if (
        "nik" in raw.columns
        and "name" in raw.columns
        and clean.height >= LEAST_ROWS
        and "cell_date" in clean.columns
    ):
        both = clean.filter(pl.col("nik_date").is_not_null() & pl.col("cell_date").is_not_null())
        same = both.filter(pl.col("nik_date") == pl.col("cell_date")).height
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
    for field in raw.columns:
        filled = raw[field].drop_nulls()
        if field in SAME_ALLOWED or filled.len() < LEAST_SAME:
            continue
        if filled.n_unique() == 1:
            code = "KOLOM_NIK_SATU_NILAI" if field == "nik" else "KOLOM_SATU_NILAI"
            faults.append(
                Fault(field, code, Said("rosters.one_value", {"value": filled[0][:40], "many": filled.len()}))
            )
    return faults


def _share(code: str, some: int, every: int, **more: str) -> Said:
    """Return a sentence on ``some`` of ``every``."""
    return Said(f"rosters.{code}", {"many": some, "all": every, **more})
