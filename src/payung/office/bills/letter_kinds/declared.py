"""The kinds of letters about bills."""

from __future__ import annotations

from typing import Any

from payung.office.access.permissions import Permission
from payung.office.bills.letter_kinds.material import (
    bundle_of,
    check_of,
    proof_of,
    recap_of,
    request_of,
)
from payung.office.letters.kinds import Ask, Kind
from payung.office.letters.states import Office
from payung.text import Text

PAGE = "bill_show"
FACTS = {
    "bill": "Bill.code",
    "kode_iuran": "Bill.kode_iuran (kertas cabang)",
    "line": "Line.name",
    "source": "Line.source",
    "account": "Line.account_code",
    "segment": "Bill.segment",
    "from_month": "Bill.from_month",
    "until_month": "Bill.until_month",
    "heads": "Bill.heads",
    "people": "Bill.people (orang-bulan)",
    "amount": "Bill.amount (menurut aturan)",
    "payable": "Bill.payable (yang dibayar)",
    "due_on": "Bill.due_on",
    "law": "Bill.law (versi parameter)",
}
_VIEW, _EDIT, _APPROVE = Permission.BILL_VIEW, Permission.BILL_EDIT, Permission.BILL_APPROVE


def _of_bill(
    code: str,
    number: int,
    title: Text,
    fields: dict[str, str],
    collect: Any,
    needs: Permission,
    **values: Any,
) -> Kind:
    office = values.pop("office", Office.DINSOS)
    return Kind(
        code, number, title, office, "bill", PAGE, {**FACTS, **fields}, needs, _VIEW, collect, **values
    )


KINDS = (
    _of_bill(
        "bill_recap",
        19,
        Text("Rekap iuran", "Contributions summed up"),
        {"recap": "baris tagihan per desa dan kategori", "left": "buku dana: yang belum ditagih"},
        recap_of,
        _APPROVE,
        sheet="recap",
    ),
    _of_bill(
        "bill_request",
        20,
        Text("Permintaan tagihan dan daftar nominatif", "Request for a bill, with names"),
        {"people_list": "baris tagihan, NIK utuh untuk BPJS"},
        request_of,
        _APPROVE,
        sheet="people_list",
        whole=True,
    ),
    _of_bill(
        "bill_check",
        21,
        Text("Lembar verifikasi tagihan", "Verification of a bill"),
        {
            "checks": "tagihan terhadap SK, kematian, ganda",
            "decrees": "SK yang berlaku",
            "officer": "diisi tangan",
        },
        check_of,
        _APPROVE,
        asks=(Ask("officer", Text("Nama PPTK", "Name of the PPTK")),),
    ),
    _of_bill(
        "bill_bundle",
        22,
        Text("Paket SPP-SPM", "Papers of SPP-SPM"),
        {
            "decrees": "SK yang berlaku",
            "bill_responsibility": "SPTJM",
            "bill_receipt": "tanda bukti pengeluaran",
            "bill_check": "verifikasi",
            "bill_list": "daftar orang, NIK tersamar",
            "dpa": "diisi tangan",
            "spd": "diisi tangan",
        },
        bundle_of,
        _APPROVE,
        asks=(
            Ask("dpa", Text("Nomor dan tanggal DPA", "Number and day of the DPA")),
            Ask("spd", Text("Nomor dan tanggal SPD", "Number and day of the SPD")),
        ),
        parts=("bill_responsibility", "bill_receipt", "bill_check", "bill_list"),
    ),
    _of_bill(
        "bill_proof",
        23,
        Text("Bukti bayar", "Proof of payment"),
        {
            "payments": "uang yang dipakai untuk tagihan ini",
            "paid": "Bill.paid_amount",
            "activity": "diisi tangan",
        },
        proof_of,
        Permission.BILL_PAY,
        office=Office.DESA,
        asks=(Ask("activity", Text("Kode kegiatan", "Code of the activity")),),
    ),
)
