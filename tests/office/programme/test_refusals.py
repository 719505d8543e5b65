"""What cannot be is refused at a terminal: who, what and what to do on one line, code 2, and nothing is kept."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from officeworld import nik

from payung.cli import main
from payung.office.exchange.models import Batch, BatchLine
from payung.office.history.models import Event
from payung.office.programme.models import Agreement, Decree, Line
from payung.office.service import start

pytestmark = pytest.mark.django_db
VILLAGE = "62.03.01.1008"  # one that the list of regions knows
NAMES = {1: "SITI REKAAN", 2: "BUDI CONTOH"}
PKS = "jenis: pks\nnomor: 560/2026\ntanggal: 2026-12-01\nmulai: 2027-01-01\nberakhir: 2027-12-31\n"
MONEY = {"satu": 10_000_000, "dua": 1_000}
YEAR = ("--months", "2027-01..2027-12")
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(regions: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Call `payung` and return its exit code and what it said on standard error."""
    for name in ("load", "ready"):
        monkeypatch.setattr(start, name, lambda: None)

    def call(*words: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["payung", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0), capsys.readouterr().err.strip()

    return call


@pytest.fixture
def there(run: Run, tmp_path: Path) -> Path:
    """A folder with lists, and an office with a PKS, a line of money and a signed decree of one person."""
    (tmp_path / "pks.yaml").write_text(PKS, "utf-8")
    lines = [
        f"  - {{id: {name}, source: apbd, amount: {amount}, year: 2027}}" for name, amount in MONEY.items()
    ]
    (tmp_path / "dana.yaml").write_text("\n".join(["lines:", *lines]), "utf-8")
    for number, name in NAMES.items():
        rows = f"NIK;NAMA LENGKAP;TANGGAL LAHIR;KODE DESA\n{nik(number)};{name};05-03-1989;{VILLAGE}\n"
        (tmp_path / f"orang-{number}.csv").write_text(rows, "utf-8")
    assert run("agreement", "add", str(tmp_path / "pks.yaml"))[0] == 0
    assert run("line", "add", str(tmp_path / "dana.yaml"))[0] == 0
    people = ("decree", "--people", str(tmp_path / "orang-1.csv"), "--line", "satu", *YEAR)
    assert run(*people, "--number", "96/2026", "--date", "2026-12-20")[0] == 0
    return tmp_path


def kept() -> list[int]:
    tables: tuple[Any, ...] = (Agreement, Line, Decree, Batch, Event)
    return [table.objects.count() for table in tables]


def test_bad_input_is_refused_with_who_what_and_what_to_do(run: Run, there: Path) -> None:
    def written(name: str, text: str) -> str:
        (there / name).write_text(text, "utf-8")
        return str(there / name)

    def people(number: int, line: str, *more: str) -> tuple[str, ...]:
        return ("decree", "--people", str(there / f"orang-{number}.csv"), "--line", line, *YEAR, *more)

    quota = (
        PKS.replace("560/2026", "561/2026")
        + "kuota: {rentan: 5}\nsebaran: [{region: 62.03.01, category: rentan, people: 4}]\n"
    )
    early = PKS.replace("560/2026", "562/2026").replace("2027-12-31", "2026-12-31")
    decree = PKS.replace("jenis: pks", "jenis: sk")
    wrong: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
        # an overspent line; two lines for one person and month
        (people(2, "dua"), ("dua", "Rp1.000", "Kurangi orang")),
        (people(1, "dua"), ("SITI REKAAN", "sudah dibayar SK 96/2026")),
        # a quota that does not add up; an agreement that ends before it begins; an SK before its PKS
        (("agreement", "add", written("a.yaml", quota)), ("rentan", "selisih 1", "Betulkan")),
        (("agreement", "add", written("b.yaml", early)), ("562/2026", "sebelum mulai", "periksa")),
        (("agreement", "add", written("c.yaml", decree)), ("560/2026", "PKS", "catat surat itu dahulu")),
        (people(2, "satu", "--number", "97/2026", "--date", "2026-11-01"), ("97/2026", "PKS")),
    ]
    before = kept()
    for words, said in wrong:
        code, told = run(*words)
        assert code == 2, (words, told)
        assert [part for part in said if part not in told] == [], told
        assert "Traceback" not in told
    assert kept() == before


def test_an_answer_of_another_batch_is_refused_at_the_terminal(run: Run, there: Path) -> None:
    people = ("decree", "--people", str(there / "orang-2.csv"), "--line", "satu", *YEAR)
    assert run(*people, "--number", "97/2026", "--date", "2026-12-21")[0] == 0
    for number in ("96/2026", "97/2026"):
        assert run("enrol", number, "--out", str(there / "kiriman"))[0] == 0
    first, other = Batch.objects.order_by("pk")
    answer = there / "jawaban.csv"
    answer.write_text(f"Status (Y/T);Keterangan Status Data;NIK\nY;;{nik(2)}\n", "utf-8")
    before = kept()
    code, told = run("answer", str(first.pk), str(answer))
    assert (code, str(other) in told) == (2, True), told
    assert set(BatchLine.objects.values_list("state", flat=True)) == {"waiting"}
    assert kept() == before
