"""Letters about arrears: the reminders of form 25, one kind a level."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.access.scope import Scope
from payung.office.arrears.queries import gathered, letters_to, owed_people
from payung.office.bills.letter_kinds import grouped
from payung.office.letters.kinds import Ask, Kind, Material
from payung.office.letters.states import Office
from payung.office.regions.queries import names
from payung.text import Text


def arrears_values(region_code: str, on: dt.date) -> dict[str, Any]:
    """Return what a reminder to a payer says on the day ``on``: every overdue bill with what is owed, whose months
    those are, what they lose, the letters before it.

    Only bills that are due before ``on`` stand in it; nobody is named for whom nothing has to be paid.
    """
    found = gathered(region_code, on)
    rows = [
        [
            one.bill.code,
            one.bill.from_month
            if one.bill.from_month == one.bill.until_month
            else f"{one.bill.from_month} s.d. {one.bill.until_month}",
            f"{one.bill.heads}",
            f"{one.bill.due_on:%d-%m-%Y}",
            grouped(one.bill.payable),
            grouped(one.bill.paid_amount),
            grouped(one.open),
        ]
        for one in found.bills
    ]
    people = [
        [f"{number}", name, f"{many}"] for number, (name, many) in enumerate(owed_people(found.bills), 1)
    ]
    return {
        "village": names([region_code]).get(region_code, region_code),
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
        "total": found.amount,
        "people": {"headings": ["No.", "Nama", "Bulan menunggak"], "rows": people},
        "until": f"{found.until}" if found.until else "",
        "loses": found.loss.id if found.loss else "",
        "earlier": ", ".join(f"{number} tanggal {day:%d-%m-%Y}" for number, day in letters_to(region_code)),
    }


def _arrears(scope: Scope, key: str) -> Material | None:
    """Return the material of a reminder to the village ``key``; nothing where no bill is overdue."""
    if not scope.covers(key) or key.count(".") != 3:
        return None
    values = arrears_values(key, timezone.localdate())
    if not values["bills"]["rows"]:
        return None
    del values["earlier"]  # asked by hand: letters from before this office
    return Material(values, key, f"Tunggakan {values['village']}")


ARREARS = {
    "village": "Region.name",
    "on": "tanggal hitung",
    "bills": "tagihan desa yang lewat jatuh tempo, dengan sisanya",
    "total": "jumlah sisanya, rupiah",
    "people": "nama yang belum dibayar dalam tagihan itu, tanpa yang meninggal, keluar, atau ditolak BPJS",
    "until": "hari terakhir sebelum hak hilang",
    "loses": "apa yang hilang",
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


def kind_of_level(level: int) -> str:
    """Return the kind of letter for a level of the ladder; the last one for every higher level."""
    return KINDS[min(level, len(KINDS)) - 1].code
