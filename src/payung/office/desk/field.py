"""The pages that matter in the field: they open and save without a signal."""

from __future__ import annotations

from typing import Any

from django.urls import resolve, reverse

# By name: they hold forms and lists of lists, no names of people.
FIELD = ("suggestion_new", "case_report", "person_add", "submission_list")


def field_pages(user: Any = None) -> list[str]:
    """Return the addresses of those pages; given a user, of those that open for them."""
    found = []
    for name in FIELD:
        url = reverse(name)
        wanted = resolve(url).func.rule.permissions  # type: ignore[attr-defined]
        if user is None or any(user.may(permission) for permission in wanted):
            found.append(url)
    return found
