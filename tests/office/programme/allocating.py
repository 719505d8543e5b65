"""One session of the race: freezes decree after decree of one person each, or several people at once, on one line.

Run as a program: ``python allocating.py LINE FIRST MANY EACH``; prints how many people it got in.
"""

from __future__ import annotations

import sys

from payung.office.service import start

start.load()

from django.db import OperationalError, transaction

from payung.codes import Category, Segment
from payung.office.people.models import Person
from payung.office.programme import actions
from payung.office.programme.models import Line


def main(line_id: int, first: int, many: int, each: int) -> int:
    """Return how many people of ``first`` … this session got onto the line."""
    line, got = Line.objects.get(pk=line_id), 0
    found = list(Person.objects.order_by("pk")[first : first + many])
    for start_ in range(0, many, each):
        chosen = [
            actions.Candidate(
                person=one,
                segment=Segment.BPU,
                category=Category.RENTAN,
                village_code=one.village_code,
                income=1_000_000,
            )
            for one in found[start_ : start_ + each]
        ]
        got += len(chosen) * _in(line, chosen)
    return got


def _in(line: Line, chosen: list[actions.Candidate]) -> bool:
    """Freeze a decree of ``chosen``; whether there was room. A busy SQLite is asked again, as the worker does."""
    while True:
        try:
            with transaction.atomic():
                decree = actions.begin(by="t", line=line, from_month="2027-01", until_month="2027-12")
                actions.put_in(by="t", decree=decree, candidates=chosen)
                actions.freeze(by="t", decree=decree)
        except actions.OverspentError:
            return False
        except OperationalError:
            continue
        return True


if __name__ == "__main__":
    sys.stdout.write(str(main(*map(int, sys.argv[1:]))))
