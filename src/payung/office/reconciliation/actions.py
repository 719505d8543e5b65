"""Closing a month by both sides, opening it again, and the insurer's list."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from typing import Any

from django.db import transaction
from django.utils import timezone

from payung.codes import Segment
from payung.errors import InputError
from payung.law.months import month_of, parse_month
from payung.office.access.apart import keep_apart
from payung.office.face import follow
from payung.office.history import marks
from payung.office.history.actions import Entry, record
from payung.office.months.postings import next_number
from payung.office.months.states import SEGMENTS
from payung.office.people.actions.merges import meant as people_meant
from payung.office.reconciliation.models import Closing, Finding, InsurerList, InsurerRow
from payung.office.reconciliation.queries import Compared, compare, current, known_in
from payung.office.reconciliation.states import ClosingState, Owner, Side
from payung.office.regions.queries import meant
from payung.office.vault.sealed import blind
from payung.text import Text


def figures(compared: Compared) -> dict[str, Any]:
    """Return what both sides sign: totals, differences by class, corrections; the same for the same month.

    The district is not part of it: what was signed before an office could have several has the same digest.
    """
    return {
        "month": compared.month,
        "totals": {name: list(pair) for name, pair in compared.totals.items()},
        "differences": compared.counts(),
        "people": [
            [str(one.kind), one.person, one.segment, one.billed, one.paid, one.insurer]
            for one in compared.differences
        ],
        "corrections": [
            [one.of, one.person, one.segment, one.posting, one.amount] for one in compared.corrections
        ],
        "insurer_list": compared.insurer_list,
    }


def digest(signed: dict[str, Any]) -> str:
    """Return SHA-256 over what is signed."""
    text = json.dumps(signed, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def sign(*, by: str, month: str, side: Side, district: str = "") -> Closing:
    """Sign the figures of a month for one side; the second side closes it, where the figures still are the same.

    ``district`` is its code; empty: the only one of this office (:func:`meant`). Figures that moved since the first
    side signed take that signature away: it is asked for again. Raises :class:`InputError` where the month is closed
    or has not begun, ``SamePersonError`` for both sides by one person.
    """
    month, district = parse_month(month), meant(district)
    if month > month_of(timezone.localdate()):
        raise InputError(
            Text(
                f"Bulan {month} belum mulai: yang direkonsiliasi hanya bulan berjalan dan sebelumnya.",
                f"The month {month} has not begun: only this month and earlier ones are reconciled.",
            )
        )
    number = next_number()  # nobody posts while the figures are taken
    closing = current(month, district) or Closing(month=month, district=district)
    if closing.state == ClosingState.CLOSED:
        raise InputError(
            Text(
                f"Bulan {month} sudah ditutup: koreksi masuk bulan berikutnya, atau buka kembali dengan alasan.",
                f"The month {month} is closed: corrections go to the next month, or open it again with a reason.",
            )
        )
    compared = compare(month, district)
    signed = figures(compared)
    now = digest(signed)
    if closing.digest and closing.digest != now:
        closing.district_by = closing.branch_by = ""
        closing.district_at = closing.branch_at = None
    other = closing.branch_by if side == Side.DISTRICT else closing.district_by
    keep_apart(by, earlier={Text("menyetujui untuk pihak lain", "signed for the other side"): other})
    if side == Side.DISTRICT:
        closing.district_by, closing.district_at = by, timezone.now()
    else:
        closing.branch_by, closing.branch_at = by, timezone.now()
    closing.digest, closing.minutes = now, signed
    both = closing.district_by and closing.branch_by
    closing.state = ClosingState.HALF
    closing.save()
    if both:
        _freeze(closing, compared)
        closing.state, closing.event = ClosingState.CLOSED, number
        closing.save(update_fields=["state", "event"])
    after = {"month": month, "side": str(side), "digest": now, **compared.counts()}
    action = "closing.close" if both else "closing.sign"
    record(by=by, entries=[Entry(action, closing.subject, region_code=district, after=after)])
    if both:
        marks.note(closing.subject, number=number)
        follow("closing.close", by=by, closing=closing)
    return closing


def _freeze(closing: Closing, compared: Compared) -> None:
    today = timezone.localdate()
    rows = [
        Finding(
            closing=closing,
            number=number,
            kind=one.kind,
            person=one.person,
            segment=one.segment,
            village_code=one.village_code,
            billed=one.billed,
            paid=one.paid,
            insurer=one.insurer,
            owner=one.owner,
            due_on=one.due_on,
        )
        for number, one in enumerate(compared.differences, 1)
    ]
    rows += [
        Finding(
            closing=closing,
            number=number,
            of=one.of,
            person=one.person,
            segment=one.segment,
            village_code=closing.district,
            paid=one.amount,
            owner=Owner.BRANCH,
            due_on=today,
        )
        for number, one in enumerate(compared.corrections, len(rows) + 1)
    ]
    Finding.objects.bulk_create(rows, batch_size=500)


@transaction.atomic
def reopen(*, by: str, month: str, reason: str, district: str = "") -> Closing:
    """Open a closed month of a district again as a new round; the closed one stays as it is. Needs a reason."""
    closing = current(parse_month(month), district)
    if not reason.strip():
        raise InputError(Text("Tulis alasannya.", "Write the reason."), at="reason")
    if closing is None or closing.state != ClosingState.CLOSED:
        raise InputError(Text(f"Bulan {month} tidak ditutup.", f"The month {month} is not closed."))
    opened = Closing.objects.create(
        district=closing.district, month=closing.month, round=closing.round + 1, reason=reason[:300]
    )
    event = Entry(
        "closing.reopen",
        opened.subject,
        reason=reason,
        region_code=opened.district,
        after={"month": month, "round": opened.round},
    )
    record(by=by, entries=[event])
    return opened


@transaction.atomic
def load_insurer(*, by: str, month: str, name: str, content: bytes, district: str = "") -> InsurerList:
    """Take the insurer's list of a month: ``nik;segment;amount``, one person a row. The same file is the same list.

    Whom only another district of this office has is unknown here. Raises :class:`InputError` where the headings are
    missing or an amount is no whole number.
    """
    month, district = parse_month(month), meant(district)
    sha256 = hashlib.sha256(content).hexdigest()
    if (
        known := InsurerList.objects.filter(district=district, month=month, sha256=sha256).first()
    ) is not None:
        return known
    rows, unknown = _read(name, content, district)
    made = InsurerList.objects.create(
        district=district,
        month=month,
        sha256=sha256,
        name=name[:200],
        rows=len(rows) + unknown,
        unknown=unknown,
        by=by,
    )
    InsurerRow.objects.bulk_create(
        [
            InsurerRow(list=made, person=person, segment=segment, amount=sum_)
            for (person, segment), sum_ in rows.items()
        ],
        batch_size=500,
    )
    after = {"month": month, "rows": made.rows, "unknown": unknown}
    subject = f"insurerlist:{made.pk}"
    record(by=by, entries=[Entry("reconcile.insurer", subject, region_code=district, after=after)])
    return made


def _read(name: str, content: bytes, district: str) -> tuple[dict[tuple[int, int], int], int]:
    text = content.decode("utf-8-sig", "replace")
    rows = [
        row for row in csv.reader(io.StringIO(text, newline=""), delimiter=";") if any(map(str.strip, row))
    ]
    heads = [cell.strip().lower() for cell in rows[0]] if rows else []
    if not {"nik", "segment", "amount"} <= set(heads):
        raise InputError(
            Text(
                f"{name}: judul kolomnya nik;segment;amount.", f"{name}: the headings are nik;segment;amount."
            )
        )
    at = {one: heads.index(one) for one in ("nik", "segment", "amount")}
    cells = [[row[at[one]].strip() if at[one] < len(row) else "" for one in at] for row in rows[1:]]
    people = known_in(district, people_meant({blind(nik, "nik") for nik, _, _ in cells}))
    found: dict[tuple[int, int], int] = {}
    unknown = 0
    for number, (nik, segment, amount) in enumerate(cells, 2):
        if not re.fullmatch(r"[0-9]{1,15}", amount):
            raise InputError(
                Text(
                    f"{name} baris {number}: {amount!r} bukan rupiah.",
                    f"{name} row {number}: {amount!r} is no rupiah.",
                )
            )
        known = Segment.known(segment.lower() or "bpu")
        if known is None:
            raise InputError(
                Text(
                    f"{name} baris {number}: segmen {segment!r}; tulis bpu atau pu.",
                    f"{name} row {number}: the segment {segment!r}; write bpu or pu.",
                )
            )
        person = people.get(blind(nik, "nik"))
        if person is None:
            unknown += 1
            continue
        key = (person.pk, SEGMENTS[known.value])
        found[key] = found.get(key, 0) + int(amount)
    return found, unknown
