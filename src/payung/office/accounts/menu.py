"""The menu: each app adds its entries when it is loaded; a person sees those that open for them."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from payung.office.accounts.models import User
from payung.office.accounts.permissions import Permission
from payung.text import Text


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its place in the order, the name of its page, its words and icon, and who sees it."""

    order: int
    page: str
    label: Text
    icon: str
    permissions: tuple[Permission, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as one person sees it."""

    url: str
    label: Text
    icon: str
    current: bool


_entries: dict[str, Entry] = {}


def add(*entries: Entry) -> None:
    """Put entries in the menu; called from the ``ready`` of an app."""
    _entries.update({entry.page: entry for entry in entries})


def menu_for(user: User, path: str) -> list[Shown]:
    """Return what ``user`` sees; the entry of the page at ``path`` is marked."""
    open_to = [
        (entry, reverse(entry.page))
        for entry in sorted(_entries.values(), key=lambda entry: (entry.order, entry.page))
        if not entry.permissions or any(user.may(permission) for permission in entry.permissions)
    ]
    inside = [url for _, url in open_to if path == url or (url != "/" and path.startswith(url))]
    current = max(inside, key=len, default="")
    return [Shown(url, entry.label, entry.icon, url == current) for entry, url in open_to]
