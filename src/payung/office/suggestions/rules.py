"""Suggestions as a list of the village: the same headings, so that the same rules read them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from payung.office.people.rules import FIELDS

# What a suggestion may say, at most eight: who it is, how they are reached, what they do, where they live.
ASKED = ("name", "nik", "birth_date", "sex", "kk", "job", "phone", "rt")


def as_list(cells: Sequence[Mapping[str, str]]) -> bytes:
    """Return suggested people as the CSV list that the village would send."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow([FIELDS[field][0] for field in ASKED])
    for one in cells:
        writer.writerow([one.get(field, "") for field in ASKED])
    return out.getvalue().encode()
