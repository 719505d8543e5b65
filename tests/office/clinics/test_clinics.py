"""Partner clinics: by hand, from a list, near a village, on pages and papers; what to say there."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from casesworld import case_of
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from officeworld import FAR, NEIGHBOUR, VILLAGE

from payung.errors import InputError
from payung.office.access.permissions import Permission
from payung.office.access.roles import ROLES, Role
from payung.office.cases import actions as cases
from payung.office.cases.states import Happening
from payung.office.clinics import actions, queries
from payung.office.clinics.actions import Taken
from payung.office.clinics.models import Advice, Clinic
from payung.office.clinics.papers import kind_of, spoken
from payung.office.clinics.states import ClinicKind
from payung.office.history.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regions")]
ON = dt.date(2026, 11, 28)
LIST = """DAFTAR PLKK CABANG REKAAN;;;;;
No;Nama Faskes;Kecamatan;Alamat;No. Telp;24 Jam;Sampai
1;RSUD Rekaan;Kec. Selat;Jl. Contoh 1;0513 1111;ya;
2;Klinik Rekaan;SELAT;;0513 2222;;31-12-2026
3;Puskesmas Hilir;Kapuas Hilir;;;;
4;RS Entah;Kecamatan Lain;;;;
5;;Selat;;;;
6;Klinik Lampau;Selat;;;;32-13-2026
"""


def taken(text: str = LIST, **values: Any) -> Taken:
    given_: dict[str, Any] = {"by": "t", "name": "plkk.csv", "region_code": "62.03", "on": ON, **values}
    return actions.take(content=text.encode(), **given_)


def kept(name: str = "RSUD Rekaan", place: str = "62.03.01", **facts: Any) -> Clinic:
    return actions.keep(by="t", subdistrict_code=place, name=name, **facts)


def test_a_list_lands_and_a_bad_row_stops_only_itself() -> None:
    done = taken()
    assert (done.new, done.changed, done.same, done.ended) == (3, 0, 0, 0)
    assert [line.row for line in done.faults] == [6, 7, 8]
    assert all(line.fault and line.fault.en for line in done.faults)
    hospital = Clinic.objects.get(name="RSUD Rekaan")
    assert (hospital.kind, hospital.subdistrict_code, hospital.day_and_night) == (
        ClinicKind.HOSPITAL,
        "62.03.01",
        True,
    )
    assert Clinic.objects.get(kind=ClinicKind.CLINIC).ends == dt.date(2026, 12, 31)
    assert Event.objects.filter(action="clinic.take").count() == 1


def test_the_same_list_again_changes_nothing_and_a_changed_row_changes_one() -> None:
    taken()
    assert (taken().new, taken().same) == (0, 3)
    assert Event.objects.filter(action="clinic.take").count() == 1
    done = taken(LIST.replace("0513 1111", "0513 3333"))
    assert (done.new, done.changed, done.same) == (0, 1, 2)


def test_a_complete_list_ends_what_it_does_not_name_but_not_with_faults() -> None:
    taken()
    good = "Nama;Kecamatan\nRSUD Rekaan;Selat\n"
    with pytest.raises(InputError, match="6"):
        taken(complete=True)
    done = taken(good, complete=True)
    assert done.ended == 2
    assert Clinic.objects.get(name="Puskesmas Hilir").ends == ON - dt.timedelta(days=1)
    assert taken(good, complete=True).ended == 0


@pytest.mark.parametrize("text", ["", "a;b\n1;2\n", "Nama;Alamat\nRSUD;Jl\n"])
def test_what_is_no_list_of_clinics_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(InputError):
        taken(text)
    assert not Clinic.objects.exists()


def test_a_list_takes_as_many_queries_for_many_as_for_few(django_assert_max_num_queries: Any) -> None:
    rows = "\n".join(f"Klinik Rekaan {number};Selat" for number in range(300))
    with django_assert_max_num_queries(20):
        taken(f"Nama;Kecamatan\n{rows}\n")
    assert Clinic.objects.count() == 300


def test_one_clinic_a_name_and_place_whatever_the_spelling() -> None:
    first = kept(phone="1")
    again = kept("rsud  REKAAN", phone="2")
    assert (again.pk, Clinic.objects.count(), again.phone) == (first.pk, 1, "2")
    other = kept("Klinik Lain")
    with pytest.raises(InputError):
        actions.keep(by="t", clinic=other, subdistrict_code="62.03.01", name="RSUD Rekaan")
    kept("rsud REKAAN", phone="2")
    assert Event.objects.filter(action="clinic.change").count() == 1  # nothing changed the second time


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": " "}, "name"),
        ({"place": "62.03"}, "subdistrict_code"),
        ({"place": "99.99.99"}, "subdistrict_code"),
        ({"starts": ON, "ends": ON - dt.timedelta(days=1)}, "ends"),
    ],
)
def test_what_cannot_be_is_refused(values: Any, field: str) -> None:
    with pytest.raises(InputError) as refused:
        kept(**values)
    assert refused.value.at == field
    assert not Clinic.objects.exists()


@pytest.mark.parametrize(
    "values", [{"name_key": ""}, {"kind": "toko"}, {"starts": ON, "ends": dt.date(2020, 1, 1)}, {}]
)
def test_the_database_refuses(values: Any) -> None:
    kept()
    facts = {
        "subdistrict_code": "62.03.01",
        "name": "x",
        "name_key": "rsud rekaan",
        "kind": "klinik",
        **values,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Clinic.objects.create(by="t", **facts)


def test_near_is_the_sub_district_first_then_hospitals_and_nothing_that_ended(
    django_assert_num_queries: Any,
) -> None:
    kept("Klinik Jauh", "62.03.02", kind=ClinicKind.CLINIC)
    kept("RSUD Jauh", "62.03.02", kind=ClinicKind.HOSPITAL)
    kept("Klinik Dekat", kind=ClinicKind.CLINIC)
    kept("RS Lampau", kind=ClinicKind.HOSPITAL, ends=ON - dt.timedelta(days=1))
    kept("RS Nanti", kind=ClinicKind.HOSPITAL, starts=ON + dt.timedelta(days=1))
    with django_assert_num_queries(2):
        found = queries.near(VILLAGE, ON)
    assert [one.name for one in found.clinics] == ["Klinik Dekat", "RSUD Jauh", "Klinik Jauh"]
    assert found.says == queries.default()
    assert [one.name for one in queries.near(FAR, ON).clinics][:2] == ["Klinik Jauh", "RSUD Jauh"]


def test_a_district_words_what_is_said_and_ours_stays_before() -> None:
    assert queries.says("62.03") == list(queries.default())
    actions.word(by="dinas", region_code="62.03", lines="Kalimat satu.\n\n Kalimat dua. ")
    assert [line.id for line in queries.says("62.03")] == ["Kalimat satu.", "Kalimat dua."]
    assert queries.says("62.10") == list(queries.default())
    for lines in ("", " \n ", "\n".join(["x"] * 11), "x" * 201):
        with pytest.raises(InputError):
            actions.word(by="dinas", region_code="62.03", lines=lines)
    assert Advice.objects.count() == 1


@given(st.text(max_size=40), st.text(max_size=40))
def test_every_text_is_some_kind(said: str, name: str) -> None:
    assert kind_of(said, name) in ClinicKind
    assert spoken(spoken(said)) == spoken(said)


# Pages


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.code)
def test_the_agencies_and_the_insurer_keep_them_and_whoever_sees_cases_reads_them(
    role: Role, make_user: Any, sign_in: Any
) -> None:
    clinic = kept(kind=ClinicKind.HOSPITAL)
    client = sign_in(make_user(role.code))
    edits = role.code in {"dpmd", "dinsos", "disnaker", "bpjs"}
    reads = edits or bool({Permission.CASE_VIEW, Permission.CASE_REPORT} & role.permissions)
    listed = client.get("/plkk/")
    assert (listed.status_code == 200) == reads
    if reads:
        assert (f"/plkk/{clinic.pk}/" in listed.content.decode()) == edits
        assert ("Ubah kalimatnya" in client.get("/plkk/katakan/").content.decode()) == edits
    answers = [
        client.post("/plkk/baru/", {"name": "Klinik Baru", "subdistrict_code": "62.03.01", "kind": "klinik"}),
        client.post("/plkk/daftar/", {"file": SimpleUploadedFile("plkk.csv", LIST.encode())}),
        client.post(
            f"/plkk/{clinic.pk}/", {"name": "RSUD B", "subdistrict_code": "62.03.01", "kind": "klinik"}
        ),
    ]
    assert {answer.status_code for answer in answers} == ({302} if edits else {403})
    words = client.post("/plkk/katakan/", {"lines": "Kalimat kami."})
    assert Advice.objects.exists() == edits
    assert (words.status_code == 403) == (not reads)


def test_the_list_shows_the_whole_district_to_a_village(make_user: Any, sign_in: Any) -> None:
    kept("RSUD Jauh", "62.03.02")
    client = sign_in(make_user("operator"))
    assert client.get("/plkk/").context["total"] == 1
    assert client.get("/plkk/?cari=jauh&kecamatan=62.03.02&kini=berlaku").context["total"] == 1
    assert client.get("/plkk/?kini=berakhir").context["total"] == 0


def test_rows_that_cannot_be_used_are_told_one_by_one(make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("dinsos"))
    answer = client.post(
        "/plkk/daftar/", {"file": SimpleUploadedFile("plkk.csv", LIST.encode())}, follow=True
    )
    text = answer.content.decode()
    for said in ("Baru 3", "Baris 6", "Kecamatan Lain", "Baris 8: Tanggalnya tidak dapat dibaca."):
        assert said in text, said


def test_beside_a_case_of_an_accident_and_not_of_a_death(make_user: Any, sign_in: Any) -> None:
    kept("RSUD Rekaan", kind=ClinicKind.HOSPITAL, phone="0513 1111")
    accident = case_of(Happening.ACCIDENT, village_code=NEIGHBOUR, name="Satu")
    death = case_of(village_code=NEIGHBOUR, name="Dua")
    client = sign_in(make_user("camat"))
    text = client.get(f"/kejadian/{accident.pk}/").content.decode()
    assert "RSUD Rekaan" in text
    assert "Jangan dicatat BPJS Kesehatan dahulu" in text
    assert "RSUD Rekaan" not in client.get(f"/kejadian/{death.pk}/").content.decode()


@pytest.mark.parametrize(("happening", "shown"), [("kecelakaan", True), ("meninggal", False)])
def test_the_answer_to_a_report_without_an_account_says_where_to_go(happening: str, shown: bool) -> None:
    kept("RSUD Rekaan", kind=ClinicKind.HOSPITAL, phone="0513 1111")
    word = cases.open_link(by="kades", village_code=VILLAGE)
    told = {
        "happening": happening,
        "name": "Orang 1",
        "on": "2026-04-20",
        "place": "kebun",
        "reporter": "RT",
        "phone": "081200000000",
    }
    text = Client().post(f"/lapor/{word}/", told).content.decode()
    assert ("RSUD Rekaan" in text) == shown
    assert ("Siapkan KTP, KK, dan surat kematian" in text) == (not shown)
