"""The demonstration's money: every page of it has something to show, and the proofs find nothing wrong."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from billsworld import findings
from django.utils import timezone
from officeworld import NEIGHBOUR, VILLAGE, listing

from payung.office import demonstration_money
from payung.office.arrears.models import Contact, Rung
from payung.office.bills.models import Bill, Payment
from payung.office.cases.models import Case
from payung.office.donors import proofs, queries
from payung.office.donors.models import Pledge
from payung.office.donors.queries import outcome
from payung.office.exchange.queries import queue
from payung.office.jobs.worker import run_all
from payung.office.letters.models import Letter
from payung.office.people.models import Person, Standing
from payung.office.reconciliation.models import Closing

pytestmark = pytest.mark.django_db


def test_every_part_of_the_money_has_something_to_show(make_people: Any) -> None:
    born = dt.date(1990, 1, 1)
    for village, first, many, category in ((VILLAGE, 1, 3, "perangkat_desa"), (NEIGHBOUR, 11, 40, "rentan")):
        made = make_people(*(listing(number) for number in range(first, first + many)))
        keys = [one.pk for one in made]
        Person.objects.filter(pk__in=keys).update(village_code=village, birth_date=born, life_status="hidup")
        Standing.objects.filter(person__in=keys).delete()
        Standing.objects.bulk_create([Standing(person_id=key, category=category) for key in keys])
    demonstration_money.fill(district="62.03", villages=[VILLAGE, NEIGHBOUR], work=run_all)
    assert set(Bill.objects.values_list("state", flat=True)) == {"paid", "sent"}
    assert set(Closing.objects.values_list("state", flat=True)) == {"closed", "half"}
    assert {"issued", "waiting"} <= set(Rung.objects.values_list("state", flat=True))
    assert Letter.objects.filter(kind="arrears_1").count() == 1
    assert Letter.objects.filter(kind="donor_certificate").count() == 1
    pledge = Pledge.objects.get()
    assert 0 < pledge.placed < pledge.amount
    assert outcome([pledge], queries.lines_of([pledge])[pledge.pk], timezone.localdate()).people
    assert set(Contact.objects.values_list("how", flat=True)) == {"letter", "phone"}
    assert Case.objects.count() == 2
    assert queue().count() == 1
    assert any(payment.left for payment in Payment.objects.all())
    assert [*findings(), *(one for check in proofs.CHECKS for one in check())] == []
