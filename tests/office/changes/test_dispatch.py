"""Changes in effect go to the insurer once; the dead never among the leavers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from billsworld import decree, line_of
from officeworld import VILLAGE, listing

from payung.office.access.scope import Area, Scope
from payung.office.changes import dispatch
from payung.office.changes.models import Change
from payung.office.exchange import actions as exchange
from payung.office.exchange.models import BatchLine
from payung.office.exchange.states import BatchKind
from payung.office.people.models import Person

pytestmark = pytest.mark.django_db
ALL = Scope((Area("62.03"),))


def change(person: Person, kind: str, **values: Any) -> Change:
    given: dict[str, Any] = {
        "on": dt.date(2026, 9, 3),
        "stops_from": 2026 * 12 + 9,
        "evidence": "surat",
        "village_code": VILLAGE,
        "by": "t",
        "state": "approved",
        "decided_by": "u",
        **values,
    }
    return Change.objects.create(person=person, kind=kind, **given)


@pytest.fixture
def people(make_people: Any) -> list[Person]:
    return list(make_people(*(listing(number) for number in range(1, 7))))


def test_who_left_goes_to_the_insurer_once_and_the_dead_never(people: list[Person]) -> None:
    line = line_of()
    (batch,) = exchange.enrol(by="t", decree=decree(line, people))
    moved, dead, unknown, reported, both, _ = people
    BatchLine.objects.filter(batch=batch).exclude(person=unknown).update(state="accepted")
    first = change(moved, "pindah")
    change(dead, "meninggal")
    change(unknown, "pindah")  # whom the insurer never accepted does not leave it
    change(reported, "pindah", state="reported", decided_by="")
    change(both, "mundur")
    Person.objects.filter(pk=both.pk).update(life_status="meninggal")
    (leavers,) = dispatch.send(by="t", scope=ALL)
    assert (leavers.kind, leavers.people) == (BatchKind.BPU_LEAVE, 1)
    sent = leavers.lines.get()
    assert (sent.person_id, sent.cause) == (moved.pk, first.subject)
    assert (sent.sent["BULAN TERAKHIR"], sent.sent["ALASAN"]) == ("09-2026", "Pindah keluar")
    assert dispatch.send(by="t", scope=ALL) == []


def test_officials_leave_in_the_layout_of_sipp_and_mended_facts_follow(people: list[Person]) -> None:
    line = line_of()
    office = {"segment": "pu", "category": "kepala_desa", "income": 3_000_000}
    batches = exchange.enrol(by="t", decree=decree(line, people[:2], **office))
    BatchLine.objects.filter(batch__in=batches).update(state="accepted")
    change(people[0], "mundur", on=dt.date(2026, 9, 12))
    mended = change(people[1], "koreksi", stops_from=None)
    made = {batch.kind: batch for batch in dispatch.send(by="t", scope=ALL)}
    assert set(made) == {BatchKind.PU_LEAVE, BatchKind.PU_UPDATE}
    leaver = made[BatchKind.PU_LEAVE].lines.get().sent
    assert (leaver["SEBAB_NA"], leaver["TGL_KEJADIAN"]) == ("A1", "12-09-2026")
    assert made[BatchKind.PU_UPDATE].file_name == "update_data_tk.xlsx"
    assert made[BatchKind.PU_UPDATE].lines.get().cause == mended.subject


def test_only_places_within_the_scope_are_sent(people: list[Person]) -> None:
    (batch,) = exchange.enrol(by="t", decree=decree(line_of(), people[:1]))
    BatchLine.objects.filter(batch=batch).update(state="accepted")
    change(people[0], "pindah")
    assert dispatch.send(by="t", scope=Scope((Area("62.03.99"),))) == []
    assert dispatch.waiting(ALL).count() == 1
