"""The things that an app may declare in its face."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpRequest

from payung.codes import Code
from payung.text import Text

if TYPE_CHECKING:
    from payung.office.access.permissions import Permission
    from payung.office.accounts.models import User

NOTHING: Mapping[str, Any] = {}
# How a value of the history is written: a code by its words, rupiah, a number, or as it is.
Kind = type[Code] | Literal["rupiah", "number", "text"] | Callable[[str], Text | None]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the menu.

    Fields
        order: its place. page: the name of its page. label, icon: what it looks like.
        permissions: it shows for whoever has one of them; empty: for everybody.
    """

    order: int
    page: str
    label: Text
    icon: str
    permissions: tuple[Permission, ...] = ()


@dataclass(frozen=True, slots=True)
class Deed:
    """What an action of the history is called, and how the values that it names are written.

    ``names`` has field → label or (label, kind); what it does not name is looked up in :attr:`Face.names`.
    ``values`` says how the values are written that have no kind of their own. ``many`` says a run of equal deeds
    in one sentence with ``{many}`` ("{many} orang lolos").
    """

    text: Text
    names: Mapping[str, Text | tuple[Text, Kind]] = field(default_factory=dict)
    values: Kind | None = None
    many: Text | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits for a person.

    Fields
        label: what it is. many: how many; url: where they are.
        late: how many of them for more than ``days``; late_url: where those are, where a list can tell.
    """

    label: Text
    many: int
    late: int
    url: str
    late_url: str = ""
    days: int = 7


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and where its rows are; no address where whoever looks sees numbers only."""

    label: Text
    value: int
    url: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What `payung check` found wrong.

    Fields
        code: short name of the fault. where: the row, file or setting. what: one sentence with what to do.
    """

    code: str
    where: str
    what: Text


# Returns template and values, or ``None`` where there is nothing for whoever asks.
Panel = Callable[[HttpRequest, Any], tuple[str, dict[str, Any]] | None]
# Does in the same transaction what follows from a deed of another app; returns what to tell, or nothing.
Follower = Callable[..., Iterable[Text] | None]


@dataclass(frozen=True, slots=True)
class Face:
    """Everything that one app says of itself; every part may be left out.

    Fields
        menu: entries of the menu.
        deeds: action (``noun.verb``) → what the history calls it.
        names: field of the history → its label, or label and kind, for all deeds of the office.
        waits: given a user, what waits for them. late: what should not have waited so long.
        figures: given a user, the numbers of their region, each with its rows.
        finds: given digits, the keys of the people whom this app knows by them (KPJ, reference numbers).
        sent: given the path to a person in a query, the condition that this app sent them to the insurer; whoever
            reads only those (:attr:`payung.office.access.roles.Role.sent_only`) reads nobody else.
        panels: what it shows on the page of a person.
        jobs: kind of work → what does it (must be safe to run again after a kill at any point).
        follows: deed of another app → what follows from it, in the same transaction.
        checks: what must hold; each yields what does not.
        sample: for the tests of pages: given a world of the tests, makes one of each of its things in a village and
            returns the keys that its addresses take.
        demonstrates: fills its part of the invented office.
    """

    menu: tuple[Entry, ...] = ()
    deeds: Mapping[str, Text | Deed] = field(default_factory=dict)
    names: Mapping[str, Text | tuple[Text, Kind]] = field(default_factory=dict)
    waits: Callable[[User], Iterable[Task]] | None = None
    late: Callable[[User], Iterable[Figure]] | None = None
    figures: Callable[[User], Iterable[Figure]] | None = None
    finds: tuple[Callable[[str], Any], ...] = ()
    sent: tuple[Callable[[str], Any], ...] = ()
    panels: tuple[Panel, ...] = ()
    jobs: Mapping[str, Callable[[Any], None]] = field(default_factory=dict)
    follows: Mapping[str, Follower] = field(default_factory=dict)
    checks: tuple[Callable[[], Iterable[Finding]], ...] = ()
    sample: Callable[[Any], dict[str, Any]] | None = None
    demonstrates: Callable[..., None] | None = None
