"""What is filled in about cards."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from payung.errors import InputError
from payung.office.cards.actions import not_later
from payung.office.cards.states import CardKind
from payung.office.desk.fields import DayField
from payung.office.desk.words import both, say


class Received(forms.Form):
    """A card that came from the branch for one person."""

    kpj = forms.CharField(label=both("Nomor KPJ", "KPJ number"), max_length=30)
    kind = forms.ChoiceField(label=both("Jenis kartu", "Kind of card"))
    received_on = DayField(label=both("Diterima dari cabang", "Received from the branch"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["kind"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [(str(kind), say(name)) for kind, name in CardKind.words().items()]

    def clean_received_on(self) -> dt.date:
        """Refuse a day in the future."""
        on: dt.date = self.cleaned_data["received_on"]
        try:
            not_later(on)
        except InputError as error:
            raise forms.ValidationError(say(error.message)) from error
        return on


class ReceivedOfVillage(Received):
    """The cards of everybody in a village."""

    def __init__(self, *args: Any, villages: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["kpj"]
        self.fields["village"] = forms.ChoiceField(label=both("Desa", "Village"), choices=villages)
        self.order_fields(["village"])


class HandOver(forms.Form):
    """When cards were given, by whom, and to whom."""

    handed_on = DayField(label=both("Diserahkan pada", "Handed over on"))
    handed_by = forms.CharField(label=both("Diserahkan oleh", "Handed over by"), max_length=150)
    handed_to = forms.CharField(
        label=both("Diterima oleh", "Taken by"),
        max_length=150,
        required=False,
        help_text=both("Kosongkan bila pesertanya sendiri.", "Leave empty where it is the member."),
    )
