"""Letters about a village and its lists: forms 2 and 6 of the district's list."""

from __future__ import annotations

from typing import Any

from django.db.models import Count

from payung.codes import Category
from payung.office.access.permissions import Permission
from payung.office.access.scope import Scope
from payung.office.letters.kinds import Ask, Kind, Material
from payung.office.letters.states import Office
from payung.office.people.models import DEAD, Person, Standing
from payung.office.people.queries import covered_in
from payung.office.regions.models import Region
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
    rows = [
        [
            category.text.id,
            f"{here[category]}",
            f"{covered.get(category, 0)}",
            f"{here[category] - covered.get(category, 0)}",
        ]
        for category in Category
        if category in here
    ]
    village = Region.objects.filter(code=code).first()
    return {
        "village": village.name if village else code,
        "month": month,
        "rows": {"headings": ["Kategori", "Ada", "Terlindungi", "Belum"], "rows": rows},
        "total": sum(here.values()),
        "open": sum(here.values()) - sum(covered.values()),
    }


def _count(scope: Scope, key: str) -> Material | None:
    village = Region.objects.filter(scope.in_places("code"), code=key, level="village").first()
    if village is None:
        return None
    return Material(counts(key), key, village.name)


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
)
