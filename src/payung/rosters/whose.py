"""Whose facts a column holds: the person's, or those of an heir, a spouse, a parent, the head of the family, another.

A heading says it itself ("Penghasilan Suami", "No HP Ketua RT") or through the heading above it, merged over several
("Ahli Waris" over Nama, NIK, Pekerjaan). A relative's facts are never the person's: an heir's are kept as the heir's, a
parent's name and number as the parent's, all else is put aside. Where the only names of a list are those of one
such group, the list is of them, and their facts are its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from payung.rosters.columns import CORRECTED, LEAST, Column
from payung.rosters.headings import meaning, plain
from payung.said import Said

# role -> words of a heading, tried in this order; the word of it for notes is in _CALLED
_ROLES: Final = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        ("heir", r"\bahliwaris\b|\b(?:ahli )?waris\b|\baw\b"),
        (
            "officer",
            (
                r"\b(?:ketua|sekretaris) (?:rt|rw|kelompok|poktan|gapoktan|regu|tim|adat)\b"
                r"|\bkepala (?:desa|dusun|lingkungan|dinas|sekolah|puskesmas)\b|\b(?:kades|kadus|lurah|camat|damang)\b"
                r"|\b(?:pendamping|penanggung ?jawab|pj|petugas|pendata|operator|enumerator|surveyor|verifikator|saksi"
                r"|koordinator|korlap|mandor|atasan|majikan|juragan|penyuluh|pemberi kerja|penjamin|kuasa|perusahaan"
                r"|kantor|pemilik)\b|(?<!rukun )\btetangga\b"
            ),
        ),
        ("emergency", r"\b(?:darurat|emergency)\b"),
        ("spouse", r"\b(?:suami|istri|isteri|bini|bojo|pasangan|spouse|husband|wife)\b"),
        ("child", r"\b(?:anak(?! buah)|bayi|balita|cucu|menantu)\b"),
        ("parents", r"\b(?:orang ?tua|ortu|wali(?! nagari| kota)|mertua|besan|kakek|nenek|kai|parents?)\b"),
        ("father", r"\b(?:ayah|bapak?|bpk|abah|apang|papah?|father)\b(?! ibu)"),
        (
            "mother",
            (
                r"(?<!bapak )\b(?:ibu|mamah?|emak|umak|indang|mother)\b(?! kota)"
                r"(?!.*\b(?:pekerja|peserta|kader|hamil|nifas)\b)"
            ),
        ),
        (
            "relative",
            (
                r"\b(?:saudara|saudari|kakak|kaka|adik|ading|abang|ipar|sepupu|paman|bibi|keponakan|kerabat|famili"
                r"|keluarga (?:lain|dekat|terdekat|serumah))\b"
            ),
        ),
        ("head", r"\b(?:kepala (?:keluarga|kk|rumah tangga|rt)|krt)\b"),
    )
)  # fmt: skip
# what a heading calls the person beside somebody else
OWN_WORDS: Final = frozenset(
    {
        "pekerja",
        "peserta",
        "ybs",
        "yang bersangkutan",
        "diri sendiri",
        "pemohon",
        "warga",
        "anggota",
        "tenaga kerja",
        "calon peserta",
    }
)
_OF_HOUSE: Final = re.compile(
    r"\b(?:kk|keluarga|rumah ?tangga|ruta|household|per ?kapita|kelompok)\b"
)  # in headings of money
# "Pekerjaan KK" is the head's, "Alamat KK" the family's
_OF_HEAD: Final = frozenset({"sex", "age", "job", "phone", "email", "birth_date", "birth_place", "position"})
_KK_IS_A_PERSON: Final = re.compile(r"(?!no kk|nik )\S.*\bkk$")
_CALLED: Final = {
    "heir": Said("rosters.called_heir"),
    "officer": Said("rosters.called_officer"),
    "emergency": Said("rosters.called_emergency"),
    "spouse": Said("rosters.called_spouse"),
    "child": Said("rosters.called_child"),
    "parents": Said("rosters.called_parents"),
    "father": Said("rosters.called_father"),
    "mother": Said("rosters.called_mother"),
    "relative": Said("rosters.called_relative"),
    "head": Said("rosters.called_head"),
    "second": Said("rosters.called_second"),
}
_MONEY: Final = frozenset({"income", "wage"})
# what is asked of a person; a heading of one cell that speaks of a relative and none of these is what it says
_PERSONAL: Final = frozenset(
    {
        "name", "nik", "kk", "kpj", "birth_date", "birth_place", "birth_place_date", "sex", "phone", "email", "address",
        "address_current", "hamlet", "rt", "rw", "rt_rw", "village", "district", "regency", "job", "position",
        "category", "income", "wage", "segment", "disability", "age", "status", "life_status", "note", "decile",
        "welfare", "employee_no", "job_desc", "job_status", "marital", "bpjstk_flag", "work_place",
    }
)  # fmt: skip
# what a head of a family shares with its members
_SHARED: Final = frozenset({"kk", "rt", "rw", "rt_rw", "hamlet", "village", "district", "regency", "sls"})
_NAMED: Final = frozenset({"name", "nik", "name_nik", "nik_kk", "kk_nik", "nik_or_kk", "nik_or_kpj"})
_KEPT: Final = {
    ("heir", "name"): "heir",
    ("heir", "heir"): "heir",
    ("heir", "nik"): "heir_nik",
    ("heir", "heir_nik"): "heir_nik",
    ("heir", "relation"): "heir_relation",
    ("heir", "heir_relation"): "heir_relation",
    ("heir", "phone"): "heir_phone",
    ("heir", "phone_alt"): "heir_phone",
    ("heir", "heir_phone"): "heir_phone",
    ("father", "name"): "father",
    ("father", "father"): "father",
    ("father", "nik"): "father_nik",
    ("mother", "name"): "mother",
    ("mother", "mother"): "mother",
    ("mother", "nik"): "mother_nik",
    ("head", "name"): "household_head",
    ("head", "household_head"): "household_head",
}
_ALWAYS: Final = frozenset({"household_official", "relation_krt", "household_size", "household_id", "seq"})
_SURE: Final = 0.9
_AFTER_HEIR: Final = re.compile(
    r"^(?:(?:status )?(?:hubungan|hub)(?: keluarga)?|shdk)(?: dengan (?:peserta|pekerja|tenaga kerja|tk))?$"
)


def role(heading: str) -> str | None:
    """Return whose facts a heading says it holds (a key of the roles above), ``None`` for the person's.

    >>> role("Ahli Waris / Pekerjaan"), role("Penghasilan Suami"), role("Data Pekerja / NIK")
    ('heir', 'spouse', None)
    """
    for part in reversed(heading.split(" / ")):
        words = plain(part)
        if found := next((name for name, pattern in _ROLES if pattern.search(words)), None):
            return found
    return None


def put_apart(columns: Sequence[Column]) -> list[Column]:
    """Return ``columns`` with the facts of others apart from the person's; what somebody said of a heading stays."""
    roles = [_role_of(column) for column in columns]
    own = _own(columns, roles)
    second = _second_person(columns, roles, own)
    found: list[Column] = []
    for at, column in enumerate(columns):
        whose = roles[at] if roles[at] not in own else second.get(at)
        if whose is None and "head" not in own and _of_household(column):
            whose = "head"
        free = column.why != CORRECTED and column.field not in _ALWAYS
        found.append(_moved(column, whose) if whose is not None and free else column)
    return _relations_of_heirs(found)


def notes(columns: Sequence[Column]) -> tuple[Said, ...]:
    """Return a sentence on the columns that are somebody else's and not used."""
    of = {
        whose: [column for column in columns if column.field == "other" and column.why == _why(whose)]
        for whose in _CALLED
    }
    return tuple(
        Said(
            "rosters.columns_of_somebody",
            {
                "columns": ", ".join(f"{column.cell} “{column.heading}”" for column in found),
                "whose": _CALLED[whose],
            },
        )
        for whose, found in of.items()
        if found
    )


def _why(whose: str) -> Said:
    return Said("rosters.of_somebody", {"whose": _CALLED[whose]})


def _own(columns: Sequence[Column], roles: Sequence[str | None]) -> frozenset[str | None]:
    """Return the roles whose facts are the people's of this list: always what names nobody else."""
    named = [at for at, column in enumerate(columns) if column.field in _NAMED and column.confidence >= LEAST]
    own: set[str | None] = {None}
    if named and all(roles[at] is not None for at in named):
        own.add(roles[named[0]])
    has_name = any(columns[at].field in ("name", "name_nik") for at in named)
    if not has_name and any(column.field == "household_head" for column in columns):
        own.add("head")
    return frozenset(own)


def _role_of(column: Column) -> str | None:
    """Return whose facts a column holds; a heading of one cell only where it asks what is asked of a person."""
    grouped = " / " in column.heading
    if not grouped and column.field not in _PERSONAL:
        return None
    found = role(column.heading)
    if found is None and column.field in _OF_HEAD and _KK_IS_A_PERSON.match(plain(column.heading)):
        return "head"
    if found == "head" and column.field == "relation":
        return None  # "Hubungan dengan Kepala Keluarga"
    return (
        None if found == "officer" and column.field in _MONEY else found
    )  # "Honor Ketua RT" is the person's own


def _of_household(column: Column) -> bool:
    return column.field in _MONEY and _OF_HOUSE.search(plain(column.heading)) is not None


def _moved(column: Column, whose: str) -> Column:
    if whose == "head" and column.field in _SHARED:
        return column
    field = column.field
    if " / " in column.heading:
        field = _asked(column.heading.split(" / "))
    kept = _KEPT.get((whose, field), "other")
    return replace(column, field=kept, confidence=_SURE, why=_why(whose))


def _asked(parts: Sequence[str]) -> str:
    """Return the field that a heading of several parts asks of somebody: by the part that does not say whose it is."""
    about = [part for part in parts if role(part) is None] or list(parts[-1:])
    for part in reversed(about):
        if re.match(r"(?:hubungan|hub|shdk)\b", plain(part)):
            return "relation"
        if inner := meaning(part):
            return inner.field
    last = meaning(parts[-1])  # "Orang Tua / Ayah"
    return last.field if last is not None and last.field in ("father", "mother", "heir") else "other"


def _second_person(
    columns: Sequence[Column], roles: Sequence[str | None], own: frozenset[str | None]
) -> dict[int, str]:
    """Return whose the columns from a second "Nama" on are, where a further fact of a person is asked again there."""
    names = [
        at
        for at, column in enumerate(columns)
        if column.field == "name" and column.confidence >= _SURE and roles[at] in own
    ]
    if len(names) < 2:
        return {}
    first = {column.field for column in columns[: names[1]]}
    block = [at for at in range(names[1], len(columns)) if roles[at] in own]
    fields = {columns[at].field for at in block}
    if not fields & first & {"nik", "birth_date", "birth_place_date", "phone", "sex"}:
        return {}
    whose = "heir" if "relation" in fields - first else "second"
    return {at: whose for at in block if columns[at].field in _PERSONAL or columns[at].field == "relation"}


def _relations_of_heirs(columns: list[Column]) -> list[Column]:
    """Take "Hubungan" beside an heir's name for the heir's."""
    mended = list(columns)
    taken = any(column.field == "heir_relation" for column in columns)
    for before, column in pairwise(columns):
        if (
            not taken
            and before.field in ("heir", "heir_phone")
            and column.field == "relation"
            and column.why != CORRECTED
            and _AFTER_HEIR.match(plain(column.heading.rsplit(" / ", 1)[-1]))
        ):
            at = mended.index(column)
            mended[at] = replace(column, field="heir_relation", why=Said("rosters.beside_heir"))
            taken = True
    return mended
