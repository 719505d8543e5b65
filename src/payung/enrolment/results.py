"""All files of a run, written into a folder that takes its place when it is whole."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from payung.enrolment import summary
from payung.enrolment.corrections import corrected_rosters, findings_of_the_job
from payung.enrolment.folder import MARK
from payung.enrolment.inputs import Rosters
from payung.enrolment.meanings import MEANINGS
from payung.enrolment.progress import Listener
from payung.enrolment.request import Request
from payung.enrolment.review import BIRTH_DATE, for_review
from payung.enrolment.tasks import Task, Workers
from payung.linkage import Linkage
from payung.linkage.decisions import Decisions
from payung.papers.enrolment_file import ENROLMENT_COLUMNS, write_enrolment_file, write_reserve_list
from payung.papers.review_list import write_review_list
from payung.papers.summary_book import write_summary
from payung.planning.eligibility import RULES, Rule
from payung.text import Text

MANY_PEOPLE = 20_000  # from here on writing one list takes longer than starting a second process
PROGRAMMES = "JKK, JKM"
# `baris.parquet`: what became of every row, for a program or an auditor. Names and numbers of people stay out.
ROW_COLUMNS = ("file", "sheet", "row", "verdict", "outcome", "codes", "reason", "person", "village_code")


def write_results(
    folder: Path,
    *,
    request: Request,
    rosters: Rosters,
    insured: pl.DataFrame,
    linkage: Linkage,
    answers: Decisions | None,
    people: pl.DataFrame,
    rows: pl.DataFrame,
    villages: pl.DataFrame,
    report: dict[str, Any],
    used: Sequence[Rule],
    listener: Listener,
    workers: Workers,
) -> None:
    """Write every file of the run into ``folder``."""
    chosen, reserve = (_for_enrolment(people, request, state) for state in ("chosen", "reserve"))
    review = for_review(people, rosters.listings, insured, linkage, answers)
    told = findings_of_the_job(rosters, rows, people, used)
    corrections, corrected = corrected_rosters(folder / "perbaikan", rosters, told)
    tasks: list[Task] = [
        (write_enrolment_file, (folder / "usulan.xlsx", chosen)),
        (write_reserve_list, (folder / "cadangan.xlsx", reserve)),
        (
            write_review_list,
            (folder / "perlu-ditinjau.xlsx", review.waiting, review.pairs, review.differing, review.decided),
        ),
        *corrections,
    ]
    listener.stage(
        Text(
            "Menulis usulan dan buku perbaikan desa", "Writing the enrolment file and the villages' workbooks"
        ),
        len(tasks),
    )
    workers.run(tasks, listener.advance, large=people.height > MANY_PEOPLE)
    write_summary(
        folder / "ringkasan.xlsx",
        figures=_figures(report),
        villages=villages,
        files=summary.per_file(rows, [*(file.name for file in request.rosters), *request.foreign], corrected),
        reasons=summary.per_reason(rosters.listings.select("reasons"), people, MEANINGS),
        rules=summary.per_rule(people, RULES, used),
    )
    rows.select(ROW_COLUMNS).write_parquet(folder / "baris.parquet", statistics=False)
    text = json.dumps(report, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / MARK).write_text(text + "\n", encoding="utf-8")


def _for_enrolment(people: pl.DataFrame, request: Request, state: str) -> pl.DataFrame:
    """Return those of ``people`` in ``state``, in the order of their list, with the columns of the enrolment file."""
    ready = (
        people.lazy()  # only what the file shows is sorted: half a million people with all columns are a gigabyte
        .filter(pl.col("state") == state)
        .with_columns(
            BIRTH_DATE,
            pl.lit(request.source).alias("source"),
            pl.lit(PROGRAMMES).alias("programmes"),
            pl.col("segment_used").str.to_uppercase().alias("segment_text"),
            pl.col("basis").alias("income"),
        )
    )
    there = ready.collect_schema()
    shown = [column.name for column in ENROLMENT_COLUMNS if column.name in there]
    return ready.select(shown).sort("list_place").collect()


def _rupiah(amount: int) -> str:
    return "Rp" + f"{amount:,}".replace(",", ".")


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _figures(report: dict[str, Any]) -> pl.DataFrame:
    rows, people, money, asked = report["rows"], report["people"], report["money"], report["request"]
    lines = [
        ("Bulan pertama", asked["as_of"]),
        ("Jumlah bulan", str(len(asked["months"]))),
        ("Sumber dana", asked["source"]),
        ("Wilayah", asked["district"] or "-"),
        *(
            (f"Upah sebulan {name}, menurut kabupaten", _rupiah(amount))
            for name, amount in asked["pay"].items()
        ),
        ("Baris dibaca", _count(rows["read"])),
        ("  diterima", _count(rows["accepted"])),
        ("  diterima dengan catatan", _count(rows["noted"])),
        ("  dikembalikan ke desa", _count(rows["returned"])),
        ("Orang", _count(people["total"])),
        ("  sudah terlindungi", _count(people["insured"])),
        ("  belum terlindungi", _count(people["unprotected"])),
        ("    terpilih", _count(people["chosen"])),
        ("    cadangan", _count(people["reserve"])),
        ("    perlu ditinjau", _count(people["review"])),
        ("    tidak memenuhi syarat", _count(people["refused"])),
        ("    dikembalikan ke desa", _count(people["returned"])),
        ("Anggaran", _rupiah(money["budget"])),
        ("Terpakai", _rupiah(money["committed"])),
        ("Sisa", _rupiah(money["left"])),
        ("Bulan-orang terlindungi", _count(money["person_months"])),
        ("Jatah minimal setiap desa terpenuhi", "ya" if money["floor_met"] else "tidak"),
        ("Versi hukum", ", ".join(report["law"]) or "-"),
        ("Versi Payung", report["payung"]),
    ]
    return pl.DataFrame(lines, schema={"label": pl.String, "value": pl.String}, orient="row")
