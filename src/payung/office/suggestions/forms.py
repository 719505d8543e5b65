"""What is filled in to suggest a name: eight fields at most."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils import timezone

from payung.office.desk.fields import DayField, DigitsField
from payung.office.desk.words import CHOOSE, both, say
from payung.people import nik as niks
from payung.text import Text

MARK = re.compile(r"[0-9a-f-]{16,36}")


class SuggestForm(forms.Form):
    """Who should be on the list; a name, and the NIK or the birth date, are enough."""

    name = forms.CharField(
        label=both("Nama lengkap", "Full name"),
        max_length=150,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    nik = DigitsField(digits=16, required=False, label=both("NIK (bila tahu)", "NIK (if you know it)"))
    birth_date = DayField(label=both("Tanggal lahir", "Birth date"), required=False)
    sex = forms.ChoiceField(
        label=both("Jenis kelamin", "Sex"),
        choices=[CHOOSE, ("L", both("Laki-laki", "Male")), ("P", both("Perempuan", "Female"))],
        required=False,
    )
    kk = DigitsField(digits=16, required=False, label=both("Nomor KK", "KK number"))
    job = forms.CharField(label=both("Pekerjaan", "Job"), max_length=100, required=False)
    phone = DigitsField(required=False, label=both("Nomor HP", "Phone number"))
    rt = DigitsField(required=False, label=both("RT", "RT"), max_length=3)
    agent = forms.CharField(label=both("Nomor agen PERISAI", "Number of the PERISAI agent"), max_length=40)
    once = forms.CharField(widget=forms.HiddenInput({"data-fresh": "ya"}), max_length=36)

    def __init__(
        self, *args: Any, villages: list[tuple[str, str]], agent: str | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if agent is None:
            del self.fields["agent"]
        else:
            del self.fields["rt"]
            self.fields["agent"].initial = agent
        if self.is_bound:
            self.fields["once"].widget.attrs["data-fresh"] = "tidak"
        if len(villages) != 1:
            self.fields["village"] = forms.ChoiceField(
                label=both("Desa", "Village"), choices=[CHOOSE, *villages]
            )

    def clean_once(self) -> str:
        """Return the mark of this form; refuse what no phone makes."""
        mark = str(self.cleaned_data["once"])
        if not MARK.fullmatch(mark):
            raise forms.ValidationError(say(Text("Halaman ini tidak utuh.", "This page is not whole.")))
        return mark

    def clean_nik(self) -> str:
        """Return the NIK; refuse one that no KTP has."""
        text = str(self.cleaned_data["nik"])
        if text and niks.parse(text, on=timezone.localdate()) is None:
            wrong = Text("NIK ini tidak sah: cocokkan dengan KTP.", "No KTP has this NIK: compare with it.")
            raise forms.ValidationError(say(wrong))
        return text

    def clean(self) -> dict[str, Any]:
        """Refuse a name that nobody could find again."""
        values: dict[str, Any] = super().clean() or {}
        if not self.errors and not values.get("nik") and not values.get("birth_date"):
            self.add_error(
                "nik", say(Text("Isi NIK atau tanggal lahir.", "Write the NIK or the birth date."))
            )
        return values

    @property
    def cells(self) -> dict[str, str]:
        """What was filled in as a list would write it."""
        values = {
            field: str(value or "")
            for field, value in self.cleaned_data.items()
            if field not in {"birth_date", "once", "agent", "village"}
        }
        if day := self.cleaned_data.get("birth_date"):
            values["birth_date"] = f"{day:%d-%m-%Y}"
        return values
