"""What is filled in for batches, answers and layouts."""

from __future__ import annotations

from typing import Any

from django import forms

from payung.office.desk.fields import DayField, ReasonField, UploadField
from payung.office.desk.words import both, say
from payung.office.exchange.states import LineState
from payung.text import Text

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


NOBODY = "0"


class Decide(forms.Form):
    """Whom a row of an answer is about, and what it says of them."""

    line = forms.ChoiceField(label=both("Siapa ini?", "Who is this?"))
    verdict = forms.ChoiceField(label=both("Jawaban BPJS", "The insurer's answer"), required=False)
    note = ReasonField(
        required=False,
        label=both("Catatan", "Note"),
        help_text=both("Wajib bila tidak seorang pun.", "Needed where it is nobody."),
    )

    def __init__(self, *args: Any, lines: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        line, verdict = self.fields["line"], self.fields["verdict"]
        assert isinstance(line, forms.ChoiceField)
        assert isinstance(verdict, forms.ChoiceField)
        nobody = say(Text("Bukan orang dalam kiriman ini", "Nobody of this batch"))
        line.choices = [*([] if len(lines) == 1 else [("", "—")]), *lines, (NOBODY, nobody)]
        said = [(str(one), say(one.text)) for one in (LineState.ACCEPTED, LineState.REJECTED)]
        verdict.choices = [("", "—"), *said]

    def clean(self) -> dict[str, Any]:
        """Ask what the insurer said where somebody is chosen."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("line", NOBODY) != NOBODY and not values.get("verdict"):
            self.add_error("verdict", say(Text("Diterima atau ditolak?", "Accepted or rejected?")))
        return values


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
