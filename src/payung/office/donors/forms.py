"""What is filled in about donors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from payung.codes import Category
from payung.office.accounts.models import User
from payung.office.desk.fields import CodeChoice, DayField, MonthField, ReasonField, RupiahField
from payung.office.desk.words import CHOOSE, both
from payung.office.donors.states import GIVERS, Scheme
from payung.office.regions.models import Region


class DonorForm(forms.Form):
    """A donor."""

    name = forms.CharField(label=both("Nama donatur", "Name of the donor"), max_length=150)


class PledgeForm(forms.Form):
    """The letter of a donor."""

    number = forms.CharField(label=both("Nomor surat", "Number of the letter"), max_length=120)
    signed_on = DayField(label=both("Tanggal surat", "Day of the letter"))
    scheme = CodeChoice(Scheme, label=both("Melalui", "By way of"))
    source = CodeChoice(GIVERS, label=both("Uang siapa", "Whose money"))
    amount = RupiahField(label=both("Jumlah (rupiah)", "Amount (rupiah)"), min_value=1)
    from_month = MonthField(label=both("Dari bulan", "From month"))
    until_month = MonthField(label=both("Sampai bulan", "Until month"))
    people = forms.IntegerField(
        label=both("Untuk berapa orang", "For how many people"), min_value=1, required=False
    )
    months = forms.IntegerField(
        label=both("Berapa bulan tiap orang", "Months for each of them"), min_value=1, required=False
    )
    per_head = RupiahField(label=both("Batas per orang sebulan", "Most a head and month"), required=False)
    categories = forms.MultipleChoiceField(
        label=both("Hanya kategori", "Categories only"),
        required=False,
        choices=[(code.value, both(*code.text)) for code in Category],
    )
    areas = forms.MultipleChoiceField(label=both("Hanya wilayah", "Regions only"), required=False)
    note = forms.CharField(label=both("Catatan", "Remark"), max_length=300, required=False)

    def __init__(self, *args: Any, places: Iterable[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"].choices = [(place.code, place.name) for place in places]  # type: ignore[attr-defined]


class LineForm(forms.Form):
    """A line of money that is made of a pledge."""

    name = forms.CharField(label=both("Nama baris dana", "Name of the line"), max_length=120)
    amount = RupiahField(label=both("Pagu (rupiah)", "Ceiling (rupiah)"), min_value=1)
    from_month = MonthField(label=both("Dari bulan", "From month"))
    until_month = MonthField(label=both("Sampai bulan", "Until month"))


class LinkForm(forms.Form):
    """A user who looks for a donor."""

    user = forms.ChoiceField(
        label=both("Akun", "Account"),
        help_text=both(
            "Akun dengan peran Donatur yang belum dihubungkan.",
            "Accounts of donors that look for nobody yet.",
        ),
    )

    def __init__(self, *args: Any, users: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.users = {str(user.pk): user for user in users}
        choices = [(key, f"{user.name} ({user.username})") for key, user in self.users.items()]
        self.fields["user"].choices = [CHOOSE, *choices]  # type: ignore[attr-defined]

    def clean_user(self) -> User:
        """Return the user that was chosen."""
        return self.users[self.cleaned_data["user"]]


class WithdrawForm(forms.Form):
    """Withdrawing a pledge."""

    reason = ReasonField()
