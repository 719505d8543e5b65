"""Eight sessions freeze decrees on one line at once: of one person each, then of two; prints what each line came to.

Run as a program on an office of its own; prints one JSON object.
"""

from __future__ import annotations

import json
import sys

from payung.office.service import start

start.load()

from django.db import transaction
from officeworld import VILLAGE
from programmeworld import line_of, people
from races import make_office, together, until_free

from payung.codes import Category, Segment
from payung.law import bill, months
from payung.office.history.chain import verify
from payung.office.people.models import Person
from payung.office.programme import actions
from payung.office.programme.models import Balance, Decree, DecreePerson, Line

SESSIONS, ROOM, EACH = 8, 10, 2  # sixteen people ask for ten places


def session(line: Line, found: list[Person], at_once: int) -> int:
    """Return how many of ``found`` one session got onto the line, ``at_once`` a decree."""
    return sum(
        at_once * until_free(lambda some=found[first : first + at_once]: _in(line, some))  # type: ignore[misc]
        for first in range(0, len(found), at_once)
    )


def _in(line: Line, found: list[Person]) -> bool:
    """Freeze a decree of ``found``; whether there was room."""
    chosen = [
        actions.Candidate(
            person=one,
            segment=Segment.BPU,
            category=Category.RENTAN,
            village_code=one.village_code,
            income=1_000_000,
        )
        for one in found
    ]
    try:
        with transaction.atomic():
            decree = actions.begin(by="t", line=line, from_month="2027-01", until_month="2027-12")
            actions.put_in(by="t", decree=decree, candidates=chosen)
            actions.freeze(by="t", decree=decree)
    except actions.OverspentError:
        return False
    return True


def race(line: Line, at_once: int) -> dict[str, int]:
    """Let the sessions take from ``line`` at once."""
    found = list(Person.objects.order_by("pk"))
    parts = [found[n * EACH : (n + 1) * EACH] for n in range(SESSIONS)]
    got = together([lambda p=part: session(line, p, at_once) for part in parts])  # type: ignore[misc]
    return {
        "sessions": len(got),
        "got": sum(got),
        "held": DecreePerson.objects.filter(line=line, held=True).count(),
        "overspent": min(Balance.objects.get(line=line).free, 0),
    }


def main() -> None:
    """Make the office, let the sessions race, say what it came to."""
    make_office()
    year = sum(
        bill(segment="bpu", income=10**6, month=month, source="apbd").total
        for month in months.between("2027-01", "2027-12")
    )
    people(1, SESSIONS * EACH, village=VILLAGE)
    one, two = line_of(ROOM * year), line_of(ROOM * year + year // 2, name="dua")
    told = {"one_each": race(one, 1)}
    for decree in Decree.objects.filter(line=one, state="frozen"):  # so that the second line may take them
        actions.drop(by="t", decree=decree, reason="uji")
    told["two_each"] = race(two, 2)
    sys.stdout.write(json.dumps({**told, "broken": verify().broken_at}))


if __name__ == "__main__":
    main()
