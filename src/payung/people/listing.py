"""The shape of a listing: one person as one row of one list says it.

This is the contract between the rooms. ``rosters`` makes listings out of workbooks, ``linkage`` says which of
them are one person, ``enrolment`` chooses among those persons. Text columns hold text as written and cleaned;
an empty cell is null, never an empty string; nothing is filled in by guessing.
"""

from __future__ import annotations

import polars as pl

from payung.codes import Verdict

SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    # where it stands
    "record": pl.String,  # unique: "<file>#<sheet>!<row>", or the caller's own record id
    "file": pl.String,  # path of the workbook relative to the folder that was given
    "sheet": pl.String,
    "row": pl.Int64,  # the row number that a person sees in Excel, from 1
    # what was judged
    "verdict": pl.String,  # "accepted", "noted" or "returned"
    "reasons": pl.List(pl.String),  # reason codes, see payung.rosters.reasons
    # who it is
    "nik": pl.String,  # as written, without spaces, dots and apostrophes; may be damaged: see nik_state
    "nik_state": pl.String,  # "valid", "blank", "damaged" (Excel cut it), "malformed"
    "kk": pl.String,
    "kpj": pl.String,
    "name": pl.String,  # as written, spaces tidied
    "birth_date": pl.Date,
    "birth_date_from": pl.String,  # "cell" or "nik" (the list had no date; taken from a valid NIK)
    "birth_place": pl.String,
    "sex": pl.String,  # "L" or "P"
    "mother": pl.String,
    "phone": pl.String,  # "+62..."
    "email": pl.String,  # lower case
    # who is paid where the person dies, as the list names one; never mixed with the person's own facts
    "heir_name": pl.String,  # as written
    "heir_nik": pl.String,  # sixteen digits that can be a NIK, and not the person's own
    "heir_relation": pl.String,  # as written: "istri", "anak kandung"
    "heir_phone": pl.String,  # "+62..."
    # where they live
    "address": pl.String,
    "rt": pl.String,
    "rw": pl.String,
    "village": pl.String,  # name as written
    "village_code": pl.String,  # Kemendagri, "62.03.01.2001", only where name and code or context agree
    "district": pl.String,  # sub-district (kecamatan) name as written
    "district_code": pl.String,  # "62.03.01"
    # what they do
    "job": pl.String,  # as written
    "occupation": pl.String,  # code of payung.people.occupation
    "transport": pl.Boolean,  # counts as transport for PP 50/2025
    "category": pl.String,  # a code of payung.codes.category: kepala_desa, perangkat_desa, bpd, ..., rentan
    "income": pl.Int64,  # rupiah a month, declared income or wage
    "segment": pl.String,  # "pu" or "bpu" where the list says so
    # what else the rules ask
    "disability": pl.Boolean,
    "decile": pl.Int64,  # DTSEN desil, 1 the poorest
    "welfare": pl.String,  # miskin_ekstrem, sangat_miskin, miskin, rentan_miskin
    "household_official": pl.Boolean,  # someone on the same KK is ASN/TNI/Polri/BUMN/BUMD
    "life_status": pl.String,  # "hidup", "meninggal", "pindah"
    # what the insurer's own list says of the membership; null in all other lists
    "member_status": pl.String,  # "active", "inactive", "dead", "rejected"
    "member_until": pl.Date,  # the last day that the list names; may lie in the future
}

VERDICTS = tuple(Verdict)


def empty() -> pl.DataFrame:
    """Return a frame of listings without rows."""
    return pl.DataFrame(schema=SCHEMA)


def conform(frame: pl.DataFrame) -> pl.DataFrame:
    """Return ``frame`` with exactly the columns of :data:`SCHEMA`, in order; missing columns are null.

    Raises ``ValueError`` where a column is not part of the contract.
    """
    unknown = set(frame.columns) - set(SCHEMA)
    if unknown:
        raise ValueError(f"not part of a listing: {sorted(unknown)}")
    return frame.select(
        (pl.col(name) if name in frame.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in SCHEMA.items()
    )
