"""Letters about a village and its people: forms 2, 3 and 16 of the district's list."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q

from payung.codes import Category, Verdict
from payung.office.access.permissions import Permission
from payung.office.access.scope import Scope
from payung.office.cards.models import Card
from payung.office.desk.numbers import key_of
from payung.office.letters.kinds import Ask, Kind, Material
from payung.office.letters.states import Office
from payung.office.people.models import DEAD, Person, Standing
from payung.office.people.queries import alive, covered_in
from payung.office.regions.models import Region
from payung.office.regions.queries import names
from payung.office.submissions.models import Row
from payung.office.submissions.states import State
from payung.text import Text


def counts(code: str) -> dict[str, Any]:
    """Return how many people of each category a village has, and how many of them are covered this month."""
    from django.utils import timezone

    month = f"{timezone.localdate():%Y-%m}"
    standings = Standing.objects.filter(village_code=code, person__merged_into__isnull=True).exclude(
        person__life_status=DEAD
    )
    here = dict(standings.order_by().values_list("category").annotate(Count("pk")))
    covered = dict(
        standings.filter(person__in=Person.objects.filter(covered_in(month)))
        .order_by()
        .values_list("category")
        .annotate(Count("pk"))
    )
    proposed = proposed_in(code)
    rows = [
        [
            category.text.id,
            f"{here.get(category, 0)}",
            f"{covered.get(category, 0)}",
            f"{here.get(category, 0) - covered.get(category, 0)}",
            f"{proposed.get(category, 0)}",
        ]
        for category in Category
        if category in here or category in proposed
    ]
    village = Region.objects.filter(code=code).first()
    return {
        "village": village.name if village else code,
        "month": month,
        "rows": {"headings": ["Kategori", "Ada", "Terlindungi", "Belum", "Diusulkan"], "rows": rows},
        "total": sum(here.values()),
        "open": sum(here.values()) - sum(covered.values()),
    }


def proposed_in(code: str) -> dict[str, int]:
    """Return how many people of each category stand in the lists of a village that are not through yet."""
    rows = Row.objects.filter(submission__village_code=code, replaced=False, dropped="")
    on_the_way = rows.exclude(submission__state=State.FINISHED).exclude(verdict=Verdict.RETURNED)
    return dict(on_the_way.exclude(category="").order_by().values_list("category").annotate(Count("pk")))


def _count(scope: Scope, key: str) -> Material | None:
    village = Region.objects.filter(scope.in_places("code"), code=key, level="village").first()
    if village is None:
        return None
    return Material(counts(key), key, village.name)


def _works(scope: Scope, key: str) -> Material | None:
    person = scope.of(Person).filter(alive(), pk=key_of(key) or 0).first()
    if person is None:
        return None
    parts = person.village_code.split(".")
    known = names([person.village_code])
    born = [person.birth_place, f"{person.birth_date:%d-%m-%Y}" if person.birth_date else ""]
    values = {
        "name": person.name,
        "nik": person.nik or "",
        "birth": ", ".join(part for part in born if part),
        "sex": person.sex.text.id if person.sex else "",
        "address": person.address,
        "rt": person.rt,
        "rw": person.rw,
        "village": known.get(person.village_code, person.village_code),
        "subdistrict": known.get(".".join(parts[:3]), ""),
        "job": person.job or (person.occupation.text.id if person.occupation else ""),
    }
    categories = frozenset(str(one) for one in person.standings.values_list("category", flat=True))
    return Material(values, person.village_code, person.name, categories, of_one=True)


def _cards(scope: Scope, key: str) -> Material | None:
    if not Region.objects.filter(scope.in_places("code"), code=key, level="village").exists():
        return None
    # Who died is handed no card any more.
    found = scope.of(Card).filter(Q(handed_on__isnull=False) | alive("person"), person__village_code=key)
    cards = list(found.select_related("person").order_by("person__name_key", "pk"))
    rows = [
        [
            f"{number}",
            card.person.name,
            card.masked,
            card.kind,
            f"{card.received_on:%d-%m-%Y}",
            f"{card.handed_on:%d-%m-%Y}" if card.handed_on else "",
            card.handed_to,
            "",
        ]
        for number, card in enumerate(cards, 1)
    ]
    standings = Standing.objects.filter(person__in=[card.person_id for card in cards])
    headings = [
        "No.",
        "Nama",
        "KPJ",
        "Kartu",
        "Dari cabang",
        "Diserahkan",
        "Penerima/diwakili",
        "Tanda tangan",
    ]
    village = names([key]).get(key, key)
    values = {
        "village": village,
        "cards": {"headings": headings, "rows": rows},
        "waiting": sum(card.handed_on is None for card in cards),
    }
    return Material(values, key, village, frozenset(standings.values_list("category", flat=True)))


PERSON = {
    **{name: f"Person.{name}" for name in ("name", "nik", "birth", "sex", "address", "rt", "rw", "job")},
    "village": "Region.name",
    "subdistrict": "Region.name",
}
KINDS = (
    Kind(
        "village_count",
        2,
        Text("Rekap inventarisasi desa", "Inventory of a village"),
        Office.DESA,
        "village",
        "post_village",
        {
            "village": "Region.name",
            "month": "bulan ini",
            "rows": "Standing per kategori; terlindungi menurut kepesertaan bulan ini",
            "total": "jumlah Standing",
            "open": "yang belum terlindungi",
            "note": "diisi tangan",
        },
        needs=Permission.LETTER_ISSUE,
        reads=Permission.LETTER_READ,
        collect=_count,
        asks=(Ask("note", Text("Alasan belum terlindungi", "Why some are not covered"), 3),),
        sheet="rows",
    ),
    Kind(
        "work_letter",
        3,
        Text("Surat keterangan bekerja", "Letter of work"),
        Office.DESA,
        "person",
        "person_show",
        {**PERSON, "since": "diisi tangan", "where": "diisi tangan"},
        needs=Permission.LETTER_ISSUE,
        reads=Permission.PERSON_VIEW,
        collect=_works,
        asks=(
            Ask("since", Text("Bekerja sejak", "Works since")),
            Ask("where", Text("Tempat bekerja", "Where")),
        ),
        whole=True,
    ),
    Kind(
        "card_ledger",
        16,
        Text("Daftar serah terima kartu", "Ledger of cards handed over"),
        Office.DESA,
        "village",
        "post_village",
        {"village": "Region.name", "cards": "Card, KPJ tersamar", "waiting": "kartu yang belum diserahkan"},
        needs=Permission.CARD_EDIT,
        reads=Permission.CARD_VIEW,
        collect=_cards,
        sheet="cards",
        paper={"wide": True},
    ),
)
