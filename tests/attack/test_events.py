"""An event that names somebody of another village: recorded, and nothing of theirs opens, joins or stops."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from accessworld import heart_that_waits, home_for_uploads, make_people, make_user, regions, sign_in

__all__ = ["heart_that_waits", "home_for_uploads", "make_people", "make_user", "regions", "sign_in"]

from officeworld import NEIGHBOUR, VILLAGE, listing, nik

from payung.office.cases import actions as cases
from payung.office.cases.actions import Told
from payung.office.cases.models import Case, Incident
from payung.office.cases.states import Channel, Happening
from payung.office.changes.models import Change
from payung.office.people.models import Heir, Person

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 4, 20)


@pytest.fixture
def neighbour(make_people: Any) -> Person:
    (person,) = make_people(listing(7, name="SITI AMINAH"), village=NEIGHBOUR)
    Heir.objects.create(person=person, relation="spouse", name="HAMDAN WARIS")
    return person


def _form(**values: str) -> dict[str, str]:
    return {
        "happening": str(Happening.DEATH),
        "name": "Siapa saja",
        "nik": nik(7),
        "village_code": VILLAGE,
        "on": DAY.isoformat(),
        "place": "rumah",
        "reporter": "Tetangga",
        "phone": "081234567890",
        **values,
    }


def _report(client: Any, **values: str) -> Any:
    return client.post("/kejadian/lapor/", _form(**values), follow=True)


@pytest.mark.parametrize("happening", [Happening.DEATH, Happening.ACCIDENT])
def test_event_opens_nobody_of_another_village_and_stops_no_bill_of_theirs(
    neighbour: Person, make_user: Any, sign_in: Any, happening: Happening
) -> None:
    operator = sign_in(make_user("operator"))
    page = _report(operator, happening=str(happening)).content.decode()
    incident = Incident.objects.get()
    assert (incident.person, incident.village_code, incident.nik) == (None, VILLAGE, nik(7))
    assert not Change.objects.exists()
    key = Case.objects.get().pk
    for address in (f"/kejadian/{key}/", f"/kejadian/{key}/keluarga/"):
        page += operator.get(address).content.decode()
    assert "SITI AMINAH" not in page
    assert "HAMDAN WARIS" not in page
    assert "desa lain" not in page


def test_former_number_of_somebody_elsewhere_opens_nobody_either(
    neighbour: Person, make_user: Any, sign_in: Any
) -> None:
    from payung.office.people.models import FormerNik
    from payung.office.vault.sealed import blind

    old = nik(8)
    FormerNik.objects.create(person=neighbour, nik=old, nik_index=blind(old, "nik"))
    _report(sign_in(make_user("operator")), nik=old)
    assert Incident.objects.get().person is None


def test_dinas_is_told_whom_the_event_names_and_links_it_by_reporting_once_more(
    neighbour: Person, make_user: Any, sign_in: Any
) -> None:
    operator, dinas = sign_in(make_user("operator")), sign_in(make_user("dinsos"))
    _report(operator)
    key = Case.objects.get().pk
    page = dinas.get(f"/kejadian/{key}/").content.decode()
    assert "NIK ini milik warga desa lain" in page
    assert "SITI AMINAH" in page
    _report(dinas)
    incident = Incident.objects.get()
    assert (incident.person, incident.village_code) == (neighbour, NEIGHBOUR)
    assert [change.person for change in Change.objects.all()] == [
        neighbour
    ]  # now its bills are asked to stop
    assert operator.get(f"/kejadian/{key}/").status_code == 404


def test_event_of_another_village_is_neither_joined_nor_told(
    neighbour: Person, make_user: Any, sign_in: Any
) -> None:
    there = sign_in(make_user("operator", NEIGHBOUR, username="sana"))
    _report(there, village_code=NEIGHBOUR)
    known = Incident.objects.get()
    page = _report(sign_in(make_user("operator"))).content.decode()
    assert known.number not in page
    assert Incident.objects.count() == 2
    assert known.reports.count() == 1
    # Whoever reaches both joins the one of which it is known who it was.
    _report(sign_in(make_user("dinsos")))
    assert known.reports.count() == 2
    assert Incident.objects.count() == 2


def test_death_of_somebody_unknown_is_told_in_two_villages(make_user: Any, sign_in: Any) -> None:
    make_user("admin")
    for place, who in ((VILLAGE, "sini"), (NEIGHBOUR, "sana")):
        answer = _report(sign_in(make_user("operator", place, username=who)), village_code=place)
        assert answer.status_code == 200
    assert [one.village_code for one in Incident.objects.order_by("pk")] == [VILLAGE, NEIGHBOUR]
    assert {one.nik for one in Incident.objects.all()} == {nik(7)}


def test_link_of_a_village_opens_nobody_of_another_one_and_joins_nothing_there(
    neighbour: Person, make_user: Any, sign_in: Any, client: Any
) -> None:
    _report(sign_in(make_user("operator", NEIGHBOUR, username="sana")), village_code=NEIGHBOUR)
    word = cases.open_link(by="operator", village_code=VILLAGE)
    form = {name: value for name, value in _form().items() if name != "village_code"}
    known = Incident.objects.get()
    page = client.post(f"/lapor/{word}/", form).content.decode()
    assert known.number not in page
    assert known.reports.count() == 1
    assert Incident.objects.exclude(pk=known.pk).get().person is None


def test_system_of_a_village_reports_nobody_of_another_one(neighbour: Person) -> None:
    told = Told(Happening.DEATH, DAY, "Siapa", "rumah", VILLAGE, "x", nik=nik(7), channel=Channel.TERMINAL)
    assert cases.report(by="operator", told=told).incident.person is None
