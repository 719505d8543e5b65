"""The workbook that asks an agency about people: whole NIKs as text, and empty columns for its answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from payung.office.answers.agencies import BPJS, DTSEN, DUKCAPIL
from payung.office.desk.exports import workbook_bytes
from payung.office.people.models import Person
from payung.office.regions import queries as regions

LINE, STATUS, WORDS = "ID BARIS", "STATUS (Y/T)", "KETERANGAN STATUS DATA"
_FACTS: dict[str, Callable[[Person], Any]] = {
    LINE: lambda person: str(person.pk),
    "NIK": lambda person: person.nik or "",
    "NAMA LENGKAP": lambda person: person.name,
    "TEMPAT LAHIR": lambda person: person.birth_place,
    "TANGGAL LAHIR": lambda person: f"{person.birth_date:%d-%m-%Y}" if person.birth_date else "",
    "JENIS KELAMIN": lambda person: person.sex,
    "NO KK": lambda person: (person.household.kk or "") if person.household else "",
    "NAMA IBU KANDUNG": lambda person: person.mother,
    "ALAMAT": lambda person: person.address,
    "RT": lambda person: person.rt,
    "RW": lambda person: person.rw,
}
# What each agency needs to find a person, and no more; then the columns that it fills in.
COLUMNS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    DUKCAPIL: (
        (
            LINE,
            "NIK",
            "NAMA LENGKAP",
            "TEMPAT LAHIR",
            "TANGGAL LAHIR",
            "JENIS KELAMIN",
            "NO KK",
            "NAMA IBU KANDUNG",
        ),
        (STATUS, WORDS, "TANGGAL MENINGGAL"),
    ),
    DTSEN: (
        (LINE, "NIK", "NAMA LENGKAP", "TANGGAL LAHIR", "NO KK", "ALAMAT", "RT", "RW"),
        (STATUS, WORDS, "DESIL", "VERSI DTSEN"),
    ),
    BPJS: (
        (LINE, "NIK", "NAMA LENGKAP", "TEMPAT LAHIR", "TANGGAL LAHIR", "JENIS KELAMIN", "NAMA IBU KANDUNG"),
        (STATUS, WORDS, "KPJ", "BLTH"),
    ),
}


def workbook(agency: str, people: Iterable[Person]) -> tuple[bytes, int]:
    """Return the .xlsx that asks ``agency`` about ``people`` (with their households), and how many rows it has."""
    rows = list(people)
    places = regions.names(person.village_code for person in rows)
    given, asked = COLUMNS[agency]

    def line(person: Person) -> list[Any]:
        village = places.get(person.village_code, person.village_code)
        subdistrict = places.get(person.village_code.rpartition(".")[0], "")
        return [*(_FACTS[name](person) for name in given), village, subdistrict, *("" for _ in asked)]

    headings = [*given, "DESA", "KECAMATAN", *asked]
    return workbook_bytes("Permintaan padan", headings, ["text"] * len(headings), map(line, rows))
