"""Lists of people in: whoever a list names is found in the register, or enters it under the rules of lists."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
from django.db import transaction

from payung.codes import Category, Segment, Verdict
from payung.errors import InputError
from payung.law import age_on, age_refusal, look_up
from payung.law.months import add, first_day
from payung.office.people import actions as register
from payung.office.people.actions.merges import meant
from payung.office.people.models import Person
from payung.office.programme.actions import Candidate
from payung.office.programme.models import DecreePerson
from payung.office.regions.tree import contains
from payung.office.submissions.rules.twins import other_name
from payung.office.vault.sealed import blind
from payung.planning.legal import with_price_basis
from payung.rosters.reasons import REASONS
from payung.text import Text

DEFAULT = Category.RENTAN
# Who works in a village; everybody else holds an office, of a village or of a sub-district.
WORKERS = frozenset(
    str(one) for one in Category if str(one).startswith(str(DEFAULT)) or one == Category.MANDIRI
)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that cannot be taken: where it stands, a reason code, and what to do."""

    row: str
    name: str
    code: str
    what: Text


@dataclass(slots=True)
class Listed:
    """What a list gives: candidates in its order, and the rows that were left out, each with its reason."""

    candidates: list[Candidate] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    new: int = 0


def read_people(path: Path, *, on: dt.date, district: str) -> list[dict[str, Any]]:
    """Return the listings of a list of people (`usulan.xlsx` of `payung run`, or any that the reader reads).

    A row that says its village by the code alone, with no name beside it, is taken at its word where the district
    has such a village. Raises :class:`InputError` where nothing in the file can be used.
    """
    from payung.regions import Gazetteer
    from payung.rosters import read

    regions = Gazetteer.load()
    reading = read(path, as_of=on, regions=regions, within=district)
    rows = list(reading.rows.iter_rows(named=True))
    if "village_code" in reading.raw.columns:
        villages = {place.code for place in regions.villages(district)}
        written = dict(reading.raw.select("record", "village_code").iter_rows())
        for row in rows:
            code = (written.get(row["record"]) or "").strip()
            if not row["village_code"] and not row["village"] and code in villages:
                row["village_code"] = code
    return rows


def take(
    *,
    by: str,
    listings: Sequence[Mapping[str, Any]],
    source: str,
    from_month: str,
    category: str = "",
    district: str = "",
) -> Listed:
    """Find or enter the people of ``listings`` and return them as candidates of a decree, in their order.

    Left out, with the reason, are people of another district than ``district`` (empty: of none), rows that the rules of
    lists send back, a NIK that stands twice (the later row) or that the register has under a clearly different name,
    and whoever the law does not let enrol at that age and who has no cover to continue. Must be called inside a
    transaction.
    """
    found = Listed()
    usable = list(_usable(listings, found))
    known = meant([blind(one["nik"], "nik") for one in usable])
    kept = []
    seen: dict[str, str] = {}
    covered = _covered(known.values(), add(from_month, -1))
    for one in usable:
        index = blind(one["nik"], "nik") or ""
        person = known.get(index)
        if refused := _away(one, person, district) or _refused(
            one, seen.get(index), person, from_month, covered
        ):
            found.left_out.append(refused)
            continue
        seen[index] = one["name"] or ""
        kept.append({**one, "category": category or one["category"] or str(DEFAULT)})
    people = _land(by, kept, source)
    found.new = sum(new for _, new in people.values())
    found.candidates = list(_candidates(kept, people, from_month))
    return found


def _usable(listings: Iterable[Mapping[str, Any]], found: Listed) -> Iterable[dict[str, Any]]:
    for one in listings:
        if one["verdict"] != Verdict.RETURNED and one["nik_state"] == "valid":
            yield dict(one)
            continue
        code = (one["reasons"] or ["DATA_KURANG"])[0]
        known = REASONS.get(code)
        what = known.remedy if known else Text("Betulkan baris ini.", "Mend this row.")
        found.left_out.append(LeftOut(_where(one), one["name"] or "", code, what))


def _away(one: Mapping[str, Any], person: Person | None, district: str) -> LeftOut | None:
    """Leave out whom another district of this office has, by the register or by the row; nothing of them is told."""
    if all(
        contains(district, place) for place in (person.village_code if person else "", _place(one)) if place
    ):
        return None
    what = Text(
        f"Bukan warga kabupaten ini ({district}): orang kabupaten lain masuk SK kabupatennya.",
        f"Not of this district ({district}): people of another one go into its own decrees.",
    )
    return LeftOut(_where(one), one["name"] or "", "WILAYAH_BEDA", what)


def _refused(
    one: Mapping[str, Any], twin: str | None, person: Person | None, from_month: str, covered: set[int]
) -> LeftOut | None:
    name = one["name"] or ""
    if twin is not None:
        what = Text(f"NIK ini sudah ada di baris lain ({twin}).", f"This NIK stands in another row ({twin}).")
        return LeftOut(_where(one), name, "GANDA_USULAN", what)
    if person is not None and other_name(name, person.name):
        what = Text(
            "NIK ini di register milik nama lain: periksa NIK-nya.",
            "The register has this NIK under another name: check the NIK.",
        )
        return LeftOut(_where(one), name, "NAMA_BEDA", what)
    if person is None and not _place(one):
        what = Text("Desanya tidak dikenal: tulis kode desanya.", "The village is not known: write its code.")
        return LeftOut(_where(one), name, "WILAYAH_BEDA", what)
    birth = one["birth_date"] or (person.birth_date if person else None)
    continues = person is not None and person.pk in covered
    if birth and not continues and (why := age_refusal(birth, first_day(from_month))):
        first = first_day(from_month)
        young = age_on(birth, first) < int(look_up("enrolment_age_from", first).value)
        return LeftOut(_where(one), name, "USIA_MUDA" if young else "USIA_LEWAT", why)
    return None


def _place(one: Mapping[str, Any]) -> str:
    """Return where a row's person belongs: the village; of an office of a sub-district, that; or nothing."""
    if one["village_code"] or one["village"] or one["category"] in (None, *WORKERS):
        return one["village_code"] or ""
    return one["district_code"] or ""


def _covered(people: Iterable[Person], month: str) -> set[int]:
    """Return the keys of whom a decree covers in ``month``: whoever is in already may go on at any age."""
    keys = {person.pk for person in people}
    rows = DecreePerson.objects.filter(held=True, from_month__lte=month, last_month__gte=month)
    return set(rows.values_list("person_id", flat=True)) & keys


def _land(by: str, kept: Sequence[dict[str, Any]], source: str) -> dict[str, tuple[Person, bool]]:
    """Enter ``kept`` village by village; return blind index → person and whether they are new."""
    by_village: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in kept:
        by_village[_place(one)].append(one)
    landed: dict[str, tuple[Person, bool]] = {}
    for village, members in sorted(by_village.items()):
        outcomes = register.land(by=by, listings=members, village_code=village, source=source)
        for one, outcome in zip(members, outcomes, strict=True):
            landed[blind(one["nik"], "nik") or ""] = (outcome.person, outcome.new)
    return landed


def _candidates(
    kept: Sequence[dict[str, Any]], people: Mapping[str, tuple[Person, bool]], from_month: str
) -> Iterable[Candidate]:
    if not kept:
        return
    columns = {
        "segment": pl.String,
        "category": pl.String,
        "income": pl.Int64,
        "transport": pl.Boolean,
        "job": pl.String,
    }
    frame = pl.DataFrame([{name: one[name] for name in columns} for one in kept], schema=columns)
    basis = with_price_basis(frame, from_month)
    for rank, (one, row) in enumerate(zip(kept, basis.iter_rows(named=True), strict=True), 1):
        person, _ = people[blind(one["nik"], "nik") or ""]
        category = Category.known(str(one["category"])) or DEFAULT
        yield Candidate(
            person=person,
            segment=Segment.read(row["segment_used"]),
            category=category,
            village_code=person.village_code,
            income=row["price_basis"],
            sector=row["sector"],
            risk=row["risk"],
            occupation=person.occupation,
            rank=rank,
        )


def _where(one: Mapping[str, Any]) -> str:
    return str(one["record"])


def take_file(
    *, by: str, path: Path, source: str, from_month: str, district: str, on: dt.date, category: str = ""
) -> Listed:
    """Read a list of people and enter them; see :func:`take`. One transaction."""
    listings = read_people(path, on=on, district=district)
    if not listings:
        raise InputError(
            Text(f"{path.name}: tidak ada orang di dalamnya.", f"{path.name}: there are no people in it.")
        )
    with transaction.atomic():
        found = take(
            by=by,
            listings=listings,
            source=source,
            from_month=from_month,
            category=category,
            district=district,
        )
    if not found.candidates:
        first = found.left_out[0]
        raise InputError(
            Text(
                f"{path.name}: Tidak ada yang dapat dipakai dari {len(found.left_out)} baris. Baris pertama "
                f"({first.row}, {first.name}): {first.code}. {first.what.id}",
                f"{path.name}: None of its {len(found.left_out)} rows can be used. The first one ({first.row}, "
                f"{first.name}): {first.code}. {first.what.en}",
            )
        )
    return found
