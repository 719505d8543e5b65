"""Every output file of a small run, cell by cell, against what somebody looked at and found right.

`PAYUNG_GOLDEN=write .venv/bin/pytest -n 0 tests/enrolment/test_job_golden.py` writes the expectation anew: read
the difference before you commit it.
"""

import json
import os
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from payung.enrolment.job import run
from payung.enrolment.request import Request, collect_rosters

HERE = Path(__file__).parent / "golden"
FILES = [
    "usulan.xlsx",
    "cadangan.xlsx",
    "perlu-ditinjau.xlsx",
    "ringkasan.xlsx",
    "ringkasan.json",
    "baris.parquet",
    "perbaikan/mantangai-hulu.xlsx",
    "perbaikan/perangkat.xlsx",
]


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    out = tmp_path_factory.mktemp("golden") / "hasil"
    request = Request(
        rosters=collect_rosters([HERE / "daftar"]),
        insured=HERE / "peserta.csv",
        first_month="2026-11",
        months=6,
        source="csr",
        budget=420_000,
        out=out,
    )
    run(request)
    return out


def cell_text(cell):
    """A cell as one piece of text: what it holds, how it is marked, what its comment says."""
    parts = [cell.coordinate, cell.data_type, str(cell.value)]
    fill = cell.fill.fgColor.rgb if cell.fill.patternType == "solid" else None
    if fill:
        parts.append(f"fill {fill}")
    if cell.comment:
        parts.append(f"comment {cell.comment.text!r}")
    if cell.hyperlink:
        parts.append(f"link {cell.hyperlink.location}")
    return " | ".join(parts)


def as_text(path):
    if path.suffix == ".xlsx":
        lines = []
        for sheet in openpyxl.load_workbook(path):
            lines.append(f"== {sheet.title} ==")
            lines += [
                cell_text(cell) for row in sheet for cell in row if cell.value is not None or cell.comment
            ]
        return "\n".join(lines) + "\n"
    if path.suffix == ".parquet":
        rows = pl.read_parquet(path).drop("person").to_dicts()
        return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n"
    return path.read_text()


def without_versions(text, results):
    """The law's fingerprint changes with any of its files; the golden run is about the rest."""
    for law in json.loads((results / "ringkasan.json").read_text())["law"]:
        text = text.replace(law, "LAW")
    return text


def test_golden_covers_every_file(results):
    assert sorted(
        path.relative_to(results).as_posix() for path in results.rglob("*") if path.is_file()
    ) == sorted(FILES)


@pytest.mark.parametrize("name", FILES)
def test_golden_file_is_as_expected(results, name):
    found = without_versions(as_text(results / name), results)
    expected = HERE / "expected" / (name.replace("/", "_") + ".txt")
    if os.environ.get("PAYUNG_GOLDEN") == "write":
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(found)
    assert found == expected.read_text()
