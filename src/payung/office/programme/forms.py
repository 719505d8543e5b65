"""What is filled in for agreements, lines and decrees."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms

from payung.codes import Category, Source
from payung.office.desk.fields import CodeChoice, DayField, MonthField, ReasonField, RupiahField, UploadField
from payung.office.desk.words import CHOOSE, both, say
from payung.office.programme.kept_files import SUFFIXES
from payung.office.programme.models import Agreement, Decree, Line
from payung.office.programme.states import AgreementKind, EntryKind, Programme
from payung.office.regions.models import Region

LISTS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt")


class _Rows(forms.ChoiceField):
    """A choice among rows; the value is the row, or ``None``."""

    def __init__(self, **kwargs: Any) -> None:
        self.rows: dict[str, Any] = {}
        super().__init__(**kwargs)

    def offer(self, rows: Iterable[Any], label: Any = str) -> None:
        """Offer ``rows``, each called by ``label``."""
        self.rows = {str(row.pk): row for row in rows}
        self.choices = [CHOOSE, *((key, label(row)) for key, row in self.rows.items())]

    def clean(self, value: Any) -> Any:
        """Return the row that was chosen."""
        return self.rows.get(super().clean(value))


class NewAgreement(forms.Form):
    """An agreement or an addendum."""

    kind = CodeChoice(AgreementKind, label=both("Jenis", "Kind"))
    number = forms.CharField(label=both("Nomor", "Number"), max_length=120)
    title = forms.CharField(label=both("Tentang", "About"), max_length=200, required=False)
    region_code = forms.ChoiceField(label=both("Wilayah", "Region"))
    parent = _Rows(
        label=both("Mengikuti", "Follows"),
        required=False,
        help_text=both(
            "PKS mengikuti MoU, SK mengikuti PKS, addendum mengikuti yang diubahnya.",
            "A PKS follows a MoU, an SK a PKS, an addendum what it amends.",
        ),
    )
    signed_on = DayField(label=both("Ditandatangani", "Signed on"))
    starts = DayField(label=both("Mulai berlaku", "Starts"))
    ends = DayField(label=both("Berakhir", "Ends"))
    programmes = forms.MultipleChoiceField(
        label=both("Program", "Programmes"),
        required=False,
        choices=[(code.value, both(*code.text)) for code in Programme],
        initial=[Programme.JKK.value, Programme.JKM.value],
    )
    tariff = forms.CharField(label=both("Dasar tarif", "Basis of the tariff"), max_length=200, required=False)
    quotas = forms.CharField(
        label=both("Kuota per kategori", "Quota per category"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=both("Satu per baris: rentan 5000", "One a line: rentan 5000"),
    )
    places = forms.CharField(
        label=both("Sebaran kuota", "Quotas by place"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=both("Satu per baris: 62.03.01 rentan 500", "One a line: 62.03.01 rentan 500"),
    )
    parties = forms.CharField(
        label=both("Para pihak", "Parties"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=both("Satu per baris, dengan jabatannya", "One a line, with their office"),
    )

    def __init__(self, *args: Any, places: list[Region], papers: Iterable[Agreement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region_code"].choices = [(place.code, place.name) for place in places]  # type: ignore[attr-defined]
        parent = self.fields["parent"]
        assert isinstance(parent, _Rows)
        parent.offer(papers, lambda paper: f"{say(paper.kind.text)} {paper.number}")

    def clean_quotas(self) -> dict[str, int]:
        """Return category → people."""
        found: dict[str, int] = {}
        for line in self.cleaned_data["quotas"].splitlines():
            word, _, people = line.strip().rpartition(" ")
            category = Category.known(word)
            if line.strip() and (category is None or not re.fullmatch("[0-9]{1,9}", people)):
                raise forms.ValidationError(
                    str(
                        both(
                            "Tulis kategori lalu jumlah orang, mis. rentan 5000.",
                            "Write category and people.",
                        )
                    )
                )
            if category is not None:
                found[str(category)] = int(people)
        return found

    def clean_programmes(self) -> list[str]:
        """Return what was chosen; nothing means the two that everybody is in."""
        return self.cleaned_data["programmes"] or [str(Programme.JKK), str(Programme.JKM)]

    def clean_places(self) -> list[tuple[str, str, int]]:
        """Return region, category and people of each line."""
        found: list[tuple[str, str, int]] = []
        for line in filter(None, map(str.strip, self.cleaned_data["places"].splitlines())):
            match = re.fullmatch(r"([0-9][0-9.]*)\s+(\S+)\s+([0-9]{1,9})", line)
            category = Category.known(match[2]) if match else None
            if match is None or category is None:
                raise forms.ValidationError(
                    str(
                        both(
                            "Tulis kode wilayah, kategori, lalu jumlah orang, mis. 62.03.01 rentan 500.",
                            "Write code of the region, category and people, e.g. 62.03.01 rentan 500.",
                        )
                    )
                )
            found.append((match[1], str(category), int(match[3])))
        return found

    def clean_parties(self) -> list[str]:
        """Return the lines."""
        return [line.strip() for line in self.cleaned_data["parties"].splitlines() if line.strip()]


class NewLine(forms.Form):
    """A line of money."""

    name = forms.CharField(label=both("Nama", "Name"), max_length=120)
    source = CodeChoice(Source, label=both("Sumber dana", "Source of money"))
    amount = RupiahField(label=both("Pagu (rupiah)", "Ceiling (rupiah)"))
    region_code = forms.ChoiceField(label=both("Pembayar", "Who pays"))
    from_month = MonthField(label=both("Dari bulan", "From month"))
    until_month = MonthField(label=both("Sampai bulan", "Until month"))
    account_code = forms.CharField(label=both("Kode rekening", "Account code"), max_length=40, required=False)
    per_head = RupiahField(label=both("Batas per orang sebulan", "Most a head and month"), required=False)
    payer = forms.CharField(label=both("Nama pembayar", "Name of the payer"), max_length=150, required=False)
    categories = forms.MultipleChoiceField(
        label=both("Hanya kategori", "Categories only"),
        required=False,
        choices=[(code.value, both(*code.text)) for code in Category],
    )
    areas = forms.MultipleChoiceField(label=both("Hanya wilayah", "Regions only"), required=False)

    def __init__(self, *args: Any, places: list[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(place.code, place.name) for place in places]
        self.fields["region_code"].choices = named  # type: ignore[attr-defined]
        self.fields["areas"].choices = named  # type: ignore[attr-defined]


class NewEntry(forms.Form):
    """More ceiling, or money moved to another line."""

    kind = CodeChoice((EntryKind.CEILING, EntryKind.SHIFT), label=both("Gerak", "Move"))
    amount = RupiahField(label=both("Jumlah (rupiah)", "Amount (rupiah)"), min_value=1)
    target = _Rows(
        label=both("Ke baris dana (untuk pergeseran)", "To the line (for a shift)"), required=False
    )
    reason = ReasonField()

    def __init__(self, *args: Any, lines: Iterable[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        target = self.fields["target"]
        assert isinstance(target, _Rows)
        target.offer(lines)


class NewDecree(forms.Form):
    """A list of people that becomes a draft decree."""

    line = _Rows(label=both("Baris dana", "Line of money"))
    people = UploadField(
        suffixes=LISTS,
        label=both("Daftar orang", "List of people"),
        help_text=both("usulan.xlsx, atau daftar apa adanya.", "usulan.xlsx, or a list as it is."),
    )
    reserve = UploadField(suffixes=LISTS, label=both("Daftar cadangan", "Reserve list"), required=False)
    from_month = MonthField(label=both("Dari bulan", "From month"))
    until_month = MonthField(label=both("Sampai bulan", "Until month"))
    title = forms.CharField(label=both("Tentang", "About"), max_length=200, required=False)
    previous = _Rows(
        label=both("Mengubah SK", "Follows up"),
        required=False,
        help_text=both(
            "Daftar baru lengkap: yang tidak ada di dalamnya keluar.",
            "The whole new list: who is not in it leaves.",
        ),
    )

    def __init__(self, *args: Any, lines: Iterable[Line], decrees: Iterable[Decree], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        line, previous = self.fields["line"], self.fields["previous"]
        assert isinstance(line, _Rows)
        assert isinstance(previous, _Rows)
        line.offer(lines, lambda one: f"{one.name} {one.year}")
        previous.offer(decrees)


class Freeze(forms.Form):
    """Freezing, with an answer to what the law warns of."""

    despite = ReasonField(
        required=False, label=both("Alasan bila ada peringatan", "Reason where there is a warning")
    )


class Sign(forms.Form):
    """Number and day of a signed decree."""

    number = forms.CharField(label=both("Nomor SK", "Number"), max_length=120)
    signed_on = DayField(label=both("Tanggal SK", "Day"))


class Segments(forms.Form):
    """For whom the two segments are compared."""

    category = CodeChoice(Category, label=both("Kategori", "Category"))
    source = CodeChoice(Source, label=both("Sumber dana", "Source of money"))
    month = MonthField(label=both("Mulai bulan", "From month"))
    wage = RupiahField(label=both("Upah sebulan bila PU", "Wage a month as PU"), min_value=1)
    income = RupiahField(label=both("Penghasilan bila BPU", "Income as BPU"), required=False)


class Replace(forms.Form):
    """How many of the reserve follow."""

    many = forms.IntegerField(
        label=both("Berapa orang dari cadangan", "How many of the reserve"), min_value=1
    )


class Drop(forms.Form):
    """Giving a decree up."""

    reason = ReasonField()


class NewFile(forms.Form):
    """A scan or a signed file."""

    file = UploadField(suffixes=SUFFIXES, label=both("Berkas", "File"))
