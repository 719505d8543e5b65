"""Forms of changes."""

from __future__ import annotations

from django import forms

from payung.office.changes.states import ChangeKind
from payung.office.desk.fields import CodeChoice, DayField, ReasonField
from payung.office.desk.words import both


class Report(forms.Form):
    """What happened, when, and what shows it."""

    kind = CodeChoice(ChangeKind, label=both("Apa yang terjadi", "What happened"))
    on = DayField(label=both("Tanggal kejadian", "Day of the event"))
    evidence = forms.CharField(
        max_length=200, label=both("Bukti (nomor surat)", "Evidence (number of the paper)")
    )
    note = forms.CharField(max_length=300, required=False, label=both("Catatan", "Note"))


class Refreshed(forms.Form):
    """A village has gone through its list."""

    note = forms.CharField(max_length=300, required=False, label=both("Catatan", "Note"))


class Ending(forms.Form):
    """Why a change is refused or taken back."""

    reason = ReasonField()
