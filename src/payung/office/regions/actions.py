"""Loads the regions of the district."""

from __future__ import annotations

from django.db import transaction

from payung.errors import InputError
from payung.office.history.actions import Entry, record
from payung.office.regions.models import Region
from payung.regions import Gazetteer
from payung.text import Text


def load(*, by: str, district: str) -> int:
    """Put the district with this code, its sub-districts and its villages in place; return how many places.

    Loading again renames what was renamed and adds what is new. Raises :class:`InputError` where no district
    has this code.
    """
    gazetteer = Gazetteer.load()
    regency = gazetteer.regency(district)
    if regency is None:
        raise InputError(
            Text(
                f"Kabupaten {district!r} tidak ada dalam daftar wilayah: tulis kodenya, mis. 62.03 (Kapuas).",
                f"There is no district {district!r} in the list of regions: write its code, e.g. 62.03 (Kapuas).",
            )
        )
    places = [regency, *gazetteer.subdistricts(regency.code), *gazetteer.villages(regency.code)]
    with transaction.atomic():
        Region.objects.bulk_create(
            [Region(code=place.code, name=place.name, level=place.level) for place in places],
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["name", "level"],
            batch_size=500,
        )
        after = {"places": len(places), "source": gazetteer.source}
        entry = Entry("regions.load", f"region:{regency.code}", region_code=regency.code, after=after)
        record(by=by, entries=[entry])
    return len(places)


def refuse_another(district: str) -> None:
    """Raise :class:`InputError` where this office serves another district than ``district`` already."""
    there = Region.objects.filter(level="regency").first()
    asked = Gazetteer.load().regency(district)
    if there is not None and asked is not None and asked.code != there.code:
        raise InputError(
            Text(
                f"Kantor ini milik {there.name} ({there.code}), bukan {asked.name} ({asked.code}): "
                "periksa --district dan "
                "PAYUNG_HOME, atau tulis --another-district bila memang disengaja.",
                f"This office is that of {there.name} ({there.code}), not of {asked.name} "
                f"({asked.code}): check --district "
                "and PAYUNG_HOME, or write --another-district where it is meant.",
            )
        )


def hold(code: str) -> None:
    """Inside a transaction: let everybody else who holds the region ``code`` wait until the commit.

    For what is looked up and then made, of which the database itself would take a second one.
    """
    Region.objects.select_for_update().filter(code=code).first()
