"""What is filled in about people and heirs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from payung.codes import Category, Occupation
from payung.office.desk.fields import keyboard
from payung.office.desk.words import CHOOSE, both, say
from payung.office.people.actions.facts import Chosen, cells_of, state_of
from payung.office.people.actions.heirs import Named, relations
from payung.office.people.models import Heir, Person
from payung.office.people.rules import FIELDS
from payung.people import occupations

YES_NO = [
    ("", both("belum ditanyakan", "not asked yet")),
    ("ya", both("ya", "yes")),
    ("tidak", both("tidak", "no")),
]
SEXES = [
    ("", both("belum diketahui", "not known")),
    ("L", both("laki-laki", "male")),
    ("P", both("perempuan", "female")),
]
ANSWERS: dict[str, bool | None] = {"": None, "ya": True, "tidak": False}


def answer_of(value: bool | None) -> str:
    """Return the choice of :data:`YES_NO` for ``value``."""
    return next(choice for choice, known in ANSWERS.items() if known is value)


class Facts(forms.Form):
    """What is known of a person, apart from the NIK."""

    typed: tuple[str, ...] = tuple(field for field in FIELDS if field != "nik")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.typed:
            required = field in {"nik", "name"}
            self.fields[field] = forms.CharField(
                label=FIELDS[field][1],
                max_length=200,
                required=required,
                widget=forms.TextInput(keyboard(field)),
            )
        self.fields["sex"] = forms.ChoiceField(
            label=both("Jenis kelamin", "Sex"), required=False, choices=SEXES
        )
        self.fields["occupation"] = forms.ChoiceField(
            label=both("Golongan pekerjaan", "Kind of job"),
            required=False,
            choices=[
                ("", both("menurut pekerjaannya", "as the job says")),
                *[(code, say(name)) for code, name in Occupation.words().items()],
            ],
        )
        self.fields["disability"] = forms.ChoiceField(
            label=both("Penyandang disabilitas", "Has a disability"), required=False, choices=YES_NO
        )
        self.fields["decile"] = forms.ChoiceField(
            label=both("Desil DTSEN (1 paling miskin)", "DTSEN decile (1 the poorest)"),
            required=False,
            choices=[("", both("belum diketahui", "not known")), *[(str(n), str(n)) for n in range(1, 11)]],
        )
        self.fields["decile_version"] = forms.CharField(
            label=both("Terbitan desil", "Release of the decile"),
            required=False,
            max_length=40,
            help_text=both("mis. DTSEN 2026-3", "e.g. DTSEN 2026-3"),
        )
        self.fields["reason"] = forms.CharField(
            label=both("Alasan, dan dari mana tahunya", "Why, and how you know"), max_length=300
        )

    @property
    def cells(self) -> dict[str, str]:
        """What was typed, field → text; a box that was not sent at all is not an emptied one."""
        return {field: self.cleaned_data[field] for field in self.typed if field in self.data}

    @property
    def chosen(self) -> Chosen:
        """What was chosen."""
        values = self.cleaned_data
        return Chosen(
            occupation=values["occupation"],
            disability=ANSWERS[values["disability"]],
            decile=int(values["decile"]) if values["decile"] else None,
            decile_version=values["decile_version"].strip(),
        )


class Change(Facts):
    """The facts of somebody who is in the register; ``seen`` says which state of them the page showed."""

    seen = forms.CharField(
        widget=forms.HiddenInput(),
        error_messages={
            "required": both(
                "Halaman ini tidak utuh: buka lagi, lalu ubah yang perlu.",
                "This page is not whole: open it again and change what is needed.",
            )
        },
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        derived = occupations.read(person.job) if person.job else None
        initial = {
            **cells_of(person),
            "occupation": "" if person.occupation == (derived or "") else person.occupation,
            "disability": answer_of(person.disability),
            "decile": str(person.decile or ""),
            "decile_version": person.decile_version,
            "seen": state_of(person),
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["kk"].label = both("Nomor KK baru", "New KK number")
        self.fields["kk"].help_text = both("Kosongkan bila KK-nya tetap.", "Leave empty where the KK stays.")


class Addition(Facts):
    """Somebody new, with where and as what."""

    typed = tuple(FIELDS)

    def __init__(
        self, *args: Any, villages: list[tuple[str, str]], categories: Iterable[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        # Whoever has several villages chooses: none of them is the likely one.
        asked = [CHOOSE, *villages] if len(villages) > 1 else villages
        self.fields["village"] = forms.ChoiceField(label=both("Desa", "Village"), choices=asked)
        self.fields["category"] = forms.ChoiceField(
            label=both("Kategori", "Category"),
            choices=[
                CHOOSE,
                *[(code, say(name)) for code, name in Category.words().items() if code in set(categories)],
            ],
        )
        self.order_fields(["village", "category", *self.typed])


class Correction(forms.Form):
    """The right NIK, and why the former one was wrong."""

    nik = forms.CharField(
        label=both("NIK yang benar", "The right NIK"), max_length=30, widget=forms.TextInput(keyboard("nik"))
    )
    reason = forms.CharField(
        label=both("Alasan", "Why"),
        max_length=300,
        help_text=both(
            "mis. dua angka terbalik, dicocokkan dengan KTP", "e.g. two digits swapped, seen on the KTP"
        ),
    )


class HeirForm(forms.Form):
    """An heir."""

    relation = forms.ChoiceField(label=both("Hubungan dengan peserta", "Relation to the member"))
    name = forms.CharField(label=both("Nama ahli waris", "Name of the heir"), max_length=150)
    nik = forms.CharField(
        label=both("NIK (bila ada)", "NIK (where known)"),
        max_length=30,
        required=False,
        widget=forms.TextInput(keyboard("nik")),
    )
    phone = forms.CharField(
        label=both("Nomor HP", "Phone number"),
        max_length=30,
        required=False,
        widget=forms.TextInput(keyboard("phone")),
    )
    has_account = forms.ChoiceField(
        label=both("Punya rekening bank sendiri", "Has a bank account of their own"),
        required=False,
        choices=YES_NO,
        help_text=both("Nomor rekening tidak dicatat di sini.", "Account numbers are not kept here."),
    )

    def __init__(self, *args: Any, heir: Heir | None = None, **kwargs: Any) -> None:
        if heir is not None:
            kwargs["initial"] = {
                "relation": heir.relation,
                "name": heir.name,
                "nik": "",
                "phone": heir.phone or "",
                "has_account": answer_of(heir.has_account),
            }
        super().__init__(*args, **kwargs)
        chosen = self.fields["relation"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [
            (code, f"{relation.rank}. {say(relation.name)}")
            for code, relation in relations(timezone.localdate()).items()
        ]
        if heir is not None:
            if heir.nik:
                self.fields["nik"].help_text = both(
                    "Kosongkan bila NIK-nya tetap.", "Leave empty where the NIK stays."
                )
            self.fields["reason"] = forms.CharField(label=both("Alasan", "Why"), max_length=300)

    def named(self, heir: Heir | None = None) -> Named:
        """Return what was typed; an empty NIK keeps the one that is known."""
        values = self.cleaned_data
        return Named(
            relation=values["relation"],
            name=values["name"],
            nik=values["nik"] or (heir.nik if heir and heir.nik else ""),
            phone=values["phone"],
            has_account=ANSWERS[values["has_account"]],
        )


class Removal(forms.Form):
    """Why something is taken away."""

    reason = forms.CharField(label=both("Alasan menghapus", "Why it is removed"), max_length=300)


class Unmask(forms.Form):
    """Why somebody needs the whole NIK."""

    reason = forms.CharField(
        label=both("Alasan melihat NIK lengkap", "Why you need the whole NIK"), max_length=300
    )
