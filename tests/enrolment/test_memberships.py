import datetime as dt

import polars as pl
import pytest

from payung.enrolment.job import run
from payung.enrolment.memberships import covers, mark_dead, without_ended
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


def test_run_says_until_when_a_membership_runs(tmp_path):
    (tmp_path / "daftar").mkdir()
    (tmp_path / "daftar/desa.csv").write_text(LIST + "".join(PEOPLE.values()))
    (tmp_path / "peserta.csv").write_text(
        "KPJ;NIK;NAMA LENGKAP;TANGGAL LAHIR;STATUS;TANGGAL AKHIR\n"
        "20000000001;6203991503800001;IWAN SAWANG;15-03-1980;AKTIF;30-06-2027\n"
        "20000000002;6203991604810002;BERTHA LUKAS;16-04-1981;AKTIF;\n"
    )
    files = collect_rosters([tmp_path / "daftar"]), tmp_path / "peserta.csv"
    people = run(Request(*files, "2027-01", 12, "csr", 10**8, tmp_path / "hasil")).people
    reasons = dict(people.select("nik", "reason").iter_rows())
    assert reasons["6203991503800001"].endswith(" sampai 30-06-2027.")
    assert "sampai" not in reasons["6203991604810002"]
