"""`payung match` and its companions, from the outside."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import Result
from typer.testing import CliRunner

from payung.cli.app import build
from payung.errors import InputError

Run = Callable[..., Result]
ROSTER = """rec_id,Nama Lengkap,NIK,No. KK,JK,Tempat Lahir,Tgl Lahir,Desa,Kecamatan,No HP
A1,Muh. Riduan Sahala,6203991405870001,,L,Contoh,14-05-1987,Tbg. Contoh,Contoh Hulu,081200000001
A2,Ruben Asang,,,L,Contoh,01/02/1980,Tumbang Contoh,Contoh Hulu,
A3,Siti Aminah,6203994102900001,,P,Contoh,01-02-1990,Tumbang Contoh,Contoh Hulu,
A4,"H. Muhammad Ridwan Sahala, S.Pd",6203991405870001,,L,,1987-05-14,Muara Lain,Contoh Hulu,
"""
INSURED = """rec_id,nama,nik,tgl_lahir,desa,kecamatan
B1,MUHAMMAD RIDWAN SAHALA,6203991405870001,14-05-1987,TUMBANG CONTOH,CONTOH HULU
B2,UNTUNG MANALU,6203990303750001,03-03-1975,TUMBANG CONTOH,CONTOH HULU
"""
TRUTH = "rec_id,entity_id\nA1,1\nA2,2\nA3,3\nA4,1\nB1,1\nB2,4\n"


@pytest.fixture
def run() -> Run:
    return lambda *words: CliRunner().invoke(build(), [str(word) for word in words])


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    made = {"roster": ROSTER, "insured": INSURED, "truth": TRUTH}
    for name, text in made.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return {name: tmp_path / f"{name}.csv" for name in made} | {"out": tmp_path / "hasil"}


def matched(run: Run, files: dict[str, Path], *more: Any) -> Result:
    words = ("match", files["roster"], "--against", files["insured"], "--out", files["out"], "--id", "rec_id")
    result = run(*words, "--as-of", "2026-11-21", *more)
    assert result.exit_code == 0, result.exception
    return result


def test_match_keeps_the_callers_ids_and_writes_all_files(run: Run, files: dict[str, Path]) -> None:
    result = matched(run, files)
    pairs = pl.read_parquet(files["out"] / "pairs.parquet")
    persons = pl.read_parquet(files["out"] / "persons.parquet")
    assert pairs.columns == ["left", "right", "probability", "decision", "why"]
    assert persons.columns == ["record", "person"]
    assert sorted(persons["record"]) == ["A1", "A2", "A3", "A4", "B1", "B2"]
    number = dict(persons.iter_rows())
    assert number["A1"] == number["A4"] == number["B1"]
    assert len(set(number.values())) == 4
    assert (files["out"] / "pairs.xlsx").exists()
    assert (files["out"] / "persons.xlsx").exists()
    assert "1 orang ada di kedua sisi" in result.stdout


def test_match_json_is_one_object(run: Run, files: dict[str, Path]) -> None:
    said = json.loads(matched(run, files, "--json").stdout)
    assert (said["listed"], said["known"], said["persons"], said["persons_on_both"]) == (4, 2, 4, 1)


def test_match_same_input_same_bytes(run: Run, files: dict[str, Path], tmp_path: Path) -> None:
    matched(run, files)
    first = {path.name: path.read_bytes() for path in files["out"].iterdir()}
    matched(run, files | {"out": tmp_path / "lagi"})
    assert first == {path.name: path.read_bytes() for path in (tmp_path / "lagi").iterdir()}


def test_match_several_known_lists_after_one_option(run: Run, files: dict[str, Path], tmp_path: Path) -> None:
    dead = tmp_path / "meninggal.csv"
    dead.write_text(
        "rec_id,nama,nik,tgl_lahir\nM1,RUBEN ASANG,6203990102800003,01-02-1980\n", encoding="utf-8"
    )
    words = (
        "match",
        files["roster"],
        "--against",
        files["insured"],
        dead,
        "--out",
        files["out"],
        "--id",
        "rec_id",
    )
    assert run(*words, "--as-of", "2026-11-21").exit_code == 0
    assert set(pl.read_parquet(files["out"] / "persons.parquet")["record"]) >= {"B1", "M1"}


def test_match_parquet_reads_as_csv_does(run: Run, files: dict[str, Path], tmp_path: Path) -> None:
    matched(run, files)
    first = pl.read_parquet(files["out"] / "persons.parquet")
    for name in ("roster", "insured"):
        pl.read_csv(files[name], infer_schema=False).write_parquet(tmp_path / f"{name}.parquet")
    moved = files | {name: tmp_path / f"{name}.parquet" for name in ("roster", "insured")}
    matched(run, moved | {"out": tmp_path / "lagi"})
    assert pl.read_parquet(tmp_path / "lagi" / "persons.parquet").equals(first)


def test_evaluate_prints_the_figures(run: Run, files: dict[str, Path]) -> None:
    matched(run, files)
    said = json.loads(run("match-evaluate", files["out"], "--truth", files["truth"], "--json").stdout)
    assert (said["precision"], said["recall"], said["f1"], said["true_pairs"]) == (1.0, 1.0, 1.0, 3)
    shown = run("match-evaluate", files["out"], "--truth", files["truth"]).stdout
    assert "F1 bila tinjauan diputus benar" in shown


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("insured", "rec_id,nama,tgl_lahir\nB1,RUBEN,01-02-1980\n", "tidak punya kolom NIK"),
        ("insured", "rec_id,nik\nB1,6203991405870001\n", "tidak punya kolom nama"),
        ("roster", ROSTER.replace("rec_id", "nomor"), "tidak punya kolom “rec_id”"),
        ("roster", ROSTER.replace("A2,", "A1,"), "lebih dari sekali"),
        ("roster", ROSTER.replace("A2,", ","), "1 baris tidak punya nomor"),
    ],
)
def test_match_bad_input_is_one_sentence_and_writes_nothing(
    run: Run, files: dict[str, Path], name: str, text: str, said: str
) -> None:
    files[name].write_text(text, encoding="utf-8")
    result = run(
        "match", files["roster"], "--against", files["insured"], "--out", files["out"], "--id", "rec_id"
    )
    assert isinstance(result.exception, InputError)
    assert said in result.exception.message.id
    assert not files["out"].exists()


def test_match_unknown_engine_is_one_sentence(run: Run, files: dict[str, Path]) -> None:
    result = run("match", files["roster"], "--out", files["out"], "--engine", "oracle")
    assert isinstance(result.exception, InputError)
    assert not files["out"].exists()


def test_evaluate_truth_that_does_not_fit_is_one_sentence(run: Run, files: dict[str, Path]) -> None:
    matched(run, files)
    files["truth"].write_text("rec_id,entity_id\nX1,1\n", encoding="utf-8")
    result = run("match-evaluate", files["out"], "--truth", files["truth"])
    assert isinstance(result.exception, InputError)
    assert "6 dari 6 baris" in result.exception.message.id


def test_evaluate_folder_without_results_is_one_sentence(
    run: Run, files: dict[str, Path], tmp_path: Path
) -> None:
    result = run("match-evaluate", tmp_path, "--truth", files["truth"])
    assert isinstance(result.exception, InputError)


def test_decision_is_remembered_and_undone(run: Run, files: dict[str, Path], tmp_path: Path) -> None:
    memory = tmp_path / "keputusan.jsonl"
    matched(run, files)
    before = (files["out"] / "persons.parquet").read_bytes()
    words = ("match-decide", files["out"], "--memory", memory)
    said = run(
        *words, "--left", "A1", "--right", "A4", "--verdict", "different", "--by", "Ani", "--why", "KTP"
    )
    assert "Keputusan 1 diingat" in said.stdout
    matched(run, files, "--memory", memory)
    number = dict(pl.read_parquet(files["out"] / "persons.parquet").iter_rows())
    assert number["A1"] != number["A4"]
    assert run(*words, "--undo", "1").exit_code == 0
    matched(run, files, "--memory", memory)
    assert (files["out"] / "persons.parquet").read_bytes() == before


def test_decision_on_unknown_record_is_refused(run: Run, files: dict[str, Path], tmp_path: Path) -> None:
    matched(run, files)
    result = run(
        "match-decide",
        files["out"],
        "--memory",
        tmp_path / "k.jsonl",
        "--left",
        "A1",
        "--right",
        "Z9",
        "--verdict",
        "same",
    )
    assert isinstance(result.exception, InputError)
    assert "Z9" in result.exception.message.id


def test_match_without_ids_tells_files_of_one_name_apart(
    run: Run, files: dict[str, Path], tmp_path: Path
) -> None:
    (tmp_path / "peserta").mkdir()
    (tmp_path / "peserta" / "roster.csv").write_text(INSURED, encoding="utf-8")
    result = run(
        "match", files["roster"], "--against", tmp_path / "peserta" / "roster.csv", "--out", files["out"]
    )
    assert result.exit_code == 0
    persons = dict(pl.read_parquet(files["out"] / "persons.parquet").iter_rows())
    assert persons["roster.csv!2"] == persons["known:roster.csv!2"]


def test_match_tells_files_of_one_name_in_two_folders_apart(
    run: Run, files: dict[str, Path], tmp_path: Path
) -> None:
    for village in ("Hulu", "Hilir"):
        (tmp_path / village).mkdir()
        (tmp_path / village / "daftar.csv").write_text(ROSTER, encoding="utf-8")
    result = run(
        "match", tmp_path / "Hulu" / "daftar.csv", tmp_path / "Hilir" / "daftar.csv", "--out", files["out"]
    )
    assert result.exit_code == 0, result.exception
    persons = dict(pl.read_parquet(files["out"] / "persons.parquet").iter_rows())
    assert persons["Hulu/daftar.csv!2"] == persons["Hilir/daftar.csv!2"]
    assert len(persons) == 8


def test_match_reads_a_folder_as_it_reads_the_files_in_it(
    run: Run, files: dict[str, Path], tmp_path: Path
) -> None:
    lists = [tmp_path / "daftar" / village / "daftar.csv" for village in ("Hulu", "Hilir")]
    for path in lists:
        path.parent.mkdir(parents=True)
        path.write_text(ROSTER, encoding="utf-8")
    assert run("match", *lists, "--out", tmp_path / "one").exit_code == 0
    assert run("match", tmp_path / "daftar", "--out", tmp_path / "two").exit_code == 0
    one, two = (pl.read_parquet(tmp_path / name / "persons.parquet") for name in ("one", "two"))
    assert one["person"].to_list() == two["person"].to_list()
    assert two.height == 8


def test_match_reads_a_file_that_is_given_twice_once(run: Run, files: dict[str, Path]) -> None:
    assert run("match", files["roster"], files["roster"], "--out", files["out"]).exit_code == 0
    assert pl.read_parquet(files["out"] / "persons.parquet").height == 4


def test_evaluate_reads_the_truth_of_an_invented_district(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "kabupaten"
    assert run("district", place, "--people", "300", "--seed", "5").exit_code == 0
    rosters = sorted(path for path in (place / "rosters").rglob("*") if path.is_file())[:12]
    out = tmp_path / "hasil"
    words = ("match", *rosters, "--against", place / "insured.xlsx", "--out", out, "--as-of", "2027-01-01")
    matched = run(*words)
    assert matched.exit_code == 0, matched.exception
    measured = run("match-evaluate", out, "--truth", place / "truth.parquet", "--json")
    assert measured.exit_code == 0, measured.exception
    said = json.loads(measured.stdout)
    truth = pl.read_parquet(place / "truth.parquet")
    names = {path.relative_to(place).as_posix() for path in rosters} | {"insured.xlsx"}
    listed = truth.filter(pl.col("file").is_in(names))
    assert said["records"] == listed.height
    assert (
        said["true_pairs"]
        == listed.group_by("entity").len().select((pl.col("len") * (pl.col("len") - 1) // 2).sum()).item()
    )
    assert said["f1"] > 0.9


def test_evaluate_truth_of_no_kind_says_what_it_needs(run: Run, files: dict[str, Path]) -> None:
    matched(run, files)
    files["truth"].write_text("baris,orang\nA1,1\n", encoding="utf-8")
    result = run("match-evaluate", files["out"], "--truth", files["truth"])
    assert isinstance(result.exception, InputError)
    assert "rec_id dan entity_id, atau file, sheet, row dan entity" in result.exception.message.id
    assert "baris, orang" in result.exception.message.id


def test_evaluate_truth_of_other_lists_says_which_is_missing(
    run: Run, files: dict[str, Path], tmp_path: Path
) -> None:
    matched(run, files)
    truth = tmp_path / "truth.csv"
    truth.write_text("file,sheet,row,entity\nlain.csv,,2,1\n", encoding="utf-8")
    result = run("match-evaluate", files["out"], "--truth", truth)
    assert isinstance(result.exception, InputError)
    assert "menyebut 0 daftar bernama" in result.exception.message.id
