"""The writes of clinics: one by hand, a list of the branch, and the words for the hospital."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from payung.errors import InputError
from payung.office.clinics import papers
from payung.office.clinics.models import Advice, Clinic
from payung.office.clinics.papers import Line
from payung.office.clinics.states import ClinicKind
from payung.office.history.actions import Entry, changed, record
from payung.office.history.again import looks_again
from payung.office.people.queries import name_key
from payung.office.regions.models import Region
from payung.office.regions.queries import subdistricts
from payung.text import Text

FACTS = ("kind", "address", "phone", "day_and_night", "starts", "ends")
MOST_LINES, LONGEST_LINE = 10, 200  # of the words for the hospital: they stand on half a page


@dataclass(frozen=True, slots=True)
class Taken:
    """What a list came to: how many clinics are new, changed, the same, ended; and the rows that cannot be used."""

    new: int
    changed: int
    same: int
    ended: int
    faults: tuple[Line, ...]


@looks_again
@transaction.atomic
def keep(*, by: str, clinic: Clinic | None = None, subdistrict_code: str, name: str, **facts: Any) -> Clinic:
    """Add a clinic, or change ``clinic``; the same name in the same sub-district is the same clinic.

    ``facts``: ``kind``, ``address``, ``phone``, ``day_and_night``, ``starts``, ``ends``; those not given stay.
    Raises :class:`InputError` for a place that is no sub-district, no name, or days in the wrong order.
    """
    assert set(facts) <= set(FACTS), facts
    if not Region.objects.filter(code=subdistrict_code, level="subdistrict").exists():
        raise InputError(Text("Pilih kecamatannya.", "Choose the sub-district."), at="subdistrict_code")
    key = name_key(name)
    if not key:
        raise InputError(Text("Tulis namanya.", "Write the name."), at="name")
    same = Clinic.objects.select_for_update().filter(subdistrict_code=subdistrict_code, name_key=key).first()
    if clinic is not None and same is not None and same.pk != clinic.pk:
        raise InputError(
            Text("Nama itu sudah ada di kecamatan ini.", "This sub-district has that name already."),
            at="name",
        )
    held = same or (Clinic.objects.select_for_update().get(pk=clinic.pk) if clinic is not None else None)
    new = held is None
    held = held or Clinic(kind=ClinicKind.OTHER)
    before = {field: str(getattr(held, field)) for field in (*FACTS, "name")}
    held.subdistrict_code, held.name, held.name_key = subdistrict_code, " ".join(name.split())[:150], key
    for field, value in facts.items():
        setattr(held, field, value)
    if held.starts and held.ends and held.ends < held.starts:
        raise InputError(Text("Berakhir sebelum mulai.", "It ends before it starts."), at="ends")
    shown = changed({} if new else before, {field: str(getattr(held, field)) for field in (*FACTS, "name")})
    if not shown:
        return held
    held.by, held.at = by, timezone.now()
    held.save()
    entry = Entry(
        "clinic.add" if new else "clinic.change",
        held.subject,
        region_code=subdistrict_code,
        before=shown[0],
        after=shown[1],
    )
    record(by=by, entries=[entry])
    return held


def take(
    *, by: str, name: str, content: bytes, region_code: str, complete: bool = False, on: dt.date | None = None
) -> Taken:
    """Read a list of the branch into the clinics of the district ``region_code``; a bad row stops only itself.

    ``complete``: whatever it does not name ends the day before. The same list again changes nothing.
    Raises :class:`InputError` for what cannot be read at all, and for a complete list with rows that cannot be used.
    """
    today = on or timezone.localdate()
    known = {papers.spoken(place.name): place.code for place in subdistricts(region_code)}
    plain = Path(name).name[:200]
    with tempfile.TemporaryDirectory(prefix="payung-") as folder:
        path = Path(folder) / f"daftar{Path(plain).suffix.lower()}"
        path.write_bytes(content)
        lines = papers.read(path, name=plain, subdistricts=known, on=today)
    faults = tuple(line for line in lines if line.fault is not None)
    if complete and faults:
        rows = ", ".join(str(line.row) for line in faults[:5])
        raise InputError(
            Text(
                f"Daftar lengkap dengan baris yang tidak terbaca ({rows}) tidak mengakhiri siapa pun: betulkan dahulu.",
                f"A complete list with rows that cannot be read ({rows}) ends nobody: mend them first.",
            ),
            at="file",
        )
    return _landed(by, region_code, [line for line in lines if line.fault is None], faults, complete, today)


@looks_again
@transaction.atomic
def _landed(
    by: str,
    region_code: str,
    lines: Sequence[Line],
    faults: tuple[Line, ...],
    complete: bool,
    today: dt.date,
) -> Taken:
    """Write all lines in a constant number of queries, and one event for them."""
    held = {
        (one.subdistrict_code, one.name_key): one
        for one in Clinic.objects.select_for_update().filter(subdistrict_code__startswith=f"{region_code}.")
    }
    new, other, same, named = [], [], 0, set()
    for line in lines:
        key = (line.subdistrict_code, name_key(line.name))
        if key in named or not key[1]:
            continue
        named.add(key)
        facts = {field: getattr(line, field) for field in FACTS}
        clinic = held.get(key)
        if clinic is None:
            new.append(Clinic(subdistrict_code=key[0], name=line.name, name_key=key[1], by=by, **facts))
        elif any(getattr(clinic, field) != value for field, value in facts.items()):
            for field, value in facts.items():
                setattr(clinic, field, value)
            clinic.by, clinic.at = by, timezone.now()
            other.append(clinic)
        else:
            same += 1
    gone = []
    if complete:
        last = today - dt.timedelta(days=1)
        for key, clinic in held.items():
            running = clinic.ends is None or clinic.ends > last
            if key not in named and running and (clinic.starts is None or clinic.starts <= last):
                clinic.ends, clinic.by, clinic.at = last, by, timezone.now()
                gone.append(clinic)
    Clinic.objects.bulk_create(new, batch_size=500)
    Clinic.objects.bulk_update([*other, *gone], [*FACTS, "by", "at"], batch_size=500)
    if new or other or gone:
        after = {"new": len(new), "changed": len(other), "ended": len(gone), "faulty": len(faults)}
        entry = Entry("clinic.take", f"region:{region_code}", region_code=region_code, after=after)
        record(by=by, entries=[entry])
    return Taken(len(new), len(other), same, len(gone), faults)


@transaction.atomic
def word(*, by: str, region_code: str, lines: str) -> Advice:
    """Write what to say at the hospital in the words of a district, one sentence a line.

    Raises :class:`InputError` for nothing, and for more than fits on half a page.
    """
    said = [line.strip() for line in lines.splitlines() if line.strip()]
    if not said:
        raise InputError(
            Text("Tulis kalimatnya, satu per baris.", "Write the sentences, one a line."), at="lines"
        )
    if len(said) > MOST_LINES or any(len(line) > LONGEST_LINE for line in said):
        raise InputError(
            Text(
                f"Paling banyak {MOST_LINES} kalimat dari {LONGEST_LINE} huruf: harus muat di setengah halaman.",
                f"At most {MOST_LINES} sentences of {LONGEST_LINE} letters: they must fit on half a page.",
            ),
            at="lines",
        )
    made = Advice.objects.create(region_code=region_code, lines="\n".join(said), by=by)
    after = {"lines": len(said)}
    record(
        by=by, entries=[Entry("clinic.word", f"region:{region_code}", region_code=region_code, after=after)]
    )
    return made
