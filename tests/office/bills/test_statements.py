"""Files of banks: MT940, CAMT.053, settlement files, workbooks and tables become the same arrivals."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.errors import InputError
from payung.office.bills.statements import Arrived, Fault, read
from payung.office.bills.statements.rows import amount
from payung.office.bills.states import Channel

MT940 = """:20:STARTUMS
:25:1234567/IDR
:28C:1/1
:60F:C260301IDR1000,00
:61:2603100310C16800,00NTRF202603100001//BANKREF1
:86:DESA REKAAN BAYAR 123456789012
:61:2603110311D5000,00NTRFNONREF
:86:ADMIN
:61:2603120312C33600,00NTRFNONREF
:86:DESA LAIN
:62F:C260312IDR46400,00
-"""
CAMT = """<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>
<Ntry><Amt Ccy="IDR">16800.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2026-03-10</Dt></BookgDt><NtryDtls><TxDtls>
<Refs><AcctSvcrRef>A1</AcctSvcrRef><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties>
<Dbtr><Nm>DESA REKAAN</Nm></Dbtr></RltdPties>
<RmtInf><Ustrd>iuran 123456789012</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="IDR">5.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><BookgDt><Dt>2026-03-10</Dt></BookgDt></Ntry>
</Stmt></BkToCstmrStmt></Document>"""
SETTLEMENT = """reference;id;kode;program;waktu;total;nama;kode ca;jht;jkk;jkm;periode
REF1|6203990407940001|900000000001|JHT=0#JKK=10000#JKM=6800|20261015 09:01:11|16800|SITI|566|0|10000|6800|102026
REF2|6203990407940002|900000000002|rusak"""
REKON = """No REFF;Nomor ID;Kode Iuran;Kode Program;DateTime Trx;TotalAmount;Nama Customer;KodeCa;Status
REF1;6203990407940001;900000000001;02;15-10-2026 09:01:11;16800;SITI;CA01;sukses
REF2;6203990407940002;900000000002;02;15-10-2026 09:01:11;16800;BUDI;CA01;saldo tidak cukup"""


def only(name: str, content: bytes) -> list[Any]:
    return list(read(name, content).rows)


def test_mt940_gives_what_came_in() -> None:
    first, second = only("a.sta", MT940.encode())
    assert (first.channel, first.reference, first.paid_on) == (
        Channel.TRANSFER,
        "202603100001",
        dt.date(2026, 3, 10),
    )
    assert (first.amount, "123456789012" in first.text) == (16_800, True)
    assert second.reference.startswith(
        "row-"
    )  # the bank gave no reference: the row itself tells it from others
    assert second.reference == only("b.sta", MT940.encode())[1].reference


def test_camt_gives_what_came_in() -> None:
    (found,) = only("a.xml", CAMT.encode())
    assert (found.reference, found.amount, found.payer) == ("A1", 16_800, "DESA REKAAN")
    assert found.paid_on == dt.date(2026, 3, 10)


def test_camt_does_not_read_other_files() -> None:
    evil = CAMT.replace(
        '<?xml version="1.0"?>', '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    ).replace("DESA REKAAN", "&x;")
    assert "root:" not in str(only("a.xml", evil.encode()))


def test_settlement_file_with_rows_joined_by_bars() -> None:
    statement = read("s.txt", SETTLEMENT.encode())
    first, second = statement.rows
    assert statement.kind == "settlement"
    assert isinstance(first, Arrived)
    assert (first.channel, first.reference, first.bills, first.amount) == (
        *(Channel.KODE, "REF1", ("900000000001",), 16_800),
    )
    assert isinstance(second, Fault)


def test_row_that_failed_at_the_bank_is_no_money() -> None:
    first, second = only("r.txt", REKON.encode())
    assert (first.bills, first.paid_on) == (("900000000001",), dt.date(2026, 10, 15))
    assert second.failed


def test_workbook_is_read_like_a_table() -> None:
    import xlsxwriter

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet()
    for place, row in enumerate(
        [
            ["Mutasi rekening"],
            ["Tanggal", "Keterangan", "Kredit", "Referensi"],
            ["10/03/2026", "iuran", 16800, "A1"],
        ]
    ):
        sheet.write_row(place, 0, row)
    book.close()
    (found,) = only("m.xlsx", made.getvalue())
    assert (found.reference, found.amount, found.paid_on) == ("A1", 16_800, dt.date(2026, 3, 10))


@pytest.mark.parametrize(
    ("cell", "rupiah"),
    [
        *(
            ("1.680", 1680),
            ("16,800.00", 16_800),
            ("Rp 16.800,00", 16_800),
            ("16800", 16_800),
            ("16.800,-", 16_800),
        ),
        *(("1.680.000", 1_680_000), ("-5", -5), ("", None), ("1,5", None), ("16.80.0", None), ("1e5", None)),
    ],
)
def test_amounts_as_people_write_them(cell: str, rupiah: int | None) -> None:
    assert amount(cell) == rupiah


@given(st.integers(0, 10**12))
def test_every_amount_is_read_in_both_styles(rupiah: int) -> None:
    english = f"{rupiah:,}"
    indonesian = english.replace(",", ".")
    assert (
        amount(english)
        == amount(indonesian)
        == amount(f"{english}.00")
        == amount(f"Rp{indonesian},00")
        == rupiah
    )


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    with contextlib.suppress(InputError):
        read("x.csv", text.encode("utf-8", "ignore"))
