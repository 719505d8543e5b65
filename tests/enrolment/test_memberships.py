import datetime as dt

import openpyxl
import polars as pl
import pytest

from payung.enrolment.job import run
from payung.enrolment.memberships import covers, mark_dead, with_start, without_ended
from payung.enrolment.request import Request, collect_rosters

DAY = dt.date(2027, 1, 1)
LIST = "No;NIK;Nama;Tanggal Lahir;Jenis Kelamin;Desa;Kecamatan\n"
PEOPLE = {
    "6203991503800001": "1;6203991503800001;IWAN SAWANG;15-03-1980;L;Mantangai Hulu;Mantangai\n",
    "6203991604810002": "2;6203991604810002;BERTHA LUKAS;16-04-1981;L;Mantangai Hulu;Mantangai\n",
}


def insured(*rows):
    schema = {"record": pl.String, "member_status": pl.String, "member_until": pl.Date}
    return pl.DataFrame(rows, schema=schema, orient="row")


@pytest.mark.parametrize(
    ("status", "until", "covered"),
    [
        (None, None, True),
        ("active", None, True),
        ("inactive", None, False),
        ("rejected", None, False),
        ("dead", None, False),
        (None, dt.date(2026, 12, 31), False),
        ("active", dt.date(2027, 1, 1), True),
        ("active", dt.date(2026, 9, 30), False),
    ],
)
def test_covers(status, until, covered):
    assert insured(("i", status, until)).filter(covers(DAY)).height == covered


def test_mark_dead_follows_the_insurer():
    persons = pl.DataFrame({"person": [1, 2, 3], "life_status": [None, "pindah", None]})
    links = pl.DataFrame({"record": ["i", "j", "a"], "person": [1, 2, 3]})
    found = mark_dead(persons, insured(("i", "dead", None), ("j", "active", None)), links)
    assert found["life_status"].to_list() == ["meninggal", "pindah", None]


def test_doubt_about_an_ended_membership_is_none():
    pairs = pl.DataFrame({"left": ["a", "a", "b", "a"], "right": ["i", "j", "i", "d"]})
    known = insured(("i", "inactive", None), ("j", None, None), ("d", "dead", None))
    assert without_ended(pairs, known, DAY).rows() == [("a", "j"), ("a", "d")]


@pytest.mark.parametrize(
    ("status", "state"),
    [("AKTIF", "insured"), ("NON AKTIF", "chosen"), ("MENINGGAL", "refused")],
)
def test_run_follows_the_status_of_the_insurers_list(tmp_path, status, state):
    (tmp_path / "daftar").mkdir()
    (tmp_path / "daftar/desa.csv").write_text(LIST + "".join(PEOPLE.values()))
    (tmp_path / "peserta.csv").write_text(
        "KPJ;NIK;NAMA LENGKAP;TANGGAL LAHIR;STATUS\n"
        f"20000000001;6203991503800001;IWAN SAWANG;15-03-1980;{status}\n"
        "20000000002;6203992010700001;ORANG LAIN;20-10-1970;AKTIF\n"
    )
    request = Request(
        collect_rosters([tmp_path / "daftar"]),
        tmp_path / "peserta.csv",
        "2027-01",
        1,
        "csr",
        10**8,
        tmp_path / "hasil",
    )
    found = run(request)
    people = dict(found.people.select("nik", "state").iter_rows())
    assert people["6203991503800001"] == state
    assert people["6203991604810002"] == "chosen"
    assert found.report["insured_list_covering"] == (2 if status == "AKTIF" else 1)


def test_run_tells_a_death_that_the_insurer_has_beside_a_membership_that_runs(tmp_path):
    (tmp_path / "daftar").mkdir()
    (tmp_path / "daftar/desa.csv").write_text(LIST + "".join(PEOPLE.values()))
    (tmp_path / "peserta.csv").write_text(
        "KPJ;NIK;NAMA LENGKAP;TANGGAL LAHIR;STATUS\n"
        "20000000001;6203991503800001;IWAN SAWANG;15-03-1980;AKTIF\n"
        "20000000002;6203991503800001;IWAN SAWANG;15-03-1980;MENINGGAL\n"
    )
    files = collect_rosters([tmp_path / "daftar"]), tmp_path / "peserta.csv"
    for without, state in [((), "refused"), (("alive",), "insured")]:
        request = Request(*files, "2027-01", 1, "csr", 10**8, tmp_path / "hasil", without=without)
        people = dict(run(request).people.select("nik", "state").iter_rows())
        assert people["6203991503800001"] == state


def run_with(tmp_path, until, months, people=PEOPLE, source="csr", budget=10**8):
    """Run on two people, the first of whom the insurer has until ``until``."""
    tmp_path.mkdir(exist_ok=True)
    (tmp_path / "daftar").mkdir()
    (tmp_path / "daftar/desa.csv").write_text(LIST + "".join(people.values()))
    (tmp_path / "peserta.csv").write_text(
        "KPJ;NIK;NAMA LENGKAP;TANGGAL LAHIR;STATUS;TANGGAL AKHIR\n"
        f"20000000001;6203991503800001;IWAN SAWANG;15-03-1980;AKTIF;{until}\n"
        "20000000003;6203992010700001;ORANG LAIN;20-10-1970;AKTIF;\n"
    )
    files = collect_rosters([tmp_path / "daftar"]), tmp_path / "peserta.csv"
    return run(Request(*files, "2027-01", months, source, budget, tmp_path / "hasil"))


def person(result, nik="6203991503800001"):
    return result.people.filter(pl.col("nik") == nik).to_dicts()[0]


@pytest.mark.parametrize("until", ["30-06-2027", "15-06-2027", "31-12-2027", "01-06-2028"])
def test_run_says_until_when_a_membership_runs_that_lasts_through_the_period(tmp_path, until):
    found = person(run_with(tmp_path, until, 6))
    assert (found["state"], found["starts_later"]) == ("insured", False)
    assert found["reason"].endswith(f" sampai {until}.")


@pytest.mark.parametrize(
    ("until", "start", "months"),
    [
        ("01-01-2027", "2027-02", 11),
        ("31-01-2027", "2027-02", 11),
        ("15-06-2027", "2027-07", 6),
        ("30-06-2027", "2027-07", 6),
        ("30-11-2027", "2027-12", 1),
    ],
)
def test_run_plans_for_the_months_after_a_membership_that_ends_within_the_period(
    tmp_path, until, start, months
):
    result = run_with(tmp_path, until, 12)
    late, usual = person(result), person(result, "6203991604810002")
    assert (late["state"], late["start_month"], late["starts_later"]) == ("chosen", start, True)
    assert late["cost"] * 12 == usual["cost"] * months
    year, month = start.split("-")
    assert f"mulai {month}-{year}, sesudah kepesertaannya berakhir {until}." in late["reason"]
    assert usual["start_month"] == "2027-01"
    assert result.report["money"]["person_months"] == 12 + months
    assert result.report["money"]["committed"] == late["cost"] + usual["cost"]
    page = openpyxl.load_workbook(tmp_path / "hasil/usulan.xlsx").worksheets[0]
    heading = [cell.value for cell in page[1]]
    at = heading.index("MULAI PERIODE (BLTH)")
    starts = {row[1].value: row[at].value for row in page.iter_rows(min_row=2)}
    assert starts == {"6203991503800001": f"{month}-{year}", "6203991604810002": "01-2027"}


def test_run_judges_the_age_in_the_month_in_which_the_person_would_start(tmp_path):
    """Born in March 1962: 64 in January, 65 when the membership has ended."""
    old = {"a": "1;6203991503620001;IWAN SAWANG;15-03-1962;L;Mantangai Hulu;Mantangai\n"}
    (tmp_path / "daftar").mkdir()
    (tmp_path / "daftar/desa.csv").write_text(LIST + old["a"])
    for until, state in (("31-01-2027", "chosen"), ("30-06-2027", "refused")):
        (tmp_path / "peserta.csv").write_text(
            "KPJ;NIK;NAMA LENGKAP;TANGGAL LAHIR;STATUS;TANGGAL AKHIR\n"
            f"20000000001;6203991503620001;IWAN SAWANG;15-03-1962;AKTIF;{until}\n"
        )
        files = collect_rosters([tmp_path / "daftar"]), tmp_path / "peserta.csv"
        result = run(Request(*files, "2027-01", 12, "csr", 10**8, tmp_path / "hasil"))
        assert result.people["state"].to_list() == [state]


def test_with_start_leaves_a_membership_without_a_last_day_alone():
    persons = pl.DataFrame({"insured_until": [None, dt.date(2027, 2, 28), dt.date(2027, 3, 1)]})
    found = with_start(persons, ["2027-01", "2027-02", "2027-03"])
    assert found["start_month"].to_list() == ["2027-01", "2027-03", "2027-01"]
    assert found["starts_later"].to_list() == [False, True, False]
    assert found["start_text"].to_list() == ["01-2027", "03-2027", "01-2027"]
