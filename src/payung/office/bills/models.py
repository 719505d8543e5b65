"""Bills, payments and what became of them. The lines of bills stand in :mod:`payung.office.bills.ddl`."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from payung.codes import Segment
from payung.office.access.scope import Columns
from payung.office.bills.states import BillState, Channel, FileKind, RowState, UseKind
from payung.office.columns import CodeField, MonthField, RupiahField
from payung.office.programme.models import Line
from payung.office.vault.keyed import SealedModel
from payung.office.vault.sealed import SealedText


class Bill(models.Model):
    """What one line owes for one segment and a month (or a run of months).

    ``number`` counts the bills of the same line, segment and month: from 1 on they are supplements. ``amount`` is what
    the law says; ``printed`` what the insurer's paper says, which is then what has to be paid.
    """

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="bills", db_index=False)
    segment = CodeField(Segment)
    from_month = MonthField()
    until_month = MonthField()
    number = models.PositiveSmallIntegerField(default=0)
    state = CodeField(BillState, default=BillState.DRAFT)
    region_code = models.CharField(max_length=13)  # who pays
    people = models.PositiveIntegerField(default=0)  # person-months
    heads = models.PositiveIntegerField(default=0)  # people
    amount = RupiahField(default=0)
    printed = RupiahField(null=True)
    kode_iuran = models.CharField(max_length=20, null=True, unique=True)
    code_until = models.DateField(null=True)  # last day on which the code can be paid
    code_heads = models.PositiveIntegerField(null=True)  # people that the code was made for
    due_on = models.DateField()
    law = models.CharField(max_length=40, blank=True)  # version of the parameters
    digest = models.CharField(max_length=64, blank=True)
    paid_people = models.PositiveIntegerField(default=0)
    paid_amount = RupiahField(default=0)  # rupiah of payments used for it
    drawn_by = models.CharField(max_length=150)
    drawn_at = models.DateTimeField(default=timezone.now)
    sent_by = models.CharField(max_length=150, blank=True)
    sent_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)  # why it was made void

    scope_columns: ClassVar = Columns(region="region_code")

    class Meta:
        ordering: ClassVar = ["-from_month", "line_id", "segment", "number"]
        indexes: ClassVar = [
            models.Index(fields=["state", "due_on"], name="bill_state_due"),
            models.Index(fields=["region_code", "from_month"], name="bill_region_month"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["line", "segment", "from_month", "number"],
                name="one_bill",
                condition=~Q(state=BillState.VOID),
            ),
            models.CheckConstraint(
                condition=Q(until_month__gte=F("from_month")), name="bill_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "void"]) | ~Q(digest="") & ~Q(sent_by=""),
                name="bill_sent_has_digest",
            ),
            models.CheckConstraint(condition=Q(paid_people__lte=F("people")), name="bill_paid_within"),
            models.CheckConstraint(
                condition=Q(state=BillState.PAID, paid_people=F("people"), people__gt=0)
                | Q(state=BillState.PARTLY, paid_people__gt=0, paid_people__lt=F("people"))
                | Q(state__in=["draft", "sent", "void"], paid_people=0),
                name="bill_state_is_what_was_paid",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @staticmethod
    def in_categories(categories: list[str]) -> Q:
        """Return the condition for whoever sees some categories only: a bill is shown whole."""
        return Q()

    @property
    def code(self) -> str:
        """Our own number, as papers print it and payments name it."""
        return f"B{self.pk:06d}"

    @property
    def subject(self) -> str:
        """How ledger and history call it."""
        return f"bill:{self.pk}"

    @property
    def payable(self) -> int:
        """Rupiah that have to be paid: the insurer's printed figure where there is one."""
        return int(self.amount if self.printed is None else self.printed)

    @property
    def open(self) -> int:
        """Rupiah still to be paid."""
        return max(self.payable - self.paid_amount, 0) if self.state != BillState.PAID else 0


class BillPlace(models.Model):
    """The part of a bill that is for one place (village and category), and how much of it is paid."""

    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="places", db_index=False)
    place = models.IntegerField(db_index=True)  # months.Place
    people = models.PositiveIntegerField()  # person-months
    amount = RupiahField()
    paid_people = models.PositiveIntegerField(default=0)
    paid_amount = RupiahField(default=0)  # by the law's price of the months that are paid

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bill", "place"], name="one_place_of_a_bill"),
            models.CheckConstraint(condition=Q(paid_people__lte=F("people")), name="bill_place_paid_within"),
        ]

    def __str__(self) -> str:
        return f"{self.bill_id} {self.place}"


class BillCopy(SealedModel):
    """The names of a bill as they were when it was sent, sealed."""

    bill = models.OneToOneField(Bill, on_delete=models.PROTECT, related_name="copy", primary_key=True)
    names = SealedText()

    def __str__(self) -> str:
        return f"{self.bill_id}"


class BillLine(models.Model):
    """A person and a month of a bill. Written and removed while the bill is a draft only."""

    pk = models.CompositePrimaryKey("bill", "month", "person")
    bill = models.IntegerField()
    month = models.SmallIntegerField()  # year x 12 + month - 1
    person = models.IntegerField()
    place = models.IntegerField()
    jkk = models.IntegerField()
    jkm = models.IntegerField()

    class Meta:
        managed = False
        db_table = "bills_line"

    def __str__(self) -> str:
        return f"{self.bill} {self.month} {self.person}"


class PaymentFile(models.Model):
    """A file of a bank or a treasurer that was read, once: its hash stands here."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    kind = CodeField(FileKind, max_length=20)
    read_by = models.CharField(max_length=150)
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-read_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class Payment(models.Model):
    """Money that arrived: never refused, never changed; ``used`` is what its uses come to (kept by the database)."""

    channel = CodeField(Channel)
    reference = models.CharField(max_length=80)
    paid_on = models.DateField()
    amount = RupiahField()
    used = RupiahField(default=0)
    payer = models.CharField(max_length=150, blank=True)  # as the bank writes it
    text = models.CharField(max_length=300, blank=True)
    region_code = models.CharField(max_length=13, blank=True)  # of the payer, once known
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    scope_columns: ClassVar = Columns(region="region_code")

    class Meta:
        ordering: ClassVar = ["-paid_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["channel", "reference"], name="one_payment"),
            models.CheckConstraint(condition=Q(amount__gt=0) & ~Q(reference=""), name="payment_is_money"),
            models.CheckConstraint(condition=Q(used__lte=F("amount")), name="payment_not_overdrawn"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["paid_on"], name="payment_left", condition=Q(used__lt=F("amount")))
        ]

    def __str__(self) -> str:
        return self.reference

    @staticmethod
    def in_categories(categories: list[str]) -> Q:
        """Return the condition for whoever sees some categories only: money is shown whole."""
        return Q()

    @property
    def left(self) -> int:
        """Rupiah that nothing was done with yet."""
        return int(self.amount - self.used)


class Use(models.Model):
    """A part of a payment and what it was used for. Only added; negative where it was taken back."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="uses")
    kind = CodeField(UseKind)
    bill = models.ForeignKey(Bill, null=True, on_delete=models.PROTECT, related_name="uses")
    posting = models.BigIntegerField(default=0)  # of the register of months
    amount = RupiahField(signed=True)
    reason = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(amount=0), name="use_moves_something"),
            models.CheckConstraint(
                condition=Q(kind=UseKind.BILL, bill__isnull=False) | ~Q(kind=UseKind.BILL) & ~Q(reason=""),
                name="use_has_bill_or_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"


class Twice(models.Model):
    """A person's month that money arrived for although somebody has paid it already: waits for a decision."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="twice", db_index=False)
    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="twice", db_index=False)
    month = models.SmallIntegerField()
    person = models.IntegerField()
    amount = RupiahField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["payment", "bill", "month", "person"], name="one_twice")
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.month}"


class Row(models.Model):
    """A row of a payment file and what became of it."""

    file = models.ForeignKey(PaymentFile, on_delete=models.PROTECT, related_name="rows", db_index=False)
    number = models.PositiveIntegerField()
    state = CodeField(RowState)
    payment = models.ForeignKey(Payment, null=True, on_delete=models.PROTECT, related_name="rows")
    text = models.TextField(blank=True)
    why: models.JSONField[Any, Any] = models.JSONField(default=dict)  # {"id": …, "en": …}

    class Meta:
        ordering: ClassVar = ["file_id", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["file", "number"], name="one_row_of_a_file")]

    def __str__(self) -> str:
        return f"{self.file_id}:{self.number}"


class Spelling(models.Model):
    """How a bank writes a payer, learned once: money of this payer answers the oldest open bills of the region."""

    text = models.CharField(max_length=150, unique=True)  # lower case, single spaces
    region_code = models.CharField(max_length=13)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.text
