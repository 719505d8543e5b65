"""Forms of tokens and of addresses that are told what happens."""

from __future__ import annotations

from django import forms

from payung.office.api.hooks import NOUNS
from payung.office.desk.fields import DayField
from payung.office.desk.words import both


class NewToken(forms.Form):
    """A key for another system."""

    name = forms.CharField(
        max_length=120,
        label=both("Untuk sistem apa", "For which system"),
        help_text=both("mis. dasbor provinsi", "e.g. dashboard of the province"),
    )
    until = DayField(label=both("Berlaku sampai", "Holds until"))
    region_code = forms.CharField(
        required=False,
        max_length=13,
        label=both("Hanya wilayah", "Only this place"),
        help_text=both(
            "kode, mis. 62.03.01; kosong: wilayah Anda", "code, e.g. 62.03.01; empty: your region"
        ),
    )
    writes = forms.BooleanField(required=False, label=both("Boleh menulis juga", "May write too"))


class NewHook(forms.Form):
    """An address that is told what happens here."""

    url = forms.CharField(
        max_length=300,
        label=both("Alamat", "Address"),
        help_text=both(
            "mis. https://dasbor.contoh.go.id/payung", "e.g. https://dashboard.example.org/payung"
        ),
    )
    nouns = forms.MultipleChoiceField(
        required=False,
        label=both("Hanya tentang", "Only about"),
        choices=[(noun, noun) for noun in NOUNS],
        help_text=both("kosong: semuanya", "empty: all of them"),
    )
