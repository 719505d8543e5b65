"""A year driven from outside: agreement, line, decree by the commands, on an office of its own."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from officeworld import PASSWORD, nik
from typer.testing import CliRunner

from payung.cli.actor import allowed
from payung.cli.app import build
from payung.errors import PayungError
from payung.law import bill
from payung.office.accounts import actions as accounts
from payung.office.history.actions import BY_ITSELF
from payung.office.people.models import Person
from payung.office.programme.models import Agreement, Decree, Line
from payung.office.programme.queries import people_in
from payung.office.service import start
from payung.regions import Gazetteer

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
    user = accounts.create_user(by="t", username="siti", name="Siti", password=PASSWORD, temporary=False)
    accounts.give_role(by="t", user=user, role="admin", region_code="62.03", starts=dt.date(2026, 1, 1))
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
        allowed("nobody", "decree.edit")
    empty = tmp_path / "kosong.csv"
    empty.write_text(f"NIK;NAMA LENGKAP;KODE DESA\n123;ORANG;{VILLAGE}", encoding="utf-8")
    with pytest.raises(PayungError, match="Tidak ada yang dapat dipakai"):
        call("decree", "--people", str(empty), *words[3:])
    assert (Decree.objects.count(), Person.objects.count(), Agreement.objects.count()) == (0, 0, 0)
    assert Line.objects.get().balance.free == 10_000_000


def plainly(*words: str) -> Any:
    """Call a command without a user: the office itself acts."""
    return CliRunner().invoke(build(), [*words, "--json"], catch_exceptions=False)


def test_who_acts_needs_the_permission_and_the_region(call: Any, make_user: Any, tmp_path: Path) -> None:
    agreement, lines = _papers(tmp_path)
    make_user("operator")
    for words in (("agreement", "add", str(agreement)), ("line", "add", str(lines))):
        with pytest.raises(PayungError, match="perannya tidak boleh"):
            plainly(*words, "--by", "operator")
        assert plainly(*words).exit_code == 0  # whoever runs the machine, without a name
    assert set(Agreement.objects.values_list("by", flat=True)) == {BY_ITSELF}


def test_a_frozen_list_is_signed_by_calling_again_with_its_number(call: Any, tmp_path: Path) -> None:
    agreement, lines = _papers(tmp_path)
    call("agreement", "add", str(agreement))
    (line,) = call("line", "add", str(lines))["ids"]
    listed = _list(tmp_path / "usulan.csv", 1, 2)
    words = ("decree", "--people", str(listed), "--line", str(line), "--months", "2027-01..2027-12")
    frozen = call(*words)
    assert call(*words)["decree"] == frozen["decree"]
    signed = call(*words, "--number", "96/2026", "--date", "2026-12-20")
    assert (signed["decree"], signed["state"]) == (frozen["decree"], "signed")
    with pytest.raises(PayungError, match=r"sudah dibayar SK 96/2026 \(apbd-2027\)"):
        call(*words, "--number", "97/2026", "--date", "2026-12-20")


def test_an_office_of_a_subdistrict_belongs_to_it_and_a_worker_without_village_is_returned(
    call: Any, tmp_path: Path
) -> None:
    agreement, lines = _papers(tmp_path)
    call("agreement", "add", str(agreement))
    (line,) = call("line", "add", str(lines))["ids"]
    place = Gazetteer.load().find("62.03.01")
    assert place is not None
    listed = tmp_path / "usulan.csv"
    rows = [
        f"{nik(1)};{NAMES[1]};05-03-1989;{place.name};damang;4000000",
        f"{nik(2)};{NAMES[2]};05-03-1989;{place.name};rentan;",
    ]
    listed.write_text(
        "\n".join(["NIK;NAMA LENGKAP;TANGGAL LAHIR;KECAMATAN;KATEGORI;PENGHASILAN", *rows]), encoding="utf-8"
    )
    found = call("decree", "--people", str(listed), "--line", str(line), "--months", "2027-01..2027-12")
    assert [one["code"] for one in found["left_out"]] == ["WILAYAH_BEDA"]
    assert Person.objects.get().village_code == "62.03.01"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["amount: 99999999999999999999", "year: 2027"], "amount"),
        (["amount: 1000.50", "year: 2027"], "amount"),
        (["amount: 1000", "amount: 2000", "year: 2027"], "dua kali"),
        (["amount: 1000000"], "tanpa bulan"),
        (["amount: 1000000", "year: 27"], "tanpa bulan"),
        (["amount: 1000000", "months: [[2027-01]]"], "months"),
        (["amount: 1000000", "year: 2027", f"account_code: {'5' * 50}"], "40 huruf"),
    ],
)
def test_a_line_that_cannot_be_is_refused_in_one_sentence(
    call: Any, tmp_path: Path, words: list[str], why: str
) -> None:
    file = tmp_path / "lines.yaml"
    file.write_text("\n".join(["id: x", "source: apbd", *words]), encoding="utf-8")
    with pytest.raises(PayungError, match=why):
        call("line", "add", str(file))
    assert not Line.objects.exists()


def test_a_file_of_the_plan_is_a_file_of_lines(call: Any, tmp_path: Path) -> None:
    file = tmp_path / "lines.yaml"
    file.write_text(
        "lines:\n  - {id: x, source: apbd, amount: '1,008,000', year: 2027, months: null}\nranking: [decile]\n",
        encoding="utf-8",
    )
    call("line", "add", str(file))
    line = Line.objects.get()
    assert (line.balance.free, line.from_month, line.until_month) == (1_008_000, "2027-01", "2027-12")


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("berkas: [tiada.pdf]", "tiada.pdf"),
        ("berkas: [.]", "berkas yang ada"),
        ("judul: {a: b}", "title"),
        ("program: [jkk, asuransi]", "asuransi tidak dikenal"),
    ],
)
def test_an_agreement_that_cannot_be_read_is_refused(call: Any, tmp_path: Path, word: str, why: str) -> None:
    agreement, _ = _papers(tmp_path)
    agreement.write_text(PKS + word + "\n", encoding="utf-8")
    with pytest.raises(PayungError, match=why):
        call("agreement", "add", str(agreement))
    assert not Agreement.objects.exists()


def test_an_answer_in_another_order_asks_nothing_twice(call: Any, tmp_path: Path) -> None:
    agreement, lines = _papers(tmp_path)
    call("agreement", "add", str(agreement))
    (line,) = call("line", "add", str(lines))["ids"]
    listed = _list(tmp_path / "usulan.csv", 1)
    words = ("decree", "--people", str(listed), "--line", str(line), "--months", "2027-01..2027-12")
    call(*words, "--number", "96/2026", "--date", "2026-12-20")
    (batch,) = call("enrol", "96/2026", "--out", str(tmp_path / "kiriman"))["batches"]
    rows = [f"Y;;{nik(1)}", f"Y;;{nik(3)}"]
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    for file, order in ((first, rows), (second, rows[::-1])):
        file.write_text("\n".join(["Status (Y/T);Keterangan Status Data;NIK", *order]), "utf-8")
    assert call("answer", str(batch["batch"]), str(first))["queue"] == 1
    again = call("answer", str(batch["batch"]), str(second))
    assert (again["queue"], again["counts"]["known"], again["state"]) == (1, 1, "answered")
    with pytest.raises(PayungError, match="tidak dapat dibuka"):
        call("answer", str(batch["batch"]), str(tmp_path))
