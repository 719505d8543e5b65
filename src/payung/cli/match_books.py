"""The results of `payung match` as workbooks that a person reads."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from payung.linkage import Learnt, Linkage
from payung.linkage.explain import in_words
from payung.papers.tables import Column, Table, write_workbook

_SIDE = (("name", "NAMA", 26), ("nik", "NIK", 19), ("birth", "TANGGAL LAHIR", 13), ("village", "DESA", 18))
_PAIRS = (
    Column("decision", "HASIL", width=10),
    Column("probability", "KEMUNGKINAN SAMA", "share", 13),
    Column("why", "MENGAPA", width=70),
    Column("left", "A: BARIS", width=16),
    *(Column(f"left_{name}", f"A: {title}", width=width) for name, title, width in _SIDE),
    Column("right", "B: BARIS", width=16),
    *(Column(f"right_{name}", f"B: {title}", width=width) for name, title, width in _SIDE),
)
_PERSONS = (
    Column("person", "ORANG", "number", 10),
    Column("record", "BARIS", width=16),
    *(Column(name, title, width=width) for name, title, width in _SIDE),
    Column("file", "BERKAS", width=30),
)
_AGAINST = (
    Column("person", "ORANG", "number", 10),
    Column("left", "A: BARIS", width=16),
    Column("right", "B: BARIS", width=16),
    Column("why", "PERTENTANGAN", width=70),
)

_WEIGHTS = (
    Column("why", "YANG DIBANDINGKAN", width=70),
    Column("reasoned", "BOBOT SEMULA (BIT)", width=20),
    Column("learnt", "PERUBAHAN (BIT)", width=18),
)


def write_books(folder: Path, linkage: Linkage, everyone: pl.DataFrame, *, shown: int) -> None:
    """Write ``pairs.xlsx`` (review first, notices by themselves) and ``persons.xlsx``.

    At most ``shown`` rows a sheet, and it says so.
    """
    facts = everyone.select(
        "record",
        "name",
        "nik",
        pl.col("birth_date").dt.strftime("%d-%m-%Y").alias("birth"),
        "village",
        "file",
    )
    ordered = in_words(linkage.pairs).sort("decision", "left", "right")
    review, same = (
        ordered.filter(pl.col("decision") == kind).with_columns(pl.lit(word).alias("decision"))
        for kind, word in (("review", "tinjau"), ("same", "sama"))
    )
    notices = review.join(linkage.notices, on=["left", "right"], how="semi", maintain_order="left")
    review = review.join(linkage.notices, on=["left", "right"], how="anti", maintain_order="left")
    write_workbook(
        folder / "pairs.xlsx",
        [
            _sheet(
                "Ditinjau",
                "Satu orang atau bukan?",
                _PAIRS,
                _beside(review.head(shown), facts),
                review.height,
            ),
            _sheet(
                "Satu nomor",
                "Satu NIK pada beberapa orang: nomor siapa?",
                _PAIRS,
                _beside(notices.head(shown), facts),
                notices.height,
            ),
            _sheet("Sama", "Satu orang", _PAIRS, _beside(same.head(shown), facts), same.height),
            _sheet(
                "Bertentangan",
                "Baris satu orang yang saling bertentangan",
                _AGAINST,
                in_words(linkage.contradictions.head(shown)),
                linkage.contradictions.height,
            ),
            _weights(linkage.learnt),
        ],
    )
    several = linkage.persons.filter(pl.len().over("person") > 1).sort("person", "record")
    rows = several.head(shown).join(facts, on="record", how="left", maintain_order="left")
    write_workbook(
        folder / "persons.xlsx",
        [_sheet("Orang", "Orang dengan lebih dari satu baris", _PERSONS, rows, several.height)],
    )


def _weights(learnt: Learnt) -> Table:
    """Return what each level weighs, in bits (one bit doubles the odds), and by how much the lists moved it."""
    rows = in_words(learnt.weights()).select(
        "why",
        pl.when(pl.col("reasoned").is_null())
        .then(pl.lit("menurut kelangkaan"))
        .otherwise(pl.col("reasoned").cast(pl.String))
        .alias("reasoned"),
        pl.col("learnt").cast(pl.String),
    )
    note = f"Dari {learnt.pairs:,} pasangan bernomor: {learnt.yes:,} satu orang, {learnt.no:,} dua orang."
    return Table("Bobot", "Bobot yang dipelajari dari daftar", note, _WEIGHTS, rows)


def _beside(pairs: pl.DataFrame, facts: pl.DataFrame) -> pl.DataFrame:
    named = facts.drop("file")
    for side in ("left", "right"):
        renamed = named.rename({name: f"{side}_{name}" for name in named.columns if name != "record"})
        pairs = pairs.join(renamed, left_on=side, right_on="record", how="left", maintain_order="left")
    return pairs


def _sheet(name: str, title: str, columns: tuple[Column, ...], rows: pl.DataFrame, total: int) -> Table:
    note = f"{total:,} baris" + (
        f"; {rows.height:,} yang pertama ada di sini, semuanya di berkas .parquet"
        if rows.height < total
        else ""
    )
    return Table(name, title, note + ".", columns, rows)
