"""Forms of bills and payments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from payung.office.bills.models import Bill
from payung.office.bills.states import Channel, UseKind
from payung.office.desk.fields import (
    CodeChoice,
    DayField,
    DigitsField,
    MonthField,
    ReasonField,
    RupiahField,
    UploadField,
)
from payung.office.desk.words import CHOOSE, both, rupiah
from payung.office.programme.models import Line

SUFFIXES = (".csv", ".txt", ".xlsx", ".sta", ".mt940", ".940", ".xml")


class DrawUp(forms.Form):
    """Which line, which months."""

    line = forms.ChoiceField(label=both("Baris dana", "Line of money"))
    month = MonthField(label=both("Bulan", "Month"))
    until = MonthField(
        label=both("Sampai bulan (bila lebih dari satu)", "Up to (if several)"), required=False
    )

    def __init__(self, *args: Any, lines: Iterable[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = {str(line.pk): line for line in lines}
        choices = [(key, line.name) for key, line in self.lines.items()]
        self.fields["line"] = forms.ChoiceField(
            label=both("Baris dana", "Line of money"), choices=[CHOOSE, *choices]
        )

    def clean_line(self) -> Line:
        """Return the line that was chosen."""
        return self.lines[self.cleaned_data["line"]]


class Insurer(forms.Form):
    """What the branch's paper says."""

    kode_iuran = DigitsField(label=both("Kode iuran", "Payment code (kode iuran)"), required=False)
    code_until = DayField(label=both("Berlaku sampai", "Valid until"), required=False)
    heads = forms.IntegerField(label=both("Jumlah peserta", "Head count"), required=False, min_value=0)
    printed = RupiahField(label=both("Jumlah yang tercetak", "Printed sum"), required=False)


class Reason(forms.Form):
    """Why."""

    reason = ReasonField()


class Upload(forms.Form):
    """A file of payments."""

    file = UploadField(suffixes=SUFFIXES, label=both("Berkas", "File"))
    channel = CodeChoice(Channel, label=both("Cara bayar", "Channel"))


class Settle(forms.Form):
    """Which open bill a payment is for."""

    def __init__(self, *args: Any, bills: Iterable[Bill], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bills = {str(bill.pk): bill for bill in bills}
        choices = [
            (key, f"{bill.code} · {bill.line.name} · {bill.from_month} · {rupiah(bill.open)}")
            for key, bill in self.bills.items()
        ]
        self.fields["bill"] = forms.ChoiceField(label=both("Tagihan", "Bill"), choices=[CHOOSE, *choices])
        self.fields["learn"] = forms.BooleanField(
            label=both("Ingat nama pembayar ini", "Remember this payer's name"), required=False
        )

    def clean_bill(self) -> Bill:
        """Return the bill that was chosen."""
        return self.bills[self.cleaned_data["bill"]]


class Rest(forms.Form):
    """What becomes of what is left."""

    kind = CodeChoice((UseKind.REFUND, UseKind.OFFSET), label=both("Diapakan", "What becomes of it"))
    amount = RupiahField(label=both("Jumlah", "Amount"))
    reason = ReasonField()
