"""What is filled in about scholarships."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from payung.office.desk.fields import CodeChoice, DayField
from payung.office.desk.words import both
from payung.office.scholarships.queries import school_year
from payung.office.scholarships.states import Ending, Level


class ChildForm(forms.Form):
    """A child."""

    name = forms.CharField(label=both("Nama anak", "Name of the child"), max_length=150)
    birth_date = DayField(label=both("Tanggal lahir", "Birth date"))
    level = CodeChoice(Level, label=both("Jenjang sekarang", "Level now"))
    letter = forms.CharField(
        label=both("Nomor surat BPJS", "Number of the insurer's letter"),
        required=False,
        max_length=120,
        help_text=both(
            "Wajib bila menurut kantor ini syaratnya belum terbukti.",
            "Required where this office does not see that the law gives it.",
        ),
    )


class AskForm(forms.Form):
    """A year that is claimed."""

    year = forms.IntegerField(
        label=both("Tahun ajaran mulai", "School year begins"), min_value=2015, max_value=2100
    )
    level = CodeChoice(Level, label=both("Jenjang", "Level"))
    letter = forms.CharField(
        label=both("Nomor surat sekolah", "Number of the school's letter"), max_length=120
    )
    on = DayField(label=both("Diajukan pada", "Claimed on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        today = timezone.localdate()
        kwargs["initial"] = {"year": school_year(today), "on": today}
        super().__init__(*args, **kwargs)


class PayForm(forms.Form):
    """When a year was paid."""

    on = DayField(label=both("Dibayar pada", "Paid on"))


class EndForm(forms.Form):
    """Why and when it ends."""

    ending = CodeChoice(Ending, label=both("Sebab berakhir", "Why it ends"))
    on = DayField(label=both("Sejak", "Since"))
