"""What is filled in about posts."""

from __future__ import annotations

from django import forms

from payung.codes import Category
from payung.codes.category import OFFICIALS
from payung.office.desk.fields import DayField, keyboard
from payung.office.desk.words import both, say


class Appointment(forms.Form):
    """Who takes office."""

    nik = forms.CharField(
        label=both("NIK pejabat", "NIK of the holder"),
        max_length=20,
        widget=forms.TextInput(keyboard("nik")),
    )
    decree = forms.CharField(label=both("Nomor SK", "Number of the decree"), max_length=120, required=False)
    starts = DayField(label=both("Mulai menjabat (TMT)", "Takes office on"))
    ends = DayField(label=both("Akhir masa jabatan", "End of term"), required=False)
    pay = forms.IntegerField(
        label=both("Penghasilan tetap (rupiah sebulan)", "Pay (rupiah a month)"),
        required=False,
        min_value=0,
        max_value=10**12,
    )


class NewPost(forms.Form):
    """A post that the village has."""

    category = forms.ChoiceField(
        label=both("Jenis jabatan", "Kind of office"),
        choices=lambda: [(code, say(name)) for code, name in Category.words().items() if code in OFFICIALS],
    )
    label = forms.CharField(
        label=both("Nama jabatan", "Name of the office"),
        max_length=120,
        help_text=both("mis. Kaur Keuangan, Ketua RT 003", "e.g. Kaur Keuangan, Ketua RT 003"),
    )


class EndTerm(forms.Form):
    """When and why somebody leaves office."""

    ends = DayField(label=both("Hari terakhir", "Last day"))
    reason = forms.CharField(label=both("Alasan", "Reason"), max_length=300)
