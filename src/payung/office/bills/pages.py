"""Pages of one bill, one payment, drawing up, and the panel on a person's page."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from payung.errors import PayungError
from payung.law import months
from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.bills import actions, queries
from payung.office.bills.actions.drafts import Drawn
from payung.office.bills.actions.payments import Paid, learn
from payung.office.bills.actions.payments import pay as pay_file
from payung.office.bills.forms import DrawUp, Insurer, Reason, Rest, Settle, Upload
from payung.office.bills.models import Bill, Payment
from payung.office.bills.states import OPEN, BillState, Channel
from payung.office.bills.unbillable import WHY
from payung.office.desk.act import act, must_cover, must_reach
from payung.office.history.queries import of_subject
from payung.office.months.queries import cover_on, places_of
from payung.office.people.models import Person
from payung.office.programme.models import Line
from payung.office.regions.queries import names
from payung.text import Text


def new(request: HttpRequest) -> HttpResponse:
    """Draw up the bill of a line and month."""
    today = f"{timezone.localdate():%Y-%m}"
    lines = scope_of(request).of(Line).filter(until_month__gte=months.add(today, -12)).order_by("name", "pk")
    form = DrawUp(request.POST or None, lines=lines, initial={"month": today})

    def draw() -> Drawn:
        line = form.cleaned_data["line"]
        must_cover(request, line.region_code)
        return actions.draw_up(
            by=user_of(request).username,
            month=form.cleaned_data["month"],
            until=form.cleaned_data["until"],
            line=line,
        )

    def target(drawn: Drawn) -> str:
        if len(drawn.bills) == 1:
            return reverse("bill_show", kwargs={"key": drawn.bills[0].pk})
        return reverse("bill_list")

    if answer := act(request, draw, form=form, to=target, told=_drawn):
        return answer
    return render(request, "bills/new.html", {"form": form})


def _drawn(drawn: Drawn) -> Text:
    if not drawn.left_out:
        return Text(f"{len(drawn.bills)} draf dihitung.", f"{len(drawn.bills)} drafts.")
    why = Text(
        ", ".join(f"{WHY[code].id} {many}" for code, many in drawn.left_out.items()),
        ", ".join(f"{WHY[code].en} {many}" for code, many in drawn.left_out.items()),
    )
    return Text(
        f"{len(drawn.bills)} draf dihitung. Orang-bulan yang tidak ditagih: {why.id}.",
        f"{len(drawn.bills)} drafts. Person-months that are not billed: {why.en}.",
    )


def show(request: HttpRequest, key: int) -> HttpResponse:
    """One bill: its parts by village, what is paid, what can be done with it."""
    bill = get_object_or_404(queries.bills_of(scope_of(request)), pk=key)
    seen = places_of(scope_of(request))
    parts = [part for part in bill.places.order_by("place") if part.place in seen]
    known = names({seen[part.place][0] for part in parts})
    user = user_of(request)
    context = {
        "bill": bill,
        "parts": [(known.get(seen[part.place][0], ""), seen[part.place][1], part) for part in parts],
        "uses": bill.uses.select_related("payment"),
        "twice": bill.twice.count(),
        "events": of_subject(bill.subject)[:30],
        "may_edit": bill.state in (BillState.DRAFT, *OPEN) and _may(user, Permission.BILL_EDIT, bill),
        "may_send": bill.state == BillState.DRAFT and _may(user, Permission.BILL_APPROVE, bill),
        "may_void": (bill.state == BillState.DRAFT and _may(user, Permission.BILL_EDIT, bill))
        or (bill.state in (BillState.DRAFT, BillState.SENT) and _may(user, Permission.BILL_APPROVE, bill)),
        "insurer": Insurer(
            initial={
                "kode_iuran": bill.kode_iuran,
                "code_until": bill.code_until,
                "heads": bill.code_heads,
                "printed": bill.printed,
            }
        ),
        "reason": Reason(),
        "bare": queries.bare(bill),
        "sees_decrees": user.may(Permission.DECREE_VIEW),
        "overdue": bill.state in OPEN and bill.due_on < timezone.localdate(),
    }
    return render(request, "bills/show.html", context)


def _may(user: Any, permission: Permission, bill: Bill) -> bool:
    return bool(user.may(permission) and user.scope(permission).covers(bill.region_code))


def send(request: HttpRequest, key: int) -> HttpResponse:
    """Send a draft."""
    bill = _bill(request, key)
    leave_out = request.POST.get("leave_out") == "1"
    return _done(
        request, bill, lambda: actions.send(by=user_of(request).username, bill=bill, leave_out=leave_out)
    )


def void(request: HttpRequest, key: int) -> HttpResponse:
    """Make a bill void: a draft by whoever draws bills up there, one that was sent by whoever approves bills."""
    bill = get_object_or_404(queries.bills_of(scope_of(request)), pk=key)
    approves = _may(user_of(request), Permission.BILL_APPROVE, bill)
    if not approves:
        must_reach(request, Permission.BILL_EDIT, bill.region_code)
    by, reason = user_of(request).username, request.POST.get("reason", "")
    return _done(
        request, bill, lambda: actions.void(by=by, bill=bill, reason=reason, draft_only=not approves)
    )


def insurer(request: HttpRequest, key: int) -> HttpResponse:
    """Note what the branch's paper says."""
    bill = _bill(request, key)
    form = Insurer(request.POST or None)

    def note() -> Bill:
        if not form.is_valid():
            raise PayungError(
                Text("Periksa isian kertas cabang.", "Check what was typed of the branch's paper.")
            )
        return actions.note_insurer(by=user_of(request).username, bill=bill, **form.cleaned_data)

    return _done(request, bill, note)


def _bill(request: HttpRequest, key: int) -> Bill:
    bill = get_object_or_404(queries.bills_of(scope_of(request)), pk=key)
    must_cover(request, bill.region_code)
    return bill


def _done(request: HttpRequest, bill: Bill, do: Any) -> HttpResponse:
    url = reverse("bill_show", kwargs={"key": bill.pk})
    return act(request, do, to=url) or redirect(url)


def payment_new(request: HttpRequest) -> HttpResponse:
    """Upload a file of payments."""
    form = Upload(request.POST or None, request.FILES or None, initial={"channel": Channel.TRANSFER.value})

    def book() -> Paid:
        file = form.cleaned_data["file"]
        channel = str(form.cleaned_data["channel"] or Channel.TRANSFER)
        return pay_file(by=user_of(request).username, name=file.name, content=file.read(), channel=channel)

    def target(done: Paid) -> str:
        return reverse("payment_waiting" if done.rows.get("waiting") else "payment_list")

    if answer := act(request, book, form=form, to=target, told=_booked):
        return answer
    return render(request, "bills/upload.html", {"form": form})


def _booked(done: Paid) -> Text:
    if done.same:
        return Text(
            "Berkas ini sudah dibaca: tidak ada yang berubah.", "This file was read already: nothing changed."
        )
    booked, known = done.rows.get("booked", 0), done.rows.get("known", 0)
    waiting = done.rows.get("waiting", 0) + done.rows.get("failed", 0)
    return Text(
        f"Dibukukan {booked}, sudah dikenal {known}, menunggu {waiting}.",
        f"Booked {booked}, already known {known}, waiting {waiting}.",
    )


def payment(request: HttpRequest, key: int) -> HttpResponse:
    """One payment: what it was used for, and what to do with the rest."""
    money = get_object_or_404(queries.payments_of(scope_of(request)), pk=key)
    user = user_of(request)
    may = user.may(Permission.BILL_PAY) and money.left > 0
    open_ = list(queries.unpaid(user.scope(Permission.BILL_PAY))[:200]) if may else []
    settle = Settle(request.POST if request.POST.get("do") == "settle" else None, bills=open_)
    rest = Rest(request.POST if request.POST.get("do") == "rest" else None)
    if request.method == "POST":
        if not may:
            raise PermissionDenied("nothing is left, or this role does not pay")
        answer = _use(request, money, settle, rest)
        if answer is not None:
            return answer
    context = {
        "payment": money,
        "uses": money.uses.select_related("bill"),
        "twice": money.twice.select_related("bill")[:50],
        "events": of_subject(f"payment:{money.pk}")[:30],
        "settle": settle if may and open_ else None,
        "rest": rest if may else None,
    }
    return render(request, "bills/payment.html", context)


def _use(request: HttpRequest, money: Payment, settle: Settle, rest: Rest) -> HttpResponse | None:
    by = user_of(request).username
    url = reverse("payment_show", kwargs={"key": money.pk})
    if request.POST.get("do") == "rest":
        return act(
            request, lambda: actions.use_rest(by=by, payment=money, **rest.cleaned_data), form=rest, to=url
        )

    def pay() -> Any:
        bill = settle.cleaned_data["bill"]
        if settle.cleaned_data["learn"] and money.payer:
            learn(by=by, payer=money.payer, region_code=bill.region_code)
        return actions.settle(by=by, payment=money, bill=bill)

    return act(request, pay, form=settle, to=url)


def panel(request: HttpRequest, person: Person) -> tuple[str, dict[str, Any]] | None:
    """The months of a person, on their page: state, clocks, who paid, what is owed."""
    if not user_of(request).may(Permission.BILL_VIEW):
        return None
    today = timezone.localdate()
    answers = cover_on(person.pk, today)
    lines = dict(
        Line.objects.filter(pk__in={paid.line for answer in answers for paid in answer.months}).values_list(
            "pk", "name"
        )
    )
    shown = [
        {
            "segment": answer.segment,
            "state": answer.cover.state,
            "cover": answer.cover,
            "line": lines.get(answer.line, ""),
            "months": [(paid.month, lines.get(paid.line, ""), paid.paid_on) for paid in answer.months[-24:]][
                ::-1
            ],
            "owed": queries.owed_by(person.pk, answer.segment),
        }
        for answer in answers
    ]
    return ("bills/panel.html", {"answers": shown, "today": today}) if shown else None
