"""The main job on an invented district of 5,000 people, row by row against its truth file."""

import filecmp
import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import polars as pl
import pytest

PAYUNG = str(Path(sys.executable).parent / "payung")
BUDGET = 400_000_000


def payung(*words):
    environment = {**os.environ, "PAYUNG_LANG": "id"}
    return subprocess.run([PAYUNG, *map(str, words)], capture_output=True, text=True, env=environment)


def run_job(district, out):
    return payung(
        "run", district / "rosters", "--insured", district / "insured.xlsx", "--as-of", "2027-01",
        "--source", "apbd", "--budget", BUDGET, "--months", 12, "--out", out, "--json",
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("district")
    made = payung("district", place / "kapuas", "--district", "62.03", "--people", 5000, "--seed", 7)
    assert made.returncode == 0, made.stderr
    return place


@pytest.fixture(scope="module")
def report(folder):
    done = run_job(folder / "kapuas", folder / "hasil")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def truth(folder):
    return pl.read_parquet(folder / "kapuas/truth.parquet").with_columns(
        pl.col("file").str.strip_prefix("rosters/")
    )


@pytest.fixture(scope="module")
def rows(folder, report):
    """What became of every row of every roster."""
    found = pl.read_parquet(folder / "hasil/baris.parquet")
    text_file = pl.col("file").str.ends_with(".csv")  # a text file has no sheet
    return found.with_columns(pl.when(text_file).then(pl.lit("")).otherwise("sheet").alias("sheet"))


@pytest.fixture(scope="module")
def judged(rows, truth):
    listed = truth.filter(pl.col("list") == "roster")
    return rows.join(listed, on=["file", "sheet", "row"], how="full", coalesce=True, suffix="_true")


def sheet_rows(path, sheet):
    head, *lines = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    return [dict(zip(head, line, strict=True)) for line in lines]


def test_run_accounts_for_every_row_of_every_roster(rows, judged, truth, report):
    assert rows.select("file", "sheet", "row").is_duplicated().sum() == 0
    assert judged["outcome"].null_count() == 0, judged.filter(pl.col("outcome").is_null()).head()
    assert judged["entity"].null_count() == 0, judged.filter(pl.col("entity").is_null()).head()
    assert report["rows"]["read"] == rows.height == truth.filter(pl.col("list") == "roster").height
    counts = report["rows"]
    assert counts["read"] == counts["accepted"] + counts["noted"] + counts["returned"]
    assert sum(report["rows_by_outcome"].values()) == counts["read"]


def test_run_counts_every_person_once(report, judged):
    people = report["people"]
    states = {name: count for name, count in people.items() if name not in ("total", "unprotected")}
    assert sum(states.values()) == people["total"]
    assert people["insured"] + people["unprotected"] == people["total"]
    assert sum(village["people"] for village in report["villages"]) == people["total"]
    assert sum(village["rows"] for village in report["villages"]) == report["rows"]["read"]
    assert people["total"] == pytest.approx(judged["entity"].n_unique(), rel=0.003)


def test_run_never_chooses_a_person_twice_or_an_insured_person(judged):
    chosen = judged.filter(pl.col("outcome") == "chosen")
    assert chosen["nik"].is_duplicated().sum() == 0
    assert chosen["entity"].is_duplicated().sum() <= 0.001 * chosen.height
    wrongly = chosen.filter(pl.col("insured"))
    assert wrongly.height <= 0.005 * judged.filter("insured").height + 1, wrongly


def test_run_finds_who_is_insured(judged):
    insured = judged.filter(pl.col("insured") & (pl.col("verdict") != "returned"))
    found = insured.filter(pl.col("outcome").is_in(["insured", "review", "duplicate"]))
    assert found.height >= 0.97 * insured.height
    wrongly = judged.filter(~pl.col("insured") & (pl.col("outcome") == "insured"))
    assert wrongly.height <= 0.0025 * judged.height


def test_run_keeps_insured_niks_out_of_the_enrolment_file(folder, report):
    listed = sheet_rows(folder / "hasil/usulan.xlsx", "Usulan")
    insured = {row["NIK"] for row in sheet_rows(folder / "kapuas/insured.xlsx", "Peserta") if row["NIK"]}
    assert len(listed) == report["people"]["chosen"]
    assert not insured & {row["NIK"] for row in listed}


@pytest.mark.parametrize(
    "fault", ["nik_15_digits", "nik_17_digits", "nik_letter", "nik_no_such_month", "nik_blank"]
)
def test_run_returns_every_row_without_a_usable_nik(judged, fault):
    broken = judged.filter(pl.col("faults").list.contains(fault))
    assert broken.height > 0
    assert set(broken["outcome"]) == {"returned"}


def test_run_returns_the_whole_column_that_excel_damaged(judged):
    damaged = judged.filter(pl.col("faults").list.contains("nik_damaged_by_excel"))
    assert damaged.height > 0
    assert set(damaged["outcome"]) == {"returned"}


@pytest.mark.parametrize(("fault", "code"), [("over_65", "USIA_LEWAT"), ("under_18", "USIA_MUDA")])
def test_run_refuses_by_age(judged, fault, code):
    rows_of = judged.filter(pl.col("faults").list.contains(fault) & (pl.col("verdict") != "returned"))
    assert rows_of.height > 0
    assert not set(rows_of["outcome"]) & {"chosen", "reserve"}
    refused = rows_of.filter(pl.col("outcome") == "refused")
    assert refused.filter(pl.col("codes").list.contains(code)).height == refused.height > 0


def test_run_does_not_choose_whom_the_list_calls_dead_or_moved(judged):
    told = judged.filter(pl.col("says_status"))
    assert told.height > 0
    assert not set(told["outcome"]) & {"chosen", "reserve"}


def test_run_refuses_nobody_of_working_age_without_a_reason(judged):
    fit = judged.filter(
        (pl.col("faults").list.len() == 0)
        & pl.col("age").is_between(18, 63)
        & (pl.col("outcome") == "refused")
    )
    reasons = set(fit["codes"].explode(empty_as_null=False, keep_nulls=False))
    assert not reasons & {"USIA_LEWAT", "USIA_MUDA", "NIK_FORMAT", "MENINGGAL", "PINDAH"}


def test_run_spends_the_money_to_the_last_contribution(folder, report):
    chosen = sheet_rows(folder / "hasil/usulan.xlsx", "Usulan")
    reserve = sheet_rows(folder / "hasil/cadangan.xlsx", "Cadangan")
    spent = sum(row["IURAN SELURUH PERIODE"] for row in chosen)
    assert spent == report["money"]["committed"] == BUDGET - report["money"]["left"]
    assert 0 <= report["money"]["left"] < reserve[0]["IURAN SELURUH PERIODE"]
    assert [row["NO"] for row in reserve] == list(range(1, len(reserve) + 1))
    assert all(row["ALASAN"] for row in [*chosen, *reserve])


def test_run_prices_every_own_risk_worker_by_the_band(folder, report):
    # APBD pays without the relief of PP 50/2025: 1 % of the basis and Rp6.800, for twelve months.
    for row in sheet_rows(folder / "hasil/usulan.xlsx", "Usulan"):
        if row["SEGMEN"] == "BPU":
            month = row["PENGHASILAN (DASAR IURAN)"] // 100 + 6_800
            assert row["IURAN BULAN PERTAMA"] == month
            assert row["IURAN SELURUH PERIODE"] == 12 * month


def test_run_gives_every_village_its_floor(report):
    assert report["money"]["floor_met"]
    for village in report["villages"]:
        assert village["chosen"] > 0 or village["reserve"] == 0


def test_run_hands_every_village_its_workbook_back(folder, report, rows):
    files = sorted(
        path.relative_to(folder / "hasil/perbaikan") for path in (folder / "hasil/perbaikan").rglob("*.xlsx")
    )
    assert len(files) == rows["file"].n_unique() == len(report["inputs"]["rosters"])


def test_run_twice_gives_the_same_bytes(folder, report):
    again = run_job(folder / "kapuas", folder / "lagi")
    assert again.returncode == 0, again.stderr
    first, second = folder / "hasil", folder / "lagi"
    names = sorted(path.relative_to(first).as_posix() for path in first.rglob("*") if path.is_file())
    assert names == sorted(
        path.relative_to(second).as_posix() for path in second.rglob("*") if path.is_file()
    )
    same, different, unreadable = filecmp.cmpfiles(first, second, names, shallow=False)
    assert (different, unreadable) == ([], [])
    assert len(same) == len(names)
