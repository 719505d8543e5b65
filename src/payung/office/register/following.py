"""What later apps do when somebody's NIK is corrected: each adds its part when it is loaded, as with panels."""

from __future__ import annotations

from typing import Protocol

from payung.office.register.models import Person
from payung.text import Text


class Follower(Protocol):
    """Does in the same transaction what follows from a corrected NIK, with history; returns what to tell."""

    def __call__(self, *, by: str, person: Person, reason: str) -> list[Text]: ...


_followers: dict[str, Follower] = {}


def add(name: str, follower: Follower) -> None:
    """Let ``follower`` follow every corrected NIK; called from the ``ready`` of an app."""
    _followers[name] = follower


def nik_corrected(*, by: str, person: Person, reason: str) -> list[Text]:
    """Let every app follow the corrected NIK of ``person``; return what to tell whoever corrected it."""
    return [told for follow in _followers.values() for told in follow(by=by, person=person, reason=reason)]
