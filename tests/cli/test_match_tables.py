"""`payung match` on plain tables as other programs leave them: numbers with decimals, other encodings, folders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import Result
from typer.testing import CliRunner

from payung.cli.app import build
from payung.errors import InputError, PayungError
from payung.linkage import tables

AS_OF = dt.date(2026, 11, 21)
COLUMNS = {"name": "nama", "nik": "nik", "phone": "hp"}
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def running(*words: Any) -> Result:
        return CliRunner().invoke(build(), [str(word) for word in (*words, "--as-of", "2026-11-21")])

    return running


def read(path: Path) -> pl.DataFrame:
    return tables.listings(tables.read_text(path), COLUMNS, file=path.name, as_of=AS_OF, identity=None)


@pytest.mark.parametrize("ending", [".0", ".00", ",0"])
def test_number_with_empty_decimals_is_the_number(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'nama;nik;hp\nHendri;"6203991405870001{ending}";"81234567890{ending}"\n')
    found = read(path)
    assert found["nik"].to_list() == ["6203991405870001"]
    assert found["phone"].to_list() == ["+6281234567890"]


def test_column_of_floats_keeps_its_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame({"nama": ["A", "B"], "nik": [6203991405870001.0, None], "hp": ["", ""]}).write_parquet(path)
    assert read(path)["nik"].to_list() == ["6203991405870001", None]


@pytest.mark.parametrize("nik", ["9171011405870001.0", "6.20399E+15", "6,20399E+15"])
def test_column_that_lost_digits_is_refused(tmp_path: Path, nik: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"nama;nik;hp\nHendri;{nik};\n")
    with pytest.raises(InputError, match="kehilangan angka terakhirnya"):
        read(path)


def test_unicode_text_of_excel_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("nama\tnik\thp\nHendri\t6203991405870001\t\n", encoding="utf-16")
    assert read(path)["nik"].to_list() == ["6203991405870001"]


@pytest.mark.parametrize("text", ["nama,nik\nA,1,2,3\n", 'nama,nik\n"A,1\n'])
def test_damaged_table_is_one_sentence_of_our_own(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        tables.read_text(path)
    assert "\n" not in caught.value.message.id
    assert "schema" not in caught.value.message.id


def test_folder_gives_its_plain_tables_too(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "daftar"
    folder.mkdir()
    people = {"nama": ["Hendri Maulana"], "nik": ["6203991405870001"], "hp": [""]}
    pl.DataFrame(people).write_parquet(folder / "a.parquet")
    pl.DataFrame(people).write_csv(folder / "b.tsv", separator="\t")
    result = run("match", folder, "--out", tmp_path / "hasil")
    assert result.exit_code == 0, result.exception
    assert pl.read_parquet(tmp_path / "hasil" / "persons.parquet")["person"].to_list() == [1, 1]


@pytest.mark.parametrize(
    "words",
    [
        ("r.csv", "--against", "k.csv", "d.csv", "--out=o"),
        ("--out=o", "r.csv", "--against", "k.csv", "d.csv"),
        ("--against", "k.csv", "d.csv", "--out", "o", "r.csv"),
        ("--against=k.csv", "d.csv", "--out", "o", "r.csv"),
        ("--against", "k.csv", "--against", "d.csv", "--out", "o", "r.csv"),
    ],
)
def test_known_lists_are_known_wherever_the_rosters_stand(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    for number, name in enumerate(("r.csv", "k.csv", "d.csv"), 1):
        Path(name).write_text(f"id,nama,nik\n{name},Orang {name},620399140587000{number}\n")
    result = run("match", *words, "--id", "id")
    assert result.exit_code == 0, result.exception
    assert "1 baris daftar, 2 baris pembanding" in result.output


def test_one_known_list_before_the_rosters_stays_one(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for number, name in enumerate(("r.csv", "k.csv"), 1):
        Path(name).write_text(f"id,nama,nik\n{name},Orang {name},620399140587000{number}\n")
    result = run("match", "--out", "o", "--id", "id", "--against", "k.csv", "r.csv")
    assert "1 baris daftar, 1 baris pembanding" in result.output


@pytest.mark.parametrize(
    "truth",
    [
        "rec_id,entity_id\nA1,\n",
        "file,sheet,row,entity\nr.csv,,x,1\n",
        "file,sheet,row,entity\nr.csv,,2.0,1\n",
    ],
)
def test_truth_that_does_not_say_who_is_one_sentence(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, truth: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("r.csv").write_text("id,nama,nik\nA1,Orang,6203991405870001\n")
    run("match", "r.csv", "--out", "o", "--id", "id")
    Path("truth.csv").write_text(truth)
    result = CliRunner().invoke(build(), ["match-evaluate", "o", "--truth", "truth.csv"])
    assert isinstance(result.exception, PayungError), result.exception
    assert "kosong atau tidak terbaca" in result.exception.message.id


def test_damaged_results_are_one_sentence(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("r.csv").write_text("id,nama,nik\nA1,Orang,6203991405870001\n")
    run("match", "r.csv", "--out", "o", "--id", "id")
    Path("o/pairs.parquet").write_bytes(b"x")
    Path("truth.csv").write_text("rec_id,entity_id\nA1,1\n")
    result = CliRunner().invoke(build(), ["match-evaluate", "o", "--truth", "truth.csv"])
    assert isinstance(result.exception, PayungError)
    assert "rusak" in result.exception.message.id


@pytest.mark.parametrize("missing", [0, 3, 7])
def test_list_that_writes_the_month_first_is_read_by_its_own_niks(missing: int) -> None:
    born = [dt.date(1970 + at, 1 + at % 12, 1 + 3 * at % 28) for at in range(8)]
    made = {
        "src": ["a"] * 8 + ["b"] * 8,
        "nik": ["" if at == missing else f"620399{day:%d%m%y}0001" for at, day in enumerate(born)] * 2,
        "lahir": [f"{day:%m/%d/%Y}" for day in born] + [f"{day:%d/%m/%Y}" for day in born],
    }
    columns = {"nik": "nik", "birth_date": "lahir"}
    found = tables.listings(pl.DataFrame(made), columns, file="f", as_of=dt.date(2026, 11, 21), identity=None)
    assert found["birth_date"].to_list() == born + born
