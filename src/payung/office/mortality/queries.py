"""Who was covered for how many months, and which of them were reported dead: a constant number of queries."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db import connection

from payung.codes import Category
from payung.law import months
from payung.office.access.scope import Scope
from payung.office.insight.rules import hidden
from payung.office.months.queries import places_of
from payung.office.mortality.rules import Exposed, Part, parts, together
from payung.office.people.models import Person
from payung.office.regions.queries import names
from payung.planning.risks import risks_on
from payung.text import Text

NOWHERE = (-1,)  # no place within the scope


@dataclass(frozen=True, slots=True)
class Line:
    """A part as a page shows it; ``part`` is ``None`` where it is about so few that whoever looks is not told."""

    key: str
    name: Text
    part: Part | None


@dataclass(frozen=True, slots=True)
class Compared:
    """Deaths to expect and reported from ``first`` to ``last`` (months), in all and by village and category."""

    first: str
    last: str
    whole: Line
    villages: tuple[Line, ...]
    categories: tuple[Line, ...]
    sources: dict[str, str]


def compared(scope: Scope, first: str, last: str, *, open_: bool) -> Compared:
    """Return what was to expect and what was reported within ``scope``; ``open_``: whoever looks may see names.

    A person counts where they were billed last, once, whatever their memberships. Small parts, and as many more that
    none follows from the whole, are hidden from whoever only counts (:func:`payung.office.insight.rules.hidden`).
    """
    places = places_of(scope)
    exposed = _exposed(places, first, last)
    reported = _reported(places, first, last)
    risks = risks_on(months.first_day(last))
    found: list[dict[str, Part]] = []
    for at in (0, 1):
        rows = [
            Exposed(places[place][at], sex, age, people, many) for place, sex, age, people, many in exposed
        ]
        counts: dict[str, int] = defaultdict(int)
        for place, many in reported.items():
            counts[places[place][at]] += many
        found.append(parts(rows, counts, risks))
    villages, categories = found
    called = names(villages)
    whole = together(villages.values())
    return Compared(
        first,
        last,
        _lines({"": whole}, {"": Text("Semua", "All")}, open_)[0],
        _lines(villages, {code: Text(name, name) for code, name in called.items()}, open_),
        _lines(categories, {str(one): one.text for one in Category}, open_),
        risks.sources,
    )


def _lines(found: dict[str, Part], called: dict[str, Text], open_: bool) -> tuple[Line, ...]:
    keys = frozenset() if open_ else _hidden(found)
    rows = sorted(found.items(), key=lambda row: (-row[1].expected.get("middle", 0), row[0]))
    return tuple(
        Line(key, called.get(key, Text(key, key)), None if key in keys else part) for key, part in rows
    )


def _hidden(found: dict[str, Part]) -> frozenset[str]:
    reported = {key: part.reported for key, part in found.items()}
    people = {key: part.people for key, part in found.items()}
    return hidden(people, siblings={key: (many,) for key, many in reported.items()}) | hidden(reported)


# The months of everybody that are paid now, as one row a person: where they were billed last, and how many months.
_PAID = """
SELECT c.place, p.sex, p.birth_date, x.middle, COUNT(*), SUM(x.many)
FROM (SELECT l.person, MIN(l.segment) AS segment, COUNT(DISTINCT l.month) AS many,
             (CAST(MIN(l.month) AS INTEGER) + MAX(l.month)) / 2 AS middle
      FROM (SELECT month, segment, person FROM months_month WHERE month BETWEEN %s AND %s
            GROUP BY month, segment, person HAVING MAX(seq) %% 2 = 1) l
      GROUP BY l.person) x
JOIN months_cover c ON c.person = x.person AND c.segment = x.segment
JOIN {person} p ON p.id = x.person
WHERE c.place IN ({places})
GROUP BY c.place, p.sex, p.birth_date, x.middle
"""
_DEAD = """
SELECT c.place, COUNT(DISTINCT i.id)
FROM cases_incident i
JOIN (SELECT l.person, MIN(l.segment) AS segment
      FROM (SELECT month, segment, person FROM months_month WHERE month BETWEEN %s AND %s
            GROUP BY month, segment, person HAVING MAX(seq) %% 2 = 1) l
      GROUP BY l.person) x ON x.person = i.person_id
JOIN months_cover c ON c.person = x.person AND c.segment = x.segment
WHERE i.fatal AND NOT i.void AND i."on" BETWEEN %s AND %s AND c.place IN ({places})
GROUP BY c.place
"""


def _exposed(
    places: dict[int, tuple[str, str]], first: str, last: str
) -> list[tuple[int, str, int | None, int, int]]:
    found = []
    statement = _PAID.format(person=Person._meta.db_table, places=_listed(places))
    with connection.cursor() as cursor:
        cursor.execute(statement, [months.index(first), months.index(last)])
        for place, sex, born, middle, people, many in cursor.fetchall():
            age = None if born is None else max(0, (int(middle) - months.index(str(born)[:7])) // 12)
            found.append((int(place), str(sex), age, int(people), int(many)))
    return found


def _reported(places: dict[int, tuple[str, str]], first: str, last: str) -> dict[int, int]:
    until = months.first_day(months.add(last, 1)) - dt.timedelta(days=1)
    values: list[int | dt.date] = [months.index(first), months.index(last), months.first_day(first), until]
    with connection.cursor() as cursor:
        cursor.execute(_DEAD.format(places=_listed(places)), values)
        return {int(place): int(many) for place, many in cursor.fetchall()}


def _listed(places: dict[int, tuple[str, str]]) -> str:
    return ", ".join(str(int(key)) for key in (places or NOWHERE))
