"""Texts of agencies: their classes, the queue of unknown ones, what mapping one does."""

from __future__ import annotations

from typing import Any

import pytest
from answersworld import answer, latest, no, sheet, yes
from django.db import connection
from django.test.utils import CaptureQueriesContext
from officeworld import listing, nik

from payung.errors import InputError
from payung.office.answers import rules as texts
from payung.office.answers.actions import answers as actions
from payung.office.answers.actions.answers import Mapped
from payung.office.answers.models import Phrase
from payung.office.answers.states import KINDS
from payung.office.history.chain import verify
from payung.office.history.models import Event
from payung.office.people.models import Person

pytestmark = pytest.mark.django_db


# Texts


def test_classes_are_those_of_the_domain() -> None:
    named = (
        "padan nik_tidak_ditemukan nik_beda_nama tgl_lahir_beda meninggal pindah_keluar ganda_dalam_usulan "
        "sudah_pu_aktif sudah_bpu_aktif didanai_pihak_lain di_bawah_umur lewat_usia kk_ada_asn desil_di_luar "
        "bukan_pekerja data_kurang"
    )
    assert set(KINDS) == set(named.split())


@pytest.mark.parametrize(
    ("agency", "status", "text", "code"),
    [
        ("dukcapil", "Y", "", "padan"),
        ("dukcapil", "T", "NIK  tidak ditemukan.", "nik_tidak_ditemukan"),
        ("dukcapil", "T", "MENINGGAL", "meninggal"),
        ("dukcapil", "", "meninggal dunia", "meninggal"),
        ("dukcapil", "Y", "meninggal", ""),  # a yes beside a death is for a person to read
        ("dukcapil", "T", "", ""),
        ("dukcapil", "T", "nik tidak ditemukn", ""),  # alike is not equal
        ("bpjs", "T", "Sudah terdaftar PU aktif", "sudah_pu_aktif"),
        ("dtsen", "T", "sudah terdaftar pu aktif", ""),  # each agency speaks for itself
    ],
)
def test_text_has_a_class_only_where_it_stands_in_the_table(
    agency: str, status: str, text: str, code: str
) -> None:
    assert texts.starting_code(agency, status, text) == code


def test_numbers_of_people_are_not_kept_in_texts() -> None:
    assert nik(1) not in texts.shown(f"NIK {nik(1)} milik orang lain")
    assert texts.key_of("Meninggal 12/03/2026") == texts.key_of("meninggal 01-01-2025")
    assert texts.key_of("usia 65 tahun") != texts.key_of("usia 17 tahun")


def test_likeness_is_shown_and_never_used(make_people: Any) -> None:
    (person,) = make_people(listing(1))
    answer(sheet(no(1, "NIK tidak ditemukn")))
    phrase = Phrase.objects.get()
    assert texts.alike("dukcapil", phrase.text, []) == ("nik tidak ditemukan", "nik_tidak_ditemukan")
    assert (phrase.code, latest(person)) == ("", "")


# The queue of unknown texts


def test_mapped_text_applies_to_all_its_rows_and_to_the_next_file(make_people: Any) -> None:
    people = make_people(listing(1), listing(2), listing(3))
    answer(sheet(no(1, "Wafat"), no(2, "WAFAT."), yes(3)))
    assert [latest(person) for person in people] == ["", "", "padan"]
    phrase = Phrase.objects.get(code="")
    assert actions.map_text(by="dinsos", phrase=phrase, code="meninggal") == Mapped(2, 0)
    assert [latest(person) for person in people] == ["meninggal", "meninggal", "padan"]
    assert list(Person.objects.order_by("pk").values_list("life_status", flat=True)) == [
        "meninggal",
        "meninggal",
        "",
    ]
    assert Event.objects.filter(action="match.text", actor="dinsos").count() == 1
    assert Event.objects.filter(action="match.result", person=people[0].pk).count() == 2
    (fourth,) = make_people(listing(4))
    answer(sheet(no(4, "wafat")))
    assert latest(fourth) == "meninggal"
    assert verify().broken_at is None


def test_mapping_is_changeable_and_takes_back_what_it_did(make_people: Any) -> None:
    (person,) = make_people(listing(1, life_status="hidup"))
    answer(sheet(no(1, "Wafat")))
    phrase = Phrase.objects.get(code="")
    actions.map_text(by="dinsos", phrase=phrase, code="meninggal")
    actions.map_text(by="dinsos", phrase=phrase, code="nik_beda_nama", reason="salah baca")
    person.refresh_from_db()
    assert (person.life_status, latest(person)) == ("hidup", "nik_beda_nama")
    assert Event.objects.filter(action="match.text").first().reason == "salah baca"  # type: ignore[union-attr]
    assert actions.map_text(by="dinsos", phrase=phrase, code="nik_beda_nama") == Mapped(0, 0)
    with pytest.raises(InputError):
        actions.map_text(by="dinsos", phrase=phrase, code="entah")


def test_mapping_takes_no_query_for_each_row(make_people: Any) -> None:
    def queries_of(first: int, many: int, text: str) -> int:
        numbers = [first + 37 * n % 211 for n in range(many)]  # in a row they would look dragged by Excel
        make_people(*[listing(number) for number in numbers])
        answer(sheet(*[no(number, text) for number in numbers]), name=f"{first}.csv")
        with CaptureQueriesContext(connection) as found:
            actions.map_text(by="dinsos", phrase=Phrase.objects.get(text=text), code="meninggal")
        return len(found)

    few = queries_of(1, 2, "wafat")
    # SQLite takes 999 values a statement, so a hundred rows are several of them.
    assert queries_of(300, 100, "berpulang") <= few + 4
