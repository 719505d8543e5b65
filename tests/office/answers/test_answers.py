"""Answers of agencies: reading, the accounting of rows, and what follows for people."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

import pytest
from answersworld import DAY, answer, latest, no, outcomes, sheet, yes
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from officeworld import FAR, listing, nik

from payung.errors import InputError
from payung.office.access.scope import Area, Scope
from payung.office.answers.models import Answer, Line, Result
from payung.office.answers.papers import sheets as lines
from payung.office.history.models import Event
from payung.office.people.models import Membership

pytestmark = pytest.mark.django_db


def test_rows_are_matched_unknown_or_unusable(make_people: Any) -> None:
    make_people(listing(1), listing(2))
    found = answer(
        sheet(yes(1), no(2, "meninggal"), yes(99), ("T", "x", "6203", "RUSLAN"), ("", "", nik(2), ""))
    )
    assert found.job is not None
    assert found.job.state == "done", found.job.fault_id
    assert outcomes(found) == {"matched": 2, "unknown": 1, "unusable": 2}
    assert [line.fault for line in found.lines.all()] == [
        "",
        "",
        "TIDAK_DIKENAL",
        "NIK_FORMAT",
        "JAWABAN_KOSONG",
    ]
    event = Event.objects.get(action="answer.read")
    assert event.after is not None
    assert (event.after["rows"], event.after["matched"], event.after["unknown"], event.after["unusable"]) == (
        5,
        2,
        1,
        2,
    )


CELLS = st.sampled_from(["", "Y", "T", "ya", "mungkin"])
NIKS = st.sampled_from([nik(1), nik(2), nik(77), "6203", "", "620399050389001", "0000000000000000"])
WORDS = st.sampled_from(["", "meninggal", "entah apa", "=1+1", "Data sesuai"])


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(CELLS, WORDS, NIKS, st.sampled_from(["SITI", "BUDI SANTOSO"])), min_size=1, max_size=12
    )
)
def test_no_row_is_ever_lost(rows: list[tuple[str, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "j.csv"
        path.write_bytes(sheet(yes(5), *rows))
        found = lines.read(path, agency="dukcapil", on=DAY)
    assert len(found.said) + found.others == 1 + len(rows)
    assert len({one.record for one in found.said}) == len(found.said)


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_any_order_of_columns_is_read(make_people: Any, suffix: str, tmp_path: Path) -> None:
    (person,) = make_people(listing(1))
    if suffix == "csv":
        content = sheet(
            (1, f"ORANG {1}", nik(1), "meninggal", "T"), heading=("No", "NAMA", "NIK", "KETERANGAN", "STATUS")
        )
    else:
        import xlsxwriter

        with xlsxwriter.Workbook(tmp_path / "j.xlsx") as book:
            page = book.add_worksheet()
            page.write_row(2, 0, ["No", "NAMA", "NIK", "KETERANGAN", "STATUS"])
            page.write_row(3, 0, [1, "ORANG 1", nik(1), "meninggal", "T"])
        content = (tmp_path / "j.xlsx").read_bytes()
    answer(content, name=f"j.{suffix}")
    assert latest(person) == "meninggal"


def test_list_without_an_answer_is_refused_with_a_sentence(make_people: Any) -> None:
    make_people(listing(1))
    found = answer(sheet((nik(1), "ORANG 1"), heading=("NIK", "NAMA")))
    assert found.job is not None
    assert (found.job.state, found.read) == ("failed", False)
    assert "Status (Y/T)" in found.job.fault_id


def test_same_file_twice_changes_nothing(make_people: Any) -> None:
    make_people(listing(1))
    first = answer(sheet(no(1, "meninggal")))
    events = Event.objects.count()
    assert answer(sheet(no(1, "meninggal")), name="lain.csv").pk == first.pk
    assert (Answer.objects.count(), Line.objects.count(), Result.objects.count()) == (1, 1, 1)
    assert Event.objects.count() == events


def test_damaged_nik_is_found_by_the_line_of_our_request_where_the_name_agrees(make_people: Any) -> None:
    person, other = make_people(listing(1), listing(2))
    heading = ("ID BARIS", "NIK", "NAMA", "STATUS")
    rows = [
        (person.pk, "6203990", "ORANG 1", "Y"),
        (other.pk, "6203990", "BUKAN DIA", "Y"),
        (999999, "6203990", "ORANG 1", "Y"),
    ]
    found = answer(sheet(*rows, heading=heading))
    assert [line.person_id for line in found.lines.all()] == [person.pk, None, None]
    assert outcomes(found) == {"matched": 1, "unknown": 0, "unusable": 2}
    assert latest(person) == "padan"
    found = answer(sheet((person.pk, "6203990", "ORANG 1", "T"), heading=heading))
    assert found.lines.get().person_id == person.pk
    assert latest(person) == ""


def test_words_of_a_row_that_cannot_be_used_are_kept(make_people: Any) -> None:
    make_people(listing(1))
    found = answer(sheet(yes(1), ("T", "meninggal", "6203", "RUSLAN")))
    assert [str(line.phrase) for line in found.lines.all()] == ["Y", "T meninggal"]


def test_people_out_of_reach_are_unknown(make_people: Any) -> None:
    make_people(listing(1, category="kepala_desa"))
    make_people(listing(2), village=FAR)
    (mine,) = make_people(listing(3))
    reach = Scope((Area("62.03.01", frozenset({"rentan"})),))
    found = answer(sheet(yes(1), yes(2), yes(3)), reach=reach)
    assert [line.person_id for line in found.lines.all()] == [None, None, mine.pk]
    with pytest.raises(InputError, match="bertugas"):
        answer(sheet(yes(1)), reach=Scope((Area("62.10"),)))


def test_answer_of_tomorrow_is_refused(regions: None) -> None:
    with pytest.raises(InputError, match="masa depan"):
        answer(sheet(yes(1)), on=dt.date(2126, 1, 1))


def test_lines_hold_no_nik_in_the_open(make_people: Any) -> None:
    make_people(listing(1))
    answer(sheet(no(1, f"NIK {nik(1)} ganda"), yes(88)))
    raw = ""
    with connection.cursor() as cursor:
        for name in ("line", "phrase", "result"):
            cursor.execute(f"SELECT * FROM answers_{name}")
            raw += str(
                [bytes(v) if isinstance(v, memoryview) else v for row in cursor.fetchall() for v in row]
            )
    assert nik(1) not in raw
    assert nik(88) not in raw


# What follows


def test_death_by_the_registry_sets_the_life_status_and_a_later_match_takes_it_back(make_people: Any) -> None:
    (person,) = make_people(listing(1, life_status="hidup"))
    answer(sheet(no(1, "meninggal")))
    person.refresh_from_db()
    assert person.life_status == "meninggal"
    event = Event.objects.filter(action="person.change", person=person.pk).get()
    assert (event.before, event.after) == ({"life_status": "hidup"}, {"life_status": "meninggal"})
    answer(sheet(no(1, "nama tidak sesuai")), on=DAY + dt.timedelta(days=1))
    person.refresh_from_db()
    assert person.life_status == "meninggal"
    answer(sheet(yes(1)), on=DAY + dt.timedelta(days=2))
    person.refresh_from_db()
    assert person.life_status == "hidup"
    assert Result.objects.filter(person=person).count() == 3


def test_match_does_not_raise_the_dead_whom_the_village_reported(make_people: Any) -> None:
    (person,) = make_people(listing(1, life_status="meninggal"))
    answer(sheet(yes(1)))
    person.refresh_from_db()
    assert person.life_status == "meninggal"


def test_latest_answer_counts_by_its_day_not_by_its_arrival(make_people: Any) -> None:
    (person,) = make_people(listing(1))
    answer(sheet(yes(1)))
    answer(sheet(no(1, "meninggal")), on=DAY - dt.timedelta(days=30))
    person.refresh_from_db()
    assert (latest(person), person.life_status) == ("padan", "")
    assert Result.objects.filter(person=person, latest=False).get().code == "meninggal"


def test_later_row_about_the_same_person_counts(make_people: Any) -> None:
    (person,) = make_people(listing(1))
    answer(sheet(no(1, "meninggal"), yes(1)))
    person.refresh_from_db()
    assert (latest(person), person.life_status) == ("padan", "")


def test_welfare_answer_sets_decile_and_version(make_people: Any) -> None:
    first, second, third = make_people(listing(1), listing(2, decile=9), listing(3))
    heading = ("NIK", "NAMA", "DESIL", "VERSI DTSEN", "KETERANGAN")
    rows = [
        (nik(1), "ORANG 1", 2, "TW3 2026", ""),
        (nik(2), "ORANG 2", 4, "", "di luar desil sasaran"),
        (nik(3), "ORANG 3", 77, "", "tidak ditemukan"),
    ]
    answer(sheet(*rows, heading=heading), "dtsen", version="TW4 2026")
    for person in (first, second, third):
        person.refresh_from_db()
    assert (first.decile, first.decile_version, latest(first, "dtsen")) == (2, "TW3 2026", "padan")
    assert (second.decile, second.decile_version, latest(second, "dtsen")) == (4, "TW4 2026", "desil_di_luar")
    assert (third.decile, latest(third, "dtsen")) == (None, "nik_tidak_ditemukan")


BPJS = ("KPJ", "NIK", "NAMA TENAGA KERJA", "BLTH", "STATUS", "KETERANGAN")


def test_insurers_answer_makes_the_membership(make_people: Any) -> None:
    first, second = make_people(listing(1), listing(2))
    rows = [
        ("26000000011", nik(1), "ORANG 1", "12-2026", "Y", ""),
        ("", nik(2), "ORANG 2", "", "T", "Sudah PU aktif"),
    ]
    answer(sheet(*rows, heading=BPJS), "bpjs", segment="bpu", source="apbd")
    (membership,) = Membership.objects.all()
    assert (membership.person_id, membership.kpj, membership.from_month) == (
        first.pk,
        "26000000011",
        "2026-12",
    )
    assert (membership.segment, membership.source) == ("bpu", "apbd")
    assert latest(second, "bpjs") == "sudah_pu_aktif"
    assert Event.objects.filter(action="membership.start", person=first.pk).exists()


def test_no_membership_is_invented_where_the_answer_leaves_it_open(make_people: Any) -> None:
    make_people(listing(1))
    found = answer(
        sheet(("26000000011", nik(1), "ORANG 1", "12-2026", "Y", ""), heading=BPJS), "bpjs", segment="bpu"
    )
    assert not Membership.objects.exists()
    assert found.lines.get().fault == "KPJ_TANPA_MASA"
    answer(
        sheet(("26000000011", nik(1), "ORANG 1", "12-2026", "Y", ""), heading=BPJS),
        "bpjs",
        segment="bpu",
        source="csr",
    )
    assert Membership.objects.get().source == "csr"


def test_number_of_one_member_is_not_given_to_another(make_people: Any) -> None:
    make_people(listing(1), listing(2))
    rows = [("26000000011", nik(number), f"ORANG {number}", "12-2026", "Y", "") for number in (1, 2)]
    found = answer(sheet(*rows, heading=BPJS), "bpjs", segment="bpu", source="apbd")
    assert Membership.objects.count() == 1
    assert [line.fault for line in found.lines.all()] == ["", "KPJ_DIPAKAI"]


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026-12", "2026-12"),
        ("12-2026", "2026-12"),
        ("12/2026", "2026-12"),
        ("202612", "2026-12"),
        ("Januari 2027", "2027-01"),
        ("2026-12-01", "2026-12"),
        ("13-2026", None),
        ("entah", None),
        ("", None),
    ],
)
def test_months_of_the_insurer(text: str, month: str | None) -> None:
    assert lines.month_of(text, on=DAY) == month
