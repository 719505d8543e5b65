"""Bank statements: MT940 (library mt-940) and CAMT.053 (ISO 20022 XML). Only what came in counts."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from decimal import Decimal
from typing import Any

import mt940 as swift
from lxml import etree

from payung.errors import InputError
from payung.office.bills.statements.rows import NO_AMOUNT, NO_DAY, Arrived, Fault
from payung.office.bills.states import Channel
from payung.text import Text

Rows = tuple[Arrived | Fault, ...]
NOTHING = frozenset({"", "NONREF", "NOTPROVIDED"})


def mt940(name: str, text: str) -> Rows:
    """Return what came in by an MT940 statement. Raises :class:`InputError` where it is none."""
    try:
        parsed = swift.parse(text)
    except Exception as error:  # the library raises what it likes
        raise _unreadable(name, error) from None
    found: list[Arrived | Fault] = []
    for transaction in parsed:
        data: dict[str, Any] = transaction.data
        if str(data.get("status", "")) not in {"C", "RD"} or "amount" not in data:
            continue
        details = " ".join(str(data.get("transaction_details") or "").split())
        references = [str(data.get("customer_reference") or ""), str(data.get("bank_reference") or "")]
        found.append(_row(references, data.get("date"), Decimal(data["amount"].amount), details, ""))
    return tuple(found)


def camt(name: str, content: bytes) -> Rows:
    """Return what came in by a CAMT.053 statement of any version. Raises :class:`InputError` where it is none."""
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise _unreadable(name, error) from None
    entries = _all(root, "Ntry")
    if not entries and not _all(root, "Stmt"):
        raise _unreadable(name, "no BkToCstmrStmt")
    found: list[Arrived | Fault] = []
    for entry in entries:
        if _text(entry, "CdtDbtInd") != "CRDT" or _text(entry, "RvslInd") == "true":
            continue
        details = _all(entry, "TxDtls") or [entry]
        booked = _text(entry, "BookgDt") or _text(entry, "ValDt")
        for one in details:
            sum_ = (_text(one, "Amt") if len(details) > 1 else "") or _text(entry, "Amt")
            references = [_text(one, "EndToEndId"), _text(one, "AcctSvcrRef"), _text(entry, "AcctSvcrRef")]
            payer = _text(_first(one, "Dbtr"), "Nm")
            found.append(_row(references, _day(booked), _decimal(sum_), _text(one, "Ustrd"), payer))
    return tuple(found)


def _row(references: list[str], day: Any, sum_: Decimal | None, text: str, payer: str) -> Arrived | Fault:
    shown = " | ".join([*references, str(day), str(sum_), payer, text])
    if not isinstance(day, dt.date):
        return Fault(shown, NO_DAY)
    if sum_ is None or sum_ != sum_.to_integral_value() or sum_ <= 0:
        return Fault(shown, NO_AMOUNT)
    plain_day = dt.date(day.year, day.month, day.day)
    known = next((one for one in references if one.upper() not in NOTHING), "")
    if not known:  # the bank gave none: the row itself is what tells it from others
        known = "row-" + hashlib.sha256(f"{plain_day}|{sum_}|{payer}|{text}".encode()).hexdigest()[:24]
    return Arrived(Channel.TRANSFER, known[:80], plain_day, int(sum_), payer, text, (), shown)


def _all(node: Any, name: str) -> list[Any]:
    return list(node.xpath(f".//*[local-name() = '{name}']"))


def _first(node: Any, name: str) -> Any:
    found = _all(node, name)
    return found[0] if found else None


def _text(node: Any, name: str) -> str:
    if node is None:
        return ""
    found = _first(node, name)
    return "" if found is None else " ".join("".join(found.itertext()).split())


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if re.fullmatch(r"[0-9]+(\.[0-9]+)?", text) else None


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text[:10]) if re.match(r"\d{4}-\d{2}-\d{2}", text) else None


def _unreadable(name: str, why: object) -> InputError:
    return InputError(
        Text(
            f"{name} bukan mutasi rekening yang dapat dibaca ({why}): unduh lagi dari bank.",
            f"{name} is no statement that can be read ({why}): download it from the bank again.",
        )
    )
