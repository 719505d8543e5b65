"""Every person's state with its reason in one sentence, and every row's state."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from payung.people.occupations import EMPLOYED
from payung.planning.eligibility import Rule
from payung.planning.ranking import grounds

_SEGMENT = {"bpu": "BPU", "pu": "PU", "?": "segmen tidak disebut"}
_INSURED_CODE = {"bpu": "SUDAH_BPU", "pu": "SUDAH_PU"}

HOLD_SENTENCES = {
    "SUDAH_BPU": "Mungkin sudah peserta BPJS; periksa pasangannya, atau keterangan yang ditulis desa.",
    "MUNDUR": "Tertulis mundur atau tidak bersedia; pastikan orangnya masih mau diusulkan.",
    "MERANTAU": "Tertulis bekerja di tempat lain; pastikan masih tinggal dan bekerja di sini.",
    "TANYA_DESA": "Barisnya dicoret atau tersembunyi, atau NIK-nya dipakai bersama; tanyakan kepada desa.",
    "NAMA_BEDA": "NIK ini milik orang lain di daftar peserta BPJS; periksa siapa pemilik NIK itu.",
    "GANDA_USULAN": "Mungkin orang yang sama dengan usulan lain; periksa pasangannya.",
    "DATA_KURANG": "Upah belum diisi, sehingga iuran belum dapat dihitung; isi upah sebulan.",
    "DUA_SEGMEN": "Sudah peserta di segmen lain; dua kepesertaan sah, tetapi perlu keputusan.",
    "DESA_KEMBAR": "Ada lebih dari satu desa bernama ini; sebutkan kecamatannya.",
}
EMPLOYED_CODE = "PUNYA_MAJIKAN"
EMPLOYED_NOTE = (
    "Catatan: pekerjaan tertulis karyawan; bila ada pemberi kerja, dialah yang wajib mendaftarkannya (PU)."
)


def rupiah(column: str) -> pl.Expr:
    """Return a text column such as ``Rp201.600`` for whole rupiah in ``column``."""
    digits = pl.col(column).cast(pl.String)
    grouped = digits.str.reverse().str.replace_all(r"(\d{3})", "$1.").str.reverse().str.strip_prefix(".")
    return pl.lit("Rp") + grouped


def put_together(
    persons: pl.DataFrame, candidates: pl.DataFrame, allocated: pl.DataFrame, rules: Sequence[Rule]
) -> pl.DataFrame:
    """Return ``persons`` with ``state``, ``codes`` (reason codes) and ``reason`` (one Indonesian sentence).

    Whom any list has as dead is told so even where the insurer still counts a membership.

    ``candidates`` carry ``held``, ``held_with``, ``held_why``; ``allocated`` carry ``decision``, ``rank``,
    ``list_place``, ``floor``, ``cost`` and what the person was priced on.
    """
    held = candidates.select("person", "held", "held_with", "held_why")
    decided = allocated.select(
        "person", "decision", "rank", "list_place", "floor", "is_office", "cost", "first_month",
        "first_month_jkk", "first_month_jkm", "law",
    )  # fmt: skip
    frame = persons.join(held, on="person", how="left", maintain_order="left").join(
        decided, on="person", how="left", maintain_order="left"
    )
    refused = pl.col("refused_by").list.len() > 0
    state = (
        pl.when(~pl.col("usable"))
        .then(pl.lit("returned"))
        .when(pl.col("insured_state").eq_missing("insured") & ~pl.col("refused_by").list.contains("alive"))
        .then(pl.lit("insured"))
        .when(refused)
        .then(pl.lit("refused"))
        .when(pl.col("held").is_not_null())
        .then(pl.lit("review"))
        .otherwise(pl.col("decision"))
    )
    frame = frame.with_columns(state.alias("state"), pl.col("is_office").fill_null(False))
    written = pl.col("occupation").eq_missing("karyawan_swasta") | pl.col("job").str.contains(EMPLOYED)
    employed = written.fill_null(False) & ~pl.col("is_office") & pl.col("segment_used").eq_missing("bpu")
    frame = frame.with_columns((employed & pl.col("state").is_in(["chosen", "reserve"])).alias("employed"))
    return frame.with_columns(_codes(rules), _sentence(rules))


def _codes(rules: Sequence[Rule]) -> pl.Expr:
    reason_of = {rule.name: rule.reason for rule in rules}
    insured_code = (
        pl.col("insured_as").list.first().replace_strict(_INSURED_CODE, default="SUDAH_BPU")
    )  # the insurer's list without segment is a list of BPU participants
    refused = pl.col("refused_by").list.eval(
        pl.element().replace_strict(reason_of, default=None, return_dtype=pl.String)
    )
    one = pl.concat_list
    noted = pl.when("employed").then(pl.lit([EMPLOYED_CODE])).otherwise(pl.lit([], dtype=pl.List(pl.String)))
    return (
        pl.when(pl.col("state") == "returned")
        .then(pl.col("reasons"))
        .when(pl.col("state") == "insured")
        .then(one(insured_code))
        .when(pl.col("state") == "refused")
        .then(refused.list.unique(maintain_order=True))
        .when(pl.col("state") == "review")
        .then(one(pl.col("held")))
        .when(pl.col("state") == "reserve")
        .then(one(pl.lit("KUOTA_HABIS")).list.concat(noted))
        .otherwise(noted)
        .alias("codes")
    )


def _sentence(rules: Sequence[Rule]) -> pl.Expr:
    sentences = {rule.name: rule.sentence.id for rule in rules}
    refused = pl.col("refused_by").list.first().replace_strict(sentences, default="", return_dtype=pl.String)
    segment = pl.col("insured_as").list.first().replace_strict(_SEGMENT, default="?", return_dtype=pl.String)
    until = (pl.lit(" sampai ") + pl.col("insured_until").dt.strftime("%d-%m-%Y")).fill_null("")
    hold = pl.col("held").replace_strict(HOLD_SENTENCES, default="Perlu diperiksa.", return_dtype=pl.String)
    note = pl.when("employed").then(pl.lit(" " + EMPLOYED_NOTE)).otherwise(pl.lit(""))
    later = (
        pl.when("starts_later")
        .then(
            pl.lit("; mulai ")
            + pl.col("start_text")
            + pl.lit(", sesudah kepesertaannya berakhir ")
            + pl.col("insured_until").dt.strftime("%d-%m-%Y")
        )
        .otherwise(pl.lit(""))
    )
    place = pl.col("list_place").cast(pl.String)
    position = pl.col("rank").cast(pl.String)
    chosen = pl.concat_str(
        pl.lit("Terpilih nomor "),
        place,
        pl.lit(": "),
        grounds(),
        pl.when(pl.col("floor")).then(pl.lit("; jatah minimal desa")).otherwise(pl.lit("; urutan kabupaten")),
        pl.lit(" ("),
        position,
        pl.lit("); iuran "),
        rupiah("cost"),
        pl.when("starts_later")
        .then(pl.lit(" sampai akhir periode"))
        .otherwise(pl.lit(" untuk seluruh periode")),
        later,
        pl.lit("."),
        note,
    )
    reserve = pl.concat_str(
        pl.lit("Cadangan nomor "),
        place,
        pl.lit(": "),
        grounds(),
        pl.lit("; anggaran habis sebelum urutan "),
        position,
        later,
        pl.lit("."),
        note,
    )
    return (
        pl.when(pl.col("state") == "returned")
        .then(pl.lit("Semua baris orang ini dikembalikan ke desa untuk diperbaiki."))
        .when(pl.col("state") == "insured")
        .then(pl.lit("Sudah terdaftar di BPJS Ketenagakerjaan (") + segment + pl.lit(")") + until + pl.lit("."))
        .when(pl.col("state") == "refused")
        .then(refused)
        .when(pl.col("state") == "review")
        .then(pl.concat_str(hold, pl.when(pl.col("held_why").is_not_null()).then(
            pl.lit(" ") + pl.col("held_why") + pl.lit(".")).otherwise(pl.lit(""))))
        .when(pl.col("state") == "chosen")
        .then(chosen)
        .when(pl.col("state") == "reserve")
        .then(reserve)
        .alias("reason")
    )  # fmt: skip


def state_of_rows(listings: pl.DataFrame, people: pl.DataFrame, persons: pl.DataFrame) -> pl.DataFrame:
    """Return every row with where it stands, its verdict, ``person``, ``outcome``, ``codes`` and ``reason``.

    A row is "returned", "duplicate" (the person's better row speaks) or in the state of its person.
    """
    best = people.select("person", pl.col("record").alias("best"), "state", "codes", "reason")
    where = ("village", "village_code", "district", "district_code")
    rows = listings.select("record", "file", "sheet", "row", "verdict", "reasons", *where).join(
        persons.select("record", "person"), on="record", how="left", maintain_order="left"
    )
    return (
        rows.join(best, on="person", how="left", maintain_order="left")
        .with_columns(
            pl.when(pl.col("verdict") == "returned")
            .then(pl.lit("returned"))
            .when(pl.col("record") != pl.col("best"))
            .then(pl.lit("duplicate"))
            .otherwise(pl.col("state"))
            .alias("outcome")
        )
        .with_columns(
            pl.when(pl.col("outcome") == "returned")
            .then("reasons")
            .when(pl.col("outcome") == "duplicate")
            .then(pl.concat_list(pl.lit("GANDA_USULAN")))
            .otherwise("codes")
            .alias("codes"),
            pl.when(pl.col("outcome") == "returned")
            .then(pl.lit("Baris dikembalikan ke desa untuk diperbaiki."))
            .when(pl.col("outcome") == "duplicate")
            .then(pl.lit("Orang yang sama sudah dihitung di baris ") + pl.col("best") + pl.lit("."))
            .otherwise("reason")
            .alias("reason"),
        )
        .drop("best", "state")
    )
