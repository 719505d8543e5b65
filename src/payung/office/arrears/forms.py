"""Forms of arrears."""

from __future__ import annotations

from django import forms

from payung.office.arrears.states import How
from payung.office.desk.fields import CodeChoice, DayField, ReasonField
from payung.office.desk.words import both


class Letter(forms.Form):
    """The letter that goes out."""

    number = forms.CharField(
        max_length=120,
        required=False,
        label=both("Nomor surat", "Number of the letter"),
        help_text=both(
            "Kosongkan: surat dibuat dan dinomori di sini. Isi bila ditulis di luar.",
            "Leave empty: it is made and numbered here. Fill in where it was written elsewhere.",
        ),
    )
    note = forms.CharField(max_length=300, required=False, label=both("Catatan", "Note"))


class Speak(forms.Form):
    """How a payer was spoken to."""

    how = CodeChoice((How.PHONE, How.VISIT, How.MEETING), label=both("Cara", "How"))
    on = DayField(label=both("Tanggal", "Day"))
    note = forms.CharField(max_length=300, label=both("Hasilnya", "What was said"))


class Skip(forms.Form):
    """Why a level gets no letter."""

    reason = ReasonField()
