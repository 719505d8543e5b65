"""What is filled in about clinics."""

from __future__ import annotations

from typing import Any

from django import forms

from payung.office.clinics.states import ClinicKind
from payung.office.desk.fields import CodeChoice, DayField, UploadField
from payung.office.desk.words import CHOOSE, both

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt")


class ClinicForm(forms.Form):
    """One clinic."""

    name = forms.CharField(label=both("Nama", "Name"), max_length=150)
    subdistrict_code = forms.ChoiceField(label=both("Kecamatan", "Sub-district"))
    kind = CodeChoice(ClinicKind, label=both("Jenis", "Kind"))
    address = forms.CharField(label=both("Alamat", "Address"), max_length=200, required=False)
    phone = forms.CharField(label=both("Telepon", "Phone"), max_length=40, required=False)
    day_and_night = forms.BooleanField(
        label=both("Gawat darurat 24 jam", "Emergencies day and night"), required=False
    )
    starts = DayField(label=both("Bekerja sama sejak", "Partner since"), required=False)
    ends = DayField(label=both("Sampai (hari terakhir)", "Until (last day)"), required=False)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["subdistrict_code"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [CHOOSE, *places]


class TakeForm(forms.Form):
    """A list of the branch."""

    file = UploadField(suffixes=SUFFIXES, label=both("Daftar dari BPJS", "List of the insurer"))
    complete = forms.BooleanField(
        label=both(
            "Daftar ini lengkap: yang tidak ada di dalamnya berakhir",
            "This list is complete: whoever is not on it ends",
        ),
        required=False,
    )


class WordForm(forms.Form):
    """What to say at the hospital."""

    lines = forms.CharField(
        label=both("Kalimat, satu per baris", "Sentences, one a line"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
