"""What a run tells beside its decisions: heirs, who has an employer, villages with namesakes."""

import openpyxl
import pytest

from payung.enrolment.job import run
from payung.enrolment.request import Request, collect_rosters

HEAD = (
    "No;NIK;Nama;Tanggal Lahir;Jenis Kelamin;Pekerjaan;Desa;Kecamatan;Email;Nama Ahli Waris;Hubungan Ahli Waris;"
    "No HP Ahli Waris"
)
OTHER = "KPJ;NIK;NAMA LENGKAP;TANGGAL LAHIR\n20000000002;6203992010700001;ORANG JAUH;20-10-1970\n"
NOTE = "bila ada pemberi kerja, dialah yang wajib mendaftarkannya (PU)"


def run_on(tmp_path, *rows, head=HEAD, budget=10**8):
    """Run on a list of ``rows`` and return the result."""
    (tmp_path / "daftar").mkdir(parents=True)
    lines = [head, *(f"{number};{row}" for number, row in enumerate(rows, start=1))]
    (tmp_path / "daftar/desa.csv").write_text("\n".join(lines) + "\n")
    (tmp_path / "peserta.csv").write_text(OTHER)
    files = collect_rosters([tmp_path / "daftar"]), tmp_path / "peserta.csv"
    return run(Request(*files, "2027-01", 12, "csr", budget, tmp_path / "hasil"))


def row(job="Petani", village="Mantangai Hulu", district="Mantangai", rest=";;;", serial=1):
    return f"620399150380{serial:04d};IWAN SAWANG;15-03-1980;L;{job};{village};{district};{rest}"


OTHER_PERSON = "6203991604810002;DARIUS LUKAS;16-04-1981;L;Nelayan;Mantangai Hulu;Mantangai;;;;"


def cells(path, sheet=0):
    page = openpyxl.load_workbook(path).worksheets[sheet]
    heading = [cell.value for cell in page[1]]
    return [
        dict(zip(heading, (cell.value for cell in line), strict=True)) for line in page.iter_rows(min_row=2)
    ]


def comments(path):
    page = openpyxl.load_workbook(path).worksheets[0]
    return {cell.coordinate: cell.comment.text for line in page.iter_rows() for cell in line if cell.comment}


@pytest.mark.parametrize("budget", [10**8, 0])
def test_heirs_and_email_reach_the_enrolment_file_and_the_reserve(tmp_path, budget):
    run_on(tmp_path, row(rest="Iwan@Contoh.id;SITI AMINAH;istri;0812 0000 0001"), budget=budget)
    (line,) = cells(tmp_path / "hasil" / ("usulan.xlsx" if budget else "cadangan.xlsx"))
    assert line["EMAIL"] == "iwan@contoh.id"
    assert (line["AHLI WARIS"], line["HUBUNGAN AHLI WARIS"]) == ("SITI AMINAH", "istri")
    assert line["HP AHLI WARIS"] == "+6281200000001"


def test_a_list_without_heirs_leaves_their_cells_empty(tmp_path):
    run_on(tmp_path, row())
    (line,) = cells(tmp_path / "hasil/usulan.xlsx")
    assert [line[name] for name in ("EMAIL", "AHLI WARIS", "HUBUNGAN AHLI WARIS", "HP AHLI WARIS")] == [
        None
    ] * 4


@pytest.mark.parametrize(
    "job",
    [
        "Karyawan Swasta",
        "KARYAWAN SWASTA",
        "karyawati toko",
        "Pegawai swasta",
        "Karyawan PT Sawit Jaya",
        "Buruh PT. ABC",
    ],
)
def test_an_employee_is_chosen_as_own_risk_worker_only_with_a_note(tmp_path, job):
    result = run_on(tmp_path, row(job))
    (person,) = result.people.to_dicts()
    assert (person["state"], person["segment_used"], person["codes"]) == ("chosen", "bpu", ["PUNYA_MAJIKAN"])
    assert NOTE in person["reason"]
    (line,) = cells(tmp_path / "hasil/usulan.xlsx")
    assert NOTE in line["ALASAN"]
    assert any(NOTE in text for text in comments(tmp_path / "hasil/perbaikan/desa.xlsx").values())


@pytest.mark.parametrize(
    "job", ["Petani", "Wiraswasta", "Buruh harian lepas", "Swasta", "Pegawai syarak", "Penyadap karet"]
)
def test_others_carry_no_such_note(tmp_path, job):
    result = run_on(tmp_path, row(job))
    (person,) = result.people.to_dicts()
    assert (person["state"], person["codes"]) == ("chosen", [])
    assert NOTE not in person["reason"]


def test_an_employee_in_the_reserve_carries_the_note_too(tmp_path):
    (person,) = run_on(tmp_path, row("Karyawan swasta"), budget=0).people.to_dicts()
    assert (person["state"], person["codes"]) == ("reserve", ["KUOTA_HABIS", "PUNYA_MAJIKAN"])
    assert NOTE in person["reason"]


def test_a_village_with_a_namesake_is_asked_for_its_sub_district(tmp_path):
    result = run_on(tmp_path, row(village="Sidomulyo", district=""), OTHER_PERSON)
    people = {person["nik"][-1]: person for person in result.people.to_dicts()}
    assert (people["1"]["state"], people["1"]["codes"]) == ("review", ["DESA_KEMBAR"])
    assert people["2"]["state"] == "chosen"
    marked = comments(tmp_path / "hasil/perbaikan/desa.xlsx")
    assert "kecamatan" in marked["G2"]
    assert set(marked) == {"G2"}


@pytest.mark.parametrize("district", ["Mantangai", "Tamban Catur"])
def test_a_village_with_a_namesake_and_its_sub_district_is_not_asked(tmp_path, district):
    result = run_on(tmp_path, row(village="Sidomulyo", district=district), OTHER_PERSON)
    assert "DESA_KEMBAR" not in [code for person in result.people.to_dicts() for code in person["codes"]]
