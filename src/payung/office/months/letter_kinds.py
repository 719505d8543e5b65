"""Covered people of a village: a card to cut out for each (form 17), and the list to be posted (18), without NIK."""

from __future__ import annotations

from django.utils import timezone

from payung.codes import Category
from payung.law import months
from payung.office.access.permissions import Permission
from payung.office.access.scope import Area, Scope
from payung.office.letters.kinds import Ask, Kind, Material
from payung.office.letters.states import Office
from payung.office.months import pasts
from payung.office.months.models import Cover, Past
from payung.office.months.queries import covered
from payung.office.people.models import Person, Standing
from payung.office.people.queries import alive
from payung.office.programme.queries import held_in
from payung.office.regions.models import Region
from payung.text import Text

HEADINGS = ["No.", "Nama", "RT/RW", "Kategori", "Mulai", "Bulan iuran", "Terakhir dibayar", "Sumber dana"]


def _active(scope: Scope, key: str) -> Material | None:
    village = Region.objects.filter(scope.in_places("code"), code=key, level="village").first()
    if village is None:
        return None
    today = timezone.localdate()
    people = list(scope.of(covered(Scope((Area(key),)), today)).filter(alive()).order_by("name_key", "pk"))
    keys = [person.pk for person in people]
    covers = dict(Cover.objects.filter(person__in=keys).order_by("segment").values_list("person", "past"))
    texts = dict(Past.objects.filter(pk__in=set(covers.values())).values_list("pk", "text"))
    categories: dict[int, list[str]] = {}
    standings = list(
        Standing.objects.filter(person__in=keys).order_by("pk").values_list("person", "category")
    )
    for person_key, category in standings:
        categories.setdefault(person_key, []).append(Category.member(category).text.id)
    held = held_in(f"{today:%Y-%m}").filter(person__in=keys).select_related("line")
    lines = {row.person_id: row.line.source.text.id for row in held}
    rows = [
        _row(number, person, texts.get(covers.get(person.pk, 0), ""), categories, lines)
        for number, person in enumerate(people, 1)
    ]
    values = {"village": village.name, "on": f"{today}", "active": {"headings": HEADINGS, "rows": rows}}
    return Material(values, key, village.name, frozenset(str(category) for _, category in standings))


def _cards(scope: Scope, key: str) -> Material | None:
    found = _active(scope, key)
    if found is None:
        return None
    rows = found.values["active"]["rows"]
    people = [{"name": row[1], "since": row[4], "last": row[6], "source": row[7]} for row in rows]
    values = {"village": found.values["village"], "people": people}
    return Material(values, key, found.about, found.categories)


def _row(
    number: int, person: Person, text: str, categories: dict[int, list[str]], lines: dict[int, str]
) -> list[str]:
    paid = sorted(pasts.read(text))
    return [
        f"{number}",
        person.name,
        "/".join(part for part in (person.rt, person.rw) if part),
        ", ".join(categories.get(person.pk, [])),
        months.from_index(paid[0]) if paid else "",
        f"{len(paid)}",
        months.from_index(paid[-1]) if paid else "",
        lines.get(person.pk, ""),
    ]


KINDS = (
    Kind(
        "active_list",
        18,
        Text("Daftar peserta aktif desa", "Covered people of a village"),
        Office.DESA,
        "village",
        "post_village",
        {"village": "Region.name", "on": "hari ini", "active": "register bulan: yang terlindungi, tanpa NIK"},
        needs=Permission.LETTER_ISSUE,
        reads=Permission.PERSON_VIEW,
        collect=_active,
        sheet="active",
    ),
    Kind(
        "member_cards",
        17,
        Text("Kartu informasi peserta", "Cards that tell members"),
        Office.DESA,
        "village",
        "post_village",
        {"village": "Region.name", "people": "register bulan: yang terlindungi", "phone": "diisi tangan"},
        needs=Permission.CARD_EDIT,
        reads=Permission.PERSON_VIEW,
        collect=_cards,
        asks=(Ask("phone", Text("Telepon yang dapat ditanya", "Phone to ask")),),
    ),
)
