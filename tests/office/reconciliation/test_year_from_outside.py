"""A whole year driven through the commands alone, from the agreement to the closed months; only their JSON is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from commandsworld import VILLAGE, Call, written
from officeworld import nik

from payung.errors import PayungError
from payung.law import months

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NAMES = ("", "SITI REKAAN", "BUDI CONTOH", "RINA ANDAIAN", "DEWI MISALAN")
YEAR = months.between("2025-01", "2025-12")
LATE, DIED = "2025-04", "2025-06"  # a month that is paid two months late; the month of a death


def _prepared(call: Call, folder: Path) -> tuple[str, str, str]:
    """Return ids of line, decree and batch, all made by commands."""
    pks = written(
        folder / "pks.yaml", "jenis: pks", "nomor: 560/2024", "tanggal: 2024-12-01", "mulai: 2025-01-01",
        "berakhir: 2025-12-31", "kuota: {rentan: 4}",
    )  # fmt: skip
    assert len(call("dinsos", "agreement", "add", pks)["ids"]) == 1
    assert [one["number"] for one in call("dinsos", "agreements", "--on", "2025-07-01")["agreements"]] == [
        "560/2024"
    ]
    lines = written(
        folder / "dana.yaml", "{id: apbd-2025, source: apbd, amount: 2000000, months: 2025-01..2025-12}"
    )
    (line,) = call("dinsos", "line", "add", lines)["ids"]
    people = written(
        folder / "usulan.csv", "NIK;NAMA LENGKAP;TANGGAL LAHIR;KODE DESA",
        *(f"{nik(number)};{NAMES[number]};05-03-1989;{VILLAGE}" for number in range(1, 5)),
    )  # fmt: skip
    words = (
        "--line",
        str(line),
        "--months",
        "2025-01..2025-12",
        "--number",
        "96/2024",
        "--date",
        "2024-12-20",
    )
    decree = call("dinsos", "decree", "--people", people, *words)
    assert (decree["state"], decree["people"]) == ("signed", 4)
    (draft,) = call("bkad", "bill", "2025-01", "--line", str(line))["bills"]
    # The insurer has not heard of them: the bill says so, and by which decree.
    assert draft["unsent"] == [{"decree": decree["decree"], "number": "96/2024", "people": 4}]
    assert "belum dikirim ke BPJS" in draft["warnings"][0]
    call("dinsos", "bill", "void", draft["bill"], "--reason", "belum didaftarkan")
    (batch,) = call("dinsos", "enrol", "96/2024", "--out", str(folder / "kiriman"))["batches"]
    return str(line), str(decree["decree"]), str(batch["batch"])


def _followed(call: Call, folder: Path, line: str, decree: str) -> None:
    """Let a second decree take the dead out of the annex from the month after."""
    people = written(
        folder / "usulan-2.csv", "NIK;NAMA LENGKAP;TANGGAL LAHIR;KODE DESA",
        *(f"{nik(number)};{NAMES[number]};05-03-1989;{VILLAGE}" for number in range(1, 4)),
    )  # fmt: skip
    words = ("--line", line, "--months", "2025-07..2025-12", "--number", "50/2025", "--date", "2025-06-25")
    done = call(
        "dinsos", "decree", "--people", people, *words, "--follows", decree, "--despite", "seorang meninggal"
    )
    assert done["difference"] == {"masuk": 0, "keluar": 1, "tetap": 3}


def test_a_year_through_the_commands_alone(call: Call, tmp_path: Path) -> None:
    line, decree, batch = _prepared(call, tmp_path)
    answer = written(
        tmp_path / "jawaban.csv", "Status (Y/T);Keterangan Status Data;NIK",
        *(f"Y;;{nik(number)}" for number in range(1, 5)),
    )  # fmt: skip
    assert call("dinsos", "answer", batch, answer)["counts"]["accepted"] == 4
    waiting: list[dict[str, Any]] = []
    billed = 0
    for month in YEAR:
        (draft,) = call("bkad", "bill", month, "--line", line)["bills"]
        assert (draft["warnings"], draft["people"]) == ([], 4 if month <= DIED else 3)
        (sent,) = call("dinsos", "bill", "send", draft["bill"])["bills"]
        billed += sent["payable"]
        waiting.append(sent)
        if month in (LATE, months.add(LATE, 1)):
            continue
        rows = [f"{one['bill']};{month}-10;{one['payable']};{one['bill']}" for one in waiting]
        money = written(tmp_path / f"uang-{month}.csv", "reference;paid_on;amount;bill", *rows)
        assert call("bkad", "pay", money)["rows"] == {"booked": len(rows)}
        assert call("bkad", "pay", money)["same"] is True
        waiting = []
        if month == DIED:
            file = written(
                tmp_path / "mutasi.csv", "nik;kind;date;evidence", f"{nik(4)};meninggal;2025-06-20;akta"
            )
            assert call("operator", "change", file, "--approved-by", "kades")["approved"] == 1
            _followed(call, tmp_path, line, decree)
    alive, dead = (call("inspektorat", "cover", nik(number), "--date", "2025-12-20") for number in (1, 4))
    (cover,) = alive["covers"]
    assert (cover["covered"], cover["paid_months"], cover["owed"], cover["line"]) == (
        "yes",
        12,
        [],
        "apbd-2025",
    )
    assert (dead["died"], dead["covers"][0]["covered"]) == ("2025-06-20", "no")
    for month in YEAR:
        compared = call("dinsos", "reconcile", month)
        listed = [f"{nik(number)};bpu;{compared['totals']['paid']['amount'] // compared['totals']['paid']['people']}"
                  for number in range(1, 5 if month <= DIED else 4)]  # fmt: skip
        branch = written(tmp_path / f"bpjs-{month}.csv", "nik;segment;amount", *listed)
        compared = call("bpjs", "reconcile", month, "--insurer", branch)
        assert compared["differences"] == {}, month
        assert call("dinsos", "close", month, "--side", "district")["state"] == "half"
        closed = call("bpjs", "close", month, "--side", "branch")
        assert (closed["state"], closed["digest"]) == ("closed", compared["digest"])
    with pytest.raises(PayungError, match="tutup"):
        call("dinsos", "close", "2025-03", "--side", "district")
    journal = call("dinsos", "ledger", "--out", str(tmp_path / "buku.beancount"))
    assert journal
    assert f"{billed}" in (tmp_path / "buku.beancount").read_text(encoding="utf-8").replace(",", "")
    found = call("inspektorat", "check", *(f"--only={name}" for name in _checks()))
    assert found["findings"] == []


def _checks() -> list[str]:
    """Return the checks of what this year wrote: books, months, bills, changes, closings, history."""
    from payung.office.service import checks, condition

    condition.register()
    wanted = ("programme", "exchange", "months", "bills", "changes", "reconciliation", "history")
    return [name for name in checks.names() if name.partition(".")[0] in wanted]
