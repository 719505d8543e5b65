"""What bills and payments say of themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from payung.office.access.permissions import Permission
from payung.office.bills import letter_kinds, pages, proofs, queries
from payung.office.bills.forecast import forecasts
from payung.office.bills.states import BillState
from payung.office.bills.unbillable import WHY
from payung.office.face import Dated, Deed, Entry, Face, Figure, Handover, Noun, Rows, Task, Telling
from payung.text import Text

if TYPE_CHECKING:
    from payung.office.accounts.models import User


DAYS = 500  # of one calendar


def _waits(user: User) -> Iterable[Task]:
    if user.may(Permission.BILL_APPROVE):
        drafts = Rows(queries.bills_of(user.scope(Permission.BILL_APPROVE)).filter(state=BillState.DRAFT))
        url = f"{reverse('bill_list')}?keadaan={BillState.DRAFT}"
        yield Task(Text("Draf tagihan menunggu dikirim", "Drafts of bills to be sent"), drafts, 0, url)
    if not user.may(Permission.BILL_PAY):
        return
    open_ = Rows(queries.unpaid(user.scope(Permission.BILL_PAY)), Q(due_on__lt=timezone.localdate()))
    label = Text("Tagihan belum lunas", "Bills that are not paid")
    yield Task(label, open_, 0, reverse("bill_list"), f"{reverse('bill_list')}?tempo=lewat", 0)
    rest = Rows(queries.with_rest(user.scope(Permission.BILL_PAY)))
    label = Text("Uang masuk yang masih ada sisanya", "Money of which something is left")
    yield Task(label, rest, 0, f"{reverse('payment_list')}?sisa=ada")


def _figures(user: User) -> Iterable[Figure]:
    if not user.may(Permission.BILL_VIEW):
        return
    today = timezone.localdate()
    lines = list(queries.lines_ahead(user.scope(Permission.BILL_VIEW), today))
    if many := sum(one.alarm for one in forecasts(lines, today).values()) if lines else 0:
        label = Text("Baris dana yang habis dalam sebulan", "Lines of money exhausted within a month")
        yield Figure(label, many, f"{reverse('forecast')}?habis=sebulan", "bad")


def _sample(world: Any) -> dict[str, Any]:
    """Make one of each for the tests of pages: a bill of a village and money that names it."""
    from payung.office.bills.models import Bill, Payment
    from payung.office.programme.models import Line

    code = world["village"]
    line = Line.objects.create(
        source="apbdes",
        year=2026,
        name=f"Contoh {code}",
        region_code=code,
        from_month="2026-01",
        until_month="2026-12",
        by=world["by"],
    )
    bill = Bill.objects.create(
        line=line,
        segment="bpu",
        from_month="2026-10",
        until_month="2026-10",
        region_code=code,
        due_on=dt.date(2026, 10, 15),
        drawn_by=world["by"],
    )
    payment = Payment.objects.create(
        channel="transfer",
        reference=f"CONTOH-{code}",
        paid_on=dt.date(2026, 10, 10),
        amount=16_800,
        region_code=code,
        by=world["by"],
    )
    return {"bill_": bill.pk, "payment_": payment.pk}


_SEES = (Permission.BILL_VIEW,)


def _days(user: User, first: dt.date, last: dt.date) -> Iterable[Dated]:
    """Yield the days on which bills are due that are not paid."""
    if not user.may(Permission.BILL_VIEW):
        return
    rows = queries.unpaid(user.scope(Permission.BILL_VIEW)).filter(due_on__range=(first, last))
    for bill in rows.order_by("due_on", "pk")[:DAYS]:
        what = Text(
            f"Jatuh tempo tagihan {bill.from_month} ({bill.region_code})",
            f"Bill of {bill.from_month} is due ({bill.region_code})",
        )
        yield Dated(bill.due_on, what, reverse("bill_show", args=[bill.pk]), bill.subject)


FACE = Face(
    menu=(
        Entry(520, "bill_list", Text("Tagihan", "Bills"), "list", _SEES),
        Entry(570, "forecast", Text("Perkiraan dana", "Money ahead"), "warn", _SEES),
        Entry(530, "payment_list", Text("Uang masuk", "Money"), "card", _SEES),
    ),
    handovers=(
        Handover(
            "bill.send",
            Text(
                "{people} orang ditagih {amount}; baris tagihan terkunci dan pembayarnya diberi tahu. Selisih menjadi "
                "tagihan susulan.",
                "{people} people are billed for {amount}; the lines are locked and the payer is told. A difference "
                "becomes a supplement.",
            ),
            Text(
                "Dapat ditarik kembali (Batalkan) sampai ada yang dibayar.",
                "It can be taken back (Make void) until something is paid.",
            ),
            back="bill.void",
        ),
        Handover(
            "bill.void",
            Text(
                "{people} orang dan {amount} tidak lagi ditagih di sini; barisnya tetap terbaca dan "
                "orangnya bebas untuk tagihan lain.",
                "{people} people and {amount} are billed here no more; the lines stay readable and the people are free "
                "for another bill.",
            ),
            Text(
                "Tidak dapat ditarik kembali: hitung tagihan baru bila keliru.",
                "It cannot be taken back: draw up a new bill where it was wrong.",
            ),
        ),
    ),
    tells={
        "bill.send": Telling(
            (Permission.BILL_PAY,),
            Text("Tagihan untuk {place} menunggu dibayar.", "A bill of {place} waits to be paid."),
            "bill_show",
        ),
    },
    days=_days,
    nouns={
        "bill": Noun(Text("tagihan", "bill"), "bill_show"),
        "payment": Noun(Text("pembayaran", "payment"), "payment_show"),
    },
    deeds={
        "bill.draw": Text("Tagihan dihitung", "Bill drawn up"),
        "bill.send": Text("Tagihan dikirim", "Bill sent"),
        "bill.insurer": Text("Kertas cabang dicatat", "The branch's paper noted"),
        "bill.void": Text("Tagihan dibatalkan", "Bill made void"),
        "bill.give_back": Text("Bulan terbayar dibatalkan", "Paid months taken back"),
        "payment.arrive": Text("Uang masuk", "Money arrived"),
        "payment.file": Deed(Text("Berkas pembayaran dibaca", "File of payments read"), values="number"),
        "payment.use": Text("Sisa uang dipakai", "Rest of a payment used"),
        "payment.learn": Text("Nama pembayar dikenalkan", "Spelling of a payer learned"),
    },
    names={
        "people": (Text("orang", "people"), "number"),
        "heads": (Text("orang", "people"), "number"),
        "printed": (Text("jumlah di kertas cabang", "printed sum"), "rupiah"),
        "difference": (Text("selisih", "difference"), "rupiah"),
        "kode_iuran": Text("kode iuran", "kode iuran"),
        "reference": Text("referensi", "reference"),
        "left": (Text("sisa", "left"), "rupiah"),
        "left_out": (Text("dikeluarkan", "left out"), "number"),
        **{
            f"left_out_{why}": (Text(f"tidak ditagih: {said.id}", f"not billed: {said.en}"), "number")
            for why, said in WHY.items()
        },
        "booked": (Text("dibukukan", "booked"), "number"),
        "known": (Text("sudah dikenal", "already known"), "number"),
        "waiting": (Text("menunggu", "waiting"), "number"),
        "failed": (Text("ditolak bank", "failed"), "number"),
    },
    waits=_waits,
    sent=(queries.was_billed,),
    figures=_figures,
    panels=(pages.panel,),
    letters=letter_kinds.KINDS,
    checks=proofs.CHECKS,
    sample=_sample,
)
