"""A change on paper: form 26 of the district's list."""

from __future__ import annotations

from payung.office.access.permissions import Permission
from payung.office.access.scope import Scope
from payung.office.changes.models import Change
from payung.office.desk.numbers import key_of
from payung.office.letters.kinds import Ask, Kind, Material
from payung.office.letters.states import Office
from payung.office.people.models import Membership
from payung.office.regions.queries import names
from payung.text import Text


def _form(scope: Scope, key: str) -> Material | None:
    found = scope.of(Change).select_related("person").filter(pk=key_of(key) or 0).first()
    if found is None:
        return None
    person = found.person
    member = Membership.objects.filter(person=person, kpj__isnull=False).order_by("-from_month").first()
    values = {
        "kind": found.kind.text.id,
        "name": person.name,
        "nik": person.nik or "",
        "kpj": (member.kpj or "") if member else "",
        "village": names([found.village_code]).get(found.village_code, ""),
        "on": f"{found.on}",
        "stops": found.stops,
        "evidence": found.evidence,
        "note": found.note,
        "state": found.state.text.id,
    }
    categories = frozenset(str(one) for one in person.standings.values_list("category", flat=True))
    return Material(
        values, found.village_code, f"{person.name}: {found.kind.text.id}", categories, of_one=True
    )


KINDS = (
    Kind(
        "change_form",
        26,
        Text("Formulir mutasi", "Form of a change"),
        Office.DESA,
        "change",
        "change_show",
        {
            **{name: f"Change.{name}" for name in ("kind", "on", "stops", "evidence", "note", "state")},
            **{name: f"Person.{name}" for name in ("name", "nik")},
            "kpj": "Membership.kpj",
            "village": "Region.name",
            "follower": "diisi tangan",
        },
        needs=Permission.LETTER_ISSUE,
        reads=Permission.PERSON_VIEW,
        collect=_form,
        asks=(Ask("follower", Text("Pengganti (nama, NIK)", "Replaced by (name, NIK)")),),
        whole=True,
    ),
)
