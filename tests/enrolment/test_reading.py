import datetime as dt

import pytest

from payung.enrolment.progress import Silence
from payung.enrolment.reading import read_insured, read_rosters, start_reading
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
