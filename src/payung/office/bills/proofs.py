"""Whether bills, payments and the ledger still are what was written, and agree with each other."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from payung.office.bills import ddl
from payung.office.bills.actions.issue import digest_of
from payung.office.bills.models import Bill
from payung.office.bills.states import BillState
from payung.office.face import Finding
from payung.office.guards import standing
from payung.text import Text

MOST = 20


guards = standing("bills.guard", lambda vendor: [*ddl.guards(vendor), *ddl.district_guards(vendor)])


def digests() -> Iterable[Finding]:
    """The lines of every bill that was sent are those that were sent."""
    for bill in Bill.objects.exclude(digest="").order_by("pk"):
        if digest_of(bill) != bill.digest:
            yield Finding(
                "bills.lines",
                bill.subject,
                Text(
                    f"Baris tagihan {bill.code} bukan yang dulu dikirim: pulihkan dari cadangan.",
                    f"The lines of the bill {bill.code} are not those that were sent: restore them from a backup.",
                ),
            )


def sums() -> Iterable[Finding]:
    """Bills are the sums of their lines and places; what is paid of them is what the months and the uses say."""
    yield from _each(
        "bills.sum",
        "SELECT b.id FROM bills_bill b LEFT JOIN (SELECT bill, COUNT(*) AS people, SUM(jkk + jkm) AS amount"
        " FROM bills_line GROUP BY bill) l ON l.bill = b.id LEFT JOIN (SELECT bill_id, SUM(people) AS people,"
        " SUM(amount) AS amount, SUM(paid_people) AS paid FROM bills_billplace GROUP BY bill_id) p ON p.bill_id = b.id"
        " WHERE b.people <> COALESCE(l.people, 0) OR b.amount <> COALESCE(l.amount, 0)"
        " OR b.people <> COALESCE(p.people, 0) OR b.amount <> COALESCE(p.amount, 0)"
        " OR b.paid_people <> COALESCE(p.paid, 0)",
        Text("tagihan ini bukan jumlah barisnya", "this bill is not the sum of its lines"),
    )
    yield from _each(
        "bills.paid",
        "SELECT b.id FROM bills_bill b LEFT JOIN (SELECT bill,"
        " SUM(CASE WHEN kind = 'pay' THEN people ELSE -people END) AS people FROM months_posting GROUP BY bill) g"
        " ON g.bill = b.id WHERE b.paid_people <> COALESCE(g.people, 0)",
        Text(
            "orang-bulan yang lunas bukan yang dibukukan",
            "the paid person-months are not those of the register",
        ),
    )
    yield from _each(
        "bills.used",
        "SELECT p.id FROM bills_payment p LEFT JOIN (SELECT payment_id, SUM(amount) AS used FROM bills_use"
        " GROUP BY payment_id) u ON u.payment_id = p.id WHERE p.used <> COALESCE(u.used, 0)",
        Text(
            "uang terpakai bukan jumlah pemakaiannya",
            "what is used of this payment is not the sum of its uses",
        ),
    )


def ledger() -> Iterable[Finding]:
    """The ledger of each line holds exactly what its bills say: billed, and paid."""
    billed = " OR ".join(
        f"b.state = '{state}'" for state in (BillState.SENT, BillState.PARTLY, BillState.PAID)
    )
    yield from _each(
        "bills.ledger",
        f"SELECT b.id FROM bills_bill b LEFT JOIN (SELECT subject,"
        " SUM(CASE WHEN kind = 'bill' THEN amount ELSE 0 END) AS billed,"
        " SUM(CASE WHEN kind = 'pay' THEN amount ELSE 0 END) AS paid FROM programme_ledgerentry GROUP BY subject) e"
        f" ON e.subject = 'bill:' || b.id WHERE COALESCE(e.paid, 0) <> b.paid_amount OR COALESCE(e.billed, 0) <>"
        f" CASE WHEN {billed} THEN COALESCE(b.printed, b.amount) ELSE 0 END",
        Text("buku dana bukan yang dikatakan tagihan ini", "the ledger is not what this bill says"),
    )


def _each(code: str, sql: str, what: Text) -> Iterable[Finding]:
    noun = "payment" if code == "bills.used" else "bill"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        for (key,) in cursor.fetchmany(MOST):
            where = f"{noun}:{key}"
            yield Finding(code, where, Text(f"{where}: {what.id}.", f"{where}: {what.en}."))


CHECKS = (guards, digests, sums, ledger)
