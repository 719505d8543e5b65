"""What is filled in for answers, texts, staff lists and requests."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from payung.codes import Segment, Source
from payung.office.answers.agencies import BPJS, DTSEN, NAMES
from payung.office.answers.states import KINDS, Employer
from payung.office.desk.fields import DayField
from payung.office.desk.words import CHOOSE, both, say
from payung.text import Text

SUFFIXES = ".xlsx,.xlsm,.xls,.ods,.csv,.txt"
NOT_SAID = Text("(ada dalam lembar, atau tidak perlu)", "(in the sheet, or not needed)")


def _file() -> forms.FileField:
    return forms.FileField(
        label=both("Berkas", "File"),
        help_text=both(
            "Excel, OpenDocument, atau CSV apa adanya; urutan kolom bebas.",
            "Excel, OpenDocument or CSV as it is; columns in any order.",
        ),
        widget=forms.FileInput(attrs={"accept": SUFFIXES}),
    )


def choices(named: dict[str, Text]) -> list[tuple[str, str]]:
    """Return the entries of ``named`` in the language of the page."""
    return [(code, say(name)) for code, name in named.items()]


class NewAnswer(forms.Form):
    """An answer sheet, and what it does not say itself."""

    agency = forms.ChoiceField(label=both("Jawaban dari", "Answer from"))
    region = forms.ChoiceField(label=both("Wilayah", "Region"))
    answered_on = DayField(label=both("Tanggal jawaban", "Day of the answer"))
    version = forms.CharField(
        label=both("Versi DTSEN (hanya untuk DTSEN)", "Release of DTSEN (only for DTSEN)"),
        max_length=40,
        required=False,
        widget=forms.TextInput({"data-when": f"agency={DTSEN}"}),
        help_text=both("mis. DTSEN triwulan 4 2026", "e.g. DTSEN 4th quarter 2026"),
    )
    segment = forms.ChoiceField(
        label=both("Segmen (hanya untuk BPJS)", "Segment (only for BPJS)"),
        required=False,
        widget=forms.Select({"data-when": f"agency={BPJS}"}),
    )
    source = forms.ChoiceField(
        label=both("Sumber dana (hanya untuk BPJS)", "Who pays (only for BPJS)"),
        required=False,
        widget=forms.Select({"data-when": f"agency={BPJS}"}),
    )
    file = _file()

    def __init__(
        self, *args: Any, agencies: tuple[str, ...], regions: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "agency": choices({code: NAMES[code] for code in agencies}),
            "region": regions,
            "segment": [("", say(NOT_SAID)), *choices(Segment.words())],
            "source": [("", say(NOT_SAID)), *choices(Source.words())],
        }
        for name, entries in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = entries
        self.fields["answered_on"].initial = timezone.localdate()
        if len(regions) == 1:
            self.fields["region"].widget = forms.HiddenInput()
            self.fields["region"].initial = regions[0][0]

    def clean(self) -> dict[str, Any]:
        """A decile without its release cannot be compared later (domain 2b)."""
        found = super().clean() or {}
        if found.get("agency") == DTSEN and not found.get("version", "").strip():
            self.add_error(
                "version", say(Text("Tulis versi DTSEN-nya.", "Write which release of DTSEN it is."))
            )
        return found


class MapText(forms.Form):
    """Which class of result a text is."""

    code = forms.ChoiceField(label=both("Teks ini berarti", "This text means"))
    reason = forms.CharField(
        label=both("Mengapa artinya diubah?", "Why is its meaning changed?"), max_length=300, required=False
    )

    def __init__(self, *args: Any, mapped: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not mapped:
            del self.fields["reason"]
        field = self.fields["code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            CHOOSE,
            *choices({code: kind.name for code, kind in KINDS.items()}),
        ]


class Allow(forms.Form):
    """Why somebody with another cover may pass."""

    reason = forms.CharField(
        label=both("Mengapa orang ini boleh ikut?", "Why may this person take part?"), max_length=500
    )


class NewStaffList(forms.Form):
    """A staff list for the same-KK rule."""

    source = forms.CharField(
        label=both("Sumber daftar", "Source of the list"),
        max_length=120,
        help_text=both(
            "mis. BKPSDM Kapuas. Daftar baru dari sumber yang sama menggantikan yang lama.",
            "e.g. BKPSDM Kapuas. A newer list of the same source replaces the older one.",
        ),
    )
    employer = forms.ChoiceField(label=both("Pegawai apa?", "Which staff?"))
    version_on = DayField(label=both("Keadaan per tanggal", "As of"))
    region = forms.ChoiceField(label=both("Wilayah", "Region"))
    file = _file()

    def __init__(self, *args: Any, regions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, entries in (("employer", choices(Employer.words())), ("region", regions)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = entries
        if len(regions) == 1:
            self.fields["region"].widget = forms.HiddenInput()
            self.fields["region"].initial = regions[0][0]


class Ask(forms.Form):
    """Whom an agency is asked about, and why their NIKs leave the house."""

    agency = forms.ChoiceField(label=both("Minta padan kepada", "Ask"))
    submission = forms.ChoiceField(label=both("Orang siapa?", "Whose people?"), required=False)
    only_unanswered = forms.BooleanField(
        label=both("Hanya yang belum dijawab", "Only those not answered for"), required=False, initial=True
    )
    reason = forms.CharField(
        label=both("Untuk apa berkas ini?", "What is this file for?"),
        max_length=300,
        help_text=both(
            "Berkas memuat NIK lengkap. Nama Anda, alasan, dan jumlah barisnya dicatat.",
            "The file holds whole NIKs. Your name, the reason and the number of rows are recorded.",
        ),
    )

    def __init__(
        self, *args: Any, agencies: tuple[str, ...], submissions: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        everybody = Text("Semua usulan yang menunggu instansi itu", "All submissions that wait for it")
        offered = {
            "agency": choices({code: NAMES[code] for code in agencies}),
            "submission": [("", say(everybody)), *submissions],
        }
        for name, entries in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = entries
