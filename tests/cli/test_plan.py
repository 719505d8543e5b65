"""`payung plan`: the files it writes, what it prints, and what it refuses in one sentence."""

import json
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from typer.testing import CliRunner

from payung.cli.app import build
from payung.errors import PayungError
from payung.planning.people_file import COLUMNS

PAYUNG = str(Path(sys.executable).parent / "payung")
HEAD = ",".join(COLUMNS)
GOOD = [
    "A,62.99.01.2001,rentan,bpu,1000000,other,1980-05-31,1,2026-03-01,tidak,,0",
    "B,62.99.01.2001,rentan,bpu,1000000,transport,1975-01-02,2,2026-03-01,ya,2026-12,30",
    "C,62.99.02.2001,ketua_rt,,,,1970-01-02,,,,,",
]
LINES = """\
lines:
  - {id: kabupaten, source: apbd, amount: 302400, months: 2027-01..2027-12, areas: [], per_head: null}
  - {id: donatur, source: csr, amount: 100800, months: 2027-01..2027-06, areas: ['62.99.02']}
floors: {per_village: 1}
quotas: {rentan: 1}
months_each: null
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "calon.csv").write_text("\n".join([HEAD, *GOOD]) + "\n")
    (tmp_path / "dana.yaml").write_text(LINES)
    return tmp_path


def run(folder, *more, people="calon.csv", months="2027-01..2027-12", out="hasil", language="id"):
    words = [
        str(folder / people),
        "--lines",
        str(folder / "dana.yaml"),
        "--months",
        months,
        "--out",
        str(folder / out),
    ]
    return subprocess.run(
        [PAYUNG, "plan", *words, *more],
        capture_output=True,
        text=True,
        env={**os.environ, "PAYUNG_LANG": language},
    )


def test_plan_writes_and_prints_what_was_asked(folder):
    done = run(folder, "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert {name: report[name] for name in ("status", "gap", "people", "person_months", "below_floor", "cost")} == {
        "status": "optimal", "gap": 0.0, "people": 2, "person_months": 24, "below_floor": [],
        "cost": {"kabupaten": 302_400, "donatur": 100_800},
    }  # fmt: skip
    assert report["value"] == report["bound"]
    assert "tidak ada rencana yang bernilai lebih" in report["why"]
    rows = pl.read_parquet(folder / "hasil/plan.parquet")
    assert rows.schema == {"id": pl.String, "line": pl.String, "month": pl.String, "amount": pl.Int64}
    assert rows.height == 24
    ranking = pl.read_parquet(folder / "hasil/ranking.parquet")
    assert ranking.columns == ["id", "rank", "weight", "why"]
    chosen = ranking.filter(pl.col("id").is_in(rows["id"].unique().to_list()))
    assert int(chosen["weight"].sum()) * 12 == report["value"]
    summary = json.loads((folder / "hasil/summary.json").read_text())
    assert summary["plan"] == report
    assert set(summary["scenarios"]) == {"plan", "greedy"}
    assert summary["rp100_million_more_buys"]["kabupaten"] == {"people": 1, "person_months": 12}
    assert len(summary["projection"]["months"]) == 36


def test_plan_that_ends_a_running_cover_says_whose(folder):
    lines = LINES.replace("quotas: {rentan: 1}", "quotas: {rentan: 0}").replace(
        "floors: {per_village: 1}", "floors: {}"
    )
    (folder / "dana.yaml").write_text(lines)
    assert run(folder).returncode == 0
    guard = json.loads((folder / "hasil/summary.json").read_text())["guard"]
    assert guard == {"ends_cover_of": 1, "must_be_answered": True, "who": [{"id": "B", "month": "2027-04"}]}


def test_plan_twice_gives_the_same_bytes_in_the_same_folder(folder):
    before, after = [], []
    for found in (before, after):
        assert run(folder).returncode == 0
        found += [path.read_bytes() for path in sorted((folder / "hasil").iterdir())]
    assert before == after


def test_plan_reads_csv_xlsx_and_parquet_alike(folder):
    frame = pl.read_csv(folder / "calon.csv", try_parse_dates=True)
    frame.write_parquet(folder / "calon.parquet")
    with xlsxwriter.Workbook(folder / "calon.xlsx", {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate([tuple(frame.columns), *frame.iter_rows()]):
            for column, cell in enumerate(row):
                if cell is not None:
                    sheet.write(at, column, cell)
    made = []
    for ending in ("csv", "xlsx", "parquet"):
        done = run(folder, "--json", people=f"calon.{ending}", out=ending)
        assert done.returncode == 0, done.stderr
        made.append((done.stdout, pl.read_parquet(folder / ending / "plan.parquet").rows()))
    assert made[0] == made[1] == made[2]


def test_plan_speaks_english_and_in_tables(folder):
    done = run(folder, language="en")
    assert done.returncode == 0, done.stderr
    for words in (
        "no plan within these limits is worth more",
        "Person-months",
        "Proven bound",
        "kabupaten: Rp302.400",
    ):
        assert words in done.stdout


def test_plan_that_cannot_be_is_an_answer_not_a_fault(folder):
    (folder / "dana.yaml").write_text(LINES.replace("302400", "100"))
    done = run(folder, "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["status"], report["people"]) == ("infeasible", 0)
    assert "Uang tidak cukup" in report["why"]
    assert pl.read_parquet(folder / "hasil/plan.parquet").is_empty()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (
            lambda text: text.replace("id: donatur", "id: kabupaten"),
            ["dana.yaml, baris 3", "dipakai dua kali"],
        ),
        (
            lambda text: text.replace("source: csr", "source: dompet"),
            ["'dompet' tidak dikenal", "apbn, apbd"],
        ),
        (
            lambda text: text.replace("quotas: {rentan", "quotas: {petani"),
            ["'petani' tidak dikenal", "kepala_desa"],
        ),
        (lambda text: text.replace("2027-01..2027-06", "2026-12..2027-06"), ["2026-12 di luar rencana"]),
        (lambda text: text.replace("2027-01..2027-06", "2027-1"), ["Bulan", "2027-1"]),
        (lambda text: text.replace("2027-01..2027-06", "2027-06..2027-01"), ["sebelum"]),
        (lambda text: text.replace("302400", "-5"), ["'-5' tidak dapat dipakai"]),
        (lambda text: text.replace("302400", "1.5"), ["'1.5' tidak dapat dipakai"]),
        (lambda text: text.replace("'62.99.02'", "desa"), ["'desa' bukan kode wilayah"]),
        (
            lambda text: text.replace("months_each: null", "months_each: 13"),
            ["'13' tidak dapat dipakai", "1 sampai 12"],
        ),
        (lambda text: text.replace("floors:", "lantai:"), ["'lantai' tidak dikenal"]),
        (lambda text: text + "ranking: [nama]\n", ["'nama' tidak dikenal", "oldest"]),
        (lambda text: text.replace("per_head: null", "occupations: [nelayan]"), ["kolom occupation"]),
        (lambda text: "lines: [", ["tidak dapat dibaca sebagai YAML"]),
        (lambda text: "", ["kosong"]),
    ],
)
def test_plan_refuses_bad_lines(folder, spoil, words):
    (folder / "dana.yaml").write_text(spoil(LINES))
    refused(folder, *words)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda text: text.splitlines()[0] + "\n", ["hanya berisi judul"]),
        (lambda text: text.replace("B,62", "A,62"), ["id A tertulis lebih dari sekali", "baris 2, 3"]),
        (lambda text: text.replace("B,62", ",62"), ["baris 3", "kolom id"]),
        (lambda text: text.replace(",decile", ",desil"), ["tidak punya kolom decile"]),
        (
            lambda text: text.replace("A,62.99.01.2001,rentan", "A,62.99.01.2001,petani"),
            ["'petani'", "kepala_desa"],
        ),
        (lambda text: text.replace("bpu,1000000,other", "bpu,-1,other"), ["kolom income", "'-1'"]),
        (lambda text: text.replace("1980-05-31", "1980-02-30"), ["kolom birth_date", "1980-02-30"]),
        (lambda text: text.replace("2026-12,30", "kapan,30"), ["kolom covered_until", "kapan"]),
        (lambda text: text.replace("1980-05-31,1,", "1980-05-31,11,"), ["kolom decile", "'11'"]),
        (lambda text: text.replace("A,62.99.01.2001", "A,99"), ["kolom village_code", "'99'"]),
        (lambda text: text.replace("transport", "kapal"), ["kolom sector", "transport, other"]),
        (lambda text: text.replace("1000000,other", "1000000,labour-intensive"), ["hanya PU"]),
        (
            lambda text: text.replace("A,62.99.01.2001,rentan,bpu", "A,62.99.01.2001,rentan,xyz"),
            ["kolom segment"],
        ),
    ],
)
def test_plan_refuses_bad_people(folder, spoil, words):
    (folder / "calon.csv").write_text(spoil((folder / "calon.csv").read_text()))
    refused(folder, *words)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"months": "2027"}, ["Bulan"]),
        ({"months": "2027-13..2028-01"}, ["Bulan"]),
        ({"months": "2027-12..2027-01"}, ["sebelum"]),
        ({"months": "2027-01..2037-01"}, ["paling banyak 60"]),
        ({"people": "tidak-ada.csv"}, ["tidak-ada.csv", "tidak ada"]),
        ({"people": "dana.yaml"}, ["bukan .csv"]),
    ],
)
def test_plan_refuses_bad_options(folder, changes, words):
    refused(folder, *words, **changes)


def test_plan_touches_no_folder_that_holds_something_else(folder):
    (folder / "hasil").mkdir()
    (folder / "hasil/catatan.txt").write_text("penting")
    done = run(folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "catatan.txt" in done.stderr
    assert [path.name for path in (folder / "hasil").iterdir()] == ["catatan.txt"]


def refused(folder, *words, people="calon.csv", months="2027-01..2027-12"):
    """Call the command in this process; the command line turns the fault into one sentence and exit code 2."""
    given = [str(folder / people), "--lines", str(folder / "dana.yaml"), "--months", months]
    done = CliRunner().invoke(build(), ["plan", *given, "--out", str(folder / "hasil"), "--json"])
    assert isinstance(done.exception, PayungError), (done.output, done.exception)
    assert (done.exception.exit_code, done.stdout) == (2, "")
    for text in done.exception.message:
        assert len(text.splitlines()) == 1
    for word in words:
        assert word in done.exception.message.id
    assert not (folder / "hasil").exists()


def test_plan_refusal_is_one_sentence_and_exit_code_2(folder):
    (folder / "dana.yaml").write_text(LINES.replace("source: csr", "source: dompet"))
    done = run(folder, "--json", language="en")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1
    assert "dana.yaml, line 3: 'dompet' is not known" in done.stderr
