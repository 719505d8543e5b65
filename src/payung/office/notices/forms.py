"""How somebody wants to be told."""

from __future__ import annotations

from django import forms

from payung.office.desk.words import both


class How(forms.Form):
    """By e-mail or not, and where."""

    mails = forms.BooleanField(
        label=both("Kirim juga lewat surel", "Send them by e-mail too"), required=False
    )
    email = forms.EmailField(
        label=both("Alamat surel", "E-mail address"),
        required=False,
        widget=forms.EmailInput({"autocomplete": "email", "inputmode": "email"}),
    )
