"""What the clinics say of themselves."""

from __future__ import annotations

from typing import Any

from payung.office.access.permissions import Permission
from payung.office.clinics import actions
from payung.office.clinics.states import ClinicKind
from payung.office.face import Deed, Entry, Face
from payung.text import Text


def _sample(world: dict[str, Any]) -> dict[str, Any]:
    clinic = actions.keep(
        by=world["by"],
        subdistrict_code=world["village"][:8],
        name="RSUD Contoh",
        kind=ClinicKind.HOSPITAL,
        phone="0513 00000",
    )
    return {"clinic_": clinic.pk}


FACE = Face(
    menu=(
        Entry(
            250,
            "clinic_list",
            Text("Rumah sakit mitra", "Partner clinics"),
            "plus",
            (Permission.CASE_VIEW, Permission.CASE_REPORT, Permission.CLINIC_EDIT),
        ),
    ),
    deeds={
        "clinic.add": Text("Rumah sakit mitra ditambahkan", "Partner clinic added"),
        "clinic.change": Text("Rumah sakit mitra diubah", "Partner clinic changed"),
        "clinic.take": Deed(Text("Daftar PLKK dibaca", "List of partner clinics read"), values="number"),
        "clinic.word": Text("Kalimat untuk rumah sakit ditulis", "Words for the hospital written"),
    },
    names={
        "kind": (Text("jenis", "kind"), ClinicKind),
        "address": Text("alamat", "address"),
        "phone": Text("telepon", "phone"),
        "day_and_night": Text("24 jam", "day and night"),
        "starts": Text("mulai", "starts"),
        "ends": Text("sampai", "ends"),
        "lines": (Text("kalimat", "sentences"), "number"),
    },
    sample=_sample,
)
