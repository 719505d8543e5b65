"""The writes of arrears: bills climb, letters go out, a level is skipped with a reason, a payer is spoken to."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from payung.errors import InputError
from payung.office.arrears import queries, rules
from payung.office.arrears.letter_kinds import arrears_values, kind_of_level
from payung.office.arrears.models import Contact, Rung
from payung.office.arrears.states import How, RungState
from payung.office.bills.states import OPEN
from payung.office.history.actions import BY_ITSELF, Entry, record
from payung.office.history.again import looks_again
from payung.office.letters import actions as letters
from payung.text import Text

VILLAGE_DOTS = 3  # in the code of a village


@looks_again
@transaction.atomic
def climb(*, by: str = BY_ITSELF, on: dt.date | None = None) -> int:
    """Let every bill that is unpaid after its due day climb to the level whose day has come; return how many did.

    One level a day at most, whatever was missed. What waits for a letter of a bill that is paid or void by now is
    settled; where such a bill is open again, it waits again.
    """
    day = _day(on)
    waits = Rung.objects.filter(state=RungState.WAITING).exclude(bill__state__in=OPEN)
    waits.update(state=RungState.SETTLED)
    Rung.objects.filter(state=RungState.SETTLED, bill__state__in=OPEN).update(state=RungState.WAITING)
    owing = queries.owing(queries.late(day))
    last: dict[int, tuple[int, dt.date]] = {}
    rungs = Rung.objects.filter(bill__in=[one.bill.pk for one in owing]).order_by("level")
    for key, level, reached in rungs.values_list("bill", "level", "on"):
        last[key] = (level, reached)
    made = []
    for one in owing:
        bill = one.bill
        found = rules.next_level(bill.due_on, last.get(bill.pk))
        if found is not None and found[1] <= day:
            made.append(
                Rung(
                    bill=bill,
                    level=found[0].number,
                    on=day,
                    region_code=bill.region_code,
                    people=one.people,
                    amount=one.open,
                )
            )
    if made:
        Rung.objects.bulk_create(made, batch_size=500)
        record(by=by, entries=[_of_rung("arrears.climb", rung) for rung in made])
    return len(made)


@transaction.atomic
def issue(
    *, by: str, region_code: str, number: str = "", on: dt.date | None = None, note: str = ""
) -> Contact:
    """Send a letter to the payer ``region_code``: it gathers every open bill past its due day as it is now and answers
    all of the payer's rungs that wait. Returns the contact with its frozen table.

    To a village the letter is issued here (``letters.actions.issue``: numbered, set as PDF/A by a job, and a template
    that fails stops nothing) unless ``number`` says that it was written elsewhere; to other payers that is asked.
    Raises :class:`InputError` where nothing of this payer waits for a letter, or a number is needed.
    """
    day = _day(on)
    rungs = list(
        Rung.objects.select_for_update(of=("self",))
        .filter(region_code=region_code, state=RungState.WAITING, bill__state__in=OPEN, on__lte=day)
        .order_by("bill", "level")
    )
    found = queries.gathered(region_code, day)
    if not rungs or not found.amount:
        raise InputError(
            Text(
                "Tidak ada tingkat tunggakan pembayar ini yang menunggu surat.",
                "No level of arrears of this payer waits for a letter.",
            )
        )
    level = max(rung.level for rung in rungs)
    order = None
    if not number.strip():
        if region_code.count(".") != VILLAGE_DOTS:
            raise InputError(
                Text(
                    "Surat kepada pembayar yang bukan desa ditulis di luar: isi nomornya.",
                    "A letter to a payer that is no village is written elsewhere: give its number.",
                ),
                at="number",
            )
        values = arrears_values(region_code, day)
        order = letters.issue(
            by=by,
            kind=kind_of_level(level),
            subject=f"arrears:{region_code}",
            values=values,
            on=day,
            region_code=region_code,
            about=f"Tunggakan {values['village']}",
        )
    letter = Contact.objects.create(
        order=order,
        region_code=region_code,
        how=How.LETTER,
        on=day,
        level=level,
        number=number.strip()[:120],
        note=note.strip()[:300],
        rows=[one.plain() for one in found.bills],
        people=found.people,
        amount=found.amount,
        until=found.until,
        lose=sum(one.until == found.until for one in found.losing),
        by=by,
    )
    Rung.objects.filter(pk__in=[rung.pk for rung in rungs]).update(
        state=RungState.ISSUED, contact=letter, decided_by=by, decided_at=timezone.now()
    )
    after = {
        "level": letter.level,
        "amount": letter.amount,
        "people": letter.people,
        "bills": len(found.bills),
    }
    record(by=by, entries=[_of_payer("arrears.issue", letter, after)])
    return letter


@transaction.atomic
def skip(*, by: str, rung: Rung, reason: str) -> Rung:
    """Leave one level of a bill without a letter, with a reason that stays readable. The bill goes on climbing.

    Raises :class:`InputError` without a reason, or where the level is answered already.
    """
    if not reason.strip():
        raise InputError(Text("Tulis alasannya.", "Write the reason."), at="reason")
    held = Rung.objects.select_for_update(of=("self",)).select_related("bill").get(pk=rung.pk)
    if held.state != RungState.WAITING:
        raise InputError(
            Text(
                f"Tingkat ini {held.state.text.id.lower()}: muat ulang halamannya.",
                f"This level is answered ({held.state.text.en.lower()}): load the page again.",
            )
        )
    held.state, held.reason = RungState.SKIPPED, reason.strip()[:300]
    held.decided_by, held.decided_at = by, timezone.now()
    held.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    record(by=by, entries=[_of_rung("arrears.skip", held, held.reason)])
    return held


@transaction.atomic
def speak(*, by: str, region_code: str, how: How, on: dt.date, note: str) -> Contact:
    """Note that a payer was spoken to (telephone, visit, meeting), and what was said."""
    if how == How.LETTER or not note.strip() or on > timezone.localdate():
        raise InputError(
            Text(
                "Pilih telepon, kunjungan, atau rapat pada hari yang sudah tiba, dan tulis hasilnya.",
                "Choose telephone, visit or meeting on a day that has come, and write what was said.",
            ),
            at="note",
        )
    made = Contact.objects.create(region_code=region_code, how=how, on=on, note=note.strip()[:300], by=by)
    record(by=by, entries=[_of_payer("arrears.speak", made, {"how": str(how), "note": made.note})])
    return made


def _day(on: dt.date | None) -> dt.date:
    today = timezone.localdate()
    if on is not None and on > today:
        raise InputError(Text(f"Hari {on} belum tiba.", f"The day {on} has not come yet."), at="on")
    return on or today


def _of_rung(action: str, rung: Rung, reason: str = "") -> Entry:
    after: dict[str, Any] = {"level": rung.level, "amount": rung.amount, "people": rung.people}
    return Entry(action, rung.bill.subject, region_code=rung.region_code, reason=reason, after=after)


def _of_payer(action: str, made: Contact, after: dict[str, Any]) -> Entry:
    return Entry(
        action, f"payer:{made.region_code}", letter=made.number, region_code=made.region_code, after=after
    )
