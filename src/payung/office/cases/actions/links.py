"""The link with which anybody of a village reports: shown once, kept as a print, closed at any time."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils import timezone

from payung.errors import InputError
from payung.office.cases.models import VillageLink
from payung.office.history.actions import Entry, record
from payung.office.regions.models import Region
from payung.office.vault.sealed import blind
from payung.text import Text

PLACE = "cases.link"


@transaction.atomic
def open_link(*, by: str, village_code: str) -> str:
    """Make a new link of a village and close the one before it; return its word, which is never shown again."""
    if not Region.objects.filter(code=village_code, level="village").exists():
        raise InputError(Text("Pilih desanya.", "Choose the village."), at="village")
    _close(village_code)
    word = secrets.token_urlsafe(15)
    index = blind(word, PLACE)
    assert index
    VillageLink.objects.create(village_code=village_code, index=index, by=by)
    record(by=by, entries=[Entry("link.open", f"village:{village_code}", region_code=village_code)])
    return word


@transaction.atomic
def close_link(*, by: str, village_code: str) -> bool:
    """Close the link of a village; return whether there was one."""
    closed = _close(village_code)
    if closed:
        record(by=by, entries=[Entry("link.close", f"village:{village_code}", region_code=village_code)])
    return closed


def village_of(word: str) -> str | None:
    """Return the village that a link belongs to, ``None`` where it is closed or none."""
    link = VillageLink.objects.filter(index=blind(word, PLACE), closed_at__isnull=True).first()
    return link.village_code if link else None


def _close(village_code: str) -> bool:
    open_ = VillageLink.objects.filter(village_code=village_code, closed_at__isnull=True)
    return bool(open_.update(closed_at=timezone.now()))
