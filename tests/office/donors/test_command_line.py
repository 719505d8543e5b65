"""Money of a donor driven from outside: pledge, line, decree, answer, bill, payment, certificate, by commands alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from commandsworld import VILLAGE, Call, written
from officeworld import nik

from payung.errors import PayungError
from payung.office.donors.models import Donor, Pledge
from payung.office.programme.models import Line

pytestmark = pytest.mark.django_db
NAMES = ("SITI REKAAN", "BUDI CONTOH", "RINA ANDAIAN", "DEWI MISALAN", "EKO UMPAMA")
PLEDGES = """
pledges:
  - {donatur: PT Rekaan  Sawit, nomor: 12/CSR, melalui: sertakan, sumber: csr, tanggal: 2024-12-10,
     jumlah: "500.000", bulan: 2025-01..2025-12, orang: 5, bulan_per_orang: 2, wilayah: [62.03.01],
     kategori: [rentan], per_head: 20000}
  - {donor: PT Rekaan Sawit, number: 13/CSR, source: csr, date: 2024-12-11, amount: 100000, months: 2025-06}
"""
LINES = "{id: csr-2025, pledge: 12/CSR, source: csr, amount: 168000, months: 2025-01..2025-02}"


def test_from_the_pledge_to_the_certificate(call: Call, tmp_path: Path) -> None:
    added = call("dinsos", "pledge", "add", written(tmp_path / "janji.yaml", PLEDGES))
    assert [(one["donor"], one["left"]) for one in added["pledges"]] == [
        ("PT Rekaan Sawit", 500_000),
        ("PT Rekaan Sawit", 100_000),
    ]
    assert Donor.objects.get().name == "PT Rekaan Sawit"
    made = call("dinsos", "line", "add", written(tmp_path / "dana.yaml", LINES))
    (line,) = made["ids"]
    opened = Line.objects.get(pk=line)
    assert (opened.payer, opened.areas, opened.per_head, opened.from_month, opened.until_month) == (
        "PT Rekaan Sawit", ["62.03.01"], 20_000, "2025-01", "2025-02",
    )  # fmt: skip
    assert Pledge.objects.get(pk=added["ids"][0]).left == 332_000

    pks = "{jenis: pks, nomor: 1/2024, tanggal: 2024-12-01, mulai: 2025-01-01, berakhir: 2025-12-31}"
    call("dinsos", "agreement", "add", written(tmp_path / "pks.yaml", pks))
    rows = (f"{nik(at)};{name};05-03-1989;{VILLAGE}" for at, name in enumerate(NAMES, 1))
    people = written(tmp_path / "usulan.csv", "NIK;NAMA LENGKAP;TANGGAL LAHIR;KODE DESA", *rows)
    words = (
        "--line",
        str(line),
        "--months",
        "2025-01..2025-02",
        "--number",
        "9/2024",
        "--date",
        "2024-12-20",
    )
    assert call("dinsos", "decree", "--people", people, *words)["amount"] == 168_000
    (batch,) = call("dinsos", "enrol", "9/2024", "--out", str(tmp_path / "kiriman"))["batches"]
    yes = (f"Y;;{nik(at)}" for at in range(1, 6))
    answer = written(tmp_path / "jawaban.csv", "Status (Y/T);Keterangan Status Data;NIK", *yes)
    assert call("dinsos", "answer", str(batch["batch"]), answer)["counts"]["accepted"] == 5
    for month in ("2025-01", "2025-02"):
        (draft,) = call("bkad", "bill", month, "--line", str(line))["bills"]
        (sent,) = call("dinsos", "bill", "send", draft["bill"])["bills"]
        row = f"{month};{month}-10;{sent['payable']};{sent['bill']}"
        money = written(tmp_path / f"uang-{month}.csv", "reference;paid_on;amount;bill", row)
        assert call("bkad", "pay", money)["rows"] == {"booked": 1}

    told = {one["number"]: one for one in call("inspektorat", "pledge", "list")["pledges"]}
    first = told["12/CSR"]
    assert (first["lines"], first["paid"], first["person_months"]) == ([line], 168_000, 10)
    assert [row["month"] for row in first["months"]] == ["2025-02", "2025-01"]
    paper = tmp_path / "sertifikat.pdf"
    assert call("dinsos", "pledge", "certificate", str(line), "--out", str(paper))["number"]
    assert paper.read_bytes().startswith(b"%PDF-")
    assert call("dinsos", "pledge", "withdraw", "13/CSR", "--reason", "batal")["withdrawn"] is True


def test_who_may_not_gives_no_pledge(call: Call, tmp_path: Path) -> None:
    file = written(tmp_path / "janji.yaml", PLEDGES)
    for by in ("inspektorat", "operator"):
        with pytest.raises(PayungError, match="perannya tidak boleh"):
            call(by, "pledge", "add", file)
    assert not Donor.objects.exists()


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (("sumber: csr", "sumber: apbd"), "salah satu dari csr"),
        (("bulan: 2025-01..2025-12", "bulan: 2025-12..2025-01"), "mendahului"),
        (('jumlah: "500.000"', "jumlah: banyak"), "bilangan bulat"),
        (("nomor: 12/CSR, ", ""), "number"),
        (("nomor: 13/CSR", "nomer: 13/CSR"), "nomer tidak dikenal"),
        (("number: 13/CSR", "number: 12/CSR"), "sudah ada"),
        (("bulan_per_orang: 2", "bulan_per_orang: 13"), "tidak muat"),
    ],
)
def test_a_pledge_that_cannot_be_is_refused_and_nothing_of_its_file_is_kept(
    call: Call, tmp_path: Path, spoil: tuple[str, str], says: str
) -> None:
    text = PLEDGES.replace("number: 13/CSR", "nomor: 13/CSR") if spoil[0].startswith("nomor: 13") else PLEDGES
    assert spoil[0] in text
    with pytest.raises(PayungError, match=says):
        call("dinsos", "pledge", "add", written(tmp_path / "janji.yaml", text.replace(*spoil)))
    assert (Donor.objects.count(), Pledge.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (("pledge: 12/CSR", "pledge: 14/CSR"), "tidak ada"),
        (("amount: 168000", "amount: 500001"), "sisa Rp500.000"),
        (("2025-02}", "2026-01}"), "pilih bulan di dalamnya"),
        (("source: csr", "source: baznas"), "tulis csr"),
        (("amount: 168000", "amount: 168000, areas: [62.03.02]"), "hapus areas"),
    ],
)
def test_a_line_of_a_pledge_follows_its_terms(
    call: Call, tmp_path: Path, spoil: tuple[str, str], says: str
) -> None:
    call("dinsos", "pledge", "add", written(tmp_path / "janji.yaml", PLEDGES))
    assert spoil[0] in LINES
    with pytest.raises(PayungError, match=says):
        call("dinsos", "line", "add", written(tmp_path / "dana.yaml", LINES.replace(*spoil)))
    assert not Line.objects.exists()
