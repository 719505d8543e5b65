"""An invented decree with its people, ready to be billed; money that arrives; everything that the proofs find."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from typing import Any

from officeworld import VILLAGE

from payung.office.bills import proofs
from payung.office.bills.actions import Received, draw_up, receive, send
from payung.office.bills.models import Bill
from payung.office.bills.statements import Arrived
from payung.office.bills.states import Channel
from payung.office.face import Finding
from payung.office.months.proofs import CHECKS
from payung.office.people.models import Person
from payung.office.programme.actions import book
from payung.office.programme.models import Agreement, Decree, DecreePerson, Line

NUMBERS = itertools.count(1)
EACH = 16_800  # rupiah of a BPU a month where no relief holds


def line_of(ceiling: int = 100_000_000, **values: Any) -> Line:
    """Return a line of money for 2026."""
    given: dict[str, Any] = {
        "source": "apbd",
        "year": 2026,
        "name": f"Dana {next(NUMBERS)}",
        "region_code": "62.03",
        "from_month": "2026-01",
        "until_month": "2026-12",
        "by": "t",
        **values,
    }
    line = Line.objects.create(**given)
    book(by="t", line=line, kind="ceiling", amount=ceiling, subject=line.subject)
    return line


def decree(line: Line, people: Sequence[Person], follows: Decree | None = None, **values: Any) -> Decree:
    """Return a signed decree that covers ``people`` on ``line``, after a first one that it ``follows``."""
    agreement = Agreement.objects.create(
        kind="pks",
        number=f"PKS {next(NUMBERS)}",
        signed_on=dt.date(2026, 1, 1),
        starts=dt.date(2026, 1, 1),
        ends=dt.date(2026, 12, 31),
        region_code=line.region_code,
        by="t",
    )
    made = Decree.objects.create(
        agreement=agreement,
        region_code=line.region_code,
        line=line,
        root=follows,
        previous=follows,
        from_month=line.from_month,
        until_month=line.until_month,
        created_by="t",
    )
    given: dict[str, Any] = {
        "segment": "bpu",
        "category": "rentan",
        "from_month": line.from_month,
        "until_month": line.until_month,
        **values,
    }
    given.setdefault("last_month", given["until_month"])
    DecreePerson.objects.bulk_create(
        [
            DecreePerson(
                decree=made,
                person=person,
                number=number,
                line=line,
                village_code=person.village_code or VILLAGE,
                name=person.name,
                nik=person.nik,
                **given,
            )
            for number, person in enumerate(people, 1)
        ]
    )
    Decree.objects.filter(pk=made.pk).update(state="frozen", hash="0" * 64, frozen_by="t")
    DecreePerson.objects.filter(decree=made).update(held=True)
    Decree.objects.filter(pk=made.pk).update(
        state="signed", number=f"SK {made.pk}", signed_on=dt.date(2026, 1, 2), signed_by="t"
    )
    made.refresh_from_db()
    return made


def bill_of(line: Line, month: str, until: str = "") -> Bill:
    """Return the one bill of a line and month, sent."""
    (bill,) = draw_up(by="t", month=month, line=line, until=until).bills
    return send(by="t", bill=bill)


def arrive(
    amount: int, *bills: Bill | str, on: str = "2026-11-10", reference: str = "", **values: Any
) -> Received:
    """Let money arrive that names ``bills``."""
    return receive(
        by="t",
        arrival=Arrived(
            Channel.TRANSFER,
            reference or f"REF{next(NUMBERS)}",
            dt.date.fromisoformat(on),
            amount,
            bills=tuple(bill if isinstance(bill, str) else bill.code for bill in bills),
            **values,
        ),
    )


def findings() -> list[Finding]:
    """Return everything that the proofs of months and bills find wrong."""
    return [finding for check in (*CHECKS, *proofs.CHECKS) for finding in check()]
