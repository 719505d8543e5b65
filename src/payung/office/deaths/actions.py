"""The writes of deaths: a list is taken, a doubtful row decided, billing of the dead asked to stop."""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from payung.errors import InputError, PayungError
from payung.office.changes import actions as changes
from payung.office.changes.states import ChangeKind
from payung.office.deaths import sheets
from payung.office.deaths.models import Death, DeathList
from payung.office.deaths.sheets import Said
from payung.office.deaths.states import KNOWN, Match, Origin
from payung.office.desk.words import shortened
from payung.office.duplicates.work.comparisons import find_told
from payung.office.history.actions import Entry, record
from payung.office.people.actions.merges import meant
from payung.office.people.models import Person
from payung.office.submissions.rules.twins import other_name
from payung.office.vault.sealed import blind
from payung.text import Text

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt")


@dataclass(frozen=True, slots=True)
class Taken:
    """What reading a list came to: its rows by how they match. ``same``: the very file was read before."""

    listed: DeathList
    rows: dict[str, int]
    same: bool = False


def take(
    *,
    by: str,
    name: str,
    content: bytes,
    origin: Origin,
    home: str,
    reaches: Callable[[str], bool] = lambda code: True,
    on: dt.date | None = None,
) -> Taken:
    """Read a list of deaths and say of each row whom of the register it means. The same file again changes nothing.

    By NIK, where the names are not clearly different; else by :mod:`payung.linkage`. ``home``: the place that rows
    without a village belong to. ``reaches`` tells whether ``by`` sees a village: whoever lives elsewhere is unknown.
    Nothing is changed about anybody. Raises :class:`InputError` for what cannot be read at all.
    """
    digest = hashlib.sha256(content).hexdigest()
    if (known := DeathList.objects.filter(sha256=digest).first()) is not None:
        return Taken(known, _counted(known), same=True)
    plain = Path(name).name[:200]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"daftar{Path(plain).suffix.lower()}"
        path.write_bytes(content)
        stopped = origin is Origin.ALLOWANCE
        said = sheets.read(path, name=plain, on=on or timezone.localdate(), stopped=stopped)
    found = _matched(said, home, reaches)
    with transaction.atomic():
        listed, new = DeathList.objects.get_or_create(
            sha256=digest, defaults={"name": plain, "origin": origin, "by": by}
        )
        if not new:
            return Taken(listed, _counted(listed), same=True)
        for death in found:
            death.listed = listed
        Death.objects.bulk_create(found, batch_size=500)
        counts = _counted(listed)
        record(
            by=by, entries=[Entry("death.take", f"deathlist:{listed.pk}", after={"name": plain, **counts})]
        )
    return Taken(listed, counts)


def _counted(listed: DeathList) -> dict[str, int]:
    counts: dict[str, int] = {}
    for match in listed.rows.values_list("match", flat=True):
        counts[str(match)] = counts.get(str(match), 0) + 1
    return counts


def _matched(said: Sequence[Said], home: str, reaches: Callable[[str], bool]) -> list[Death]:
    """Return the rows with whom each means; a constant number of queries."""
    usable = [one for one in said if one.fault is None and one.no_death is None]
    indexes = {id(one): blind(one.facts["nik"], "nik") for one in usable if one.facts["nik_state"] == "valid"}
    by_nik = meant(set(indexes.values()))
    rest = {f"d{place}": one for place, one in enumerate(usable) if indexes.get(id(one)) not in by_nik}
    near = find_told([_told(record, one, home) for record, one in rest.items()])
    people = Person.objects.in_bulk({found[0].left for found in near.values()})
    records = {id(one): record for record, one in rest.items()}
    made = []
    for one in said:
        death = Death(
            sheet=one.sheet,
            row=one.row,
            name=shortened(one.facts["name"] or "", 150),
            nik=one.facts["nik"],
            village_code=one.facts["village_code"] or home,
            died=one.died,
            paper=one.paper,
            match=Match.UNKNOWN,
        )
        if one.no_death is not None:
            death.match, death.why = Match.NO_DEATH, _plain(one.no_death)
        elif one.fault is not None:
            death.match, death.why = Match.FAULTY, _plain(one.fault)
        elif (person := by_nik.get(indexes.get(id(one)))) is not None:
            _point(death, person, reaches, _names(death.name, person.name))
        elif found := near.get(records[id(one)]):
            best = found[0]
            sure = best.suggestion == "same" and len(found) == 1
            why = Text(f"Tanpa NIK yang cocok: {best.why}", f"Without a NIK that fits: {best.why}")
            if best.left in people:
                _point(death, people[best.left], reaches, None if sure else why, Match.LINKED, why)
        if one.asks is not None and death.match is not Match.FAULTY:
            death.match = Match.DOUBT if death.match in KNOWN else death.match
            why = Text(death.why.get("id", ""), death.why.get("en", ""))
            death.why = _plain(Text(f"{one.asks.id} {why.id}".strip(), f"{one.asks.en} {why.en}".strip()))
        made.append(death)
    return made


def _names(written: str, known: str) -> Text | None:
    """Return why a NIK that fits is not enough: the names are clearly different."""
    if not written or not other_name(written, known):
        return None
    return Text(
        f"NIK cocok, tetapi namanya lain: {written} dan {known}.",
        f"The NIK fits, but the names differ: {written} and {known}.",
    )


def _point(
    death: Death,
    person: Person,
    reaches: Callable[[str], bool],
    doubt: Text | None,
    match: Match = Match.NIK,
    why: Text | None = None,
) -> None:
    if not reaches(person.village_code):
        return
    death.person, death.village_code = person, person.village_code
    death.match = match if doubt is None else Match.DOUBT
    if (said := doubt or why) is not None:
        death.why = _plain(said)


def _told(record: str, one: Said, home: str) -> dict[str, Any]:
    names = (
        "name",
        "nik",
        "kk",
        "birth_date",
        "birth_date_from",
        "birth_place",
        "sex",
        "mother",
        "phone",
        "village",
    )
    code = one.facts["village_code"] or home
    return {"record": record, **{name: one.facts.get(name) for name in names}, "village_code": code}


def _plain(text: Text) -> dict[str, str]:
    return {"id": text.id, "en": text.en}


@transaction.atomic
def decide(*, by: str, death: Death, same: bool, reason: str) -> Death:
    """Say whether a doubtful row means the person that it may mean (and that they died, where the list says only that
    an allowance stopped), with a reason.

    Raises :class:`InputError` without a reason, or where it is decided already.
    """
    if not reason.strip():
        raise InputError(Text("Tulis alasannya.", "Write the reason."), at="reason")
    held = Death.objects.select_for_update(of=("self",)).select_related("listed").get(pk=death.pk)
    if held.match != Match.DOUBT:
        raise InputError(
            Text(
                "Baris ini sudah diputuskan: muat ulang.", "This row is decided already: load the page again."
            )
        )
    person = held.person_id
    no = Match.NO_DEATH if held.listed.origin is Origin.ALLOWANCE else Match.UNKNOWN
    held.match, held.decided_by, held.reason = (
        Match.LINKED if same else no,
        by,
        reason.strip()[:300],
    )
    held.person = held.person if same else None
    held.save(update_fields=["match", "decided_by", "reason", "person"])
    after = {"same": same}
    entry = Entry(
        "death.decide",
        f"death:{held.pk}",
        person=person,
        region_code=held.village_code,
        reason=held.reason,
        after=after,
    )
    record(by=by, entries=[entry])
    return held


def stop(*, by: str, deaths: Iterable[Death]) -> tuple[int, list[tuple[Death, Text]]]:
    """Report the deaths as changes, so that nobody is billed from the month after; another person approves them.

    Returns how many are new, and which were refused and why; one refusal stops only itself. What is reported already
    stays as it is.
    """
    new, refused = 0, []
    for death in deaths:
        if death.match not in KNOWN or death.person is None or death.died is None:
            continue
        evidence = death.paper or f"{death.listed.origin.text.id}: {death.listed.name}"
        try:
            done = changes.report(
                by=by, person=death.person, kind=ChangeKind.MENINGGAL, on=death.died, evidence=evidence
            )
        except PayungError as error:
            refused.append((death, error.message))
            continue
        new += done.new
    return new, refused
