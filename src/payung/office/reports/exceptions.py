"""What should not be: each class declared as a figure, so that number, list, workbook and API count the same rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from payung.codes import Source
from payung.law import months
from payung.office.access.permissions import Permission
from payung.office.bills.models import Bill
from payung.office.desk.lists import Column, field_column
from payung.office.insight.figures import Cut, Figure, Unit
from payung.office.insight.figures import columns as shared
from payung.office.programme.models import DecreePerson
from payung.office.reports import findings
from payung.text import Text

SEES, COUNTS = (Permission.PERSON_VIEW,), (Permission.PERSON_COUNT,)
BILLS = (Permission.BILL_VIEW,), (Permission.DECREE_DECIDE,)


@dataclass(frozen=True, slots=True)
class Defect:
    """A class of findings. ``figure``: its rows. ``asks``: the question that an auditor puts. ``papers``: what proves a
    row: subjects (``bill:7``) of things that have letters."""

    figure: Figure
    asks: Text
    papers: Callable[[Any], tuple[str, ...]]


def _of_bill(row: Any) -> tuple[str, ...]:
    return (f"bill:{row.pk if isinstance(row, Bill) else row.bill}",)


def _of_decree(row: DecreePerson) -> tuple[str, ...]:
    return (f"decree:{row.decree_id}",)


_PERSON = field_column(
    "nama", Text("Nama", "Name"), "name",
    link=lambda row: reverse("person_show", args=[getattr(row, "person_id", None) or row.person]),
)  # fmt: skip
_LINE = (
    _PERSON,
    shared.place("village_code"),
    Column(
        "tagihan", Text("Tagihan", "Bill"), lambda row: f"B{row.bill:06d}", ("bill",),
        link=lambda row: reverse("bill_show", args=[row.bill]),
    ),
    Column("bulan", Text("Bulan", "Month"), lambda row: months.from_index(row.month), ("month",)),
    field_column("rupiah", Text("Rupiah", "Rupiah"), "amount", kind="money"),
)  # fmt: skip
_DECREE = (
    _PERSON,
    shared.NIK,
    shared.place("village_code"),
    Column("lahir", Text("Tanggal lahir", "Birth date"), lambda row: row.person.birth_date, phone=False),
    Column("kategori", Text("Kategori", "Category"), lambda row: row.category.text, phone=False),
    field_column(
        "sk", Text("SK", "Decree"), "decree__number", link=lambda row: reverse("decree_show", args=[row.decree_id])
    ),
    field_column("mulai", Text("Bulan pertama", "First month"), "from_month"),
    Column("dana", Text("Baris dana", "Line"), lambda row: row.line.name, phone=False),
)  # fmt: skip
_PAYER = Column(
    "lain", Text("Pembayar lain", "Other payer"),
    lambda row: Source.member(row.payer).text if row.payer else "", ("payer",),
)  # fmt: skip
_BILL = (
    Column(
        "nomor", Text("Tagihan", "Bill"), lambda row: row.code, ("pk",),
        link=lambda row: reverse("bill_show", args=[row.pk]),
    ),
    field_column("dana", Text("Baris dana", "Line"), "line__name"),
    shared.place("region_code"),
    field_column("bulan", Text("Bulan", "Month"), "from_month"),
    Column("daftar", Text("Orang di daftar", "On the list"), lambda row: row.heads, kind="number", phone=False),
    Column("kode", Text("Orang di kode iuran", "In the code"), lambda row: row.code_heads, kind="number", phone=False),
    field_column("hitung", Text("Menurut daftar", "By the list"), "amount", kind="money"),
    field_column("tagih", Text("Ditagih", "Billed"), "due", kind="money"),
    field_column("bayar", Text("Dibayar", "Paid"), "paid_amount", kind="money"),
)  # fmt: skip
_BILL_CUTS = {Cut.LINE: "line_id", Cut.MONTH: "from_month", Cut.SEGMENT: "segment"}
_LINE_CUTS = {Cut.LINE: "line_id", Cut.SEGMENT: "segment"}
_DECREE_CUTS = {Cut.CATEGORY: "category", Cut.LINE: "line_id", Cut.MONTH: "from_month"}

_ALL = (
    Defect(
        Figure(
            "meninggal_ditagih",
            Text("Ditagih sesudah meninggal", "Billed after death"),
            Text(
                "Orang-bulan dalam tagihan terkirim sejak bulan yang dihentikan oleh kematian yang sudah disahkan.",
                "Person-months of sent bills from the month on that an approved death stops.",
            ),
            Unit.PERSON_MONTHS, findings.dead_billed, "village_code", SEES, COUNTS,
            (*_LINE, field_column("wafat", Text("Meninggal", "Died"), "died_on", phone=False)),
            "nama", cuts=_LINE_CUTS, names=True, tone="bad",
        ),
        Text("Apakah iuran dibayar untuk orang yang sudah meninggal?", "Was anybody paid for who had died?"), _of_bill,
    ),
    Defect(
        Figure(
            "usia_saat_daftar",
            Text("Umur di luar batas saat didaftarkan", "Out of age when enrolled"),
            Text(
                "Orang dalam SK yang berlaku yang pertama kali didaftarkan pada bulan ketika, pada tanggal satunya, "
                "umurnya menurut hukum terlalu muda atau terlalu tua. Yang tanggal lahirnya kosong tidak dihitung.",
                "People of decrees in force, enrolled for the first time in a month on whose first day the law had "
                "them too young or too old. Who has no birth date is not counted.",
            ),
            Unit.PEOPLE, findings.wrong_age, "village_code", SEES, COUNTS, _DECREE, "nama",
            cuts=_DECREE_CUTS, names=True, tone="bad",
        ),
        Text("Apakah ada yang didaftarkan di luar batas umur?", "Was anybody enrolled out of age?"), _of_decree,
    ),
    Defect(
        Figure(
            "dua_pembayar",
            Text("Dua pembayar", "Two payers"),
            Text(
                "Orang dalam SK yang berlaku bulan ini, sedangkan BPJS mencatat pembayar lain untuk segmen yang sama.",
                "People of decrees in force this month while the insurer has another payer for the same segment.",
            ),
            Unit.PEOPLE, findings.two_payers, "village_code", SEES, COUNTS, (*_DECREE, _PAYER), "nama",
            cuts=_DECREE_CUTS, names=True, tone="bad",
        ),
        Text("Apakah satu orang dibayar dua kali?", "Is anybody paid for twice?"), _of_decree,
    ),
    Defect(
        Figure(
            "kartu_asn",
            Text("Satu KK dengan ASN", "Family card with a civil servant"),
            Text(
                "Pekerja rentan dalam SK yang berlaku bulan ini yang di KK-nya ada pegawai menurut daftar pegawai "
                "terbaru.",
                "Vulnerable workers of decrees in force this month on whose family card the newest staff lists have "
                "somebody.",
            ),
            Unit.PEOPLE, findings.civil_servant_card, "village_code", SEES, COUNTS, _DECREE, "nama",
            cuts=_DECREE_CUTS, names=True, tone="warn",
        ),
        Text("Apakah keluarga pegawai dibiayai sebagai pekerja rentan?", "Are families of staff paid for?"), _of_decree,
    ),
    Defect(
        Figure(
            "tanpa_sk",
            Text("Ditagih tanpa SK", "Billed without a decree"),
            Text(
                "Orang-bulan dalam tagihan terkirim yang tidak disebut oleh SK mana pun yang berlaku untuk bulan itu.",
                "Person-months of sent bills that no decree in force names for that month.",
            ),
            Unit.PERSON_MONTHS, findings.without_decree, "village_code", SEES, COUNTS, _LINE, "nama",
            cuts=_LINE_CUTS, names=True, tone="bad",
        ),
        Text("Apakah setiap rupiah ada dasarnya?", "Does every rupiah have its decree?"), _of_bill,
    ),
    Defect(
        Figure(
            "tagihan_beda_daftar",
            Text("Tagihan berbeda dari daftar", "Bill and list differ"),
            Text(
                "Tagihan terkirim yang rupiahnya di kertas BPJS, atau orangnya dalam kode iuran, bukan yang di daftar "
                "nama.",
                "Sent bills whose rupiah on the insurer's paper, or people of the code, are not those of the list.",
            ),
            Unit.BILLS, findings.bill_not_list, "region_code", *BILLS, _BILL, "nomor", cuts=_BILL_CUTS, tone="bad",
        ),
        Text("Apakah tagihan sama dengan daftar namanya?", "Is the bill what its list says?"), _of_bill,
    ),
    Defect(
        Figure(
            "bayar_beda_tagihan",
            Text("Dibayar berbeda dari tagihan", "Paid is not what was billed"),
            Text(
                "Tagihan yang sudah dibayar sebagian atau lebih: yang dipakai untuknya bukan yang ditagih.",
                "Bills of which something was paid that is not what they ask.",
            ),
            Unit.BILLS, findings.paid_not_billed, "region_code", *BILLS, _BILL, "nomor", cuts=_BILL_CUTS, tone="warn",
        ),
        Text("Apakah yang dibayar sama dengan yang ditagih?", "Was paid what was billed?"), _of_bill,
    ),
)  # fmt: skip

EXCEPTIONS: dict[str, Defect] = {one.figure.code: one for one in _ALL}
