"""Bills: drawn up by the law from the decree, locked when sent, freed when void, supplemented and never edited."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from billsworld import EACH, arrive, bill_of, decree, findings, line_of
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from officeworld import FAR, VILLAGE, listing

from payung.errors import InputError
from payung.law import bill as law_bill
from payung.office.bills.actions import PayerError, draw_up, note_insurer, send, void
from payung.office.bills.actions.issue import unpack
from payung.office.bills.models import Bill, BillCopy, BillLine, BillPlace
from payung.office.bills.states import BillState
from payung.office.changes.models import Change
from payung.office.history.models import Event
from payung.office.months.models import Month
from payung.office.people.models import Person
from payung.office.programme.actions import OverspentError
from payung.office.programme.models import Balance

pytestmark = pytest.mark.django_db
MONTH = "2026-10"


@pytest.fixture
def people(make_people: Any) -> list[Person]:
    return list(make_people(*(listing(number) for number in range(1, 6))))


def sums(line: Any) -> tuple[int, int, int]:
    balance = Balance.objects.get(line=line)
    return balance.committed, balance.billed, balance.paid


def test_bill_is_what_the_law_says_of_each_person(make_people: Any) -> None:
    plain, driver, rich, kades = make_people(*(listing(number) for number in range(1, 5)))
    line = line_of(source="csr")
    decree(line, [plain])
    decree(line, [driver], sector="transport")
    decree(line, [rich], income=4_300_000)
    decree(line, [kades], segment="pu", category="kepala_desa", income=2_426_640)
    for month in ("2026-01", "2026-02", MONTH):
        bills = {str(bill.segment): bill for bill in draw_up(by="t", month=month, line=line).bills}
        given: dict[str, Any] = {"month": month, "source": "csr"}
        expected = {
            plain.pk: law_bill(segment="bpu", income=1_000_000, **given),
            driver.pk: law_bill(segment="bpu", income=1_000_000, sector="transport", **given),
            rich.pk: law_bill(segment="bpu", income=4_300_000, **given),
            kades.pk: law_bill(segment="pu", income=2_426_640, **given),
        }
        found = {
            one.person: (one.jkk, one.jkm)
            for one in BillLine.objects.filter(bill__in=[b.pk for b in bills.values()])
        }
        assert found == {key: (bill.parts["jkk"], bill.parts["jkm"]) for key, bill in expected.items()}
        assert bills["bpu"].amount == sum(expected[key].total for key in (plain.pk, driver.pk, rich.pk))
        assert (bills["pu"].people, bills["bpu"].people) == (1, 3)
    assert findings() == []


def test_bill_for_several_months_follows_the_law_of_each(people: list[Person]) -> None:
    line = line_of(source="csr")
    decree(line, people[:1], sector="transport")
    (bill,) = draw_up(by="t", month="2026-01", until="2026-12", line=line).bills
    expected = sum(
        law_bill(
            segment="bpu", income=1_000_000, sector="transport", source="csr", month=f"2026-{month:02d}"
        ).total
        for month in range(1, 13)
    )
    assert (bill.amount, bill.people, bill.heads) == (expected, 12, 1)


def test_sent_bill_is_locked_with_names_and_money(people: list[Person]) -> None:
    line = line_of()
    decree(line, people)
    (draft,) = draw_up(by="t", month=MONTH, line=line).bills
    bill = send(by="t", bill=draft)
    assert (bill.state, bill.people, bill.amount, len(bill.digest)) == (BillState.SENT, 5, 5 * EACH, 64)
    assert sums(line) == (0, 5 * EACH, 0)
    Person.objects.filter(pk=people[0].pk).update(name="NAMA BARU")
    names = unpack(BillCopy.objects.get(bill=bill).names or "")
    assert names == {person.pk: person.name for person in people}
    assert bill.due_on >= dt.date(2026, 10, 15)
    with pytest.raises(InputError, match="muat ulang"):
        send(by="t", bill=bill)
    assert findings() == []
    assert list(
        Event.objects.filter(subject=bill.subject).order_by("number").values_list("action", flat=True)
    ) == [
        "bill.draw",
        "bill.send",
    ]


def test_who_is_billed_or_paid_already_is_left_out(people: list[Person], make_people: Any) -> None:
    first, second = line_of(), line_of(name="Lain")
    decree(first, people[:3])
    decree(second, people[3:])
    bill = bill_of(first, MONTH)
    again = draw_up(by="t", month=MONTH, line=first)
    assert (again.bills, again.left_out) == ((), {"billed": 3})
    (later,) = make_people(listing(9))
    decree(first, [later])
    (supplement,) = draw_up(by="t", month=MONTH, line=first).bills
    assert (supplement.number, supplement.people) == (1, 1)
    arrive(3 * EACH, bill)
    assert draw_up(by="t", month=MONTH, line=first).left_out == {"paid": 3, "billed": 1}
    assert draw_up(by="t", month=MONTH, line=second).bills[0].people == 2
    assert findings() == []


def test_dead_merged_and_left_are_never_billed(people: list[Person]) -> None:
    line = line_of()
    decree(line, people)
    dead, merged, left, known, alive = people
    Person.objects.filter(pk=dead.pk).update(life_status="meninggal")
    Person.objects.filter(pk=known.pk).update(life_status="meninggal")
    Person.objects.filter(pk=merged.pk).update(merged_into=alive)
    values = {"evidence": "surat", "village_code": VILLAGE, "by": "t", "state": "approved", "decided_by": "u"}
    october = 2026 * 12 + 9
    Change.objects.create(person=left, kind="pindah", on=dt.date(2026, 9, 3), stops_from=october, **values)
    Change.objects.create(
        person=known, kind="meninggal", on=dt.date(2026, 10, 3), stops_from=october + 1, **values
    )
    drawn = draw_up(by="t", month=MONTH, line=line)
    assert drawn.left_out == {"merged": 1, "dead": 1, "stopped": 1}
    billed = BillLine.objects.filter(bill=drawn.bills[0].pk).values_list("person", flat=True)
    assert set(billed) == {alive.pk, known.pk}  # October, the month of the death, is still owed
    assert draw_up(by="t", month="2026-11", line=line).left_out == {"merged": 1, "dead": 1, "stopped": 2}
    assert draw_up(by="t", month="2026-09", line=line).left_out == {"merged": 1, "dead": 1}


def test_pu_without_wage_is_not_guessed(people: list[Person]) -> None:
    line = line_of()
    decree(line, people[:1], segment="pu", category="kepala_desa")
    drawn = draw_up(by="t", month=MONTH, line=line)
    assert (drawn.bills, drawn.left_out) == ((), {"no_wage": 1})


def test_sending_finds_people_with_a_payer(people: list[Person]) -> None:
    first, second = line_of(), line_of()
    decree(first, people[:3])
    decree(second, people[3:])
    bill_of(first, MONTH)
    (draft,) = draw_up(by="t", month=MONTH, line=second).bills
    _smuggle(draft, people[0])
    with pytest.raises(PayerError, match="Orang 1") as refused:
        send(by="t", bill=draft)
    assert refused.value.people == ((people[0].pk, people[0].name),)
    sent = send(by="t", bill=draft, leave_out=True)
    assert (sent.people, sent.amount) == (2, 2 * EACH)
    assert findings() == []


def test_a_draft_holds_its_people_too(people: list[Person]) -> None:
    line = line_of()
    decree(line, people)
    (draft,) = draw_up(by="t", month=MONTH, line=line).bills
    assert draw_up(by="t", month=MONTH, line=line).left_out == {"billed": 5}
    void(by="t", bill=draft, reason="ulang")
    assert draw_up(by="t", month=MONTH, line=line).bills[0].people == 5


def _smuggle(bill: Bill, person: Person) -> None:
    """Put a person into a draft past the drawing up."""
    one = BillLine.objects.filter(bill=bill.pk).first()
    assert one is not None
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bills_line (bill, person, place, jkk, jkm, month) VALUES (%s, %s, %s, 10000, 6800, %s)",
            [bill.pk, person.pk, one.place, one.month],
        )


def test_void_bill_frees_its_people_and_only_it(people: list[Person]) -> None:
    line = line_of()
    decree(line, people)
    bill = bill_of(line, MONTH)
    other = bill_of(line, "2026-09")
    with pytest.raises(InputError, match="alasan"):
        void(by="t", bill=bill, reason=" ")
    void(by="t", bill=bill, reason="salah bulan")
    assert sums(line)[1] == other.amount
    assert bill_of(line, MONTH).number == 0
    assert draw_up(by="t", month="2026-09", line=line).bills == ()
    assert findings() == []


def test_printed_figure_is_what_has_to_be_paid_and_a_difference_is_told(people: list[Person]) -> None:
    line = line_of()
    decree(line, people)
    bill = note_insurer(
        by="t",
        bill=bill_of(line, MONTH),
        kode_iuran="123456789012",
        code_until=dt.date(2026, 11, 15),
        heads=5,
        printed=5 * EACH + 4,
    )
    assert (bill.payable, bill.code_heads) == (5 * EACH + 4, 5)
    event = Event.objects.filter(action="bill.insurer").latest("number")
    assert "difference" not in event.after
    bill = note_insurer(by="t", bill=bill, printed=5 * EACH + 60)
    assert Event.objects.filter(action="bill.insurer").latest("number").after["difference"] == 60
    assert sums(line)[1] == 5 * EACH + 60
    assert arrive(5 * EACH + 60, "123456789012").settled[0].bill.state == BillState.PAID
    other = bill_of(line, "2026-09")
    with pytest.raises(InputError, match="sudah dipakai"):
        note_insurer(by="t", bill=other, kode_iuran="123456789012")
    assert findings() == []


def test_line_with_too_little_money_refuses_the_bill(people: list[Person]) -> None:
    line = line_of(ceiling=4 * EACH)
    decree(line, people)
    (draft,) = draw_up(by="t", month=MONTH, line=line).bills
    with pytest.raises(OverspentError) as refused:
        send(by="t", bill=draft)
    assert refused.value.left == 4 * EACH
    draft.refresh_from_db()
    assert draft.state == BillState.DRAFT


def test_months_outside_of_the_line_are_refused(people: list[Person]) -> None:
    line = line_of()
    for month, until in (("2025-12", ""), ("2026-11", "2027-01"), ("2026-03", "2026-01")):
        with pytest.raises(InputError):
            draw_up(by="t", month=month, until=until, line=line)


def test_places_of_a_bill_add_up(make_people: Any) -> None:
    here, there = make_people(listing(1)), make_people(listing(2), listing(3), village=FAR)
    line = line_of()
    decree(line, [*here, *there])
    bill = bill_of(line, MONTH)
    places = sorted(BillPlace.objects.filter(bill=bill).values_list("people", "amount"))
    assert places == [(1, EACH), (2, 2 * EACH)]
    arrive(2 * EACH, bill)
    assert sum(BillPlace.objects.filter(bill=bill).values_list("paid_amount", flat=True)) == 2 * EACH
    assert findings() == []


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO bills_line (bill, person, place, jkk, jkm, month) VALUES ({bill}, 99, 1, 1, 1, 24321)",
        "DELETE FROM bills_line WHERE bill = {bill}",
        "UPDATE bills_line SET jkk = 0",
        "UPDATE bills_bill SET state = 'draft' WHERE id = {bill}",
        "UPDATE bills_bill SET amount = 1 WHERE id = {bill}",
        "UPDATE bills_bill SET state = 'paid' WHERE id = {bill}",
        "UPDATE bills_bill SET paid_people = 99, state = 'partly' WHERE id = {bill}",
        "UPDATE bills_bill SET digest = 'x' WHERE id = {bill}",
        "UPDATE bills_bill SET from_month = '2026-01' WHERE id = {bill}",
        "DELETE FROM bills_bill",
        "DELETE FROM bills_billcopy",
        "UPDATE bills_payment SET amount = 1",
        "UPDATE bills_payment SET used = 0",
        "DELETE FROM bills_payment",
        "UPDATE bills_use SET amount = 1",
        "DELETE FROM bills_use",
    ],
)
def test_database_refuses(people: list[Person], sql: str) -> None:
    line = line_of()
    decree(line, people)
    bill = bill_of(line, MONTH)
    arrive(2 * EACH + 5, bill)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(bill=bill.pk))
    assert findings() == []


def test_paid_bill_cannot_be_void_and_open_twice(people: list[Person]) -> None:
    line = line_of()
    decree(line, people)
    bill = bill_of(line, MONTH)
    with pytest.raises(DatabaseError), transaction.atomic():
        Bill.objects.create(
            line=line,
            segment="bpu",
            from_month=MONTH,
            until_month=MONTH,
            region_code="62.03",
            due_on=bill.due_on,
        )
    arrive(5 * EACH, bill)
    bill.refresh_from_db()
    with pytest.raises(InputError):
        void(by="t", bill=bill, reason="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        Bill.objects.filter(pk=bill.pk).update(state="void", paid_people=0)


def test_line_changed_behind_the_guards_is_found(people: list[Person]) -> None:
    line = line_of()
    decree(line, people)
    bill = bill_of(line, MONTH)
    with connection.cursor() as cursor:
        for statement in (
            ["DROP TRIGGER bills_line_no_update"]
            if connection.vendor == "sqlite"
            else ["ALTER TABLE bills_line DISABLE TRIGGER bills_line_append_only"]
        ):
            cursor.execute(statement)
        cursor.execute("UPDATE bills_line SET jkk = jkk + 1 WHERE person = %s", [people[0].pk])
    found = {(one.code, one.where) for one in findings()}
    assert {("bills.lines", bill.subject), ("bills.sum", bill.subject)} <= found
    assert any(code == "bills.guard" for code, _ in found)
    assert Month.objects.count() == 0


def test_statements_do_not_grow_with_people(make_people: Any) -> None:
    many = {"sqlite": (21, 24, 48), "postgresql": (21, 24, 47)}[connection.vendor]
    counts = []
    for first, size in ((90, 1), (100, 1), (200, 60)):
        line = line_of()
        decree(line, make_people(*(listing(number) for number in range(first, first + size))))
        with CaptureQueriesContext(connection) as drawing:
            (bill,) = draw_up(by="t", month=MONTH, line=line).bills
        with CaptureQueriesContext(connection) as sending:
            send(by="t", bill=bill)
        with CaptureQueriesContext(connection) as paying:
            counts.append(arrive(size * EACH, bill).settled[0].people)
        if first > 90:  # the very first posting of an office sets its day
            assert (len(drawing), len(sending), len(paying)) == many
    assert counts == [1, 1, 60]
