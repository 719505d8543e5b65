"""Forms of policies."""

from __future__ import annotations

from typing import Any

from django import forms

from payung.office.desk.fields import ReasonField, UploadField
from payung.office.desk.words import both


class NewPolicy(forms.Form):
    """The file of a policy, and for which district where there are several."""

    region_code = forms.ChoiceField(label=both("Kabupaten", "District"))
    file = UploadField(
        suffixes=(".yaml", ".yml", ".txt"),
        label=both("Berkas kebijakan (YAML)", "File of the policy (YAML)"),
    )

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["region_code"]
        field.choices = places
        if len(places) == 1:
            field.initial, field.widget = places[0][0], forms.HiddenInput()


class Refusal(forms.Form):
    """Why a proposal is refused."""

    reason = ReasonField()
