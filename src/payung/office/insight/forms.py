"""Forms of the figures."""

from __future__ import annotations

from decimal import Decimal

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


class NewTarget(forms.Form):
    """A share of workers that should be covered by the end of a year."""

    place = forms.ChoiceField(required=False, label=both("Target siapa", "Whose target"))
    year = forms.IntegerField(min_value=2020, max_value=2060, label=both("Akhir tahun", "End of year"))
    share = forms.DecimalField(
        min_value=Decimal("0.01"),
        max_value=Decimal(100),
        decimal_places=2,
        localize=True,
        label=both("Target (%)", "Target (%)"),
    )
    source = forms.CharField(
        max_length=200,
        label=both("Menurut surat apa", "By which paper"),
        help_text=both("mis. RPJMD 2025–2029, tabel indikator", "e.g. RPJMD 2025–2029, table of indicators"),
    )
    definition = forms.CharField(
        max_length=300,
        label=both("Dari siapa target itu dihitung", "Of whom the target is a share"),
        help_text=both("mis. penduduk bekerja menurut Sakernas", "e.g. people at work by Sakernas"),
    )

    def __init__(self, *args: object, places: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = places

    def clean_share(self) -> int:
        """Return the target in hundredths of a percent."""
        return int(self.cleaned_data["share"] * 100)
