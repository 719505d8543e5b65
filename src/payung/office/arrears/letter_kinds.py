"""Letters about arrears: the reminders of form 25, one kind a level."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.access.scope import Area, Scope
from payung.office.arrears.board import board
from payung.office.bills.letter_kinds import grouped
from payung.office.bills.models import Bill
from payung.office.bills.states import OPEN
from payung.office.letters.kinds import Ask, Kind, Material
from payung.office.letters.states import Office
from payung.office.people.models import DEAD
from payung.office.regions.queries import names
from payung.text import Text


def arrears_values(village_code: str, on: dt.date) -> dict[str, Any]:
    """Return what a reminder to a village says on the day ``on``: every overdue bill, its people, what they lose.

    Only bills that are due before ``on`` stand in it; the dead are not named.
    """
    place = Scope((Area(village_code),))
    bills = list(
        Bill.objects.filter(region_code=village_code, state__in=OPEN, due_on__lt=on).order_by(
            "from_month", "pk"
        )
    )
    rows = [
        [
            bill.code,
            bill.from_month
            if bill.from_month == bill.until_month
            else f"{bill.from_month} s.d. {bill.until_month}",
            f"{bill.heads}",
            f"{bill.due_on:%d-%m-%Y}",
            grouped(bill.payable),
            grouped(bill.paid_amount),
            grouped(bill.open),
        ]
        for bill in bills
    ]
    keys = ", ".join(str(bill.pk) for bill in bills) or "0"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.name, COUNT(DISTINCT l.month) FROM bills_line l JOIN people_person p ON p.id = l.person"
            f" WHERE l.bill IN ({keys}) AND p.life_status <> %s AND p.merged_into_id IS NULL"
            " GROUP BY p.id, p.name ORDER BY p.name, p.id",
            [str(DEAD)],
        )
        people = [
            [f"{number}", str(name), f"{many}"] for number, (name, many) in enumerate(cursor.fetchall(), 1)
        ]
    found = board(place, on).get(village_code)
    return {
        "village": names([village_code]).get(village_code, village_code),
        "on": f"{on}",
        "bills": {
            "headings": [
                "Tagihan",
                "Bulan",
                "Orang",
                "Jatuh tempo",
                "Tagihan (Rp)",
                "Dibayar (Rp)",
                "Sisa (Rp)",
            ],
            "rows": rows,
        },
        "total": sum(bill.open for bill in bills),
        "people": {"headings": ["No.", "Nama", "Bulan menunggak"], "rows": people},
        "until": f"{found.until}" if found and found.until else "",
        "loses": found.sentence.id if found and found.sentence else "",
        "earlier": "",
    }


def _arrears(scope: Scope, key: str) -> Material | None:
    """Return the material of a reminder to the village ``key``; nothing where no bill is overdue."""
    if not scope.covers(key) or key.count(".") != 3:
        return None
    values = arrears_values(key, timezone.localdate())
    if not values["bills"]["rows"]:
        return None
    del values["earlier"]
    return Material(values, key, f"Tunggakan {values['village']}")


ARREARS = {
    "village": "Region.name",
    "on": "tanggal hitung",
    "bills": "tagihan desa yang lewat jatuh tempo, dengan sisanya",
    "total": "jumlah sisanya, rupiah",
    "people": "nama dalam tagihan itu, tanpa yang meninggal",
    "until": "papan pembayaran: hari terakhir sebelum hak hilang",
    "loses": "papan pembayaran: apa yang hilang",
    "earlier": "nomor dan tanggal surat sebelumnya",
}
_EARLIER = Ask("earlier", Text("Surat sebelumnya (nomor, tanggal)", "Earlier letter (number, day)"))


def _level(level: int, title: Text) -> Kind:
    return Kind(
        f"arrears_{level}",
        25,
        title,
        Office.DPMD,
        "arrears",
        "payment_board?wilayah",
        ARREARS,
        needs=Permission.BILL_APPROVE,
        reads=Permission.BILL_VIEW,
        collect=_arrears,
        asks=(_EARLIER,),
        sheet="bills",
    )


KINDS = (
    _level(1, Text("Surat tagihan tunggakan I", "Reminder I of arrears")),
    _level(2, Text("Surat peringatan tunggakan II", "Reminder II of arrears")),
    _level(3, Text("Surat peringatan tunggakan III", "Reminder III of arrears")),
)
