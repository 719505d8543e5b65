"""Forms of deaths."""

from __future__ import annotations

from django import forms

from payung.office.deaths.actions import SUFFIXES
from payung.office.deaths.states import Origin
from payung.office.desk.fields import CodeChoice, ReasonField, UploadField
from payung.office.desk.words import both


class Take(forms.Form):
    """A list of deaths."""

    file = UploadField(suffixes=SUFFIXES, label=both("Berkas", "File"))
    origin = CodeChoice(Origin, label=both("Asal daftar", "Origin of the list"))


class Decide(forms.Form):
    """Whether it is the same person, and why."""

    reason = ReasonField()
