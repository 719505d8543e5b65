"""What is filled in about samples."""

from __future__ import annotations

from django import forms

from payung.office.desk.fields import CodeChoice, DayField
from payung.office.desk.words import both
from payung.office.patterns.actions import MOST
from payung.office.patterns.states import Verdict


class DrawForm(forms.Form):
    """Which cases are drawn."""

    since = DayField(label=both("Disetujui dari", "Approved from"))
    until = DayField(label=both("Sampai", "Until"))
    size = forms.IntegerField(label=both("Berapa klaim", "How many cases"), min_value=1, max_value=MOST)
    seed = forms.CharField(
        label=both("Benih acak", "Seed"),
        required=False,
        max_length=40,
        help_text=both(
            "Kosongkan agar komputer memilih; benih yang sama memberi sampel yang sama.",
            "Leave empty and one is made; the same seed gives the same sample.",
        ),
    )


class LookForm(forms.Form):
    """What a second look came to."""

    verdict = CodeChoice(Verdict, label=both("Hasil", "Result"))
    note = forms.CharField(
        label=both("Catatan", "Note"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
