"""Fields of forms that know what they hold: the right keyboard, the right refusal, the value as the actions take it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from payung.codes import Code
from payung.office.desk.words import CHOOSE, both, say
from payung.text import Text

MOST = 10**13  # rupiah; beyond it a figure is a slip of the hand
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


# Field of a listing that holds digits → how many there must be, 0: any.
_DIGITS = {"nik": 16, "kk": 16, "phone": 0, "rt": 0, "rw": 0, "income": 0}


def keyboard(field: str) -> dict[str, Any]:
    """Return the attributes of the box of a ``field`` of a listing: the keyboard it wants, and digits counted."""
    attributes: dict[str, Any] = {"autocomplete": "off"}
    if field in _DIGITS:
        attributes["inputmode"] = "numeric"
        if _DIGITS[field]:
            attributes["data-digits"] = _DIGITS[field]
    return attributes


class DayField(forms.DateField):
    """A day; the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)


class MonthField(forms.CharField):
    """A month as ``YYYY-MM``."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"type": "month", "placeholder": "2027-01", "pattern": "[0-9]{4}-[0-9]{2}"}
        super().__init__(max_length=7, widget=forms.TextInput(attrs=attributes), **kwargs)

    def clean(self, value: Any) -> str:
        """Return the month; refuse what is none."""
        month = str(super().clean(value) or "")
        if month and not _MONTH.fullmatch(month):
            raise ValidationError(
                say(
                    Text(
                        "Tulis bulan sebagai TTTT-BB, mis. 2027-01.",
                        "Write a month as YYYY-MM, e.g. 2027-01.",
                    )
                )
            )
        return month


class RupiahField(forms.IntegerField):
    """Whole rupiah; dots, spaces and ``Rp`` are understood."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"inputmode": "numeric", "autocomplete": "off"}
        kwargs.setdefault("min_value", 0)
        super().__init__(max_value=MOST, widget=forms.TextInput(attrs=attributes), **kwargs)

    def to_python(self, value: Any) -> int | None:
        """Return the amount."""
        text = re.sub(r"(?i)rp|[\s.]", "", str(value)) if value not in self.empty_values else value
        found: int | None = super().to_python(text)
        return found


class DigitsField(forms.CharField):
    """A number that is no amount: NIK, KK, KPJ, phone. The keyboard has digits, spaces and dots are taken out."""

    def __init__(self, *, digits: int = 0, **kwargs: Any) -> None:
        self.digits = digits
        attributes = {"inputmode": "numeric", "autocomplete": "off", "maxlength": "30"}
        if digits:
            attributes["data-digits"] = str(digits)
        super().__init__(widget=forms.TextInput(attrs=attributes), **kwargs)

    def clean(self, value: Any) -> str:
        """Return the digits; refuse another number of them than there must be."""
        text = re.sub(r"[\s.\-]", "", str(super().clean(value) or ""))
        if text and (not re.fullmatch(r"\+?[0-9]+", text) or (self.digits and len(text) != self.digits)):
            many = self.digits or ""
            raise ValidationError(say(Text(f"Isi {many} angka.", f"Write {many} digits.")))
        return text


class CodeChoice(forms.ChoiceField):
    """A choice among the members of a vocabulary; the value is the member."""

    def __init__(self, codes: Iterable[Code], **kwargs: Any) -> None:
        self.codes = {code.value: code for code in codes}
        choices = [(code.value, both(*code.text)) for code in self.codes.values()]
        super().__init__(choices=[CHOOSE, *choices] if len(choices) != 1 else choices, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the member that was chosen, or the empty text."""
        chosen = super().clean(value)
        return self.codes.get(chosen, "")


class ReasonField(forms.CharField):
    """Why something is done; recorded with it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", both("Alasan", "Reason"))
        super().__init__(max_length=300, widget=forms.Textarea(attrs={"rows": 2}), **kwargs)


class UploadField(forms.FileField):
    """A file of the kinds ``suffixes``, up to the limit of the office."""

    def __init__(self, *, suffixes: tuple[str, ...], **kwargs: Any) -> None:
        self.suffixes = suffixes
        most = settings.UPLOAD_LIMIT // 1_000_000
        attributes = {
            "accept": ",".join(suffixes),
            "data-limit": str(settings.UPLOAD_LIMIT),
            "data-too-large": both(f"lebih besar dari {most} MB", f"larger than {most} MB"),
            "data-wrong-kind": both("jenis berkas ini tidak diterima", "this kind of file is not taken"),
        }
        super().__init__(widget=forms.FileInput(attrs=attributes), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the file; refuse another kind and one that is too large."""
        file = super().clean(data, initial)
        if file and not str(file.name).lower().endswith(self.suffixes):
            allowed = ", ".join(self.suffixes)
            raise ValidationError(
                say(Text(f"Jenis berkas yang boleh: {allowed}.", f"Allowed kinds: {allowed}."))
            )
        if file and file.size > settings.UPLOAD_LIMIT:
            most = settings.UPLOAD_LIMIT // 1_000_000
            raise ValidationError(
                say(Text(f"Berkas lebih besar dari {most} MB.", f"The file is larger than {most} MB."))
            )
        return file
