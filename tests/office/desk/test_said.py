"""Sentences become words on the page, in both languages; text of before becomes codes; codes have names."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation
from officeworld import listing

from payung.office.desk.labels import changes
from payung.office.desk.templatetags.desk import told
from payung.office.unsaid import coded, plain
from payung.said import Said, blanks, say, sentences

BEFORE = [
    ("judul “nik” dikenal; isi cocok 100%", "heading “nik” is known; content fits 100%"),
    ("daftar tanpa judul; isinya seperti name", "list without headings; holds what looks like Name"),
    ("Lembar “Rekap” tidak berisi daftar orang.", "Sheet “Rekap” holds no list of people."),
    (
        "Lembar “A”: Kolom B “Desa” ditulis sekali untuk beberapa baris; dibaca berlaku sampai isi berikutnya.",
        "Sheet “A”: Column B “Desa” is written once for several rows; it is read as holding until the next entry.",
    ),
    ("milik ahli waris", "is about the heir"),
]


@pytest.mark.parametrize(("before", "english"), BEFORE)
def test_sentence_of_before_becomes_a_code_and_is_said_in_english(before: str, english: str) -> None:
    kept = plain(before, "rosters")
    with translation.override("en"):
        assert told(kept) == english
    with translation.override("id"):
        assert told(kept).replace("Nama", "name") == before


def test_text_that_is_no_sentence_stays() -> None:
    for language in ("id", "en"):
        with translation.override(language):
            assert told(plain("kata yang baru", "rosters")) == "kata yang baru"


def test_every_sentence_without_blanks_is_found_by_its_words() -> None:
    for code, text in sentences("rosters").items():
        if not blanks(text.id):
            found = coded(text.id, "rosters")
            assert found == Said(f"rosters.{code}")
            assert say(found, "en") == text.en


def test_history_says_codes_in_words() -> None:
    assert changes(None, {"kind": "rentan"}) == ["jenis: Pekerja rentan"]
    assert changes(None, {"kind": "other"}, "letter.ask") == [
        "Jenis: other"
    ]  # another app's word for another thing
    assert changes({"occupation": "petani"}, {"occupation": "tni_polri"}) == [
        "kode pekerjaan: Petani → TNI/Polri"
    ]
    assert changes({"no": "nik"}, {"no": "address"}, "submission.columns") == ["no: NIK → Alamat"]
    assert changes(None, {"categories": "bpd,ketua_rt"}) == ["kategori: Anggota BPD, Ketua RT"]
    with translation.override("en"):
        assert changes(None, {"kind": "rentan"}) == ["kind: Vulnerable workers"]


@pytest.mark.django_db
def test_person_page_and_form_name_the_occupation(make_user: Any, sign_in: Any, make_people: Any) -> None:
    (person,) = make_people(listing(1, occupation="bumn_bumd"))
    client = sign_in(make_user("operator"))
    assert "BUMN/BUMD" in client.get(f"/orang/{person.pk}/").content.decode()
    client.cookies["bahasa"] = "en"
    page = client.get(f"/orang/{person.pk}/ubah/").content.decode()
    assert "Does not work" in page
    assert "Tni polri" not in page
