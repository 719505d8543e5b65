from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.enrolment.request import (
    Request,
    check_apart,
    check_count,
    collect_rosters,
    foreign_files,
    parse_area,
    parse_month,
    parse_pay,
)
from payung.errors import InputError
from payung.law.rupiah import parse_rupiah


def request(first_month="2026-11", months=4):
    return Request((), Path("a"), first_month, months, "csr", 0, Path("out"))


def test_period_runs_over_the_year():
    assert request().period == ["2026-11", "2026-12", "2027-01", "2027-02"]


@given(st.integers(0, 10**15))
def test_parse_rupiah_reads_every_way_of_writing(amount):
    dotted = f"{amount:,}".replace(",", ".")
    assert parse_rupiah(str(amount)) == parse_rupiah(f"Rp {dotted}") == parse_rupiah(f"{amount:_}") == amount
    assert parse_rupiah(f"Rp{dotted},-") == parse_rupiah(f"{dotted},00") == amount


@pytest.mark.parametrize(
    "text", ["", "12.5", "1e6", "-5", "seribu", "1.00.000", "10,5", "٣", "9" * 19, "9" * 40, "1,-0"]
)
def test_parse_rupiah_refuses_what_is_not_whole_rupiah(text):
    with pytest.raises(InputError):
        parse_rupiah(text)


@pytest.mark.parametrize(
    "text", ["2026", "2026-13", "2026-00", "26-01", "2026-1", "2026-01-01", "", "9999-12", "0000-01"]
)
def test_parse_month_refuses_what_is_no_month(text):
    with pytest.raises(InputError, match="Bulan"):
        parse_month(text)


def test_parse_area_takes_a_district_or_a_province():
    assert (parse_area("62.10"), parse_area("6203"), parse_area("62"), parse_area("")) == (
        "62.10",
        "62.03",
        "62",
        None,
    )


@pytest.mark.parametrize("code", ["62.99", "62.10.01", "gunung mas", "x"])
def test_parse_area_refuses_what_is_neither(code):
    with pytest.raises(InputError, match="bukan kode kabupaten atau provinsi"):
        parse_area(code)


def test_parse_pay_reads_each_category_once():
    assert parse_pay(["bpd=1.000.000", "damang=3000000"], ["bpd", "damang"]) == {
        "bpd": 1_000_000,
        "damang": 3_000_000,
    }


@pytest.mark.parametrize(
    "items",
    [["rentan=1.000.000"], ["bpd"], ["bpd="], ["bpd=0"], ["bpd=3.000"], ["bpd=1000000", "bpd=2000000"]],
)
def test_parse_pay_refuses_what_would_cost_nothing_or_says_two_things(items):
    with pytest.raises(InputError):
        parse_pay(items, ["bpd", "damang"])


def test_check_count_says_what_is_allowed():
    assert check_count(12, "--months", least=1, most=60) == 12
    with pytest.raises(InputError, match="--months harus 1 sampai 60, bukan 0"):
        check_count(0, "--months", least=1, most=60)


def test_collect_rosters_searches_folders_and_leaves_out_what_is_no_roster(tmp_path):
    for name in ["b/x.xlsx", "a.csv", "~$a.xlsx", ".hidden.csv", "readme.md", "insured.xlsx"]:
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"x")
    found = collect_rosters([tmp_path], leave_out=[tmp_path / "insured.xlsx"])
    assert [file.name for file in found] == ["a.csv", "b/x.xlsx"]


def test_collect_rosters_takes_a_file_once(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"x")
    assert len(collect_rosters([tmp_path, tmp_path / "a.csv"])) == 1


def test_collect_rosters_tells_files_of_one_name_apart(tmp_path):
    for folder in ("p", "q"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.csv").write_bytes(b"x")
    found = collect_rosters([tmp_path / "p", tmp_path / "q"])
    assert [file.name for file in found] == ["p/a.csv", "q/a.csv"]


def test_collect_rosters_names_the_path_that_is_missing(tmp_path):
    with pytest.raises(InputError, match=r"tidak-ada\.xlsx"):
        collect_rosters([tmp_path / "tidak-ada.xlsx"])
    with pytest.raises(InputError, match="Tidak ada daftar"):
        collect_rosters([tmp_path])


def test_collect_rosters_takes_text_and_pages_of_a_folder_as_perhaps_lists(tmp_path):
    for name in ("a.csv", "b.txt", "c.html", "d.pdf", ".e.txt"):
        (tmp_path / name).write_text("x")
    found = collect_rosters([tmp_path])
    assert [(file.name, file.perhaps) for file in found] == [
        ("a.csv", False),
        ("b.txt", True),
        ("c.html", True),
    ]
    assert not collect_rosters([tmp_path / "b.txt"])[0].perhaps  # named by the officer: it is a list


def test_folder_of_notes_alone_holds_no_roster(tmp_path):
    (tmp_path / "catatan.txt").write_text("rapat hari Senin")
    with pytest.raises(InputError, match="Tidak ada daftar"):
        collect_rosters([tmp_path])


def test_foreign_files_are_told(tmp_path):
    (tmp_path / "hulu").mkdir()
    for name in ("a.csv", "hulu/daftar.odt", "scan.PDF", "peserta.rar", "foto.mp4"):
        (tmp_path / name).write_text("x")
    found = foreign_files([tmp_path], leave_out=[tmp_path / "peserta.rar"])
    assert found == ("hulu/daftar.odt", "scan.PDF")


@pytest.mark.parametrize(
    "name", ["daftar.docx", "daftar.doc", "lama.DIF", "desa.zip", "desa.gsheet", "buka.url"]
)
def test_file_that_may_hold_a_list_is_looked_into(tmp_path, name):
    for one in ("a.csv", name):
        (tmp_path / one).write_text("x")
    found = {file.name: file.perhaps for file in collect_rosters([tmp_path])}
    assert found == {"a.csv": False, name: True}
    assert foreign_files([tmp_path]) == ()


@pytest.mark.parametrize("out", [".", "hasil", "hasil/2026"])
def test_results_may_not_lie_among_the_rosters(tmp_path, out):
    with pytest.raises(InputError, match="di dalam folder daftar"):
        check_apart([tmp_path], tmp_path / out)
    check_apart([tmp_path], tmp_path.parent / f"{tmp_path.name}-hasil")
