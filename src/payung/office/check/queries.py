"""Whether somebody is protected: one word, after the same work whoever it is."""

from __future__ import annotations

import datetime as dt

from payung.codes import Code
from payung.office.months.queries import cover_on
from payung.office.people.models import DEAD, Person
from payung.office.vault.sealed import blind

NOBODY = 0  # no person has this key: asked about where there is nobody, so that the work is the same


class Protected(Code):
    """The answer."""

    YES = "terlindungi", "Terlindungi", "Protected", "good"
    NO = "tidak", "Tidak terlindungi", "Not protected", "bad"
    ASK = "hubungi", "Hubungi kantor desa", "Ask the village office", "info"


def protected(nik: str, birth_date: dt.date, on: dt.date) -> Protected:
    """Return whether the person of this NIK and birth date is protected on the day ``on``.

    ``ASK`` where there is no such person, the birth date is another, the person died, or the answer depends (arrears,
    an open rule): these cannot be told apart from outside.
    """
    person = Person.objects.filter(nik_index=blind(nik, "nik")).first()
    same = person is not None and person.birth_date == birth_date and person.life_status != DEAD
    answers = {answer.cover.covered for answer in cover_on(person.pk if person and same else NOBODY, on)}
    if not same:
        return Protected.ASK
    if "yes" in answers:
        return Protected.YES
    return Protected.ASK if answers - {"no"} else Protected.NO
