"""The things that an app may declare in its face."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from payung.codes import Code
from payung.office.face.found import Seeker
from payung.text import Text

if TYPE_CHECKING:
    from payung.office.access.permissions import Permission
    from payung.office.accounts.models import User

NOTHING: Mapping[str, Any] = {}
# How a value of the history is written: a code by its words, rupiah, a number, or as it is.
Kind = type[Code] | Literal["rupiah", "number", "text"] | Callable[[str], Text | None]


# The parts of the menu, by the hundreds of the places of their entries; what lies below 100 stands above all parts.
PARTS: Mapping[int, Text] = {
    1: Text("Orang & desa", "People & villages"),
    2: Text("Keluarga", "Families"),
    3: Text("Pemeriksaan data", "Checking"),
    4: Text("Dana & SK", "Money & decrees"),
    5: Text("Iuran", "Contributions"),
    6: Text("Kantor", "Office"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the menu.

    Fields
        order: its place; the hundreds are its part (:data:`PARTS`). page: the name of its page.
        label, icon: what it looks like.
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
class Noun:
    """What the history says a deed was done to (``submission:12``), and where that is.

    Fields
        text: the word, before its number. page: the name of its page, which takes that number; empty where it has
            none. called: given what stands behind the colon, what it is called instead of word and number.
    """

    text: Text
    page: str = ""
    called: Callable[[str], str] | None = None


@dataclass(frozen=True, slots=True)
class Handover:
    """A step after which somebody else goes on, or nothing is as before: what it does is read before it is taken.

    Fields
        deed: the step as the history calls it.
        told: what it does; its holes are filled by the page (``{% consequences %}``).
        after: until when it can be taken back; or what is done instead where it was wrong.
        also: by the name of a value, a sentence that stands where that value is neither 0 nor empty.
        back: the deed that takes it back; empty where it cannot be.
    """

    deed: str
    told: Text
    after: Text
    also: Mapping[str, Text] = field(default_factory=dict)
    back: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that are to be counted, and the condition on those of them that are late. The first page counts the rows
    of all apps in one statement (:mod:`payung.office.face.counts`)."""

    rows: QuerySet[Any, Any]
    late: Q | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits for a person; it stands only where there is any.

    Fields
        label: what it is. many: how many, or the rows themselves; url: where they are.
        late: how many of them for more than ``days``, or past their day where that is 0 (of rows they say it
        themselves); late_url: where those are, where a list can tell.
    """

    label: Text
    many: int | Rows
    late: int
    url: str
    late_url: str = ""
    days: int = 7

    @property
    def since(self) -> Text:
        """Return what is said of those that are late."""
        if not self.days:
            return Text("sudah lewat harinya", "are past their day")
        return Text(f"lebih dari {self.days} hari", f"for more than {self.days} days")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and where its rows are; no address where whoever looks sees numbers only.

    ``value`` is the number, or the rows themselves. ``late``: it stands with what should not have waited so long, and
    only where it is not 0. ``of``: of how many it is a part, where that says something. ``quiet``: it stands only
    where it is not 0.
    """

    label: Text
    value: int | Rows
    url: str = ""
    tone: str = ""
    late: bool = False
    of: int | None = None
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What `payung check` found.

    Fields
        code: short, stable, for machines: ``secret.readable``. where: a path, a setting, ``person:12``.
        what: one sentence with what to do. fault: whether it must be mended; else it is worth knowing.
    """

    code: str
    where: str
    what: Text
    fault: bool = True


@dataclass(frozen=True, slots=True)
class Beginning:
    """What somebody can begin with when nothing waits for them.

    Fields
        label: on the button. why: one sentence beside it. url: where it begins.
    """

    label: Text
    why: Text
    url: str
    icon: str = "next"


@dataclass(frozen=True, slots=True)
class Way:
    """Where a list stands on its way to the insurer.

    Fields
        title: what it is. url: its page. steps: all steps, in order. at: number of the step that it stands in.
        whose: whose turn it is. since: since when. stuck: whether it has stood there for too long.
        people: who of it are in the register: later apps tell how many of them came further (:class:`Stage`).
    """

    title: Text
    url: str
    steps: tuple[Text, ...]
    at: int
    whose: Text
    since: dt.datetime
    stuck: bool = False
    people: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Stage:
    """A further step of a way, which the app that has it declares.

    Fields
        label: what the step is called. whose: whose turn it is while people wait for it.
        reached: given people, those who have come there; one query.
    """

    label: Text
    whose: Text
    reached: Callable[[Collection[int]], set[int]]


@dataclass(frozen=True, slots=True)
class Covering:
    """What an app knows of who is covered on a day, for :func:`payung.office.people.queries.covered_on`.

    Fields
        yes: given a day and the column that holds the key of a person, the condition that the person is covered.
        judges: given a day, the condition on a membership that this app knows better than what the insurer once said
            of it.
    """

    yes: Callable[[dt.date, str], Q]
    judges: Callable[[dt.date], Q]


@dataclass(frozen=True, slots=True)
class Standards:
    """What the district itself asks of whoever is to be enrolled, from a month on; for the rules of eligibility.

    Fields
        max_decile: the highest welfare decile that is admitted; ``None``: none is set. off: rules that nobody is held
        against. youngest, below: whole years in the first month of cover; ``None``: those of the law. basis: where it
        stands, empty where the office has it as a setting.
    """

    max_decile: int | None
    off: tuple[str, ...]
    youngest: int | None = None
    below: int | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """Whom a deed tells that it is their turn, or that something came back to them (payung.office.notices).

    Fields
        to: whoever has one of these permissions where the deed was done; never whoever did it.
        text: the sentence; ``{place}`` is the place by its name. Names nobody.
        page: name of the page it leads to; ``keyed``: whether that takes the key of the subject.
        when: given the values that the deed left, whether it tells anybody.
        categories: given keys of subjects, key → categories of people that it is about: who sees others only is
            not told; one query.
    """

    to: tuple[Permission, ...]
    text: Text
    page: str
    keyed: bool = True
    when: Callable[[Mapping[str, Any]], bool] | None = None
    categories: Callable[[Collection[int]], Mapping[int, frozenset[str]]] | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """A day that somebody must not forget, for their calendar: names a place or a paper, never a person.

    Fields
        on: the day. what: the sentence. url: its page. key: the same for the same thing on every reading.
    """

    on: dt.date
    what: Text
    url: str
    key: str


# Returns template and values, or ``None`` where there is nothing for whoever asks.
Panel = Callable[[HttpRequest, Any], tuple[str, dict[str, Any]] | None]
# Does in the same transaction what follows from a deed of another app; returns what to tell, or nothing.
Follower = Callable[..., Iterable[Text] | None]


@dataclass(frozen=True, slots=True)
class Face:
    """Everything that one app says of itself; every part may be left out.

    Fields
        menu: entries of the menu. home: given a user for whom nothing waits, the name of the page that answers them
            instead of the first page, or nothing.
        nouns: noun of the history → what its things are called, and their page.
        deeds: action (``noun.verb``) → what the history calls it.
        names: field of the history → its label, or label and kind, for the deeds of this app, and for those of others
            that do not say it themselves.
        waits: given a user, what waits for them. late: what should not have waited so long.
        figures: given a user, the numbers of their region, each with its rows; and what is late, where one query
            answers for both.
        begins: given a user, what they can begin with when nothing waits.
        ways: given a user, where their lists stand. stages: the steps of a way that this app adds at its end.
        covers: who is covered on a day, as far as this app knows.
        standards: given a place and a first month of cover, what its district decided, where it did.
        passed: given keys of people and of a submission, person → another submission in which they passed already.
        finds: given digits, the keys of the people whom this app knows by them (KPJ, reference numbers).
        seeks: what of this app the one search box finds, within what its user sees in lists anyway.
        sent: given the path to a person in a query, the condition that this app sent them to the insurer; whoever
            reads only those (:attr:`payung.office.access.roles.Role.sent_only`) reads nobody else.
        died: given the path to a person in a query, the day on which this app was told that they died (else null).
        panels: what it shows on the page of a person. beside: noun → what it shows on the page of a thing called so.
        letters: the kinds of letters that are about its things (payung.office.letters.kinds).
        jobs: kind of work → what does it (must be safe to run again after a kill at any point).
        daily: kinds of ``jobs`` that are asked for once each day, in this order.
        often: what an idle worker calls every few seconds: asks for jobs where there is something to do, at once.
        follows: deed of another app → what follows from it, in the same transaction.
        asks: deed of another app → what has to be answered with a reason before it is done.
        handovers: the steps that are not taken unread: what they do, and whether they can be taken back.
        checks: what must hold; each yields what does not.
        tells: deed → whom it tells.
        days: given a user and a first and last day, the days of their calendar.
        sample: for the tests of pages: given a world of the tests, makes one of each of its things in a village and
            returns the keys that its addresses take.
        demonstrates: fills its part of the invented office.
    """

    menu: tuple[Entry, ...] = ()
    home: Callable[[User], str | None] | None = None
    nouns: Mapping[str, Noun] = field(default_factory=dict)
    deeds: Mapping[str, Text | Deed] = field(default_factory=dict)
    names: Mapping[str, Text | tuple[Text, Kind]] = field(default_factory=dict)
    waits: Callable[[User], Iterable[Task]] | None = None
    late: Callable[[User], Iterable[Figure]] | None = None
    figures: Callable[[User], Iterable[Figure]] | None = None
    begins: Callable[[User], Iterable[Beginning]] | None = None
    ways: Callable[[User], Iterable[Way]] | None = None
    stages: tuple[Stage, ...] = ()
    covers: Covering | None = None
    standards: Callable[[str, str], Standards | None] | None = None
    passed: Callable[[Collection[int], int], Mapping[int, int]] | None = None
    finds: tuple[Callable[[str], Any], ...] = ()
    seeks: tuple[Seeker, ...] = ()
    sent: tuple[Callable[[str], Any], ...] = ()
    died: tuple[Callable[[str], Any], ...] = ()
    panels: tuple[Panel, ...] = ()
    beside: Mapping[str, Panel] = field(default_factory=dict)
    letters: tuple[Any, ...] = ()
    jobs: Mapping[str, Callable[[Any], None]] = field(default_factory=dict)
    daily: tuple[str, ...] = ()
    often: tuple[Callable[[], None], ...] = ()
    follows: Mapping[str, Follower] = field(default_factory=dict)
    asks: Mapping[str, Callable[..., Iterable[Text]]] = field(default_factory=dict)
    handovers: tuple[Handover, ...] = ()
    checks: tuple[Callable[[], Iterable[Finding]], ...] = ()
    tells: Mapping[str, Telling] = field(default_factory=dict)
    days: Callable[[User, dt.date, dt.date], Iterable[Dated]] | None = None
    sample: Callable[[Any], dict[str, Any]] | None = None
    demonstrates: Callable[..., None] | None = None
