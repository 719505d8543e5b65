"""What a column of a layout can hold: one value of one person, always as text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from payung.codes import Relation
from payung.law.months import last_day
from payung.office.people.models import Heir
from payung.office.programme.models import DecreePerson
from payung.office.programme.states import Exit

# The insurer's codes for leaving that are known (n = 2); of the others no list was found, so they stay empty.
EXIT_CODES = {Exit.MUNDUR: "A1"}


@dataclass(frozen=True, slots=True)
class Cause:
    """What somebody is sent for besides a decree: a change.

    Fields
        subject: how the history calls it. last_month: the last that counts. on: the day of the event. text: why, as
        the layout says it. code: the insurer's code of it, empty where that is not known.
    """

    subject: str
    last_month: str = ""
    on: dt.date | None = None
    text: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the values are looked up in, fetched once for a batch.

    Fields
        places: code → name. kpj: key of person → KPJ. since: key of person → first day in office. heirs: key of
        person → the first heir.
    """

    places: Mapping[str, str] = field(default_factory=dict)
    kpj: Mapping[int, str] = field(default_factory=dict)
    since: Mapping[int, dt.date] = field(default_factory=dict)
    heirs: Mapping[int, Heir] = field(default_factory=dict)
    causes: Mapping[int, Cause] = field(default_factory=dict)

    def last_month(self, row: DecreePerson) -> str:
        """The last month that counts for ``row``."""
        cause = self.causes.get(row.pk)
        return cause.last_month if cause and cause.last_month else row.last_month


Value = Callable[[DecreePerson, int, Known], str]


def _day(day: dt.date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""


def _month(month: str) -> str:
    return f"{month[5:7]}-{month[:4]}"


def _heir(row: DecreePerson, known: Known, what: str) -> str:
    heir = known.heirs.get(row.person_id)
    if heir is None:
        return ""
    relation = Relation.known(heir.relation)
    found = {"name": heir.name, "relation": relation.text.id if relation else "", "phone": heir.phone or ""}
    return found[what]


def _exit(row: DecreePerson, known: Known) -> str:
    if cause := known.causes.get(row.pk):
        return cause.text
    return row.exit.text.id if row.exit else ""


def _exit_code(row: DecreePerson, known: Known) -> str:
    cause = known.causes.get(row.pk)
    return cause.code if cause else EXIT_CODES.get(row.exit, "")


def _left_on(row: DecreePerson, known: Known) -> dt.date:
    cause = known.causes.get(row.pk)
    return cause.on if cause and cause.on else last_day(known.last_month(row))


VALUES: dict[str, Value] = {
    "number": lambda row, number, known: str(number),
    "nik": lambda row, number, known: row.nik or "",
    "name": lambda row, number, known: row.name,
    "birth_place": lambda row, number, known: row.person.birth_place,
    "birth_date": lambda row, number, known: _day(row.person.birth_date),
    "sex": lambda row, number, known: row.person.sex,
    "address": lambda row, number, known: row.person.address,
    "rt": lambda row, number, known: row.person.rt,
    "rw": lambda row, number, known: row.person.rw,
    "village_code": lambda row, number, known: row.village_code,
    "village": lambda row, number, known: known.places.get(row.village_code, ""),
    "subdistrict": lambda row, number, known: known.places.get(row.village_code.rpartition(".")[0], ""),
    "regency_code": lambda row, number, known: row.village_code.replace(".", "")[:4],
    "phone": lambda row, number, known: row.person.phone or "",
    "mother": lambda row, number, known: row.person.mother,
    "occupation": lambda row, number, known: row.occupation,
    "job": lambda row, number, known: row.person.job,
    "income": lambda row, number, known: "" if row.income is None else str(row.income),
    "start_month": lambda row, number, known: _month(row.from_month),
    "last_month": lambda row, number, known: _month(known.last_month(row)),
    "source": lambda row, number, known: row.line.source.text.id,
    "kpj": lambda row, number, known: known.kpj.get(row.person_id, ""),
    "work_since": lambda row, number, known: _day(known.since.get(row.person_id)),
    "exit": lambda row, number, known: _exit(row, known),
    "exit_code": lambda row, number, known: _exit_code(row, known),
    "left_on": lambda row, number, known: _day(_left_on(row, known)),
    "heir": lambda row, number, known: _heir(row, known, "name"),
    "heir_relation": lambda row, number, known: _heir(row, known, "relation"),
    "heir_phone": lambda row, number, known: _heir(row, known, "phone"),
}


def cell(value: str, row: DecreePerson, number: int, known: Known) -> str:
    """Return what a column says of ``row``: a text that begins with ``=`` stands for itself."""
    return value[1:] if value.startswith("=") else VALUES[value](row, number, known)
