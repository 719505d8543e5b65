"""What is filled in about letters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from payung.office.desk.fields import DayField, ReasonField
from payung.office.desk.words import both, say
from payung.office.letters.kinds import Kind

ASKED = "a_"  # before the name of what a kind asks


class Issue(forms.Form):
    """The day of a letter, and what its kind asks; a letter that is issued again says why."""

    def __init__(self, *args: Any, kind: Kind, again: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["on"] = DayField(
            label=both("Tanggal surat", "Day of the letter"), initial=timezone.localdate
        )
        if again:
            self.fields["reason"] = ReasonField(
                label=both("Mengapa terbit ulang?", "Why is it issued again?")
            )
        for ask in kind.asks:
            widget = forms.Textarea(attrs={"rows": ask.lines}) if ask.lines > 1 else forms.TextInput()
            self.fields[ASKED + ask.name] = forms.CharField(
                label=say(ask.label), required=False, max_length=1000 if ask.lines > 1 else 200, widget=widget
            )

    @property
    def typed(self) -> dict[str, str]:
        """What was typed in for the kind: name → text, empty where the paper gets a line to write on."""
        return {ask.name: str(self.cleaned_data.get(ASKED + ask.name, "")).strip() for ask in self.kind.asks}


class Head(forms.Form):
    """A letterhead and who signs."""

    over = forms.CharField(label=both("Baris atas", "Line above"), max_length=150, required=False)
    name = forms.CharField(label=both("Nama kantor", "Name of the office"), max_length=150)
    address = forms.CharField(label=both("Alamat", "Address"), max_length=200, required=False)
    contact = forms.CharField(label=both("Telepon, surel", "Phone, mail"), max_length=150, required=False)
    city = forms.CharField(
        label=both("Tempat surat ditandatangani", "Where letters are signed"), required=False
    )
    signer_title = forms.CharField(label=both("Jabatan penanda tangan", "Signer's office"), required=False)
    signer_name = forms.CharField(label=both("Nama penanda tangan", "Signer's name"), required=False)
    signer_rank = forms.CharField(label=both("Pangkat", "Rank"), max_length=80, required=False)
    signer_nip = forms.CharField(label="NIP", max_length=30, required=False)


class Opening(forms.Form):
    """Why a letter with whole numbers is opened."""

    reason = ReasonField(label=both("Untuk apa dibuka?", "What is it opened for?"))
