"""What is known about an event, and what of it contradicts itself or has nothing to do with the event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from payung.errors import InputError
from payung.law.months import index, month_of
from payung.text import Text

EVENTS = (
    "death",
    "work-death",
    "total-disability",
    "disability",
    "incapacity",
    "scholarship",
    "migrant",
    "project",
)
PROSTHESIS = "prosthesis"  # a cost that goes by a price and not by a cap; an orthosis counts as one


@dataclass(frozen=True, slots=True)
class Case:
    """What is known about an event. What is not known stays ``None``; nothing is filled in.

    Fields
        segment: ``bpu`` or ``pu``. income: declared income of a BPU, wage: reported wage of a PU, rupiah a month.
        member_since, paid_months: of the present membership. children: how many, or their levels of school.
        loss, count, assessed, function: a row of the disability table, how many units, and parts of a thousand.
        months: of incapacity, or of a migrant's placement. extension: months after it.
        contract, wages: of a project, rupiah. costs: rupiah by kind, such as ``transport-land``.
        centre_price: of a prosthesis at the government's rehabilitation centre, rupiah.
        unpaid: how many months in a row were in arrears on the day, or the unpaid months themselves; ``None`` where
        nothing is said of it. employer: ``private`` or ``state``, of a PU. source: who pays the arrears.
    """

    segment: str | None = None
    income: int | None = None
    wage: int | None = None
    member_since: dt.date | None = None
    paid_months: int | None = None
    children: int | Sequence[str] = 0
    loss: str | None = None
    left_handed: bool = False
    count: int | None = None
    assessed: int | None = None
    function: int | None = None
    months: int | None = None
    extension: int = 0
    contract: int | None = None
    wages: int | None = None
    costs: Mapping[str, int] = field(default_factory=dict)
    centre_price: int | None = None
    unpaid: int | tuple[str, ...] | None = None
    employer: str | None = None
    source: str | None = None


_OPTIONS = {  # field of a case -> how the command line calls it
    "segment": "--segment",
    "income": "--income",
    "wage": "--wage",
    "wages": "--wage",
    "member_since": "--member-since",
    "paid_months": "--paid-months",
    "children": "--children",
    "loss": "--loss",
    "left_handed": "--left-handed",
    "count": "--count",
    "assessed": "--percent",
    "function": "--loss-of-function",
    "months": "--months",
    "extension": "--extension",
    "contract": "--contract-value",
    "costs": "--cost",
    "centre_price": "--centre-price",
    "unpaid": "--unpaid",
    "employer": "--employer",
    "source": "--source",
}
_MEMBER = {"segment", "member_since", "paid_months", "unpaid", "employer", "source"}
_PAID = {*_MEMBER, "income", "wage"}
_COSTS = {"costs", "centre_price"}
_USED: dict[str, set[str]] = {
    "death": {*_PAID, "children"},
    "work-death": {*_PAID, *_COSTS, "children"},
    "total-disability": {*_PAID, *_COSTS, "children"},
    "disability": {*_PAID, *_COSTS, "loss", "left_handed", "count", "assessed", "function"},
    "incapacity": {*_PAID, *_COSTS, "months"},
    "scholarship": {*_MEMBER, "children"},
    "migrant": {"months", "extension"},
    "project": {"contract", "wages"},
}


def missing(option: str, id: str, en: str) -> InputError:
    """Return the refusal for a fact that was not given, and the option that gives it."""
    return InputError(Text(f"Belum disebutkan: {id} ({option}).", f"Not given: {en} ({option})."))


def check_used(event: str, case: Case) -> None:
    """Raise :class:`InputError` that names every fact that ``event`` does not go by."""
    empty = Case()
    given = [name for name in _OPTIONS if getattr(case, name) != getattr(empty, name)]
    unused = [_OPTIONS[name] for name in given if name not in _USED[event]]
    if case.centre_price is not None and PROSTHESIS not in case.costs and "costs" in _USED[event]:
        unused.append(f"--centre-price ({PROSTHESIS})")
    if case.unpaid is None:
        unused += [_OPTIONS[name] for name in ("employer", "source") if name in given]
    if unused:
        used = ", ".join(dict.fromkeys(_OPTIONS[name] for name in _OPTIONS if name in _USED[event]))
        listed = ", ".join(unused)
        raise InputError(
            Text(
                f"Tidak dipakai untuk {event}: {listed}. Hapus pilihan itu. Yang dipakai: {used}.",
                f"Not used for {event}: {listed}. Leave it out. What is used: {used}.",
            )
        )


def check_membership(case: Case, date: dt.date | None) -> None:
    """Raise :class:`InputError` where the membership begins after ``date`` or has more paid months than months."""
    if case.member_since is None or date is None:
        return
    if case.member_since > date:
        raise InputError(
            Text(
                f"--member-since {case.member_since} setelah tanggal kejadian {date}. Periksa keduanya.",
                f"--member-since {case.member_since} is after the event of {date}. Check both.",
            )
        )
    there_are = index(month_of(date)) - index(month_of(case.member_since)) + 1
    if case.paid_months is not None and case.paid_months > there_are:
        raise InputError(
            Text(
                f"--paid-months {case.paid_months} lebih banyak daripada bulan kepesertaan: dari {case.member_since} "
                f"sampai {date} ada {there_are} bulan. Periksa keduanya.",
                f"--paid-months {case.paid_months} is more than the months of membership: from {case.member_since} "
                f"to {date} there are {there_are}. Check both.",
            )
        )
