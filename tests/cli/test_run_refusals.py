"""Whatever is wrong with the input: one clear sentence, exit code 2, nothing half-written."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

PAYUNG = str(Path(sys.executable).parent / "payung")
GOOD = "No;NIK;Nama;Tanggal Lahir;Jenis Kelamin\n1;6203994505960001;Kasmi;05-05-1996;P\n"
INSURED = "KPJ;NIK;NAMA LENGKAP;TANGGAL LAHIR\n20000000001;6203991111810001;IWAN SAWANG;11-11-1981\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "daftar").mkdir()
    (tmp_path / "daftar/desa.csv").write_text(GOOD)
    (tmp_path / "peserta.csv").write_text(INSURED)
    return tmp_path


def run(folder, *more, language="id", **changes):
    options = {
        "insured": folder / "peserta.csv", "as-of": "2026-11", "source": "csr", "budget": "1000000",
        "months": "2", "out": folder / "hasil",
    } | {name.replace("_", "-"): value for name, value in changes.items()}  # fmt: skip
    words = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    return subprocess.run(
        [PAYUNG, "run", str(folder / "daftar"), *words, *more],
        capture_output=True, text=True, env={**os.environ, "PAYUNG_LANG": language},
    )  # fmt: skip


def refused(done, folder, *words):
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (folder / "hasil").exists()
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_run_works_on_the_good_folder(folder):
    done = run(folder)
    assert done.returncode == 0, done.stderr
    assert (folder / "hasil/usulan.xlsx").exists()


def xlsx(path, sheet):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Override PartName="/xl/workbook.xml" ContentType='
            '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        )
        relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        package = "http://schemas.openxmlformats.org/package/2006/relationships"
        book.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{relation}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        book.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{relation}"><sheets><sheet name="S" sheetId="1" r:id="r1"/>'
            "</sheets></workbook>",
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{relation}/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
        )
        book.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>',
        )


def hostile(path, kind):
    if kind == "empty":
        path.write_bytes(b"")
    elif kind == "picture":
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    elif kind == "password":
        path.write_bytes(
            bytes.fromhex("d0cf11e0a1b11ae1")
            + bytes(504)
            + "EncryptedPackage".encode("utf-16-le")
            + bytes(4096)
        )
    elif kind == "truncated":
        xlsx(path, "<row r='1'><c r='A1'><v>1</v></c></row>")
        path.write_bytes(path.read_bytes()[:-200])
    elif kind == "bomb":
        xlsx(path, "<row/>" * 60_000_000)
    elif kind == "corners":
        xlsx(
            path,
            "<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        )
    elif kind == "no_header":
        xlsx(path, "".join(f"<row r='{n}'><c r='A{n}'><v>{n}</v></c></row>" for n in range(1, 40)))
    elif kind == "no_rows":
        xlsx(path, "")


@pytest.mark.parametrize(
    "kind", ["empty", "picture", "password", "truncated", "bomb", "corners", "no_header", "no_rows"]
)
def test_run_refuses_a_roster_that_cannot_be_read(folder, kind):
    hostile(folder / "daftar/desa-b.xlsx", kind)
    refused(run(folder), folder, "desa-b.xlsx")


def test_run_names_every_roster_that_cannot_be_read(folder):
    for name in ("b.xlsx", "c.xlsx"):
        hostile(folder / "daftar" / name, "empty")
    done = run(folder)
    assert done.returncode == 2
    assert [name for name in ("b.xlsx", "c.xlsx") if name in done.stderr] == ["b.xlsx", "c.xlsx"]
    assert not (folder / "hasil").exists()


def test_run_goes_on_without_unreadable_rosters_when_told_so(folder):
    hostile(folder / "daftar/desa-b.xlsx", "empty")
    done = run(folder, "--skip-unreadable", "--json")
    assert done.returncode == 0, done.stderr
    assert '"file": "desa-b.xlsx"' in done.stdout


def test_run_refuses_an_insured_list_that_identifies_nobody(folder):
    (folder / "peserta.csv").write_text("Nama;Kota\nKasmi;Kuala Kapuas\nRusmini;Pujon\n")
    refused(run(folder), folder, "peserta.csv", "BPJS")


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_run_goes_on_where_nobody_is_insured_yet_and_says_so(folder, suffix):
    path = folder / f"kosong.{suffix}"
    if suffix == "csv":
        path.write_text(INSURED.splitlines()[0] + "\n")
    else:
        import xlsxwriter

        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            sheet.write(0, 0, "DAFTAR PESERTA")
            sheet.write_row(2, 0, INSURED.splitlines()[0].split(";"))
    done = run(folder, insured=path)
    assert done.returncode == 0, done.stderr
    assert "tidak seorang pun dianggap sudah terlindungi" in " ".join(done.stdout.split())
    report = json.loads((folder / "hasil/ringkasan.json").read_text())
    assert (report["insured_list"], report["people"]["insured"], report["people"]["chosen"]) == (0, 0, 1)


def test_run_refuses_an_insured_list_that_is_a_table_of_villages(folder):
    (folder / "peserta.csv").write_text("desa_id;jumlah_aki;jumlah_akb\n62.03.09.2008;1;2\n")
    refused(run(folder), folder, "peserta.csv")


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"as_of": "2026-13"}, "2026-13"),
        ({"as_of": "2014-01"}, "2014-01"),
        ({"source": "dompet"}, "dompet"),
        ({"budget": "-5"}, "-5"),
        ({"budget": "1,5 juta"}, "1,5 juta"),
        ({"months": "0"}, "--months"),
        ({"floor": "-1"}, "--floor"),
        ({"officials": "middle"}, "middle"),
        ({"without": "umur"}, "umur"),
        ({"pay": "raja=5000"}, "raja"),
        ({"max_decile": "11"}, "--max-decile"),
        ({"insured": "tidak-ada.csv"}, "tidak-ada.csv"),
    ],
)
def test_run_refuses_an_option_that_makes_no_sense(folder, changes, word):
    refused(run(folder, **changes), folder, word)


def test_run_refuses_to_replace_a_folder_of_somebody_else(folder):
    done = run(folder, out=folder / "daftar")
    assert (done.returncode, (folder / "daftar/desa.csv").read_text()) == (2, GOOD)


def test_run_speaks_english_when_asked(folder):
    (folder / "daftar/desa.csv").unlink()
    refused(run(folder, language="en"), folder, "There is no roster in")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"budget": "9" * 30}, "Jumlah uang"),
        ({"as_of": "9999-12"}, "Bulan '9999-12'"),
        ({"as_of": "0000-01"}, "Bulan '0000-01'"),
        ({"district": "99.99"}, "--district '99.99'"),
        ({"out": "peserta.csv/hasil"}, "adalah berkas, bukan folder"),
        ({"out": "/proc/payung"}, "tidak dapat ditulis"),
    ],
)
def test_run_refuses_options_that_cannot_be(folder, changes, words):
    if changes.get("out", "").startswith("peserta"):
        changes = {"out": folder / changes["out"]}
    refused(run(folder, **changes), folder, words)


def test_run_pays_for_people_of_its_own_district_only(folder):
    head = "NIK;Nama;Tanggal Lahir;Jenis Kelamin;Desa;Kecamatan\n"
    ours = (
        "6203994505960001;Kasmi;05-05-1996;P;Mantangai Hulu;Mantangai\n"
        "6203990101700001;Iberamsyah;01-01-1970;L;Mantangai Hulu;Mantangai\n"
        "6203990303720001;Sarunai Bungas;03-03-1972;L;Mantangai Hulu;Mantangai\n"
        "6203994404740001;Nyai Undang;04-04-1974;P;Mantangai Hulu;Mantangai\n"
    )
    theirs = "6210990202710001;Tinus;02-02-1971;L;Sepang Kota;Sepang\n"
    (folder / "daftar/desa.csv").write_text(head + ours + theirs)
    done = run(folder, "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["people"]["chosen"], report["people"]["refused"]) == (4, 1)
    assert report["request"]["district"] == "62.03"
    assert [one["chosen"] for one in report["villages"] if one["village_code"] == "62.10.01.2002"] == [0]
    assert "1 orang tidak dipilih karena desanya di luar 62.03" in " ".join(run(folder).stdout.split())
    together = json.loads(run(folder, "--json", district="62").stdout)
    assert together["people"]["chosen"] == 5
