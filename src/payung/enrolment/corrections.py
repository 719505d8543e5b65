"""Hands every village its own workbook back, with what the workbook and the main job found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import polars as pl

from payung.enrolment.inputs import Rosters
from payung.enrolment.outcome import EMPLOYED_CODE, EMPLOYED_NOTE
from payung.enrolment.tasks import Task
from payung.planning.eligibility import Rule
from payung.rosters import FINDINGS, write_corrected
from payung.rosters.reader import letter

if TYPE_CHECKING:
    from payung.rosters import Reading

_TOLD = ("nik", "birth_date", "job", "village")
_FIELD_OF_RULE = {
    "minimum_age": "birth_date",
    "age_limit": "birth_date",
    "birth_date_known": "birth_date",
    "is_worker": "job",
    "other_regime": "job",
}


def corrected_rosters(
    folder: Path, rosters: Rosters, told: pl.DataFrame
) -> tuple[list[Task], dict[str, str]]:
    """Return the tasks that write a corrected copy of every roster below ``folder``, and the place of each copy.

    ``told`` are the findings of the main job (:func:`findings_of_the_job`). Places are told by roster name, relative
    to the folder above.
    """
    by_file = {str(key[0]): part for key, part in told.partition_by("file", as_dict=True).items()}
    places = _places([reading.file for reading in rosters.readings])
    tasks: list[Task] = []
    for reading in rosters.readings:
        path = folder / places[reading.file]
        path.parent.mkdir(parents=True, exist_ok=True)
        tasks.append((write_corrected, (_with(reading, by_file.get(reading.file)), path)))
    return tasks, {file: f"{folder.name}/{place}" for file, place in places.items()}


def findings_of_the_job(
    rosters: Rosters, rows: pl.DataFrame, people: pl.DataFrame, rules: Sequence[Rule]
) -> pl.DataFrame:
    """Return a note for every usable row that the main job will not enrol, at the cell that it concerns.

    A row of somebody who is listed better elsewhere, is already insured, or is refused by a rule; besides, a row whose
    village has the name of another, and one that names an employer.
    """
    first = pl.col("refused_by").list.first()
    words = {rule.name: rule for rule in rules}
    person = people.select(
        "person",
        pl.col("file").alias("best_file"),
        pl.col("row").cast(pl.String).alias("best_row"),
        "reason",
        pl.col("codes").list.first().alias("first_code"),
        first.replace_strict(
            {n: r.remedy.id for n, r in words.items()}, default=None, return_dtype=pl.String
        ).alias("rule_remedy"),
        first.replace_strict(_FIELD_OF_RULE, default="nik", return_dtype=pl.String).alias("rule_field"),
    )
    outcome = pl.col("outcome")
    written = rosters.listings.select(
        "record", "nik", "job", pl.col("birth_date").dt.strftime("%d-%m-%Y").alias("birth_date")
    )
    asked = (outcome == "review") & pl.col("codes").list.contains("DESA_KEMBAR")
    employed = outcome.is_in(["chosen", "reserve"]) & pl.col("codes").list.contains(EMPLOYED_CODE)
    noted = (
        rows.filter(outcome.is_in(["duplicate", "insured", "refused"]) | asked | employed)
        .drop("codes", "reason")
        .join(written, on="record", how="left", maintain_order="left")
        .join(person, on="person", how="left", maintain_order="left")
        .with_columns(
            pl.when(outcome == "duplicate")
            .then(pl.lit("GANDA_USULAN"))
            .when(outcome.is_in(["chosen", "reserve"]))
            .then(pl.lit(EMPLOYED_CODE))
            .otherwise("first_code")
            .alias("code"),
            pl.when(outcome == "refused")
            .then("rule_field")
            .when(outcome == "review")
            .then(pl.lit("village"))
            .when(outcome.is_in(["chosen", "reserve"]))
            .then(pl.lit("job"))
            .otherwise(pl.lit("nik"))
            .alias("field"),
            pl.when(outcome == "duplicate")
            .then(
                pl.concat_str(
                    pl.lit("Orang ini juga ada di "),
                    pl.col("best_file"),
                    pl.lit(" baris "),
                    pl.col("best_row"),
                    pl.lit("; baris itu yang dipakai."),
                )
            )
            .when(outcome.is_in(["chosen", "reserve"]))
            .then(pl.lit(EMPLOYED_NOTE))
            .otherwise("reason")
            .alias("message"),
            pl.when(outcome == "duplicate")
            .then(
                pl.lit("Hapus salah satu bila orangnya sama; betulkan NIK atau nama bila orangnya berbeda.")
            )
            .when(outcome == "insured")
            .then(pl.lit("Tidak perlu diusulkan lagi; bila keliru, hubungi kantor BPJS."))
            .when(outcome == "review")
            .then(pl.lit("Isi kolom kecamatan, atau tulis kecamatan di judul daftar atau nama foldernya."))
            .when(outcome.is_in(["chosen", "reserve"]))
            .then(
                pl.lit(
                    "Bila bekerja sendiri, betulkan pekerjaannya; bila ada pemberi kerja, usulkan orang lain."
                )
            )
            .otherwise("rule_remedy")
            .alias("remedy"),
        )
        .join(_cells(rosters), on=["file", "sheet", "field"], how="left", maintain_order="left")
        .filter(pl.col("from_row").fill_null(0) < pl.col("row"))
        .sort("file", "sheet", "row", "from_row", nulls_last=False)
        .unique(["file", "sheet", "row"], keep="last", maintain_order=True)
    )
    return noted.select(
        "file", "sheet", "row", "column", "field", _value(), pl.lit(None, pl.String).alias("other"), "code",
        pl.lit("note").alias("severity"), "message", "remedy",
    ).cast(FINDINGS)  # type: ignore[arg-type]  # fmt: skip


def _value() -> pl.Expr:
    """Return what the row has in the field that a note is about."""
    field = pl.col("field")
    named = pl.when(field == "birth_date").then("birth_date").when(field == "job").then("job")
    named = named.when(field == "village").then("village")
    return named.otherwise("nik").alias("value")


def _cells(rosters: Rosters) -> pl.DataFrame:
    """Return in which column letter each list of each sheet keeps NIK, birth date, job, village (else the name)."""
    found: list[tuple[str, str, int, str, str | None]] = []
    for reading in rosters.readings:
        for table in reading.tables:
            letters = {column.field: letter(column.at) for column in reversed(table.columns)}
            name = letters.get("name") or letters.get("household_head")
            where = (reading.file, table.sheet, table.header_row)
            found += [(*where, field, letters.get(field) or name) for field in _TOLD]
    schema = {
        "file": pl.String,
        "sheet": pl.String,
        "from_row": pl.Int64,
        "field": pl.String,
        "column": pl.String,
    }
    return pl.DataFrame(found, schema=schema, orient="row")


def _places(files: Sequence[str]) -> dict[str, str]:
    """Return where each roster's copy goes: its own path, as .xlsx, told apart where two would meet."""
    used: set[str] = set()
    places = {}
    for file in files:
        path = PurePosixPath(file)
        place = path.with_suffix(".xlsx").as_posix()
        if place.lower() in used:
            place = path.with_name(f"{path.stem} ({path.suffix.lstrip('.')}).xlsx").as_posix()
        used.add(place.lower())
        places[file] = place
    return places


def _with(reading: Reading, told: pl.DataFrame | None) -> Reading:
    if told is None:
        return reading
    return replace(reading, findings=pl.concat([reading.findings, told]))
