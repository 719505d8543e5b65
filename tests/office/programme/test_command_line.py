"""A year driven from outside: agreement, line, decree by the commands, on an office of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from officeworld import PASSWORD, nik
from typer.testing import CliRunner

from payung.cli.acting import acting
from payung.cli.app import build
from payung.errors import PayungError
from payung.law import bill
from payung.office.accounts import actions as accounts
from payung.office.people.models import Person
from payung.office.programme.models import Agreement, Decree, Line
from payung.office.programme.queries import people_in
from payung.office.service import start

pytestmark = pytest.mark.django_db
VILLAGE = "62.03.01.1008"  # one that the list of regions knows
NAMES = ("", "SITI REKAAN", "BUDI CONTOH", "RINA ANDAIAN")
PKS = """
jenis: pks
nomor: 560/12/2026
tanggal: 2026-12-01
mulai: 2027-01-01
berakhir: 2027-12-31
kuota: {rentan: 3}
"""
LINES = """
lines:
  - {id: apbd-2027, source: apbd, amount: "10.000.000", months: 2027-01..2027-12, areas: [62.03.01], per_head: null}
floors: {per_village: 1}
"""


@pytest.fixture
def call(regions: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Call a command with ``--json --by siti`` and return what it printed."""
    accounts.create_user(by="t", username="siti", name="Siti", password=PASSWORD, temporary=False)
    monkeypatch.setattr(start, "load", lambda: None)
    monkeypatch.setattr(start, "ready", lambda: None)

    def calling(*words: str) -> Any:
        result = CliRunner().invoke(build(), [*words, "--by", "siti", "--json"], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    return calling


def _list(path: Path, *numbers: int) -> Path:
    rows = [f"{nik(number)};{NAMES[number]};05-03-1989;{VILLAGE}" for number in numbers]
    path.write_text("\n".join(["NIK;NAMA LENGKAP;TANGGAL LAHIR;KODE DESA", *rows]), encoding="utf-8")
    return path


def _papers(folder: Path) -> tuple[Path, Path]:
    agreement, lines = folder / "pks.yaml", folder / "lines.yaml"
    agreement.write_text(PKS, encoding="utf-8")
    lines.write_text(LINES, encoding="utf-8")
    return agreement, lines


def test_from_the_agreement_to_a_signed_decree(call: Any, tmp_path: Path) -> None:
    agreement, lines = _papers(tmp_path)
    assert call("agreement", "add", str(agreement))["ids"] == [Agreement.objects.get().pk]
    (line,) = call("line", "add", str(lines))["ids"]
    listed = _list(tmp_path / "usulan.csv", 1, 2, 2)
    words = ("decree", "--people", str(listed), "--line", str(line), "--months", "2027-01..2027-12")
    found = call(*words, "--number", "96/2026", "--date", "2026-12-20")
    monthly = bill(segment="bpu", income=1_000_000, month="2027-01", source="apbd").total
    assert (found["state"], found["people"], found["new"]) == ("signed", 2, 2)
    assert found["amount"] == 2 * 12 * monthly
    assert [one["code"] for one in found["left_out"]] == ["GANDA_USULAN"]
    assert people_in(line, "2027-12").count() == Person.objects.count() == 2
    assert [one["number"] for one in call("agreements", "--on", "2027-05-01")["agreements"]] == [
        "560/12/2026"
    ]
    assert call("agreements", "--on", "2028-01-01")["agreements"] == []

    out = str(tmp_path / "kiriman")
    (batch,) = call("enrol", "96/2026", "--out", out)["batches"]
    assert (batch["people"], batch["amount"]) == (2, found["amount"])
    assert Path(batch["file"]).name == "usulan_bpu.xlsx"
    assert Path(batch["file"]).stat().st_size > 5000
    assert call("enrol", str(found["decree"]), "--out", out)["batches"] == [batch]
    sheet = tmp_path / "jawaban.csv"
    sheet.write_text(f"Status (Y/T);Keterangan Status Data;NIK\nY;;{nik(1)}\nT;Meninggal;{nik(2)}", "utf-8")
    answered = call("answer", str(batch["batch"]), str(sheet))
    assert (answered["state"], answered["queue"], answered["again"]) == ("answered", 0, False)
    assert (answered["counts"]["accepted"], answered["counts"]["rejected"]) == (1, 1)
    assert call("answer", str(batch["batch"]), str(sheet)) == {**answered, "again": True}

    more = _list(tmp_path / "baru.csv", 2, 3)
    words = ("decree", "--people", str(more), "--line", "apbd-2027", "--months", "2027-07..2027-12")
    changed = call(*words, "--follows", str(found["decree"]), "--number", "50/2027", "--date", "2027-06-20")
    assert changed["difference"] == {"masuk": 1, "keluar": 1, "tetap": 1}
    assert people_in(line, "2027-07").count() == 2


def test_what_cannot_be_is_refused_and_nothing_is_kept(call: Any, tmp_path: Path) -> None:
    agreement, lines = _papers(tmp_path)
    (line,) = call("line", "add", str(lines))["ids"]
    listed = _list(tmp_path / "usulan.csv", 1)
    words = ("decree", "--people", str(listed), "--line", str(line), "--months", "2027-01..2027-12")
    with pytest.raises(PayungError, match="PKS"):
        call(*words, "--number", "1", "--date", "2026-12-20")  # SK before PKS
    agreement.write_text(PKS.replace("2027-12-31", "2026-12-31"), encoding="utf-8")
    with pytest.raises(PayungError, match="sebelum mulai"):
        call("agreement", "add", str(agreement))
    agreement.write_text(PKS + "kuotanya: 5\n", encoding="utf-8")
    with pytest.raises(PayungError, match="kuotanya"):
        call("agreement", "add", str(agreement))
    with pytest.raises(PayungError, match="mendahului"):
        call(*words[:-1], "2027-12..2027-01")
    with pytest.raises(PayungError, match="akun"):
        acting("nobody")
    empty = tmp_path / "kosong.csv"
    empty.write_text(f"NIK;NAMA LENGKAP;KODE DESA\n123;ORANG;{VILLAGE}", encoding="utf-8")
    with pytest.raises(PayungError, match="Tidak ada yang dapat dipakai"):
        call("decree", "--people", str(empty), *words[3:])
    assert (Decree.objects.count(), Person.objects.count(), Agreement.objects.count()) == (0, 0, 0)
    assert Line.objects.get().balance.free == 10_000_000
