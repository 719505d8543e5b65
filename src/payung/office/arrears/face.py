"""What arrears say of themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.arrears import actions, ddl, letter_kinds, queries, rules
from payung.office.arrears.models import Contact, Rung
from payung.office.arrears.states import How, RungState
from payung.office.face import Entry, Face, Finding, Rows, Task
from payung.office.guards import standing
from payung.text import Text

if TYPE_CHECKING:
    from payung.office.accounts.models import User

LATE = dt.timedelta(days=7)


def _waits(user: User) -> Iterable[Task]:
    if not user.may(Permission.BILL_VIEW):
        return
    today = timezone.localdate()
    if user.may(Permission.BILL_APPROVE):
        rows = Rows(queries.waiting(user.scope(Permission.BILL_APPROVE)), Q(on__lt=today - LATE))
        label = Text("Tingkat tunggakan menunggu surat", "Levels of arrears wait for a letter")
        yield Task(label, rows, 0, f"{reverse('arrears_list')}?keadaan={RungState.WAITING}&terbuka=ya")
    levels = rules.offices(today)
    for role in user.roles_now:
        if (level := levels.get(role.code)) is None:
            continue
        rows = Rows(queries.reached(user.scope(Permission.BILL_VIEW), level))
        label = Text("Tunggakan yang naik sampai kepada Anda", "Arrears that have come up to you")
        yield Task(label, rows, 0, f"{reverse('arrears_list')}?tingkat={level}&terbuka=ya")


_guards = standing("arrears.guard", ddl.guards)


def _letters() -> Iterable[Finding]:
    """Every letter is the sum of its table, and answers levels that it gathers."""
    answered = Rung.objects.filter(contact__isnull=False).order_by()
    levels = dict(answered.values_list("contact").annotate(level=Max("level")))
    for letter in Contact.objects.filter(how=How.LETTER).order_by("pk").iterator():
        rows = [(row["open"], row["people"]) for row in letter.rows]
        sums = (sum(open_ for open_, _ in rows), sum(people for _, people in rows), levels.get(letter.pk))
        if sums != (letter.amount, letter.people, letter.level):
            yield Finding(
                "arrears.letter",
                f"contact:{letter.pk}",
                Text(
                    f"Surat tunggakan {letter.number or letter.pk} bukan jumlah tabelnya: pulihkan dari cadangan.",
                    f"The letter {letter.number or letter.pk} is not the sum of its table: restore it from a backup.",
                ),
            )


def _sample(world: dict[str, Any]) -> dict[str, Any]:
    """Make one for the tests of pages: a bill of the village that is past its due day, on the first level."""
    from payung.office.bills.models import Bill
    from payung.office.programme.models import Line

    code = world["village"]
    within = {"from_month": "2026-01", "until_month": "2026-12"}
    line = Line.objects.create(
        source="apbdes", year=2026, name=f"Tunggakan {code}", region_code=code, by=world["by"], **within
    )
    bill = Bill.objects.create(
        line=line,
        segment="bpu",
        from_month="2026-09",
        until_month="2026-09",
        region_code=code,
        due_on=dt.date(2026, 9, 15),
        drawn_by=world["by"],
    )
    rung = Rung.objects.create(
        bill=bill, level=1, on=dt.date(2026, 9, 16), region_code=code, people=1, amount=16_800
    )
    return {"rung_": rung.pk}


_SEES = (Permission.BILL_VIEW,)
FACE = Face(
    menu=(
        Entry(510, "payment_board", Text("Pembayaran", "Payments"), "board", _SEES),
        Entry(540, "arrears_list", Text("Tunggakan", "Arrears"), "clock", _SEES),
    ),
    deeds={
        "arrears.climb": Text("Tunggakan naik satu tingkat", "Arrears reached a level"),
        "arrears.issue": Text("Surat tunggakan dikirim", "Letter about arrears sent"),
        "arrears.skip": Text("Tingkat tunggakan dilewati", "Level of arrears skipped"),
        "arrears.speak": Text("Pembayar dihubungi", "Payer spoken to"),
    },
    names={
        "level": (Text("tingkat", "level"), "number"),
        "bills": (Text("tagihan", "bills"), "number"),
        "how": (Text("cara", "how"), How),
    },
    waits=_waits,
    letters=letter_kinds.KINDS,
    jobs={"arrears.climb": lambda _: (actions.climb(), None)[1]},
    daily=("arrears.climb",),
    checks=(_guards, _letters),
    sample=_sample,
)
