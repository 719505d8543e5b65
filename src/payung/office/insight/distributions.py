"""How the people of the figures spread by age and occupation, how long families waited for their money, and how far the
clocks have run. Each is counted out of the rows of declared figures, so its parts add up to them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone

from payung.codes import Occupation
from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.cases.queries import payments
from payung.office.desk.words import language
from payung.office.insight import charts, rules
from payung.office.insight.figures import FIGURES, Cut, reached
from payung.office.insight.figures.people import YEARS
from payung.office.insight.lists import NONE
from payung.office.months.queries import PROTECTED, states
from payung.office.months.states import Verdict
from payung.text import Text

PARTS = ("terlindungi", "belum", "di_luar_usia")
SHORT = {
    "terlindungi": Text("Terlindungi", "Covered"),
    "belum": Text("Belum", "Not yet"),
    "di_luar_usia": Text("Di luar usia", "Out of age"),
}
TONES = {"terlindungi": "good", "belum": "warn", "di_luar_usia": "neutral"}
MOST = 15  # rows of a distribution; what is rarer is one row
OTHERS = Text("lainnya", "others")
UNKNOWN = Text("belum diisi", "not filled in")
WAITS = (7, 14, 30, 60, 90)  # days from the report to the money


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its words, the number of each part (``None``: not told), their sum, the bar, and its rows by part."""

    label: Text
    numbers: tuple[int | None, ...]
    whole: int | None
    pieces: tuple[charts.Piece, ...]
    urls: tuple[str, ...]

    @property
    def cells(self) -> list[tuple[int | None, str]]:
        """Each number with the address of its rows."""
        return list(zip(self.numbers, self.urls, strict=True))


@dataclass(frozen=True, slots=True)
class Distribution:
    """A table with a bar a row. ``parts``: the words and tone of each column."""

    title: Text
    first: Text
    parts: tuple[tuple[Text, str], ...]
    rows: tuple[Row, ...]
    note: Text | None = None


def people_by(user: User, cut: Cut, on: dt.date) -> Distribution | None:
    """Return the living people by ``cut`` (age or occupation), covered, not covered, out of age; three queries."""
    reach = reached(user, FIGURES["orang"])
    if reach is None:
        return None
    scope, open_ = reach
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for place, code in enumerate(PARTS):
        figure = FIGURES[code]
        rows = figure.rows(scope, on).order_by().annotate(_key=figure.further[cut](on)).values_list("_key")
        for key, many in rows.annotate(_many=Count("*")):
            counted[str(key or "")][place] += many
    hidden = frozenset[str]()
    if not open_:
        hidden = rules.hidden({key: sum(parts) for key, parts in counted.items()}, siblings=counted)
    called: Mapping[str, Text] = YEARS if cut is Cut.YEARS else Occupation.words()
    order = list(called) if cut is Cut.YEARS else sorted(counted, key=lambda key: (-sum(counted[key]), key))
    named = [key for key in order if key in counted and key]
    kept, rest = (named, []) if cut is Cut.YEARS else (named[:MOST], named[MOST:])

    def url(part: str, key: str) -> str:
        return f"{reverse(f'insight_{part}_rows')}?{urlencode({cut.value: key or NONE})}" if open_ else ""

    lines = [(called.get(key, Text(key, key)), [key]) for key in kept]
    lines += [(OTHERS, rest)] if rest else []
    lines += [(UNKNOWN, [""])] if "" in counted else []
    rows_ = tuple(
        _row(
            label,
            [sum(counted[key][place] for key in keys) for place in range(3)],
            [TONES[part] for part in PARTS],
            told=not hidden.intersection(keys),
            urls=[url(part, keys[0]) if len(keys) == 1 else "" for part in PARTS],
        )
        for label, keys in lines
    )
    title = Text("Menurut umur", "By age") if cut is Cut.YEARS else Text("Menurut pekerjaan", "By occupation")
    parts = tuple((SHORT[part], TONES[part]) for part in PARTS)
    return Distribution(title, cut.text, parts, rows_)


def waits(user: User) -> Distribution | None:
    """Return in how many days after the report families had their money: cases that the insurer paid; one query."""
    if not user.may(Permission.CASE_VIEW):
        return None
    steps = payments(user.scope(Permission.CASE_VIEW)).order_by().values("case")
    first = steps.annotate(paid=Min("on")).values_list("paid", "case__incident__at")
    days = [(paid - timezone.localtime(told).date()).days for paid, told in first]
    if not days:
        return None
    rows = []
    for low, high in zip((0, *(one + 1 for one in WAITS)), (*WAITS, 10**6), strict=True):
        many = sum(low <= max(one, 0) <= high for one in days)
        label = (
            Text(f"{low}–{high} hari", f"{low}–{high} days")
            if high in WAITS
            else Text(f"lebih dari {WAITS[-1]} hari", f"more than {WAITS[-1]} days")
        )
        rows.append((label, many))
    middle = sorted(days)[len(days) // 2]
    return Distribution(
        Text("Hari sampai dibayar", "Days until paid"),
        Text("Sejak dilaporkan", "Since the report"),
        ((Text("Kasus dibayar", "Paid cases"), "info"),),
        _against(rows, "info"),
        Text(
            f"Separuh keluarga menerima uangnya dalam {middle} hari.",
            f"Half of the families had their money within {middle} days.",
        ),
    )


def clocks(user: User, on: dt.date) -> Distribution | None:
    """Return how far those who are covered have come: to the whole JKM benefit, to the 36 months of scholarships."""
    if not user.may(Permission.BILL_VIEW):
        return None
    counted = {"new": 0, "jkm": 0, "scholarship": 0}
    for said, many in _said(states(user.scope(Permission.BILL_VIEW), on).values()):
        if said.state in PROTECTED:
            counted["scholarship" if said.scholarship else "jkm" if said.jkm_full else "new"] += many
    if not sum(counted.values()):
        return None
    rows = [
        (Text("menunggu manfaat JKM penuh", "waiting for the whole JKM benefit"), counted["new"]),
        (Text("JKM penuh, belum 36 bulan", "whole JKM benefit, not yet 36 months"), counted["jkm"]),
        (Text("36 bulan: beasiswa juga", "36 months: scholarships too"), counted["scholarship"]),
    ]
    return Distribution(
        Text("Jam perlindungan", "Clocks of cover"),
        Text("Sampai di mana", "How far"),
        ((Text("Orang dan segmen terlindungi", "People and segments covered"), "good"),),
        _against(rows, "good"),
    )


def _said(counts: Iterable[Mapping[Verdict, int]]) -> Iterable[tuple[Verdict, int]]:
    return (pair for one in counts for pair in one.items())


def _row(
    label: Text, numbers: Sequence[int], tones: Sequence[str], *, told: bool, urls: Sequence[str]
) -> Row:
    if not told:
        return Row(label, tuple(None for _ in numbers), None, (), tuple("" for _ in numbers))
    words = [SHORT[part].read(language()) for part in PARTS]
    pieces = charts.stacked(list(zip(words, numbers, tones, strict=True)), rules.shares(numbers))
    return Row(label, tuple(numbers), sum(numbers), tuple(pieces), tuple(urls))


def _against(rows: Sequence[tuple[Text, int]], tone: str) -> tuple[Row, ...]:
    """Return rows of one number each, the bar being its share of all."""
    shares = rules.shares([many for _, many in rows])
    return tuple(
        Row(label, (many,), many, (charts.Piece(0, share, tone, label.read(language()), many),), ("",))
        for (label, many), share in zip(rows, shares, strict=True)
    )
