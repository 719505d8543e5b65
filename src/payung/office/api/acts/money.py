"""Acts on bills and payments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.api.acts.declared import CONTENT, NAME, REASON, Act, Field, covers, one
from payung.office.api.problems import Problem
from payung.office.bills import actions, queries
from payung.office.bills.models import Bill
from payung.office.bills.states import Channel
from payung.office.programme.models import Line

EDIT, APPROVE, PAY = (Permission.BILL_EDIT,), (Permission.BILL_APPROVE,), (Permission.BILL_PAY,)
ROWS = ("booked", "known", "waiting", "failed")


def _draw(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    line = one(user.scope(Permission.BILL_EDIT).of(Line), values["line"])
    made = actions.draw_up(by=user.username, month=values["month"], until=values["until"] or "", line=line)
    return {"bills": [bill.pk for bill in made.bills], "left_out": sum(made.left_out.values())}


def _bill(user: User, key: int, permissions: tuple[Permission, ...]) -> Bill:
    found = one(queries.bills_of(user.scope(Permission.BILL_VIEW)), key)
    covers(user, permissions, found.region_code)
    return found


def _said(bill: Bill) -> dict[str, Any]:
    return {"bill": bill.pk, "code": bill.code, "state": str(bill.state), "payable": bill.payable}


def _send(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    bill = _bill(user, values["bill"], APPROVE)
    return _said(actions.send(by=user.username, bill=bill, leave_out=bool(values["leave_out"])))


def _insurer(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    bill = _bill(user, values["bill"], EDIT)
    noted = {name: values[name] for name in ("code_until", "heads", "printed")}
    return _said(
        actions.note_insurer(by=user.username, bill=bill, kode_iuran=values["kode_iuran"] or "", **noted)
    )


def _void(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    bill = _bill(user, values["bill"], (*EDIT, *APPROVE))
    approves = user.scope(Permission.BILL_APPROVE).covers(bill.region_code)
    return _said(actions.void(by=user.username, bill=bill, reason=values["reason"], draft_only=not approves))


def _pay(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    paid = actions.pay(
        by=user.username,
        name=values["name"],
        content=values["content"],
        channel=values["channel"] or str(Channel.TRANSFER),
    )
    return {"file": paid.file.pk, "same": paid.same, **{name: paid.rows.get(name, 0) for name in ROWS}}


def _settle(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    scope = user.scope(Permission.BILL_PAY)
    payment = one(queries.payments_of(user.scope(Permission.BILL_VIEW)), values["payment"])
    bill = one(queries.unpaid(scope), values["bill"])
    if payment.left <= 0:
        raise Problem("forbidden")
    done = actions.settle(by=user.username, payment=payment, bill=bill)
    return {"bill": bill.pk, "people": done.people, "used": done.used, "left": done.left}


_ONE = Field("bill", "integer", "key of the bill")
_STATE = {"bill": "integer", "code": "string", "state": "string", "payable": "integer"}
ACTS = (
    Act(
        "bill_draw", "/bills", "Draw up what a line owes for a month: drafts, for somebody to send.", EDIT,
        (
            Field("line", "integer", "key of the line of money"),
            Field("month", "month", "the first month"),
            Field("until", "month", "the last month", required=False),
        ),
        {"bills": "array", "left_out": "integer"}, _draw,
    ),
    Act(
        "bill_send", "/bills/send", "Send a draft: somebody has to pay it from now on.", APPROVE,
        (_ONE, Field("leave_out", "flag", "leave out whom another bill has already", required=False)),
        _STATE, _send,
    ),
    Act(
        "bill_insurer", "/bills/insurer", "Note what the insurer's paper says.", EDIT,
        (
            _ONE,
            Field("kode_iuran", "text", "code to pay with", required=False, most=20),
            Field("code_until", "day", "last day of the code", required=False),
            Field("heads", "integer", "people that the code was made for", required=False),
            Field("printed", "rupiah", "printed sum", required=False),
        ),
        _STATE, _insurer,
    ),
    Act("bill_void", "/bills/void", "Make a bill void.", (*EDIT, *APPROVE), (_ONE, REASON), _STATE, _void),
    Act(
        "payment_file", "/payments/files", "Send a statement or a list of payments; the same file counts once.", PAY,
        (NAME, CONTENT, Field("channel", "text", "how it came", required=False, one_of=tuple(map(str, Channel)))),
        {"file": "integer", "same": "boolean", **dict.fromkeys(ROWS, "integer")}, _pay,
    ),
    Act(
        "payment_settle", "/payments/settle", "Use what is left of a payment for an open bill.", PAY,
        (Field("payment", "integer", "key of the payment"), _ONE),
        {"bill": "integer", "people": "integer", "used": "integer", "left": "integer"}, _settle,
    ),
)  # fmt: skip
