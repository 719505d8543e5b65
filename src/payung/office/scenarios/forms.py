"""What is filled in: for each choice how many people, for which months, with how much money."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from payung.codes import Source
from payung.errors import InputError
from payung.office.desk.fields import CodeChoice, MonthField, RupiahField
from payung.office.desk.words import both, say
from payung.office.programme.queries.prices import law_source
from payung.planning.scenarios import Choice
from payung.planning.wishes import MOST_PEOPLE, parse_months
from payung.text import Text

CHOICES = 3  # beside each other on a page
LETTERS = "ABC"


class Wished(forms.Form):
    """Up to three choices; one without months is none."""

    source = CodeChoice(Source, label=both("Sumber dana", "Source of money"))
    amount = RupiahField(
        label=both("Dana (rupiah)", "Money (rupiah)"),
        required=False,
        help_text=both("Untuk tiap pilihan; kosong: tanpa batas.", "For each choice; empty: no limit."),
    )
    floor = forms.IntegerField(
        label=both("Paling sedikit per desa", "At least a village"),
        required=False,
        min_value=0,
        max_value=10_000,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for letter in LETTERS:
            self.fields[f"people_{letter}"] = forms.IntegerField(
                label=both("Orang paling banyak", "People at most"),
                required=False,
                min_value=1,
                max_value=MOST_PEOPLE,
            )
            self.fields[f"from_{letter}"] = MonthField(label=both("Dari bulan", "From month"), required=False)
            self.fields[f"until_{letter}"] = MonthField(
                label=both("Sampai bulan", "Until month"), required=False
            )

    @property
    def common(self) -> list[Any]:
        """The fields that hold for all choices."""
        return [self[name] for name in ("source", "amount", "floor")]

    @property
    def columns(self) -> list[tuple[str, list[Any]]]:
        """The letter and the fields of each choice."""
        return [
            (letter, [self[f"{name}_{letter}"] for name in ("people", "from", "until")]) for letter in LETTERS
        ]

    def clean(self) -> dict[str, Any]:
        """Read the choices into ``choices``."""
        values: dict[str, Any] = super().clean() or {}
        choices = []
        for letter in LETTERS:
            first, last = values.get(f"from_{letter}"), values.get(f"until_{letter}")
            if not first and not last and not values.get(f"people_{letter}"):
                continue
            if not first or not last:
                missing = Text("Isi bulan pertama dan terakhir.", "Fill in the first and the last month.")
                self.add_error(f"until_{letter}" if first else f"from_{letter}", say(missing))
                continue
            try:
                listed = parse_months(f"{first}..{last}")
            except InputError as error:
                self.add_error(f"until_{letter}", say(error.message))
                continue
            if source := values.get("source"):
                choices.append(
                    Choice(
                        name=letter,
                        months=listed,
                        source=law_source(source),
                        people=values.get(f"people_{letter}"),
                        amount=values.get("amount"),
                        floor=values.get("floor") or 0,
                    )
                )
        if not choices and not self.errors:
            none = Text("Isi sedikitnya satu pilihan.", "Fill in one choice at least.")
            raise ValidationError(say(none))
        values["choices"] = choices
        return values
