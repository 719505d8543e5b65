"""What is filled in for a submission."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms

from payung.office.desk.fields import keyboard
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
    """The cells of one row: those in which something is wrong first, each with the keyboard it wants."""

    def __init__(self, *args: Any, faulty: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.faulty = [field for field in FIELDS if field in faulty]
        for field in sorted(FIELDS, key=lambda field: field not in faulty):
            attributes = keyboard(field)
            if field in faulty:
                attributes["aria-invalid"] = "true"
            # What was shown comes back with it: of two open pages each changes only what was typed in it.
            self.fields[field] = forms.CharField(
                label=FIELDS[field][1],
                max_length=200,
                required=False,
                show_hidden_initial=True,
                widget=forms.TextInput(attributes),
            )

    def first(self) -> list[forms.BoundField]:
        """Return the fields in which something is wrong; all where nothing is."""
        return [self[field] for field in self.faulty or self.fields]

    def others(self) -> list[forms.BoundField]:
        """Return the other fields."""
        return [self[field] for field in self.fields if self.faulty and field not in self.faulty]
