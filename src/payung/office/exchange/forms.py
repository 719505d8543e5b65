"""What is filled in for batches, answers and layouts."""

from __future__ import annotations

from django import forms

from payung.office.desk.fields import DayField, ReasonField, UploadField
from payung.office.desk.words import both

LISTS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt")


class NewAnswer(forms.Form):
    """The insurer's answer to a batch."""

    file = UploadField(
        suffixes=LISTS,
        label=both("Jawaban BPJS", "Answer of the insurer"),
        help_text=both("Lembar Status (Y/T) atau daftar KPJ.", "A sheet with Status (Y/T) or a list of KPJ."),
    )


class Sent(forms.Form):
    """When the file was handed over."""

    on = DayField(label=both("Diserahkan tanggal", "Handed over on"))


class Settle(forms.Form):
    """What was found out about a row that found no line."""

    note = ReasonField(label=both("Hasilnya", "What came of it"))


class Again(forms.Form):
    """Sending all rejected lines of a batch again."""

    reason = ReasonField(label=both("Apa yang dibetulkan", "What was mended"))


class Columns(forms.Form):
    """The columns of a layout."""

    columns = forms.CharField(
        label=both("Kolom", "Columns"),
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}),
        help_text=both(
            "Satu per baris: JUDUL | isian, dengan ! bila wajib. =teks menulis teks tetap.",
            "One a line: HEADING | value, with ! where it must be filled. =text writes a fixed text.",
        ),
    )
