"""NIK, KK and KPJ of a list, and which of them can be one; those of heirs."""

from __future__ import annotations

import datetime as dt

import polars as pl

from payung.people import niks
from payung.people.nik import LENGTH

NO_NIK = r"(?i)^(belum|tidak|tdk|blm|proses|dalam proses|sedang|menyusul|hilang|baru|[xX?*]+|0+)\b"
# sixteen digits between signs, or behind the words that say what they are
LABELLED = r"(?i)^(?:no)?(?:nik|ktp|nikktp|kk|nokk)?[^0-9a-z]*([0-9]{16})[^0-9a-z]*$"
SCIENTIFIC = r"(?i)^\d([.,]\d+)?e\+?\d+$"
ONE_DIGIT = "^(" + "|".join(f"{digit}+" for digit in range(10)) + ")$"
EXACT = 2**53  # above this a number in a workbook no longer holds every digit


def read_numbers(frame: pl.DataFrame, kinds: pl.DataFrame, on: dt.date) -> dict[str, pl.Series]:
    """Return NIK with its state, KK and KPJ."""
    height = frame.height
    none = pl.lit(None, dtype=pl.String)

    def digits(field: str) -> pl.Expr:
        if field not in frame.columns:
            return none
        bare = pl.col(field).str.replace_all(r"[\s.'`\-_]", "")
        longer = (frame[field].str.len_bytes() > LENGTH).any()
        return bare.str.replace(LABELLED, "$1") if longer else bare

    either = digits("nik_or_kpj")
    nik = pl.coalesce(
        digits("nik"),
        pl.when(either.str.len_bytes() >= 14).then(either),
        pl.when(digits("nik_or_kk").str.len_bytes() == 16).then(digits("nik_or_kk"))
        if "nik" not in frame.columns
        else none,
    )
    scientific = pl.col("nik").str.contains(SCIENTIFIC) if "nik" in frame.columns else pl.lit(False)
    read = frame.with_columns(
        pl.when(scientific)
        .then(pl.col("nik") if "nik" in frame.columns else none)
        .otherwise(nik)
        .alias("nik"),
        digits("kk").alias("kk"),
        pl.coalesce(digits("kpj"), pl.when(either.str.len_bytes() == 11).then(either)).alias("kpj"),
    ).select("nik", "kk", "kpj")
    if "nik" in frame.columns:
        unknown = frame["nik"].str.contains(NO_NIK)
        read = read.with_columns(pl.when(~unknown.fill_null(False)).then(pl.col("nik")))
    decoded = niks.decode(read["nik"], on=on)
    number = kinds["nik"] == ord("n") if "nik" in kinds.columns else pl.repeat(False, height, eager=True)
    text = pl.col("nik")
    same = text.str.contains(ONE_DIGIT)
    damaged = text.str.contains(SCIENTIFIC) | (
        number
        & (text.str.len_bytes() >= 15)
        & (text.str.ends_with("0") | (text.cast(pl.Int64, strict=False).fill_null(EXACT) >= EXACT))
    )
    state = read.with_columns(decoded["ok"]).select(
        pl.when(text.is_null()).then(pl.lit("blank"))
        .when(damaged).then(pl.lit("damaged"))
        .when(pl.col("ok") & ~same & (text != pl.col("kk")).fill_null(True)).then(pl.lit("valid"))
        .otherwise(pl.lit("malformed")).alias("nik_state")
    ).to_series()  # fmt: skip
    return {
        "nik": read["nik"],
        "nik_state": state,
        "nik_ok": state == "valid",
        "nik_number": number,
        "nik_date": decoded["nik_date"],
        "nik_sex": decoded["nik_sex"],
        "kk_date": niks.decode(read["kk"], on=on)["nik_date"],
        "kk": read["kk"],
        "kpj": read["kpj"],
    }


def read_nik_of_heir(written: pl.Series, kinds: pl.DataFrame, own: pl.Series, on: dt.date) -> pl.Series:
    """Return the NIKs of heirs that can be one and are not the person's own; what Excel cut is none."""
    if written.null_count() == written.len():
        return written
    bare = written.str.replace_all(r"[\s.'`\-_]", "").str.replace(LABELLED, "$1")
    number = (
        kinds["heir_nik"] == ord("n")
        if "heir_nik" in kinds.columns
        else pl.repeat(False, own.len(), eager=True)
    )
    text = pl.col("heir_nik")
    large = text.str.ends_with("0") | (text.cast(pl.Int64, strict=False).fill_null(EXACT) >= EXACT)
    sound = pl.col("ok") & ~(number & large) & ~text.str.contains(ONE_DIGIT) & (text != own).fill_null(True)
    return (
        pl.DataFrame({"heir_nik": bare})
        .with_columns(niks.decode(bare, on=on)["ok"])
        .select(pl.when(sound).then(text))
        .to_series()
    )
