"""After a death nothing is sent to that person: no letter that is about or to somebody, whoever told of the death."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from billsworld import bill_of, decree, line_of
from django.utils import timezone
from monthsworld import pay
from officeworld import VILLAGE, listing
from programmeworld import line_of as money
from programmeworld import pks, signed

from payung.office.access.scope import Area, Scope
from payung.office.cards.models import Card
from payung.office.cards.states import CardKind
from payung.office.cases.actions import Deed, Told, report, take
from payung.office.cases.states import CaseState, Happening
from payung.office.changes import actions as changes
from payung.office.changes.states import ChangeKind
from payung.office.deaths import actions as deaths
from payung.office.deaths.states import Origin
from payung.office.letters.kinds import kinds
from payung.office.people.models import DEAD, Person
from payung.office.people.queries import alive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regions")]
ALL = Scope((Area("62.03"),))
DIED = dt.date(2026, 8, 5)
# Nouns of letters that name people because of what happened to them or is decided about them; none is sent to the dead.
ABOUT_THINGS = {
    *(
        "case",
        "change",
        "child",
        "bill",
        "decree",
        "batch",
        "submission",
        "answer",
        "closing",
        "arrears",
        "line",
    ),
    *("agreement", "subdistrict", "report", "dossier", "exceptions", "donor"),
}


def _change(person: Person) -> None:
    changes.report(by="a", person=person, kind=ChangeKind.MENINGGAL, on=DIED, evidence="akta")


def _approved(person: Person) -> None:
    made = changes.report(by="a", person=person, kind=ChangeKind.MENINGGAL, on=DIED, evidence="akta")
    changes.approve(by="b", change=made.change)


def _register(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(life_status=DEAD)


def _listed(person: Person) -> None:
    text = "NO;NAMA;NIK;TANGGAL LAHIR;TANGGAL MENINGGAL\n"
    row = f"1;{person.name};{person.nik};{person.birth_date:%d-%m-%Y};{DIED:%d-%m-%Y}"
    deaths.take(by="t", name="a.csv", content=(text + row).encode(), origin=Origin.VILLAGE, home=VILLAGE)


def _told(person: Person, happening: Happening = Happening.DEATH) -> Any:
    told = Told(happening, DIED, person.name, "rumah", VILLAGE, "RT", person=person)
    return report(by="t", told=told)


def _later(person: Person) -> None:
    case = _told(person, Happening.ACCIDENT).cases[0]
    for state in (CaseState.REFERRED, CaseState.DIED):
        take(by="t", case=case, deed=Deed(DIED, state))


WAYS: dict[str, Callable[[Person], Any]] = {
    "register": _register,
    "reported as a change": _change,
    "approved as a change": _approved,
    "list of deaths": _listed,
    "report of an event": _told,
    "died in treatment": _later,
}


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_sent_to_the_dead(make_people: Any, way: str) -> None:
    dead, living = make_people(listing(1, name="ALMARHUM REKAAN"), listing(2, name="HIDUP REKAAN"))
    line = line_of()
    decree(line, [dead, living])
    pks()
    ends = signed(money(10**9), [dead, living], first="2027-01", last="2027-06")
    month = f"{timezone.localdate():%Y-%m}"
    pay([dead.pk, living.pk], [month], f"{month}-01")
    for person in (dead, living):
        facts = {"kpj": f"2600000000{person.pk}", "kpj_index": f"i{person.pk}", "kind": next(iter(CardKind))}
        Card.objects.create(person=person, received_on=DIED, **facts)
    WAYS[way](dead)
    assert list(Person.objects.filter(alive())) == [living]
    asked = 0
    for kind in kinds().values():
        if kind.noun == "person":
            assert kind.collect(ALL, f"{dead.pk}") is None, kind.code
            assert kind.collect(ALL, f"{living.pk}") is not None, kind.code
        elif kind.code in {"member_cards", "active_list", "card_ledger", "cover_ends"}:
            key = VILLAGE if kind.noun == "village" else ends.pk
            material = kind.collect(ALL, f"{key}")
            assert material is not None, kind.code
            said = json.dumps(material.values)
            assert ("HIDUP REKAAN" in said, "ALMARHUM" in said) == (True, False), kind.code
        else:
            assert kind.noun in ABOUT_THINGS or kind.code in {"village_count", "roster_list"}, kind.code
            continue
        asked += 1
    assert asked >= 6
    if way in ("register", "approved as a change"):
        request = kinds()["bill_request"].collect(ALL, f"{bill_of(line, '2026-10').pk}")
        assert request is not None
        assert "ALMARHUM" not in json.dumps(request.values)
