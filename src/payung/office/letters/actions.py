"""The only writes of letters: asking for one, making it, asking again, and letterheads."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.utils import timezone

from payung.errors import InputError, PayungError
from payung.office.history.actions import Entry, changed, record
from payung.office.jobs import queue
from payung.office.letters import papers, queries
from payung.office.letters.kinds import Kind, kind_of
from payung.office.letters.models import ONE, Letter, Letterhead, Order, joined
from payung.office.letters.rules import CODE, grouped, number
from payung.office.letters.states import Office, OrderState
from payung.office.regions.actions import hold
from payung.office.vault.sealed import blind
from payung.text import Text

MAKE = "letters.make"  # kind of work
TRIES = 3  # times that another may take the number while a letter is set
BROKEN = Text(
    "Surat ini gagal dibuat karena kesalahan program; pokoknya tidak berubah. Beri tahu pengelola, lalu coba lagi.",
    "The program failed to make this letter; what it is about did not change. Tell the administrator, then try again.",
)
HEAD = (
    "over",
    "name",
    "address",
    "contact",
    "city",
    "signer_title",
    "signer_name",
    "signer_rank",
    "signer_nip",
)


@transaction.atomic
def issue(
    *,
    by: str,
    kind: str,
    subject: str,
    values: Mapping[str, Any],
    on: dt.date,
    region_code: str = "",
    about: str = "",
    categories: frozenset[str] = frozenset(),
    of_one: bool = False,
    office: str = "",
    replaces: Letter | None = None,
    reason: str = "",
) -> Order:
    """Ask for a letter of ``kind`` about ``subject`` (``noun:key``), dated ``on``, that says ``values``.

    It is made afterwards by a job: nothing here fails for a template. ``region_code`` is where it belongs (default:
    the district); the place and office that issue it follow from the kind, unless ``office`` says another.
    ``categories``: of the people that it names (``of_one``: of the one person that it is about).
    Raises :class:`InputError` for values that the kind does not declare, and for replacing a letter twice.
    """
    declared = kind_of(kind)
    if replaces is not None and not reason.strip():
        raise InputError(Text("Tulis mengapa terbit ulang.", "Write why it is issued again."), at="reason")
    if replaces is not None and (
        replaces.replaced or replaces.orders.exclude(state=OrderState.FAILED).exists()
    ):
        raise InputError(
            Text(
                "Surat ini sudah diganti: terbitkan ulang yang terbaru.", "This letter was replaced already."
            )
        )
    content = json.dumps(declared.checked(values), cls=DjangoJSONEncoder, ensure_ascii=False)
    place, whose = queries.issuer(declared, region_code, office)
    order = Order.objects.create(
        kind=kind,
        subject=subject,
        about=about[:150],
        region_code=region_code or place,
        office=whose,
        on=on,
        categories=joined(categories, of_one=of_one),
        values=content,
        replaces=replaces,
        reason=reason.strip()[:300],
        by=by,
    )
    queue.ask(by=by, kind=MAKE, subject=f"order:{order.pk}")
    record(
        by=by,
        entries=[
            Entry(
                "letter.ask",
                subject,
                region_code=order.region_code,
                reason=order.reason,
                after={"kind": kind, "about": order.about, "replaces": replaces.number if replaces else ""},
            )
        ],
    )
    return order


def reissue(*, by: str, letter: Letter, values: Mapping[str, Any], on: dt.date, reason: str) -> Order:
    """Ask for a letter again, with other values; the new one points back to it."""
    return issue(
        by=by,
        kind=letter.kind,
        subject=letter.subject,
        values=values,
        on=on,
        region_code=letter.region_code,
        about=letter.about,
        categories=frozenset(one for one in letter.categories.lstrip(ONE).split(",") if one),
        of_one=letter.categories.startswith(ONE),
        office=letter.office,
        replaces=letter,
        reason=reason,
    )


def again(*, by: str, order: Order) -> Order:
    """Try once more to make the letter of ``order``."""
    with transaction.atomic():
        Order.objects.filter(pk=order.pk, state=OrderState.FAILED).update(
            state=OrderState.WAITING, fault_id="", fault_en=""
        )
        queue.ask(by=by, kind=MAKE, subject=f"order:{order.pk}")
        record(
            by=by,
            entries=[
                Entry(
                    "letter.again", order.subject, region_code=order.region_code, after={"kind": order.kind}
                )
            ],
        )
    order.refresh_from_db()
    return order


def make(*, order: Order) -> Letter | None:
    """Make the letter of ``order``: set it, keep its file, number it, write it; or note why that failed.

    Running it again does nothing. The number is taken in the transaction that writes the letter, so a failure leaves
    no gap; whoever finds the number taken meanwhile sets the letter anew.
    """
    if order.state == OrderState.MADE:
        return order.letter
    try:
        return _made(order)
    except PayungError as fault:
        Order.objects.filter(pk=order.pk).exclude(state=OrderState.MADE).update(
            state=OrderState.FAILED, fault_id=fault.message.id[:300], fault_en=fault.message.en[:300]
        )
        order.refresh_from_db()
        return None


def give_up(*, order: Order) -> None:
    """Note that the program itself broke while it made a letter, so that the page of the thing says so."""
    Order.objects.filter(pk=order.pk).exclude(state=OrderState.MADE).update(
        state=OrderState.FAILED, fault_id=BROKEN.id, fault_en=BROKEN.en
    )


def _made(order: Order) -> Letter:
    kind = kind_of(order.kind)
    for _ in range(TRIES):
        try:
            return _written(order, kind)
        except IntegrityError:  # the number went to another letter
            found = Letter.objects.filter(order=order).first()
            if found is not None:
                return found
    with transaction.atomic():  # so many others: they wait while this one is set
        hold(queries.issuer(kind, order.region_code, order.office)[0])
        return _written(order, kind)


def _written(order: Order, kind: Kind) -> Letter:
    place, office = queries.issuer(kind, order.region_code, order.office)
    serial = queries.next_serial(place, office, order.on.year, kind.code)
    printed = number(serial, kind.number, office, place, order.on)
    code = (blind(f"{order.pk}:{printed}:{order.values}", "letters.code") or "")[:CODE]
    frame = {**queries.frame(place, office), "number": printed, "on": f"{order.on}"}
    back = order.replaces.number if order.replaces else ""
    data = papers.data_of(kind, order.content, frame, code=grouped(code), replaces=back)
    content = papers.pdf(kind, data, order.on)
    sha256, path = papers.kept(content, f"{kind.code}-{serial}.pdf")
    with transaction.atomic():
        hold(place)
        letter = Letter.objects.create(
            order=order,
            kind=kind.code,
            region_code=order.region_code,
            place=place,
            office=office,
            year=order.on.year,
            serial=serial,
            number=printed,
            on=order.on,
            subject=order.subject,
            about=order.about,
            categories=order.categories,
            values=order.values,
            frame=frame,
            code=code,
            sha256=sha256,
            path=path,
            size=len(content),
            replaces=order.replaces,
            by=order.by,
        )
        Order.objects.filter(pk=order.pk).update(state=OrderState.MADE, fault_id="", fault_en="")
        entry = Entry(
            "letter.issue",
            order.subject,
            letter=printed,
            region_code=order.region_code,
            after={"kind": kind.code, "sha256": sha256, "replaces": back},
        )
        record(by=order.by, entries=[entry])
    order.refresh_from_db()
    return letter


@transaction.atomic
def write_letterhead(*, by: str, region_code: str, office: Office, values: Mapping[str, str]) -> Letterhead:
    """Write the letterhead of an office of a place; letters that were issued keep theirs."""
    found, _ = Letterhead.objects.select_for_update().get_or_create(
        region_code=region_code, office=office, defaults={"by": by, "name": values["name"]}
    )
    before = {name: getattr(found, name) for name in HEAD}
    after = {name: str(values.get(name, "")).strip() for name in HEAD}
    differs = changed(before, after)
    if differs is None:
        return found
    for name, value in after.items():
        setattr(found, name, value)
    found.by, found.at = by, timezone.now()
    found.save()
    record(
        by=by,
        entries=[
            Entry(
                "letterhead.write",
                f"letterhead:{found.pk}",
                region_code=region_code,
                before=differs[0],
                after={**differs[1], "office": str(office)},
            )
        ],
    )
    return found


@transaction.atomic
def note_opened(*, by: str, letter: Letter, reason: str = "", rows: int | None = None) -> None:
    """Record that a letter left the office, as a file or (``rows``) as a workbook."""
    after: dict[str, Any] = {"kind": letter.kind}
    if rows is not None:
        after["rows"] = rows
    entry = Entry(
        "letter.open",
        letter.subject,
        letter=letter.number,
        region_code=letter.region_code,
        reason=reason,
        after=after,
    )
    record(by=by, entries=[entry])
