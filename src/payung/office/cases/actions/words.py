"""The labels of the page for a family, as a district words them in the languages of its villages."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from payung.errors import InputError
from payung.office.cases.models import FamilyWords
from payung.office.cases.states import FamilyLabel, Tongue
from payung.office.history.actions import Entry, record
from payung.text import Text

LONGEST = 120


@transaction.atomic
def word(*, by: str, region_code: str, tongue: Tongue, words: Mapping[str, str]) -> FamilyWords:
    """Write how a district says the labels in ``tongue``; a label that is left empty is printed in Indonesian alone.

    Raises :class:`InputError` for a label that the page does not have, or one too long for it.
    """
    said = {code: " ".join(text.split()) for code, text in words.items() if text.strip()}
    for code, text in said.items():
        if FamilyLabel.known(code) is None:
            raise InputError(Text(f"Label {code!r} tidak ada.", f"There is no label {code!r}."))
        if len(text) > LONGEST:
            raise InputError(Text(f"Paling panjang {LONGEST} huruf.", f"At most {LONGEST} letters."), at=code)
    made = FamilyWords.objects.create(region_code=region_code[:5], tongue=tongue, words=said, by=by)
    entry = Entry(
        "case.words",
        f"region:{made.region_code}",
        region_code=made.region_code,
        after={"tongue": str(tongue), "lines": len(said)},
    )
    record(by=by, entries=[entry])
    return made
