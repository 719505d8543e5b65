"""The vulnerable workers of the register as candidates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import polars as pl
from django.db.models import Min

from payung.codes.category import VULNERABLE
from payung.law import cover, months
from payung.office.access.scope import Scope
from payung.office.months import pasts
from payung.office.months.models import Cover, Past
from payung.office.months.states import SEGMENT_OF, SEGMENTS
from payung.office.people.models import DEAD, Person, Standing
from payung.office.people.queries import covered_in
from payung.office.regions.queries import names
from payung.people.occupations import TRANSPORT
from payung.planning.people_file import COLUMNS, MORE

SCHEMA: dict[str, type[pl.DataType]] = {
    **dict.fromkeys((*COLUMNS, *MORE), pl.String),
    "income": pl.Int64,
    "birth_date": pl.Date,
    "decile": pl.Int64,
    "proposed_on": pl.Date,
    "disability": pl.Boolean,
    "paid_months": pl.Int64,
}


def candidates(scope: Scope, first: str) -> pl.DataFrame:
    """Return the vulnerable workers within ``scope`` as :mod:`payung.planning.people_file` has candidates; ``id`` is
    the key of the person. A constant number of queries.

    Left out: the dead, and whom somebody else insures in the month ``first``. A cover of ours goes on or has ended by
    the months that were paid.
    """
    people = scope.of(Person).exclude(life_status=DEAD)
    standings = Standing.objects.filter(category__in=VULNERABLE)
    workers = people.filter(pk__in=standings.values("person"))
    rows = (
        workers.annotate(category=Min("standings__category"))
        .order_by("pk")
        .values_list(
            "pk", "village_code", "income", "occupation", "birth_date", "decile", "disability", "sex"
        )
    )
    ours = covers(workers.order_by().values("pk"))
    elsewhere = set(people.filter(covered_in(first)).values_list("pk", flat=True)) - ours.keys()
    found = [
        {
            "id": str(key),
            "village_code": village,
            "category": "rentan",
            "segment": "bpu",
            "income": income,
            "sector": "transport" if str(occupation) in TRANSPORT else "other",
            "birth_date": born,
            "decile": decile,
            "proposed_on": None,
            "disability": disability,
            "covered_until": ours.get(key, (None, 0))[0],
            "paid_months": ours.get(key, (None, 0))[1],
            "occupation": str(occupation) or None,
            "welfare": None,
            "sex": str(sex) or None,
        }
        for key, village, income, occupation, born, decile, disability, sex in rows.iterator()
        if key not in elsewhere
    ]
    return pl.DataFrame(found, schema=SCHEMA)


def covers(people: Any) -> dict[int, tuple[str, int]]:
    """Return key → last paid month and paid months of the BPU membership of ``people``: keys, or a query of them.

    Nobody else's is read. Two queries.
    """
    rows = Cover.objects.filter(segment=SEGMENTS["bpu"], person__in=people)
    found = Past.objects.filter(pk__in=rows.order_by().values("past")).exclude(text="")
    texts = dict(found.values_list("pk", "text"))
    return {
        person: _ended(texts[past]) for person, past in rows.values_list("person", "past") if past in texts
    }


@lru_cache(maxsize=20_000)
def _ended(text: str) -> tuple[str, int]:
    last = months.from_index(max(pasts.read(text)))
    found = cover(pasts.payments(text), months.last_day(last), SEGMENT_OF[SEGMENTS["bpu"]].value)
    return last, found.paid_months


def named(scope: Scope, keys: Iterable[str]) -> list[tuple[Person, str]]:
    """Return the people of ``keys`` within ``scope`` with the name of their village, by village and name."""
    mine = scope.of(Person).filter(pk__in=[int(key) for key in keys])
    people = list(mine.order_by("village_code", "name_key"))
    known = names({one.village_code for one in people})
    return [(one, known.get(one.village_code, one.village_code)) for one in people]


def kapuas() -> pl.DataFrame:
    """Return 9,960 invented workers, as many as Kapuas had in 2025: for the example."""
    many = 9_960
    row = {
        "village_code": "62.99.01.2001",
        "category": "rentan",
        "segment": "bpu",
        "sector": "other",
        "birth_date": dt.date(1980, 5, 31),
        "paid_months": 0,
    }
    rows = {name: [row.get(name)] * many for name in SCHEMA if name != "id"}
    return pl.DataFrame({"id": [str(number) for number in range(1, many + 1)], **rows}, schema=SCHEMA)
