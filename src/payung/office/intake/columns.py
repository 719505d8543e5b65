"""The meaning of columns, as a person may correct it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from payung.office.intake.models import Upload
from payung.rosters.headings import plain
from payung.text import Text

# What a column can be, for people; codes are those of payung.rosters.fields.
FIELD_NAMES: dict[str, Text] = {
    "other": Text("(bukan tentang orangnya)", "(not about the person)"),
    "nik": Text("NIK", "NIK"),
    "kk": Text("Nomor KK", "KK number"),
    "nik_kk": Text("NIK dan nomor KK di satu sel", "NIK and KK number in one cell"),
    "kk_nik": Text("Nomor KK dan NIK di satu sel", "KK number and NIK in one cell"),
    "name_nik": Text("Nama dan NIK di satu sel", "Name and NIK in one cell"),
    "kpj": Text("Nomor KPJ", "KPJ number"),
    "name": Text("Nama", "Name"),
    "birth_date": Text("Tanggal lahir", "Birth date"),
    "birth_place": Text("Tempat lahir", "Birth place"),
    "birth_place_date": Text("Tempat, tanggal lahir", "Place and date of birth"),
    "sex": Text("Jenis kelamin", "Sex"),
    "mother": Text("Ibu kandung", "Mother"),
    "phone": Text("Nomor HP", "Phone"),
    "address": Text("Alamat", "Address"),
    "rt": Text("RT", "RT"),
    "rw": Text("RW", "RW"),
    "rt_rw": Text("RT/RW", "RT/RW"),
    "village": Text("Desa", "Village"),
    "village_code": Text("Kode desa", "Village code"),
    "district": Text("Kecamatan", "Sub-district"),
    "job": Text("Pekerjaan", "Job"),
    "position": Text("Jabatan", "Office"),
    "category": Text("Kategori", "Category"),
    "income": Text("Penghasilan", "Income"),
    "disability": Text("Disabilitas", "Disability"),
    "decile": Text("Desil", "Decile"),
    "life_status": Text("Status hidup", "Life status"),
    "note": Text("Keterangan", "Note"),
}


def corrections_of(upload: Upload, posted: Mapping[str, Any]) -> dict[str, str]:
    """Return heading → field for the columns that the form of ``upload`` changes."""
    found = {}
    for place, table in enumerate(upload.tables):
        for column in table["columns"]:
            chosen = str(posted.get(f"c{place}-{column['at']}", ""))
            if chosen in FIELD_NAMES and chosen != column["field"]:
                found[plain(column["heading"])] = chosen
    return found
