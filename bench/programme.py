"""How long a decree of ten thousand people takes: put in, frozen, signed, sent; and how many queries each step is.

.venv/bin/python bench/programme.py [--people 10000]

On SQLite, or on the database of PAYUNG_DATABASE. The issue's mark: freezing and signing together under ten seconds,
with a number of queries that does not grow with the people.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import tempfile
import time
from collections.abc import Callable
from typing import Any


def main() -> None:
    """Fill an office and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="payung-bench-") as home:
        os.environ["PAYUNG_HOME"] = home
        from payung.office.service import start

        start.load(make=True)
        start.prepare()
        measure(asked.people)


def measure(many: int) -> None:
    """Print a line for every step: seconds, processor seconds, queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from payung.codes import Category, Segment, Source
    from payung.office.exchange import actions as exchange
    from payung.office.people.models import Person
    from payung.office.programme import actions
    from payung.office.programme.states import AgreementKind
    from payung.office.regions import actions as regions
    from payung.office.regions.queries import villages
    from payung.office.vault.sealed import blind

    regions.load(by="bench", district="62.03")
    places = [place.code for place in villages()]
    people = [
        Person(
            nik=(number := f"6203990503{place:06d}"),
            nik_index=blind(number, "nik"),
            name=f"Orang {place}",
            name_key=f"orang {place}",
            birth_date=dt.date(1989, 3, 5),
            village_code=places[place % len(places)],
        )
        for place in range(1, many + 1)
    ]
    Person.objects.bulk_create(people, batch_size=1000)
    line = actions.add_line(
        by="bench",
        source=Source.APBD,
        name="APBD",
        amount=10**11,
        region_code="62.03",
        from_month="2027-01",
        until_month="2027-12",
    )
    paper = actions.Paper(
        kind=AgreementKind.PKS,
        number="1/PKS",
        signed_on=dt.date(2026, 12, 1),
        starts=dt.date(2027, 1, 1),
        ends=dt.date(2027, 12, 31),
        region_code="62.03",
        quotas={"rentan": many},
    )
    actions.add_agreement(by="bench", paper=paper)
    decree = actions.begin(by="bench", line=line, from_month="2027-01", until_month="2027-12")
    candidates = [
        actions.Candidate(
            person=one,
            segment=Segment.BPU,
            category=Category.RENTAN,
            village_code=one.village_code,
            income=1_000_000,
        )
        for one in people
    ]
    print(f"{many} people on {connection.vendor}")

    def timed(name: str, step: Callable[[], Any]) -> float:
        with CaptureQueriesContext(connection) as queries:
            started, worked = time.perf_counter(), time.process_time()
            step()
            took, cpu = time.perf_counter() - started, time.process_time() - worked
        print(f"{name:<10}{took:8.2f} s{cpu:8.2f} s cpu{len(queries):6} queries")
        return took

    timed("put in", lambda: actions.put_in(by="bench", decree=decree, candidates=candidates))
    frozen = timed("freeze", lambda: actions.freeze(by="bench", decree=decree))
    day = dt.date(2026, 12, 20)
    signed = timed("sign", lambda: actions.sign(by="bench", decree=decree, number="1/SK", signed_on=day))
    decree.refresh_from_db()
    timed("send", lambda: exchange.enrol(by="bench", decree=decree))
    print(f"approval (freeze and sign): {frozen + signed:.2f} s")


if __name__ == "__main__":
    main()
