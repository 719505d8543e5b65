"""What is filled in about events and cases."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.utils import timezone

from payung.errors import InputError
from payung.law import facts
from payung.law.losses import Loss, losses
from payung.office.cases.actions.papers import MOST
from payung.office.cases.actions.words import LONGEST
from payung.office.cases.models import Case
from payung.office.cases.rules.papers import wanted
from payung.office.cases.states import (
    BY_INSURER,
    KINDS,
    TOTAL,
    TREATMENT,
    WAYS,
    CaseKind,
    FamilyLabel,
    Guarantee,
    Happening,
    Refusal,
    StepKind,
)
from payung.office.desk.fields import CodeChoice, DayField, DigitsField, ReasonField, RupiahField, UploadField
from payung.office.desk.words import CHOOSE, both

BESIDE = (StepKind.STAGE_ONE, StepKind.GUARANTEE, StepKind.ARREARS, StepKind.OBJECTION, StepKind.NOTE)


class ReportForm(forms.Form):
    """What happened to whom, when and where, and who tells it; under two minutes on a phone."""

    happening = CodeChoice(Happening, label=both("Apa yang terjadi?", "What happened?"))
    name = forms.CharField(label=both("Nama orangnya", "Name of the person"), max_length=150)
    nik = DigitsField(digits=16, required=False, label=both("NIK (bila tahu)", "NIK (if you know it)"))
    on = DayField(label=both("Tanggal kejadian", "Day of the event"))
    hour = forms.TimeField(
        label=both("Jam (bila tahu)", "Hour (if you know it)"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}),
    )
    place = forms.CharField(label=both("Di mana?", "Where?"), max_length=200)
    story = forms.CharField(
        label=both("Bagaimana terjadinya? (singkat)", "How did it happen? (short)"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reporter = forms.CharField(label=both("Nama pelapor", "Who reports it"), max_length=150)
    phone = DigitsField(required=False, label=both("HP pelapor", "Phone of the reporter"))
    key = forms.CharField(widget=forms.HiddenInput, max_length=36, required=False)

    def __init__(self, *args: Any, villages: list[tuple[str, str]] | None = None, **kwargs: Any) -> None:
        begun = {"on": timezone.localdate(), "key": str(uuid.uuid4())}
        kwargs["initial"] = begun | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        # A fresh form gets a key of the phone's own (forms.js): a page that lies on it would give the same one twice.
        self.fields["key"].widget.attrs["data-fresh"] = "tidak" if self.is_bound else "ya"
        if villages is None:
            self.fields["phone"].required = True
        else:
            choices = villages if len(villages) == 1 else [CHOOSE, *villages]
            self.fields["village_code"] = forms.ChoiceField(
                label=both("Desa tempat tinggalnya", "Village where they live"), choices=choices
            )
            self.order_fields(["happening", "name", "nik", "village_code"])


class StepForm(forms.Form):
    """A step of a case."""

    to = forms.ChoiceField(label=both("Langkah", "Step"))
    on = DayField(label=both("Tanggal", "Day"))
    paper = forms.CharField(label=both("Nomor surat", "Number of the letter"), max_length=120, required=False)
    amount = RupiahField(label=both("Jumlah (rupiah)", "Amount (rupiah)"), required=False)
    holder = forms.CharField(
        label=both("Pemilik rekening atau penerima", "Account holder or who received it"),
        max_length=150,
        required=False,
    )
    witness = forms.CharField(label=both("Saksi penyerahan", "Witness"), max_length=150, required=False)
    refusal = CodeChoice(Refusal, label=both("Alasan penolakan", "Reason of the refusal"), required=False)
    object_until = DayField(
        label=both("Batas keberatan menurut suratnya", "Last day to object, by the letter"), required=False
    )
    guarantee = CodeChoice(
        Guarantee, label=both("Jaminan perawatan", "Guarantee of treatment"), required=False
    )
    becomes = CodeChoice(CaseKind, label=both("Ternyata jenis lain", "It turned out to be"), required=False)
    note = forms.CharField(
        label=both("Catatan", "Note"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, case: Case, insurer_only: bool = False, **kwargs: Any) -> None:
        kwargs["initial"] = {"on": timezone.localdate()}
        super().__init__(*args, **kwargs)
        jkm = case.kind is CaseKind.JKM
        ways = [one for one in WAYS[case.state] if not (jkm and one in TREATMENT)]
        if insurer_only:
            ways = [one for one in ways if one in BY_INSURER]
        beside = [] if insurer_only else [one for one in BESIDE if not (jkm and one is not StepKind.NOTE)]
        if jkm and not insurer_only:
            beside = [StepKind.ARREARS, StepKind.OBJECTION, StepKind.NOTE]
        chosen = self.fields["to"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [CHOOSE, *((one.value, both(*one.text)) for one in (*ways, *beside))]
        states = {one.value for one in ways}
        unused = []
        if not states & {"disetujui", "dibayar"}:
            unused.append("amount")
        if not states & {"dibayar", "diserahkan"}:
            unused.append("holder")
        if "diserahkan" not in states:
            unused.append("witness")
        if "ditolak" not in states:
            unused += ["refusal", "object_until"]
        if jkm or insurer_only:
            unused.append("guarantee")
        if len(KINDS[case.incident.happening]) == 1 or insurer_only:
            unused.append("becomes")
        for name in unused:
            del self.fields[name]


class PaperForm(forms.Form):
    """A paper that is there, with a photo or PDF of it."""

    code = forms.ChoiceField(label=both("Berkas", "Paper"))
    file = UploadField(
        suffixes=(".jpg", ".jpeg", ".png", ".pdf"),
        required=False,
        label=both("Foto atau PDF (paling besar 6 MB)", "Photo or PDF (6 MB at most)"),
        help_text=both(
            "Kosongkan bila aslinya sudah di meja.", "Leave empty where the paper lies at the desk."
        ),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["code"]
        assert isinstance(chosen, forms.ChoiceField)
        papers = wanted(case.kind, case.incident.on, case.incident.happening)
        chosen.choices = [CHOOSE, *((one.code, both(*one.title)) for one in papers)]
        # A photo is made smaller on the device before it is sent (forms.js); a phone offers its camera for these kinds.
        told = both("Foto sedang dikecilkan…", "The photo is being made smaller…")
        self.fields["file"].widget.attrs |= {
            "accept": ".jpg,.jpeg,.png,.pdf,image/jpeg,image/png",
            "data-shrink": str(MOST),
            "data-shrinking": told,
        }


def _losses(on: dt.date) -> tuple[Loss, ...]:
    """Return the rows of the disability table of a day, none where its law is not held here."""
    try:
        return losses(on)
    except InputError:
        return ()


class FactsForm(forms.Form):
    """What the estimate goes by."""

    children = forms.MultipleChoiceField(
        label=both("Jenjang sekolah anak (paling banyak dua)", "School of the children (two at most)"),
        required=False,
        choices=[(level, level.upper()) for level in facts.LEVELS],
        widget=forms.SelectMultiple(attrs={"size": "5"}),
    )
    months_off = forms.IntegerField(
        label=both("Bulan tidak mampu bekerja", "Months without work"),
        required=False,
        min_value=1,
        max_value=120,
    )
    loss = forms.ChoiceField(
        label=both("Cacat menurut dokter", "The loss, as the doctor says"), required=False
    )

    def __init__(self, *args: Any, medical: bool, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not medical:
            del self.fields["loss"]
            return
        chosen = self.fields["loss"]
        assert isinstance(chosen, forms.ChoiceField)
        whole = both("Cacat total tetap", "Total permanent disability")
        chosen.choices = [CHOOSE, (TOTAL, whole), *((one.code, both(*one.title)) for one in _losses(on))]


class CorrectForm(forms.Form):
    """Facts of an incident that turned out otherwise, and why."""

    on = DayField(label=both("Tanggal kejadian", "Day of the event"))
    hour = forms.TimeField(
        label=both("Jam", "Hour"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    place = forms.CharField(label=both("Di mana?", "Where?"), max_length=200)
    story = forms.CharField(
        label=both("Bagaimana terjadinya?", "How did it happen?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    diagnosis = forms.CharField(
        label=both("Diagnosis dokter", "What the doctor said"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason = ReasonField(label=both("Mengapa dibetulkan", "Why it is corrected"))

    def __init__(self, *args: Any, medical: bool, **kwargs: Any) -> None:
        kwargs["auto_id"] = "id_fakta_%s"  # three forms of one page have a day and a place
        super().__init__(*args, **kwargs)
        if not medical:
            del self.fields["diagnosis"]


class WordsForm(forms.Form):
    """The labels of the page for a family in one language of the villages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for label in FamilyLabel:
            self.fields[label.value] = forms.CharField(
                label=both(*label.text), max_length=LONGEST, required=False
            )


class LinkForm(forms.Form):
    """For which village a link is made."""

    village = forms.ChoiceField(label=both("Desa", "Village"))

    def __init__(self, *args: Any, villages: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["village"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = villages
