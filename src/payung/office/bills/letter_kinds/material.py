"""What letters about bills are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import connection

from payung.codes import Category
from payung.office.access.scope import Scope
from payung.office.bills.models import Bill
from payung.office.bills.states import BillState
from payung.office.letters.kinds import Material, number_of
from payung.office.months.models import Place
from payung.office.people.models import DEAD, Person
from payung.office.programme.models import Decree
from payung.office.programme.states import IN_FORCE
from payung.office.regions.queries import names
from payung.people.nik import mask

LIST = ("No.", "NIK", "Nama", "Desa/Kelurahan", "Kategori", "Bulan", "JKK", "JKM", "Jumlah (Rp)")


def _bill(scope: Scope, key: str) -> Bill | None:
    """Return the bill ``key`` whose payer lies within ``scope``."""
    return scope.of(Bill).select_related("line").filter(pk=number_of(key)).first()


def _parts(bill: Bill) -> list[tuple[int, int, int, int, int]]:
    """Return person, place, months, rupiah of JKK and of JKM of everybody in a bill, by place and person."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person, place, COUNT(*), SUM(jkk), SUM(jkm) FROM bills_line WHERE bill = %s"
            " GROUP BY person, place ORDER BY place, person",
            [bill.pk],
        )
        return [(int(a), int(b), int(c), int(d), int(e)) for a, b, c, d, e in cursor.fetchall()]


def _places(keys: Iterable[int]) -> dict[int, tuple[str, str, str]]:
    """Return place → village code, name of the village, words of the category."""
    found = {place.pk: place for place in Place.objects.filter(pk__in=set(keys))}
    known = names({place.village_code for place in found.values()})
    return {
        key: (
            place.village_code,
            known.get(place.village_code, place.village_code),
            Category.member(place.category).text.id if Category.known(place.category) else place.category,
        )
        for key, place in found.items()
    }


def _categories(bill: Bill) -> frozenset[str]:
    keys = bill.places.values_list("place", flat=True)
    return frozenset(Place.objects.filter(pk__in=list(keys)).values_list("category", flat=True))


def grouped(value: int) -> str:
    """Return rupiah as a letter writes them: with dots."""
    return f"{value:,}".replace(",", ".")


def listed(bill: Bill, *, whole: bool) -> dict[str, Any]:
    """Return the list of a bill's people, with whole or masked NIK."""
    parts = _parts(bill)
    places = _places(place for _, place, *_ in parts)
    people = Person.everybody.in_bulk([person for person, *_ in parts])
    rows = []
    for number, (key, place, many, jkk, jkm) in enumerate(parts, 1):
        person = people[key]
        nik = (person.nik or "") if whole else mask(person.nik or "")
        _, village, category = places[place]
        money = [grouped(jkk), grouped(jkm), grouped(jkk + jkm)]
        rows.append([f"{number}", nik, person.name, village, category, f"{many}", *money])
    return {"headings": list(LIST), "rows": rows}


def _facts(bill: Bill) -> dict[str, Any]:
    """Return what every paper of a bill says of it."""
    return {
        "bill": bill.code,
        "kode_iuran": bill.kode_iuran or "",
        "line": bill.line.name,
        "source": bill.line.source.text.id,
        "account": bill.line.account_code,
        "segment": bill.segment.text.id,
        "from_month": bill.from_month,
        "until_month": bill.until_month,
        "heads": bill.heads,
        "people": bill.people,
        "amount": bill.amount,
        "payable": bill.payable,
        "due_on": f"{bill.due_on}",
        "law": bill.law,
    }


def _material(bill: Bill, values: dict[str, Any], *, named: bool) -> Material:
    categories = _categories(bill) if named else frozenset()
    return Material({**_facts(bill), **values}, bill.region_code, f"Tagihan {bill.code}", categories)


def request_of(scope: Scope, key: str) -> Material | None:
    """Return the material of a request for a bill: its list with whole NIKs."""
    bill = _bill(scope, key)
    return None if bill is None else _material(bill, {"people_list": listed(bill, whole=True)}, named=True)


def recap(bill: Bill) -> dict[str, Any]:
    """Return a bill's contributions by village and category."""
    sums: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    parts = _parts(bill)
    places = _places(place for _, place, *_ in parts)
    for _, place, many, jkk, jkm in parts:
        found = sums[places[place]]
        for at, value in enumerate((1, many, jkk, jkm)):
            found[at] += value
    rows = [
        [village, category, *(grouped(value) for value in (heads, many, jkk, jkm, jkk + jkm))]
        for (_, village, category), (heads, many, jkk, jkm) in sorted(sums.items())
    ]
    headings = ["Desa/Kelurahan", "Kategori", "Orang", "Orang-bulan", "JKK (Rp)", "JKM (Rp)", "Jumlah (Rp)"]
    return {"headings": headings, "rows": rows}


def recap_of(scope: Scope, key: str) -> Material | None:
    """Return the material of a bill summed up."""
    bill = _bill(scope, key)
    if bill is None:
        return None
    line = bill.line
    balance = {
        stage: getattr(getattr(line, "balance", None), stage, None)
        for stage in ("free", "reserved", "committed")
    }
    left = sum(value for value in balance.values() if value is not None) if any(balance.values()) else None
    return _material(bill, {"recap": recap(bill), "left": left}, named=False)


def checked(bill: Bill) -> list[dict[str, Any]]:
    """Return the checks of a bill against decree, deaths and doubles: what was looked at, and what was found."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(DISTINCT l.person), COUNT(DISTINCT CASE WHEN p.life_status = %s THEN p.id END),"
            " COUNT(DISTINCT CASE WHEN p.merged_into_id IS NOT NULL THEN p.id END)"
            " FROM bills_line l JOIN people_person p ON p.id = l.person WHERE l.bill = %s",
            [str(DEAD), bill.pk],
        )
        heads, dead, merged = (int(one) for one in cursor.fetchone() or (0, 0, 0))
        cursor.execute(
            "SELECT COUNT(*) FROM bills_line l WHERE l.bill = %s AND NOT EXISTS (SELECT 1 FROM"
            " programme_decreeperson d JOIN programme_decree s ON s.id = d.decree_id WHERE d.person_id = l.person"
            " AND d.segment = %s AND s.state IN ('signed', 'replaced')"
            " AND d.from_month <= %s AND d.last_month >= %s)",
            [bill.pk, str(bill.segment), bill.until_month, bill.from_month],
        )
        loose = int((cursor.fetchone() or (0,))[0])
    difference = bill.payable - bill.amount

    def line(title: str, wrong: int, note: str) -> dict[str, Any]:
        return {"title": title, "good": wrong == 0, "note": note}

    return [
        line("Setiap orang ada dalam SK yang berlaku", loose, f"{loose} orang-bulan tanpa SK"),
        line("Tidak ada yang tercatat meninggal", dead, f"{dead} orang"),
        line("Tidak ada catatan ganda (NIK yang sama)", merged, f"{merged} orang"),
        line(
            "Jumlah orang sama dengan kode iuran",
            0 if bill.code_heads in (None, heads) else 1,
            f"{heads} orang; kode iuran {bill.code_heads if bill.code_heads is not None else 'belum dicatat'}",
        ),
        line(
            "Jumlah uang sama dengan kertas cabang",
            0 if abs(difference) <= bill.people else 1,
            f"selisih Rp{grouped(difference)}" if bill.printed is not None else "kertas cabang belum dicatat",
        ),
    ]


def _decrees(bill: Bill) -> str:
    found = Decree.objects.filter(line=bill.line, state__in=IN_FORCE).order_by("signed_on")
    return "; ".join(f"{one.number} tanggal {one.signed_on:%d-%m-%Y}" for one in found if one.signed_on)


def check_of(scope: Scope, key: str) -> Material | None:
    """Return the material of a bill's verification."""
    bill = _bill(scope, key)
    return (
        None
        if bill is None
        else _material(bill, {"checks": checked(bill), "decrees": _decrees(bill)}, named=False)
    )


def bundle_of(scope: Scope, key: str) -> Material | None:
    """Return the material of the papers of SPP-SPM; a void bill has none."""
    bill = _bill(scope, key)
    if bill is None or bill.state == BillState.VOID:
        return None
    facts = _facts(bill)
    values = {
        "decrees": _decrees(bill),
        "bill_responsibility": facts,
        "bill_receipt": facts,
        "bill_check": {**facts, "checks": checked(bill), "decrees": _decrees(bill), "officer": ""},
        "bill_list": {**facts, "people_list": listed(bill, whole=False)},
    }
    return _material(bill, values, named=True)


def proof_of(scope: Scope, key: str) -> Material | None:
    """Return the material of a proof of payment; an unpaid bill has none."""
    bill = _bill(scope, key)
    if bill is None or bill.paid_amount == 0:
        return None
    uses = bill.uses.filter(kind="bill").select_related("payment")
    rows = [
        [
            f"{use.payment.paid_on:%d-%m-%Y}",
            use.payment.channel.text.id,
            use.payment.reference,
            grouped(use.amount),
        ]
        for use in uses
    ]
    paid = {"headings": ["Tanggal", "Cara", "Nomor transaksi", "Jumlah (Rp)"], "rows": rows}
    return _material(bill, {"payments": paid, "paid": bill.paid_amount}, named=False)
