"""What is filled in about posts."""

from __future__ import annotations

from django import forms

from payung.office.desk.words import both


def _date() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Appointment(forms.Form):
    """Who takes office."""

    nik = forms.CharField(label=both("NIK pejabat", "NIK of the holder"), max_length=20)
    decree = forms.CharField(label=both("Nomor SK", "Number of the decree"), max_length=120, required=False)
    starts = forms.DateField(label=both("Mulai menjabat (TMT)", "Takes office on"), widget=_date())
    ends = forms.DateField(label=both("Akhir masa jabatan", "End of term"), required=False, widget=_date())
    pay = forms.IntegerField(
        label=both("Penghasilan tetap (rupiah sebulan)", "Pay (rupiah a month)"),
        required=False,
        min_value=0,
        max_value=10**12,
    )


class NewPost(forms.Form):
    """A post that the village has."""

    category = forms.ChoiceField(label=both("Jenis jabatan", "Kind of office"))
    label = forms.CharField(
        label=both("Nama jabatan", "Name of the office"),
        max_length=120,
        help_text=both("mis. Kaur Keuangan, Ketua RT 003", "e.g. Kaur Keuangan, Ketua RT 003"),
    )


class EndTerm(forms.Form):
    """When and why somebody leaves office."""

    ends = forms.DateField(label=both("Hari terakhir", "Last day"), widget=_date())
    reason = forms.CharField(label=both("Alasan", "Reason"), max_length=300)
