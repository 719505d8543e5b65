"""What is filled in for a submission."""

from __future__ import annotations

from typing import Any

from django import forms

from payung.office.desk.words import both, say
from payung.office.regions.models import Region
from payung.office.submissions.rules.mended import FIELDS
from payung.office.submissions.states import Kind


class Begin(forms.Form):
    """Which list, of which village."""

    kind = forms.ChoiceField(label=both("Daftar apa?", "Which list?"))
    village = forms.ChoiceField(label=both("Desa", "Village"))

    def __init__(self, *args: Any, villages: list[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind, village = self.fields["kind"], self.fields["village"]
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(village, forms.ChoiceField)
        kind.choices = [(code, say(name)) for code, name in Kind.words().items()]
        village.choices = [(region.code, region.name) for region in villages]


class Mend(forms.Form):
    """The cells of one row."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, (_, label) in FIELDS.items():
            # What was shown comes back with it: of two open pages each changes only what was typed in it.
            self.fields[field] = forms.CharField(
                label=label, max_length=200, required=False, show_hidden_initial=True
            )
