"""Who stands in the decree and is not billed all the same: rejected by the insurer, dead, moved, left."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from billsworld import EACH, arrive, bill_of, decree, findings, line_of
from django.db import connection
from django.test.utils import CaptureQueriesContext
from officeworld import VILLAGE, listing, nik

from payung.office.access.scope import Area, Scope
from payung.office.arrears import actions as ladder
from payung.office.arrears import queries as arrears
from payung.office.arrears.board import board
from payung.office.bills.actions import PayerError, draw_up, send
from payung.office.bills.forecast import forecasts
from payung.office.bills.models import BillLine
from payung.office.bills.states import BillState
from payung.office.bills.unbillable import excused
from payung.office.changes.models import Change
from payung.office.exchange import actions as exchange
from payung.office.exchange.actions.answers import take_answer
from payung.office.exchange.models import Batch
from payung.office.exchange.queries import not_enrolled
from payung.office.months.models import Month
from payung.office.people.models import Person
from payung.office.programme.models import Decree
from payung.office.reconciliation.queries import compare
from payung.office.reconciliation.states import Difference

pytestmark = pytest.mark.django_db
MONTH = "2026-10"
HEAD = "Status (Y/T);Keterangan Status Data;Nomor Identitas (NIK);Nama Lengkap"


@pytest.fixture
def people(make_people: Any) -> list[Person]:
    return list(make_people(*(listing(number) for number in range(1, 6))))


def answer(batch: Batch, *said: tuple[int, str]) -> None:
    rows = [
        f"{status};{'' if status == 'Y' else 'NIK tidak ditemukan'};{nik(n)};Orang {n}" for n, status in said
    ]
    take_answer(by="t", batch=batch, name="j.csv", content="\n".join([HEAD, *rows]).encode())


def sent(made: Decree) -> Batch:
    (batch,) = exchange.enrol(by="t", decree=made)
    return batch


def test_whom_the_insurer_rejected_is_not_billed_until_it_accepts(people: list[Person]) -> None:
    line = line_of()
    batch = sent(decree(line, people))
    answer(batch, (1, "Y"), (2, "T"), (3, "T"))
    drawn = draw_up(by="t", month=MONTH, line=line)
    assert (drawn.bills[0].people, drawn.left_out) == (3, {"rejected": 2})
    rejected = [one.pk for one in batch.lines.filter(state="rejected")]
    (again,) = exchange.send_again(by="t", lines=rejected, reason="NIK dibetulkan")
    assert draw_up(by="t", month=MONTH, line=line).left_out == {"billed": 3, "rejected": 2}
    answer(again, (2, "Y"))
    (supplement,) = draw_up(by="t", month=MONTH, line=line).bills
    billed = BillLine.objects.filter(bill=supplement.pk).values_list("person", flat=True)
    assert list(billed) == [people[1].pk]


def test_the_answer_to_another_decree_is_no_matter(people: list[Person]) -> None:
    village, district = line_of(), line_of()
    sent(decree(village, people[:1], from_month="2026-01", until_month="2026-10"))
    other = sent(decree(district, people[:1], from_month="2026-11", until_month="2026-12"))
    answer(other, (1, "T"))
    assert draw_up(by="t", month=MONTH, line=village).bills[0].people == 1
    assert draw_up(by="t", month="2026-11", line=district).left_out == {"rejected": 1}


def test_moved_by_the_registry_is_not_billed_and_a_change_says_until_when(people: list[Person]) -> None:
    line = line_of()
    decree(line, people[:2])
    Person.objects.filter(pk__in=[one.pk for one in people[:2]]).update(life_status="pindah")
    Change.objects.create(
        person=people[0],
        kind="pindah",
        on=dt.date(2026, 10, 3),
        stops_from=2026 * 12 + 10,
        evidence="surat",
        village_code=VILLAGE,
        by="t",
        state="approved",
        decided_by="u",
    )
    drawn = draw_up(by="t", month=MONTH, line=line)
    assert (drawn.bills[0].people, drawn.left_out) == (1, {"moved": 1})
    assert draw_up(by="t", month="2026-11", line=line).left_out == {"moved": 1, "stopped": 1}


def test_a_draft_is_looked_at_again_when_it_is_sent(people: list[Person]) -> None:
    line = line_of()
    batch = sent(decree(line, people))
    (draft,) = draw_up(by="t", month=MONTH, line=line).bills
    answer(batch, (1, "T"))
    Person.objects.filter(pk=people[1].pk).update(life_status="meninggal")
    with pytest.raises(PayerError, match=r"ditolak BPJS.*meninggal") as refused:
        send(by="t", bill=draft)
    assert [key for key, _ in refused.value.people] == [people[0].pk, people[1].pk]
    assert send(by="t", bill=draft, leave_out=True).people == 3
    assert findings() == []


def test_no_month_begins_for_whom_the_insurer_rejected_after_the_bill(people: list[Person]) -> None:
    line = line_of()
    batch = sent(decree(line, people))
    bill = bill_of(line, MONTH)
    answer(batch, (1, "T"))
    arrived = arrive(5 * EACH, bill)
    bill.refresh_from_db()
    assert set(Month.objects.values_list("person", flat=True)) == {one.pk for one in people[1:]}
    assert (bill.state, bill.paid_people, bill.paid_amount) == (BillState.PARTLY, 4, 4 * EACH)
    assert arrived.payment.left == EACH or arrived.settled[0].left == EACH
    assert [(one.person, one.amount, one.why) for one in excused([bill])] == [
        (people[0].pk, EACH, "rejected")
    ]
    assert arrears.owing([bill]) == []  # nobody is asked for the rest
    assert ladder.climb(on=dt.date(2026, 11, 28)) == 0
    assert findings() == []


def test_nobody_is_reminded_of_the_dead(people: list[Person]) -> None:
    line = line_of()
    decree(line, people)
    bill = bill_of(line, MONTH)
    assert [(one.people, one.open) for one in arrears.owing([bill])] == [(5, 5 * EACH)]
    Person.objects.filter(pk=people[0].pk).update(life_status="meninggal")
    assert [(one.people, one.open) for one in arrears.owing([bill])] == [(4, 4 * EACH)]


def test_the_forecast_counts_no_rejected(people: list[Person]) -> None:
    line = line_of()
    batch = sent(decree(line, people, from_month="2026-12"))
    day = dt.date(2026, 11, 20)
    assert forecasts([line], day)[line.pk].need == 5 * EACH
    answer(batch, (1, "T"))
    assert forecasts([line], day)[line.pk].need == 4 * EACH


def test_a_rejected_person_is_no_missing_bill(people: list[Person]) -> None:
    line = line_of()
    batch = sent(decree(line, people))
    answer(batch, (1, "T"))
    bill_of(line, MONTH)
    kinds = {one.person: one.kind for one in compare(MONTH).differences}
    assert kinds[people[0].pk] == Difference.REJECTED
    assert {kinds[one.pk] for one in people[1:]} == {Difference.UNPAID}


def test_who_was_forgotten_in_the_batches_is_not_billed_until_sent(people: list[Person]) -> None:
    line = line_of()
    first = decree(line, people[:3])
    sent(first)
    later = decree(line, people[3:], follows=first)
    drawn = draw_up(by="t", month=MONTH, line=line)
    assert (drawn.bills[0].people, drawn.left_out) == (3, {"unsent": 2})
    assert not_enrolled(line.pk, "bpu", MONTH, MONTH) == [(later, 2)]
    sent(later)
    assert draw_up(by="t", month=MONTH, line=line).bills[0].people == 2
    assert not_enrolled(line.pk, "bpu", MONTH, MONTH) == []


def test_a_draft_with_somebody_forgotten_is_not_sent(people: list[Person]) -> None:
    line = line_of()
    first = decree(line, people[:3])
    decree(line, people[3:], follows=first)
    (draft,) = draw_up(by="t", month=MONTH, line=line).bills
    assert draft.people == 5  # no decree goes by batches: they are enrolled elsewhere
    sent(first)
    with pytest.raises(PayerError, match="belum didaftarkan ke BPJS"):
        send(by="t", bill=draft)
    assert send(by="t", bill=draft, leave_out=True).people == 3


def test_a_bill_tells_of_a_decree_that_never_went_to_the_insurer(
    people: list[Person], make_user: Any, sign_in: Any
) -> None:
    client = sign_in(make_user("dinsos"))
    line = line_of()
    made = decree(line, people)
    bill = bill_of(line, MONTH)
    shown = client.get(f"/tagihan/{bill.pk}/").content.decode()
    assert "5 orang belum dikirim ke BPJS" in shown
    assert f'href="/sk/{made.pk}/"' in shown
    sent(made)
    assert "belum dikirim ke BPJS" not in client.get(f"/tagihan/{bill.pk}/").content.decode()


def test_the_board_counts_nobody_for_whom_paying_would_not_help(people: list[Person]) -> None:
    line = line_of(source="apbdes", region_code=VILLAGE)
    batch = sent(decree(line, people))
    arrive(4 * 5 * EACH, bill_of(line, "2026-01", "2026-04"), on="2026-01-10")
    late = bill_of(line, "2026-05")
    day = dt.date(2026, 7, 20)
    everywhere = Scope((Area(""),))
    before = board(everywhere, day)[VILLAGE]
    assert (before.open, before.overdue, before.lose) == (5 * EACH, 5 * EACH, 5)
    assert len(arrears.losing([late.pk], day)) == 5
    answer(batch, (1, "T"))
    Person.objects.filter(pk=people[1].pk).update(life_status="meninggal")
    after = board(everywhere, day)[VILLAGE]
    assert (after.open, after.overdue, after.lose) == (3 * EACH, 3 * EACH, 3)
    assert {one.person for one in arrears.losing([late.pk], day)} == {one.pk for one in people[2:]}


def test_rejections_cost_no_statements(people: list[Person]) -> None:
    counts = []
    for many in (1, 4):
        line = line_of()
        batch = sent(decree(line, people[:1] if many == 1 else people[1:], from_month=MONTH))
        answer(batch, *((number, "T") for number in range(1, 6)))
        with CaptureQueriesContext(connection) as drawing:
            draw_up(by="t", month=MONTH, line=line)
        counts.append(len(drawing))
    assert counts[0] == counts[1]
