"""Row by row: what is wrong with which cell. Every check is one mask over a column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from payung.people.names import TITLES
from payung.people.values import is_value
from payung.rosters.column_tests import Fault
from payung.rosters.mojibake import LEFT_OVER
from payung.rosters.reasons import REASONS
from payung.said import Said, kept

NAME = kept(Said("rosters.the_name"))
REMARKS = ("KET_PESERTA", "KET_MUNDUR", "KET_MERANTAU", "KET_GANDA")
# what is said of whole rows, in the column ``marks``
MARKS = ("BARIS_DICORET", "BARIS_TERSEMBUNYI", "LEMBAR_TERSEMBUNYI", "BARIS_GESER", "BARIS_DILURUSKAN")
ERROR = r"(?i)^#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|NAMA\?|NILAI!|BAGI/0!)|^Err:\d{3}$"
LIFE_CODES = {"meninggal": "MENINGGAL", "pindah": "PINDAH", "tidak valid": "NIK_TIDAK_ADA"}
KPJ = r"^0*[1-9][0-9]{7,12}$"  # eleven digits today; cards of before had fewer or more
FOUND = {"at": pl.UInt32, "field": pl.String, "code": pl.String, "value": pl.String, "other": pl.String}
_TITLE_ONLY = rf"(?i-u)^(({'|'.join(sorted(TITLES))})\.?\s*)+$"
_LATE = r"(?i-u)^(alm|almh|almarhum|almarhumah)\b|\((alm|almh|almarhum|almarhumah|wafat)[.\s]*\w{0,2}\)?\s*$"
_ODD = r"[0-9@#$%^*_=+<>{}\[\]|\\;:!?~]"


def judge(
    raw: pl.DataFrame,
    clean: pl.DataFrame,
    faults: Sequence[Fault],
    weights: Mapping[str, str],
    *,
    insured: bool,
) -> pl.DataFrame:
    """Return the faulty cells: ``at`` (number of the people row), ``field``, ``code``, ``value``, ``other`` and
    ``severity``.

    ``insured`` lists are the insurer's own: what is missing there is a note. The column ``home`` of ``clean`` is the
    Kemendagri code of the district that the row's list is about, such as ``62.03``, or null.
    """
    frame = clean.with_row_index("at").with_columns(raw[field].alias(f"raw_{field}") for field in raw.columns)
    refused = {fault.field: fault for fault in faults}
    checks = [
        *_identity(frame, refused),
        *_person(frame, raw, refused),
        *_rest(frame, raw.drop(set(refused) & set(raw.columns))),
        *([] if insured or "note" not in raw.columns else _remarks(frame)),
        *([] if insured else _members(frame, raw)),
        *(
            []
            if insured
            else [_of(frame, pl.col("marks").str.contains(code), code, "name") for code in MARKS]
        ),
        *_unread(frame, raw),
    ]
    hits = frame.select(check.mask.fill_null(False).alias(str(number)) for number, check in enumerate(checks))
    parts = [
        frame.filter(hits[name]).select(checks[int(name)].finding)
        for name in hits.columns
        if hits[name].any()
    ]
    findings = pl.concat(parts) if parts else pl.DataFrame(schema=FOUND)
    findings = _named(findings)
    weight = {code: ("note" if insured and value == "return" else value) for code, value in weights.items()}
    return (
        findings.with_columns(pl.col("code").replace_strict(weight, return_dtype=pl.String).alias("severity"))
        .filter(pl.col("severity") != "off")
        .sort("at", "field", "code")
    )


def _named(findings: pl.DataFrame) -> pl.DataFrame:
    """Return the findings of empty cells that hold an error or a formula under their own codes."""
    value = pl.col("value")
    empty = pl.col("code").is_in(["NIK_KOSONG", "DATA_KURANG"])
    return findings.with_columns(
        pl.when(empty & value.str.contains(ERROR)).then(pl.lit("SEL_GALAT"))
        .when(empty & value.str.starts_with("=")).then(pl.lit("SEL_RUMUS"))
        .otherwise(pl.col("code")).alias("code")
    )  # fmt: skip


def _unread(frame: pl.DataFrame, raw: pl.DataFrame) -> list[Check]:
    """Name the errors and formulas in cells that nobody must fill in."""
    found = []
    for field in raw.columns:
        starts = raw[field].str
        begun = (starts.starts_with(sign).any() for sign in ("#", "=", "Err:"))
        if field not in ("name", "nik") and any(begun):
            text = pl.col(f"raw_{field}")
            found.append(_of(frame, text.str.contains(ERROR), "SEL_GALAT_LAIN", field))
            found.append(_of(frame, text.str.starts_with("="), "SEL_RUMUS_LAIN", field))
    return found


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that may be wrong: where, and the finding of a row where it is."""

    mask: pl.Expr
    finding: list[pl.Expr]


def _of(
    frame: pl.DataFrame,
    mask: pl.Expr,
    code: str,
    field: str,
    value: pl.Expr | None = None,
    other: pl.Expr | None = None,
) -> Check:
    assert code in REASONS
    nothing = pl.lit(None, dtype=pl.String)
    shown = (
        value if value is not None else pl.col(f"raw_{field}") if f"raw_{field}" in frame.columns else nothing
    )
    return Check(
        mask,
        [
            pl.col("at"),
            pl.lit(field).alias("field"),
            pl.lit(code).alias("code"),
            shown.cast(pl.String).alias("value"),
            (other if other is not None else nothing).cast(pl.String).alias("other"),
        ],
    )


def _identity(frame: pl.DataFrame, refused: Mapping[str, Fault]) -> list[Check]:
    state, nik = pl.col("nik_state"), pl.col("nik")
    found = []
    empty = state == "blank"
    for field, code in (("employee_no", "NIK_INDUK"), ("nik_kk", "NIK_GABUNG"), ("kk_nik", "NIK_GABUNG")):
        if f"raw_{field}" in frame.columns and ("nik" not in refused):
            held = empty & pl.col(f"raw_{field}").is_not_null()
            if field != "employee_no" or "raw_nik" not in frame.columns:
                found.append(_of(frame, held, code, field))
                empty = empty & ~held.fill_null(False)
    found.append(_of(frame, empty, "NIK_KOSONG", "nik"))
    fault = refused.get("nik")
    if fault is not None:
        found.append(_of(frame, state != "blank", fault.code, "nik", other=pl.lit(fault.other.kept())))
        return found
    same_kk = (nik == pl.col("kk")).fill_null(False)
    moved = refused["birth_date"].days if "birth_date" in refused else 0
    dated = moved is not None
    date = pl.col("cell_date").dt.offset_by(f"{-moved}d") if moved else pl.col("cell_date")
    swapped = (pl.col("kk_date") == date) & (pl.col("nik_date") != date)
    swapped = (swapped & dated & ("kk" not in refused)).fill_null(False)
    found += [
        _of(frame, state == "damaged", "NIK_TERPOTONG", "nik", nik),
        _of(frame, (state == "valid") & swapped, "NIK_TERTUKAR", "nik", nik),
        _of(frame, same_kk & (state == "malformed"), "NIK_SAMA_KK", "nik", nik),
        _of(frame, ~same_kk & (state == "malformed"), "NIK_FORMAT", "nik"),
        _of(frame, (state == "valid") & pl.col("nik_number"), "NIK_ANGKA", "nik", nik),
        _of(
            frame,
            (state == "valid") & (pl.col("nik_date") != date) & dated & ~swapped,
            "NIK_LAHIR_BEDA",
            "nik",
            pl.col("date_text"),
            pl.col("nik_date").dt.strftime("%d-%m-%Y"),
        ),
        _of(
            frame,
            (state == "valid") & (pl.col("nik_sex") != pl.col("sex")),
            "NIK_JK_BEDA",
            "nik",
            pl.col("sex"),
            pl.col("nik_sex"),
        ),
    ]
    there = nik.str.slice(0, 2) + "." + nik.str.slice(2, 2)
    elsewhere = (state == "valid") & (there != pl.col("home"))
    found.append(_of(frame, elsewhere, "NIK_WILAYAH_BEDA", "nik", nik, there))
    return found


def _person(frame: pl.DataFrame, raw: pl.DataFrame, refused: Mapping[str, Fault]) -> list[Check]:
    name = pl.col("name")
    date_field = next(
        (field for field in ("birth_date", "birth_place_date") if field in raw.columns), "birth_date"
    )
    masked = "nik" in refused and refused["nik"].code == "KOLOM_NIK_SAMAR"  # said once, of the column
    unread = pl.col("date_text").is_not_null() & pl.col("cell_date").is_null()
    has_date = pl.col("cell_date").is_not_null() | (
        (pl.col("nik_state") == "valid") & pl.col("nik_date").is_not_null()
    )
    found = [
        _of(frame, name.is_null(), "DATA_KURANG", "name", other=pl.lit(NAME)),
        _of(
            frame,
            (name.str.contains(_ODD) | name.str.contains(_TITLE_ONLY) | (name.str.len_chars() < 2))
            & (not masked),
            "NAMA_JANGGAL",
            "name",
            name,
        ),
        _of(frame, pl.col("name_like_blank") == "name", "NAMA_SEPERTI_KOSONG", "name", name),
        _of(frame, pl.col("name_like_blank") == "program", "NAMA_MUNGKIN_KOSONG", "name", name),
        _of(frame, name.str.contains(LEFT_OVER), "NAMA_RUSAK", "name", name),
        _of(
            frame,
            name.str.contains(_LATE)
            & ~name.str.contains(_TITLE_ONLY)
            & pl.col("life_from").ne_missing("name"),
            "NAMA_ALMARHUM",
            "name",
            name,
        ),
        _of(frame, unread & ("birth_date" not in refused), "LAHIR_FORMAT", date_field, pl.col("date_text")),
        _of(frame, ~has_date & ~unread & (not masked), "LAHIR_KOSONG", date_field),
        _of(frame, ~has_date & unread, "LAHIR_KOSONG", date_field, pl.col("date_text")),
    ]
    for field in ("life_status", "note", "status", "name"):
        if field in raw.columns or field == "name":
            here = pl.col("life_from") == field
            found += [
                _of(frame, here & (pl.col("life") == said), code, field) for said, code in LIFE_CODES.items()
            ]
    if (fault := refused.get("birth_date")) and fault.code != "KOLOM_TANGGAL_GESER":
        found.append(
            _of(
                frame,
                pl.col("date_text").is_not_null(),
                fault.code,
                "birth_date",
                other=pl.lit(fault.other.kept()),
            )
        )
    if (fault := refused.get("name")) and fault.code != "KOLOM_SAMAR":
        found.append(_of(frame, pl.lit(True), fault.code, "name", other=pl.lit(fault.other.kept())))
    return found


def _remarks(frame: pl.DataFrame) -> list[Check]:
    found = [_of(frame, pl.col("servant"), "KET_ASN", "note")]
    return found + [_of(frame, pl.col("remark") == code, code, "note") for code in REMARKS]


def _members(frame: pl.DataFrame, raw: pl.DataFrame) -> list[Check]:
    """Hear the column that says who is a member already, as a remark is heard; and the number of a member's card.

    Beside a column that says of somebody yes, no, or no longer, the number adds nothing.
    """
    said = (("bpjstk_flag", "member"), ("insurance_kind", "insured_by"))
    found = [_of(frame, pl.col(out), "KET_PESERTA", field) for field, out in said if field in raw.columns]
    if card := next((field for field in ("kpj", "nik_or_kpj") if field in raw.columns), None):
        number = pl.col("kpj").str.contains(KPJ) & pl.col("member").is_null() & pl.col("insured_by").is_null()
        found.append(_of(frame, number, "KPJ_ADA", card, pl.col("kpj")))
    return found


def _rest(frame: pl.DataFrame, raw: pl.DataFrame) -> list[Check]:
    found = []
    if "kk" in raw.columns:
        found.append(_of(frame, ~pl.col("kk").str.contains(r"^[1-9][0-9]{15}$"), "KK_FORMAT", "kk"))
    for field, out, code in (
        ("sex", "sex", "JK_FORMAT"),
        ("phone", "phone", "HP_FORMAT"),
        ("rt", "rt", "RT_FORMAT"),
        ("rw", "rw", "RT_FORMAT"),
        ("rt_rw", "rt", "RT_FORMAT"),
    ):
        if field in raw.columns:
            found.append(_of(frame, _present(field) & pl.col(out).is_null(), code, field))
    money = next((field for field in ("income", "wage") if field in raw.columns), None)
    if money:
        found.append(_of(frame, _present(money) & pl.col("income").is_null(), "PENGHASILAN_FORMAT", money))
    if "job" in raw.columns:
        found.append(
            _of(frame, _present("job") & pl.col("occupation").is_null(), "PEKERJAAN_TAK_DIKENAL", "job")
        )
    if "region_status" in frame.columns:
        doubt = pl.col("region_status").is_in(["conflict", "none"])
        found.append(
            _of(
                frame,
                doubt & pl.col("village").is_not_null(),
                "WILAYAH_BEDA",
                "village",
                pl.col("village"),
                pl.col("region_reason"),
            )
        )
    return found


def _present(field: str) -> pl.Expr:
    text = pl.col(f"raw_{field}")
    return text.is_not_null() & is_value(text)


def date_of(frame: pl.DataFrame, refused: Mapping[str, Fault]) -> list[pl.Expr]:
    """Return ``birth_date`` and ``birth_date_from``: the cell's date, else that of a valid NIK.

    Of a column whose dates had to be turned the NIK counts first.
    """
    fault = refused.get("birth_date")
    cell = pl.col("cell_date") if fault is None or fault.dates is not None else pl.lit(None, dtype=pl.Date)
    nik = pl.when(pl.col("nik_state") == "valid").then(pl.col("nik_date"))
    if fault is not None:
        cell = pl.when(nik.is_null()).then(cell)
    return [
        pl.coalesce(cell, nik).alias("birth_date"),
        pl.when(cell.is_not_null())
        .then(pl.lit("cell"))
        .when(nik.is_not_null())
        .then(pl.lit("nik"))
        .alias("birth_date_from"),
    ]
