"""What the rooms below say in Indonesian only has its English in the office, and codes have names."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation
from officeworld import listing

from payung.linkage.model import COMPARISONS
from payung.office.desk.english import english, told
from payung.office.desk.labels import changes


def test_every_reason_of_a_pair_is_said_in_english() -> None:
    said = {level.why for comparison in COMPARISONS for level in comparison.levels if level.why}
    assert sorted(one for one in said if english(one) == one) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("judul “nik” dikenal; isi cocok 100%", "heading “nik” is known; content fits 100%"),
        ("daftar tanpa judul; isinya seperti name", "list without headings; holds what looks like name"),
        ("Lembar “Rekap” tidak berisi daftar orang.", "Sheet “Rekap” holds no list of people."),
        (
            "Lembar “A”: Kolom B “Desa” ditulis sekali untuk beberapa baris; dibaca berlaku sampai isi berikutnya.",
            "Sheet “A”: Column B “Desa” is written once for several rows; it is read as holding until the next entry.",
        ),
        ("NIK beda satu angka; nama sama; desa sama", "NIKs differ in one digit; same name; same village"),
        ("kata yang baru", "kata yang baru"),
    ],
)
def test_sentences_of_lists_are_said_in_english(sentence: str, expected: str) -> None:
    assert english(sentence) == expected
    with translation.override("en"):
        assert told(sentence) == expected
    with translation.override("id"):
        assert told(sentence) == sentence


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
