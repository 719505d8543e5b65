"""Money that arrived: paid, too much, too little, twice, again; seen always, lost never."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from billsworld import EACH, arrive, bill_of, decree, findings, line_of
from django.db import IntegrityError, transaction
from officeworld import FAR, listing

from payung.errors import InputError
from payung.office.bills.actions import give_back, pay, payments, settle, use_rest
from payung.office.bills.actions.payments import learn
from payung.office.bills.models import Bill, Payment, PaymentFile, Row, Twice, Use
from payung.office.bills.states import BillState, UseKind
from payung.office.cases.queries.rights import rights
from payung.office.months import queries
from payung.office.months.models import Month
from payung.office.people.models import Person
from payung.office.programme.models import Balance

pytestmark = pytest.mark.django_db
MONTH = "2026-10"


@pytest.fixture
def people(make_people: Any) -> list[Person]:
    return list(make_people(*(listing(number) for number in range(1, 6))))


@pytest.fixture
def bill(people: list[Person]) -> Bill:
    line = line_of()
    decree(line, people)
    return bill_of(line, MONTH)


def paid(people: list[Person]) -> list[int]:
    return [len(queries.paid_months(person.pk)) for person in people]


def balance() -> int:
    """Return what payments hold and nothing was done with."""
    return sum(payment.left for payment in Payment.objects.all())


def test_whole_bill_becomes_months_of_named_people(bill: Bill, people: list[Person]) -> None:
    found = arrive(5 * EACH, bill)
    (settled,) = found.settled
    assert (settled.bill.state, settled.people, settled.left, found.why) == (BillState.PAID, 5, 0, None)
    assert paid(people) == [1] * 5
    (answer,) = queries.cover_on(people[0].pk, dt.date(2026, 11, 12))
    assert (answer.line, answer.months[0].bill) == (bill.line_id, bill.pk)
    assert Balance.objects.get(line=bill.line_id).paid == 5 * EACH
    assert findings() == []


def test_same_reference_is_the_same_money(bill: Bill) -> None:
    arrive(5 * EACH, bill, reference="A1")
    again = arrive(5 * EACH, bill, reference="A1")
    assert (again.known, again.settled, Payment.objects.count()) == (True, (), 1)
    other = arrive(5 * EACH + 1, bill, reference="A1")
    assert other.payment is None
    assert other.why is not None
    assert "A1" in other.why.en
    assert findings() == []


def test_too_little_pays_whole_months_and_keeps_the_rest(bill: Bill, people: list[Person]) -> None:
    found = arrive(5 * EACH - 1_000, bill)
    assert found.settled[0].bill.state == BillState.PARTLY
    assert (paid(people), found.settled[0].left) == ([1, 1, 1, 1, 0], EACH - 1_000)
    second = arrive(EACH, bill)
    assert second.settled[0].bill.state == BillState.PAID
    assert balance() == EACH - 1_000
    assert findings() == []


def test_one_transfer_for_three_bills(make_people: Any) -> None:
    bills = []
    for number in range(3):
        line = line_of()
        decree(line, make_people(*(listing(10 * number + place) for place in range(1, 4))))
        bills.append(bill_of(line, MONTH))
    found = arrive(9 * EACH - 1_000, *bills)
    assert [one.bill.state for one in found.settled] == ["paid", "paid", "partly"]
    assert [one.people for one in found.settled] == [3, 3, 2]
    assert balance() == EACH - 1_000
    more = arrive(EACH + 5_000, bills[2])
    assert (more.settled[0].bill.state, more.settled[0].left) == (BillState.PAID, 5_000)
    assert sum(Use.objects.values_list("amount", flat=True)) == 9 * EACH
    assert findings() == []


def test_surplus_is_kept_refunded_or_offset_and_never_overdrawn(bill: Bill) -> None:
    payment = arrive(5 * EACH + 9_000, bill).payment
    assert payment is not None
    use_rest(by="t", payment=payment, kind=UseKind.REFUND, amount=4_000, reason="dikembalikan")
    use_rest(by="t", payment=payment, kind=UseKind.OFFSET, amount=3_000, reason="cabang")
    with pytest.raises(InputError):
        use_rest(by="t", payment=payment, kind=UseKind.REFUND, amount=2_001, reason="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Use.objects.create(payment=payment, kind="refund", amount=2_001, reason="x", by="t")
    assert balance() == 2_000
    assert findings() == []


def test_bill_paid_already_keeps_the_second_money_visible(bill: Bill, people: list[Person]) -> None:
    arrive(5 * EACH, bill)
    found = arrive(5 * EACH, bill)
    assert found.settled == ()
    assert found.why is not None
    assert (balance(), paid(people)) == (5 * EACH, [1] * 5)
    assert findings() == []


def test_month_that_somebody_paid_meanwhile_waits_as_paid_twice(bill: Bill, people: list[Person]) -> None:
    from monthsworld import pay as pay_by_hand

    pay_by_hand([people[1].pk], [MONTH], "2026-10-01", line=99)
    found = arrive(5 * EACH, bill)
    (settled,) = found.settled
    assert (settled.bill.state, settled.people, settled.left) == (BillState.PARTLY, 4, EACH)
    twice = Twice.objects.get()
    assert (twice.person, twice.amount) == (people[1].pk, EACH)
    assert paid(people) == [1] * 5


def test_months_given_back_are_counter_rows_and_open_again(bill: Bill, people: list[Person]) -> None:
    arrive(5 * EACH, bill)
    october = 2026 * 12 + 9
    posted = give_back(
        by="t", bill=bill, people=[people[0].pk], months=[october], reason="meninggal 20 September"
    )
    assert (posted.people, posted.amount) == (1, -EACH)
    bill.refresh_from_db()
    assert (bill.state, bill.paid_people, bill.paid_amount) == (BillState.PARTLY, 4, 4 * EACH)
    assert Month.objects.filter(person=people[0].pk).count() == 2
    with pytest.raises(InputError):
        give_back(by="t", bill=bill, people=[people[0].pk], months=[october], reason="lagi")
    arrive(EACH, bill)
    bill.refresh_from_db()
    assert bill.state == BillState.PAID
    assert findings() == []


def test_payment_without_a_bill_waits_and_is_matched_once_its_payer_is_known(make_people: Any) -> None:
    line = line_of(region_code=FAR, source="apbdes")
    decree(line, make_people(listing(1), listing(2), village=FAR))
    first, second = bill_of(line, "2026-09"), bill_of(line, MONTH)
    waiting = arrive(2 * EACH, payer="PEMDES  Sei Pasah")
    assert waiting.settled == ()
    assert waiting.why is not None
    learn(by="t", payer="Pemdes Sei Pasah", region_code=FAR)
    found = arrive(3 * EACH, payer="PEMDES SEI PASAH")
    assert [(one.bill.pk, one.people) for one in found.settled] == [(first.pk, 2), (second.pk, 1)]
    assert waiting.payment is not None
    assert settle(by="t", payment=waiting.payment, bill=second).people == 1
    assert balance() == EACH
    assert findings() == []


HEAD = "reference;paid_on;amount;bill\n"


def rows(file: PaymentFile) -> list[str]:
    return [str(state) for state in file.rows.values_list("state", flat=True)]


def test_file_is_booked_once_renamed_reordered_and_overlapping(make_people: Any) -> None:
    bills = []
    for number in range(4):
        line = line_of()
        decree(line, make_people(listing(30 + number)))
        bills.append(bill_of(line, MONTH))
    lines = [f"R{number};2026-11-0{number + 1};{EACH};{bill.code}\n" for number, bill in enumerate(bills)]
    first = pay(by="t", name="a.csv", content=(HEAD + "".join(lines[:3])).encode())
    assert first.rows == {"booked": 3}
    events = queries.Event.objects.count()
    again = pay(by="t", name="lain.csv", content=(HEAD + "".join(lines[:3])).encode())
    assert (again.same, again.rows) == (True, {"known": 3})
    assert queries.Event.objects.count() == events
    shuffled = pay(by="t", name="a.csv", content=(HEAD + "".join(reversed(lines[:3]))).encode())
    assert shuffled.rows == {"known": 3}
    overlapping = pay(by="t", name="b.csv", content=(HEAD + "".join(lines[2:])).encode())
    assert overlapping.rows == {"known": 1, "booked": 1}
    assert Payment.objects.count() == 4
    assert {bill.state for bill in Bill.objects.all()} == {BillState.PAID}
    assert findings() == []


def test_file_cut_off_in_the_middle_is_gone_on_with(bill: Bill, monkeypatch: pytest.MonkeyPatch) -> None:

    content = (HEAD + f"R1;2026-11-01;{5 * EACH};{bill.code}\nR2;2026-11-01;500;\n").encode()

    def cut(**_: Any) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(payments, "settle", cut)
        with pytest.raises(KeyboardInterrupt):
            pay(by="t", name="a.csv", content=content)
    bill.refresh_from_db()
    assert bill.state == BillState.SENT
    assert pay(by="t", name="a.csv", content=content).rows == {"booked": 1, "waiting": 1}
    bill.refresh_from_db()
    assert bill.state == BillState.PAID
    assert findings() == []


@pytest.mark.parametrize(
    "line",
    [
        "R1;2026-11-01;;{bill}",  # no amount
        "R1;2026-11-01;0;{bill}",
        "R1;2026-11-01;-5;{bill}",
        "R1;2026-11-01;16.800,50;{bill}",  # half a rupiah
        "R1;2026-11-01;enam belas ribu;{bill}",
        "R1;31-02-2026;16800;{bill}",
        "R1;2030-11-01;16800;{bill}",
        ";2026-11-01;16800;{bill}",
        "2026-11-01;16800;{bill}",  # shifted
    ],
)
def test_row_that_cannot_be_used_books_nothing_and_says_why(bill: Bill, line: str) -> None:
    done = pay(by="t", name="a.csv", content=(HEAD + line.format(bill=bill.code) + "\n").encode())
    assert done.rows == {"waiting": 1}
    row = Row.objects.get()
    assert row.why["id"]
    assert row.why["en"]
    assert (Payment.objects.count(), Month.objects.count()) == (0, 0)


def test_amounts_written_in_two_ways_book_nothing(bill: Bill) -> None:
    content = HEAD + f"R1;2026-11-01;84.000;{bill.code}\nR2;2026-11-01;16,800.00;{bill.code}\n"
    assert pay(by="t", name="a.csv", content=content.encode()).rows == {"waiting": 2}
    assert Payment.objects.count() == 0
    content = HEAD + f"R1;2026-11-01;84.000,00;{bill.code}\n"
    assert pay(by="t", name="a.csv", content=content.encode()).rows == {"booked": 1}


def test_many_rows_with_some_bad_ones(bill: Bill, people: list[Person]) -> None:
    body = [f"S{number};2026-11-01;1000;" for number in range(60)]
    body.insert(20, f"GOOD;2026-11-01;{5 * EACH};{bill.code}")
    body.insert(30, "X;2026-11-01;16800;B999999")
    text = HEAD + "\n".join([*body, "TOTAL;;144000;", "rusak"]) + "\n"
    done = pay(by="t", name="a.csv", content=text.encode())
    assert done.rows == {"booked": 1, "waiting": 62}
    assert paid(people) == [1] * 5
    assert Payment.objects.count() == 62  # also those that nobody knows yet: money that arrived is never lost
    assert findings() == []


def test_file_that_cannot_be_read_at_all_is_refused() -> None:
    for content in (b"", b"nama;alamat\na;b\n", b"<x/>", b"PK\x03\x04 nothing"):
        with pytest.raises(InputError):
            pay(by="t", name="a.csv", content=content)
    assert PaymentFile.objects.count() == 0


def test_our_number_in_the_text_of_a_statement_names_the_bill(people: list[Person], bill: Bill) -> None:
    text = f"IURAN {bill.code} DINSOS 2026 B999999 12345"
    row = f":61:2610311031C{5 * EACH},00NTRFREF1//BANK1"
    statement = "\n".join([":20:A", ":25:1", ":28C:1/1", ":60F:C261031IDR0,00", row, f":86:{text}", "-"])
    assert pay(by="t", name="a.sta", content=statement.encode()).rows == {"booked": 1}
    assert paid(people) == [1] * 5


def test_money_without_a_bill_pays_the_one_that_a_later_row_names(people: list[Person], bill: Bill) -> None:
    head = "reference;paid_on;amount;bill\n"
    assert pay(by="t", name="a.csv", content=f"{head}R1;2026-10-31;{5 * EACH};\n".encode()).rows == {
        "waiting": 1
    }
    named = f"{head}R1;2026-10-31;{5 * EACH};{bill.code}\n".encode()
    assert pay(by="t", name="b.csv", content=named).rows == {"booked": 1}
    assert (paid(people), Row.objects.filter(state="waiting").count()) == ([1] * 5, 0)
    again = pay(by="t", name="c.csv", content=named + b"R2;x;1;B000001\n")
    assert again.rows == {"known": 1, "waiting": 1}
    assert (paid(people), findings()) == ([1] * 5, [])


@pytest.mark.parametrize(("source", "each"), [("apbd", 16_800), ("csr", 8_400)])
def test_terminal_page_and_case_price_the_same_arrears(make_people: Any, source: str, each: int) -> None:
    """Relief months (PP 50/2025, April to December 2026, not for the district's budget) cost what was billed."""
    (person,) = make_people(listing(1))
    line = line_of(source=source)
    decree(line, [person])
    arrive(each * 2, bill_of(line, "2026-06", "2026-07"), on="2026-06-10")
    day = dt.date(2026, 9, 20)
    (answer,) = queries.cover_on(person.pk, day)
    (right,) = rights(person, day)
    assert right.cover == answer.cover
    arrears = answer.cover.arrears
    assert arrears is not None
    assert [owed.month for owed in arrears.months] == ["2026-08", "2026-09"]
    assert arrears.total == 2 * each
