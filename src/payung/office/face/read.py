"""Reads the faces of all installed apps, in the order of the settings."""

from __future__ import annotations

import functools
import importlib
import importlib.util
import itertools
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any

from django.apps import AppConfig, apps
from django.urls import reverse

from payung.office.face.declared import NOTHING, PARTS, Deed, Face, Handover, Kind, Noun, Standards, Telling
from payung.text import Text

if TYPE_CHECKING:
    from payung.office.accounts.models import User


SHORT = 12  # entries that a person sees at once


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry of the menu as one person sees it."""

    url: str
    label: Text
    icon: str
    current: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the menu as one person sees it; without a label it is always open."""

    label: Text | None
    entries: tuple[Shown, ...]
    open: bool


def part_of(app: AppConfig, name: str) -> ModuleType | None:
    """Return the module ``name`` of an app, or ``None`` where it has none."""
    path = f"{app.name}.{name}"
    return importlib.import_module(path) if importlib.util.find_spec(path) else None


@functools.cache
def with_face() -> tuple[tuple[AppConfig, Face], ...]:
    """Return the apps that have a face, with it, in the order of the settings."""
    found = []
    for app in apps.get_app_configs():
        face = getattr(part_of(app, "face"), "FACE", None) if importlib.util.find_spec(app.name) else None
        if isinstance(face, Face):
            found.append((app, face))
    return tuple(found)


def faces() -> tuple[Face, ...]:
    """Return the faces of all apps."""
    return tuple(face for _, face in with_face())


def menu_for(user: User, path: str) -> list[Part]:
    """Return what ``user`` sees, part by part; the entry of the page at ``path`` is marked, its part open.

    A short menu is open as a whole.
    """
    entries = sorted(
        (entry for face in faces() for entry in face.menu), key=lambda entry: (entry.order, entry.page)
    )
    open_to = [
        (entry, reverse(entry.page))
        for entry in entries
        if not entry.permissions or any(user.may(permission) for permission in entry.permissions)
    ]
    inside = [url for _, url in open_to if path == url or (url != "/" and path.startswith(url))]
    current = max(inside, key=len, default="")
    parts = []
    for number, found in itertools.groupby(open_to, key=lambda one: one[0].order // 100):
        shown = tuple(Shown(url, entry.label, entry.icon, url == current) for entry, url in found)
        open_ = len(open_to) <= SHORT or any(entry.current for entry in shown)
        parts.append(Part(PARTS.get(number), shown, open_))
    return parts


def deeds() -> dict[str, Text]:
    """Return every action of the history with what it is called, in the order of the apps."""
    return {action: deed.text for action, deed in _deeds().items()}


def deed_of(action: str) -> Deed | None:
    """Return what an action is called, or ``None`` where no app knows it any more."""
    return _deeds().get(action)


def noun_of(name: str) -> Noun | None:
    """Return what things of the history are called whose noun is ``name``, or ``None`` where no app has them."""
    return _nouns().get(name)


def gathered_deeds() -> tuple[str, ...]:
    """Return the actions whose equal events are told in one sentence (:attr:`Deed.many`)."""
    return tuple(action for action, deed in _deeds().items() if deed.many)


def telling_of(action: str) -> Telling | None:
    """Return whom a deed tells, or ``None`` where it tells nobody."""
    return _tellings().get(action)


def handover_of(action: str) -> Handover:
    """Return what is read before ``action``. Raises ``KeyError`` where no app declares it."""
    return _handovers()[action]


def names_of(name: str, action: str = "") -> tuple[Text | None, Kind | None]:
    """Return the label of a field of the history, and how its values are written, in a deed of ``action``."""
    deed = _deeds().get(action)
    found = (deed.names if deed else NOTHING).get(name) or _own(action).get(name) or _names().get(name)
    label, kind = (found, None) if isinstance(found, Text) else found or (None, None)  # a Text is a tuple too
    return label, kind or (deed.values if deed else None)


def work_of(kind: str) -> Callable[[Any], None] | None:
    """Return what does the work of this kind."""
    return next((face.jobs[kind] for face in faces() if kind in face.jobs), None)


def follow(action: str, **values: Any) -> list[Text]:
    """Let every app do what follows from ``action`` in this transaction; return what there is to tell."""
    return [
        told for face in faces() if action in face.follows for told in face.follows[action](**values) or ()
    ]


def asks(action: str, **values: Any) -> list[Text]:
    """Return what every app wants answered with a reason before ``action`` is done."""
    return [told for face in faces() if action in face.asks for told in face.asks[action](**values)]


def standards_of(place: str, month: str) -> Standards | None:
    """Return what the district of ``place`` decided for covers that begin in ``month``; ``None``: nothing."""
    asked = (face.standards(place, month) for face in faces() if face.standards)
    return next((found for found in asked if found is not None), None)


def passed_before(people: Collection[int], submission: int) -> dict[int, int]:
    """Return those of ``people`` who passed in another submission than this one already, each with that one."""
    found: dict[int, int] = {}
    for face in faces() if people else ():
        if face.passed:
            found.update(face.passed(people, submission))
    return found


@functools.cache
def _deeds() -> dict[str, Deed]:
    return {
        action: deed if isinstance(deed, Deed) else Deed(deed)
        for face in faces()
        for action, deed in face.deeds.items()
    }


@functools.cache
def _nouns() -> dict[str, Noun]:
    return {name: noun for face in faces() for name, noun in face.nouns.items()}


@functools.cache
def _tellings() -> dict[str, Telling]:
    return {action: telling for face in faces() for action, telling in face.tells.items()}


@functools.cache
def _handovers() -> dict[str, Handover]:
    return {one.deed: one for face in faces() for one in face.handovers}


@functools.cache
def _own(action: str) -> Mapping[str, Text | tuple[Text, Kind]]:
    """Return the names of the app whose deed this is: two apps may call different things by one name."""
    return next((face.names for face in faces() if action in face.deeds), NOTHING)


@functools.cache
def _names() -> dict[str, Text | tuple[Text, Kind]]:
    return {name: said for face in reversed(faces()) for name, said in face.names.items()}  # earlier apps win


def forget() -> None:
    """Read all faces again; for tests that install another app."""
    for kept in (with_face, _deeds, _nouns, _tellings, _handovers, _own, _names):
        kept.cache_clear()
