"""The yearly request of a scholarship: form 35 of the district's list."""

from __future__ import annotations

from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.access.scope import Scope
from payung.office.letters.kinds import Ask, Kind, Material, number_of
from payung.office.letters.states import Office
from payung.office.scholarships.models import Child
from payung.office.scholarships.queries import school_year
from payung.text import Text


def _request(scope: Scope, key: str) -> Material | None:
    found = (
        scope.of(Child).select_related("case__incident__person").filter(pk=number_of(key), ended="").first()
    )
    if found is None:
        return None
    incident, person = found.case.incident, found.case.incident.person
    claimed = [
        [
            f"{year.year}/{year.year + 1}",
            year.level.text.id,
            year.letter,
            f"{year.amount:,}".replace(",", "."),
        ]
        for year in found.years.all()
    ]
    values = {
        "child": found.name,
        "birth": f"{found.birth_date:%d-%m-%Y}",
        "level": found.level.text.id,
        "parent": incident.name,
        "case": found.case.number,
        "year": school_year(timezone.localdate()),
        "claimed": claimed,
    }
    categories = (
        frozenset(str(one) for one in person.standings.values_list("category", flat=True)) if person else ()
    )
    return Material(values, incident.village_code, found.name, frozenset(categories), of_one=True)


KINDS = (
    Kind(
        "scholarship_request",
        35,
        Text("Permohonan beasiswa tahunan", "Yearly request of a scholarship"),
        Office.DESA,
        "child",
        "child_show",
        {
            **{name: f"Child.{name}" for name in ("child", "birth", "level")},
            "parent": "Incident.name",
            "case": "Case.number",
            "year": "tahun ajaran",
            "claimed": "Year: yang sudah diajukan",
            **dict.fromkeys(("school", "letter", "account"), "diisi tangan"),
        },
        needs=Permission.CASE_EDIT,
        reads=Permission.CASE_VIEW,
        collect=_request,
        asks=(
            Ask("school", Text("Sekolah dan kelas", "School and class")),
            Ask("letter", Text("Surat aktif sekolah (nomor, tanggal)", "Letter of the school (number, day)")),
            Ask("account", Text("Bank dan pemilik rekening", "Bank and holder of the account")),
        ),
    ),
)
