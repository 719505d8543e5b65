"""Forms of the figures."""

from __future__ import annotations

from django import forms

from payung.office.desk.words import both


class NewDenominator(forms.Form):
    """A number of people by some source and year."""

    source = forms.CharField(
        max_length=120,
        label=both("Sumber", "Source"),
        help_text=both("mis. BPS, Sakernas", "e.g. BPS, Sakernas"),
    )
    year = forms.IntegerField(min_value=2015, max_value=2045, label=both("Tahun", "Year"))
    definition = forms.CharField(
        max_length=300,
        label=both("Siapa yang dihitung", "Who is counted"),
        help_text=both("mis. pekerja informal 18–64 tahun", "e.g. informal workers of 18–64 years"),
    )
    parts = forms.CharField(
        label=both("Jumlah", "Number"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=both(
            "Satu angka untuk kabupaten, atau satu baris tiap wilayah: kode;jumlah (62.03.01;12500).",
            "One number for the district, or one line a place: code;number (62.03.01;12500).",
        ),
    )
