import openpyxl
import pytest

from payung.enrolment.answers import read_answers
from payung.enrolment.job import run
from payung.enrolment.request import Request, collect_rosters
from payung.errors import InputError

HEAD = "No;NIK;Nama;Tempat Lahir;Tanggal Lahir;Jenis Kelamin;Desa;Kecamatan\n"
DOUBT = (  # one name, birth dates a day apart, each with a NIK that fits: father's cousin or a slip of the pen?
    "1;6203992012780001;Sutrisno;Kapuas;20-12-1978;L;Mantangai Hulu;Mantangai\n"
    "2;6203992112780001;Sutrisno;Kapuas;21-12-1978;L;Mantangai Hulu;Mantangai\n"
)
OTHERS = "".join(
    f"{n};62039915{n % 12 + 1:02d}{60 + n}0001;Warga Ke{'abcdefghij'[n % 10]}{'klmno'[n % 5]};Kapuas;"
    f"15-{n % 12 + 1:02d}-19{60 + n};L;Mantangai Hulu;Mantangai\n"
    for n in range(3, 30)
)
INSURED = "KPJ;NIK;NAMA LENGKAP;TANGGAL LAHIR\n20000000001;6203991111810001;IWAN SAWANG;11-11-1981\n"


@pytest.fixture
def job(tmp_path):
    (tmp_path / "daftar").mkdir()
    (tmp_path / "daftar/desa.csv").write_text(HEAD + DOUBT + OTHERS)
    (tmp_path / "peserta.csv").write_text(INSURED)

    def do(*answers):
        return run(
            Request(
                collect_rosters([tmp_path / "daftar"]), tmp_path / "peserta.csv", "2026-11", 1, "csr", 10**8,
                tmp_path / "hasil", answers=answers,
            )
        ).report  # fmt: skip

    do.folder = tmp_path
    return do


def answer(folder, word):
    book = openpyxl.load_workbook(folder / "hasil/perlu-ditinjau.xlsx")
    sheet = book["Pasangan"]
    place = {cell.value: cell.column for cell in sheet[4]}
    assert sheet.max_row == 5, "exactly these two are in doubt"
    sheet.cell(5, place["KEPUTUSAN (sama/beda)"]).value = word
    book.save(folder / "jawaban.xlsx")
    return folder / "jawaban.xlsx"


@pytest.mark.parametrize(("word", "people"), [("Beda", 29), (" sama ", 28)])
def test_run_takes_the_answers_and_never_asks_again(job, word, people):
    first = job()
    assert (first["people"]["review"], first["people"]["total"]) == (1, 29)
    second = job(answer(job.folder, word))
    assert (second["people"]["review"], second["pairs"]["review"]) == (0, 0)
    assert second["people"]["total"] == people


@pytest.mark.parametrize("word", ["beda", "sama"])
def test_answers_stay_in_the_newest_file(job, word):
    """The officer gives the program its own file again and again, even one in the folder of results itself."""
    job()
    first = job(answer(job.folder, word))
    again = job(job.folder / "hasil/perlu-ditinjau.xlsx")
    third = job(job.folder / "hasil/perlu-ditinjau.xlsx")
    assert first["people"] == again["people"] == third["people"]
    sheet = openpyxl.load_workbook(job.folder / "hasil/perlu-ditinjau.xlsx")["Sudah diputuskan"]
    assert [cell.value for cell in sheet[5]][1] == "Sutrisno"
    assert word in [cell.value for cell in sheet[5]]


def test_run_does_not_write_over_answers_that_it_was_not_given(job):
    job()
    answer(job.folder, "beda").replace(job.folder / "hasil/perlu-ditinjau.xlsx")
    with pytest.raises(InputError, match=r"berisi jawaban yang akan hilang: tambahkan --answers"):
        job()
    assert job(job.folder / "hasil/perlu-ditinjau.xlsx")["people"]["review"] == 0


def test_read_answers_names_the_row_of_a_word_it_does_not_know(job):
    job()
    with pytest.raises(InputError, match=r"jawaban\.xlsx lembar Pasangan baris 5: jawaban 'mungkin'"):
        read_answers([answer(job.folder, "mungkin")])


def test_read_answers_refuses_another_workbook(job):
    job()
    with pytest.raises(InputError, match=r"usulan\.xlsx bukan perlu-ditinjau\.xlsx"):
        read_answers([job.folder / "hasil/usulan.xlsx"])


def test_read_answers_of_no_file_is_no_memory():
    assert read_answers([]) is None
