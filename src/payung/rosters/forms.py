"""Questionnaires whose headings are question numbers: what each number asks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Form:
    """A printed form.

    Fields
        name: what it is called.
        number: pattern that finds the question number in a heading.
        questions: question number -> field.
        least: how many of its questions a list must show to be that form.
    """

    name: str
    number: re.Pattern[str]
    questions: dict[str, str]
    least: int


_REGSOSEK = (
    "401 seq,402 name,403 nik,404 other,405 sex,406 birth_date,407 age,408 marital,409 relation,410 other,411 other,"
    "412 education_current,413 education,414 education,415 education,416a works,416b hours,417 industry,"
    "418 job_status,419 other"
)
_SDGS = (
    "P103 name,P104 sex,P105 birth_place,P106 birth_date,P107 age,P108 marital,P110 religion,P111 ethnicity,"
    "P113 phone,P114 phone_alt,P115 email,P201 works"
)


def _questions(text: str) -> dict[str, str]:
    return dict(part.split(" ") for part in text.split(","))


FORMS: Final = (
    Form("Regsosek 2022", re.compile(r"^(4[0-2]\d[a-z]?)\b"), _questions(_REGSOSEK), 5),
    Form("SDGs Desa", re.compile(r"^I\.(P\d{3})$"), _questions(_SDGS), 4),
)


def recognise(headings: list[str]) -> dict[int, tuple[str, str]]:
    """Return position -> (field, form name) where the headings are the questions of one form, else nothing."""
    for form in FORMS:
        found = {}
        for at, heading in enumerate(headings):
            number = form.number.match(heading.strip())
            if number and number[1] in form.questions:
                found[at] = (form.questions[number[1]], form.name)
        if len(found) >= form.least:
            return found
    return {}
