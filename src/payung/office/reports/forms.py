"""Forms of reports."""

from __future__ import annotations

from django import forms

from payung.office.desk.fields import ReasonField
from payung.office.desk.words import both
from payung.office.reports.rules import MOST


class Pack(forms.Form):
    """What the pack of exceptions is for, and how its sample is drawn."""

    seed = forms.CharField(
        max_length=60,
        label=both("Benih sampel", "Seed of the sample"),
        help_text=both(
            "tulis apa saja; benih yang sama mengundi sampel yang sama",
            "any words; the same seed draws the same sample",
        ),
    )
    many = forms.IntegerField(
        min_value=1, max_value=MOST, initial=25, label=both("Banyaknya tiap kelas", "How many of each class")
    )
    reason = ReasonField()
