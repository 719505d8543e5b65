import datetime as dt

import pytest

from payung.enrolment.inputs import read_insured, read_rosters, start_reading
from payung.enrolment.progress import Silence
from payung.enrolment.request import RosterFile
from payung.enrolment.tasks import Workers
from payung.errors import InputError
from payung.people import listing
from payung.regions import Gazetteer

ON = dt.date(2026, 11, 1)
LIST = "No;NIK;Nama;Tanggal Lahir;Jenis Kelamin\n1;6203994505960001;Kasmi;05-05-1996;P\n"


@pytest.fixture(scope="module")
def regions():
    return Gazetteer.load()


def read(given, regions, **options):
    with Workers() as workers:
        pending = start_reading(given, ON, regions, workers)
        return read_rosters(given, pending, regions, Silence(), **options)


def files(folder, count):
    found = []
    for number in range(count):
        path = folder / f"{number:02d}.csv"
        path.write_text(LIST)
        found.append(RosterFile(f"desa/{number:02d}.csv", path))
    return found


@pytest.mark.parametrize("count", [1, 9, 60])
def test_read_rosters_gives_one_reading_a_file_under_its_name(tmp_path, regions, count):
    rosters = read(files(tmp_path, count), regions)
    names = [f"desa/{number:02d}.csv" for number in range(count)]
    assert [reading.file for reading in rosters.readings] == names
    assert rosters.listings["file"].to_list() == names
    assert all(
        record.startswith(f"{file}#")
        for record, file in rosters.listings.select("record", "file").iter_rows()
    )
    assert rosters.listings.schema == listing.empty().schema
    assert rosters.listings["record"].is_unique().all()


def test_read_insured_keeps_its_records_apart_from_a_roster_of_the_same_name(tmp_path, regions):
    (tmp_path / "daftar.csv").write_text(LIST)
    insured = read_insured(tmp_path / "daftar.csv", ON, regions)
    assert insured.schema == listing.empty().schema
    assert insured["record"].to_list() == ["bpjs:daftar.csv#daftar!2"]


def test_read_rosters_names_every_unreadable_file(tmp_path, regions):
    good = files(tmp_path, 9)
    for number in (3, 5):
        (tmp_path / f"{number:02d}.csv").write_text("")
    with pytest.raises(InputError) as fault:
        read(good, regions)
    assert [name for name in ("03.csv", "04.csv", "05.csv") if name in fault.value.read("id")] == [
        "03.csv",
        "05.csv",
    ]
    rosters = read(good, regions, skip_unreadable=True)
    assert len(rosters.readings) == 7
    assert [one["file"] for one in rosters.passed_over] == ["desa/03.csv", "desa/05.csv"]


def test_note_in_the_folder_stops_nobody_and_is_told(tmp_path, regions):
    good = files(tmp_path, 9)
    (tmp_path / "catatan.txt").write_text("Rapat hari Senin di kantor camat")
    note = RosterFile("catatan.txt", tmp_path / "catatan.txt", perhaps=True)
    rosters = read([*good, note], regions)
    assert len(rosters.readings) == 9
    assert [one["file"] for one in rosters.passed_over] == ["catatan.txt"]


FALSE = "6203991111111111"
NAMES = ("RINA SAHAY", "SUPARNO AWAT", "GALUH LIWAN", "JENTA UDAU")


def spread(folder, where, number=FALSE, dates=("05-03-1981", "06-04-1982", "07-05-1983", "08-06-1984")):
    """Write the four people with one number, each on the file that ``where`` names; return the files."""
    lines = {}
    for name, file, born in zip(NAMES, where, dates, strict=True):
        lines.setdefault(file, []).append(f"1;{number};{name};{born};P")
    found = []
    for file, rows in sorted(lines.items()):
        path = folder / f"{file}.csv"
        path.write_text("No;NIK;Nama;Tanggal Lahir;Jenis Kelamin\n" + "\n".join(rows) + "\n")
        found.append(RosterFile(f"{file}.csv", path))
    return found


WHERE = ["aaaa", "abbb", "aabb", "aabc", "abcd", "dcba", "bbba", "baba"]


@pytest.mark.parametrize("where", WHERE)
def test_one_number_of_several_is_asked_about_on_whatever_files_they_stand(tmp_path, regions, where):
    rosters = read(spread(tmp_path, where), regions)
    listings = rosters.listings
    assert listings["reasons"].list.contains("TANYA_DESA").all()
    assert set(listings["verdict"]) == {"noted"}
    told = [finding for one in rosters.readings for finding in one.findings.to_dicts()]
    told = [finding for finding in told if finding["code"] == "NIK_BERSAMA"]
    assert sorted((one["file"], one["row"], one["column"]) for one in told) == sorted(
        (file, row, "B") for file, row in listings.select("file", "row").iter_rows()
    )
    assert {one["message"] for one in told if one["row"] == 2} == {
        f"NIK di sel B2 “{FALSE}” tertulis untuk 4 orang yang berbeda."
    }


@pytest.mark.parametrize("where", WHERE)
def test_owner_of_a_number_keeps_it_on_whatever_files_the_others_stand(tmp_path, regions, where):
    dates = ("11-11-1911", "06-04-1982", "07-05-1983", "08-06-1984")  # that of the number
    listings = read(spread(tmp_path, where, "6203991111110001", dates), regions).listings
    asked = listings.filter(listings["reasons"].list.contains("TANYA_DESA"))
    assert sorted(asked["name"]) == sorted(NAMES[1:])


def test_a_number_that_its_owner_and_one_other_bear_is_no_question_of_the_village(tmp_path, regions):
    rows = ("6203991111810001;RINA SAHAY;11-11-1981", "6203991111810001;SUPARNO AWAT;06-04-1982")
    given = []
    for file, row in zip("ab", rows, strict=True):
        path = tmp_path / f"{file}.csv"
        path.write_text(f"No;NIK;Nama;Tanggal Lahir\n1;{row}\n")
        given.append(RosterFile(path.name, path))
    assert not read(given, regions).listings["reasons"].list.contains("TANYA_DESA").any()
