"""What the head's page shows, out of the figures: nothing is counted here a second time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Sum
from django.urls import reverse

from payung.law import months
from payung.office.access.scope import Scope
from payung.office.desk.words import MONTHS, language
from payung.office.insight import charts, maps, rules
from payung.office.insight.counted import Counted
from payung.office.insight.figures import FIGURES, Cut, Figure, reached
from payung.office.insight.figures.cases import OLDEST
from payung.office.insight.figures.money import paid_in
from payung.office.insight.kept import kept
from payung.office.insight.lists import DAY, NONE
from payung.office.insight.models import Denominator
from payung.office.insight.queries import denominator_parts, labels
from payung.office.programme.models import Line
from payung.office.programme.queries.seen import run_out
from payung.office.regions.models import Region
from payung.text import Text

# The figures of the first look, in the order of the page.
FIRST = (
    *("belum", "bebas", "tunggakan", "orang_menunggak", "dibayar_keluarga", "kasus_terbuka"),
    *("meninggal_tanpa_kasus", "akan_putus", "segera_berakhir", "orang_bulan"),
)
TREND = 12  # months
LIMITS = (200, 400, 600, 800)  # tenths of a percent between the five classes of the map


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure on the page: ``number`` is ``None`` where it is not told; ``share`` in tenths of a percent of its
    denominator, ``None`` without one."""

    figure: Figure
    number: int | None
    url: str
    share: int | None = None
    hint: Text | None = None
    tone: str = ""


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One place of the table: people, covered, not covered, too young or old, and the share that is covered."""

    code: str
    name: str
    people: int
    covered: int | None
    open: int | None
    aside: int | None
    share: int | None
    arrears: int | None
    urls: Mapping[str, str]

    @property
    def opens(self) -> bool:
        """Whether it is a sub-district with villages of its own to look at."""
        return self.code.count(".") == 2

    @property
    def band(self) -> str:
        """The class of the map."""
        return "none" if self.share is None else str(sum(self.share >= limit for limit in LIMITS))


def address(figure: Figure, *, open_: bool, on: dt.date | None = None, month: str = "", **keys: str) -> str:
    """Return where the rows of a figure (of a part of it) are; for whoever only counts, its own page.

    ``on``: of another day than today. ``month``: as of a closed month, which has parts and no rows.
    """
    given = {cut: key or NONE for cut, key in keys.items()}
    if month:
        return f"{reverse(f'insight_{figure.code}')}?{urlencode({'per': month, **given})}"
    name = f"insight_{figure.code}_rows" if open_ or not figure.names else f"insight_{figure.code}"
    if on is not None:
        given[DAY] = on.isoformat()
    return reverse(name) + (f"?{urlencode(given)}" if given else "")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page is asked for: the day, whether it is of a closed month, and a place to look at alone."""

    on: dt.date
    today: dt.date
    month: str = ""
    place: str = ""

    @property
    def keys(self) -> dict[str, str]:
        """The cut that the place is a part of."""
        if not self.place:
            return {}
        return {(Cut.SUBDISTRICT if self.place.count(".") < 3 else Cut.VILLAGE).value: self.place}

    def url(self, counted: Counted, **keys: str) -> str:
        """Return where the rows of ``counted`` are."""
        other = self.on if self.on != self.today and not self.month else None
        return address(
            counted.figure, open_=counted.open, on=other, month=self.month, **{**self.keys, **keys}
        )


def within(counted: Mapping[str, Counted], asked: Asked) -> dict[str, Counted]:
    """Return the figures of the place that is asked for."""
    found = dict(counted)
    for cut, key in asked.keys.items():
        found = {code: one.within(Cut.member(cut), key) for code, one in found.items()}
    return found


def shown(counted: Mapping[str, Counted], asked: Asked, codes: Iterable[str] = FIRST) -> list[Shown]:
    """Return the figures ``codes``, as far as there are any."""
    return [_shown(counted[code], counted, asked) for code in codes if code in counted]


def _shown(one: Counted, all_: Mapping[str, Counted], asked: Asked) -> Shown:
    whole = all_.get(one.figure.whole)
    told = one.told
    share = rules.share(told, whole.number) if whole is not None and told is not None else None
    tone = one.figure.tone if one.number or one.figure.tone == "good" else ""
    return Shown(one.figure, told, asked.url(one), share, _hint(one, all_), tone)


def _hint(one: Counted, all_: Mapping[str, Counted]) -> Text | None:
    if one.figure.code == "tunggakan" and "tagihan_lewat" in all_:
        many = all_["tagihan_lewat"].number
        return Text(f"{many} tagihan lewat jatuh tempo", f"{many} bills past their day") if many else None
    if one.figure.code == "kasus_terbuka" and one.told is not None:
        old = one.parts(Cut.AGE).get(OLDEST, 0)
        if old and OLDEST not in one.hidden(Cut.AGE):
            return Text(f"{old} lebih dari 90 hari", f"{old} for more than 90 days")
    return None


# The answer in ten seconds


@dataclass(frozen=True, slots=True)
class Answer:
    """How many of whom are covered: ``share`` in tenths of a percent; the pieces of the bar beside it."""

    covered: int
    people: int
    share: int
    by: Denominator | None
    url: str
    people_url: str
    pieces: tuple[charts.Piece, ...]
    shares: tuple[tuple[Text, int, int, str], ...]  # label, number, tenths of a percent, address


def answer(counted: Mapping[str, Counted], asked: Asked, by: Denominator | None) -> Answer | None:
    """Return the coverage, of the register or of the denominator ``by``; ``None`` for whoever sees no people."""
    if "orang" not in counted or counted["orang"].told is None:
        return None
    whole, covered = counted["orang"], counted["terlindungi"]
    parts = [counted[code] for code in ("terlindungi", "belum", "di_luar_usia")]
    if any(one.told is None for one in parts):
        parts = [whole]
    shares = rules.shares([one.number for one in parts])
    tones = {"terlindungi": "good", "belum": "warn", "di_luar_usia": "neutral", "orang": "neutral"}
    pieces = charts.stacked(
        [(one.figure.name.read(language()), one.number, tones[one.figure.code]) for one in parts], shares
    )
    people = whole.number
    if by is not None:
        numbers = denominator_parts(by)
        people = sum(numbers.get(place, 0) for place in _roots(counted, asked, numbers))
    if covered.told is None or not people:
        return None
    return Answer(
        covered.number,
        people,
        shares[0] if by is None and len(parts) > 1 else rules.share(covered.number, people),
        by,
        asked.url(covered),
        asked.url(whole),
        tuple(pieces),
        tuple(
            (one.figure.name, one.number, share, asked.url(one))
            for one, share in zip(parts, shares, strict=True)
        ),
    )


def _roots(counted: Mapping[str, Counted], asked: Asked, numbers: Mapping[str, int]) -> list[str]:
    """Return the places whose numbers of a denominator make up what is looked at: no place below another."""
    if asked.place:
        return [asked.place]
    top = sorted(numbers, key=lambda code: (code.count("."), code))
    found: list[str] = []
    for code in top:
        if not any(code.startswith(f"{one}.") for one in found):
            found.append(code)
    return found


# Places, lines, months


def place_lines(
    counted: Mapping[str, Counted], asked: Asked, *, within: bool = False
) -> tuple[Cut, list[PlaceLine]]:
    """Return the sub-districts and which cut that is; the villages where one place is asked for, or all that is seen
    lies ``within`` one sub-district."""
    cut = Cut.VILLAGE if asked.place or within else Cut.SUBDISTRICT
    if "orang" not in counted:
        return cut, []
    people = counted["orang"].parts(cut)
    covered, open_, aside, arrears = (
        counted[code].parts(cut) if code in counted else {}
        for code in ("terlindungi", "belum", "di_luar_usia", "orang_menunggak")
    )
    hidden = counted["orang"].hidden(cut)
    called = labels(cut, people)
    lines = []
    for key, many in people.items():
        told = key not in hidden
        urls = {code: asked_url(counted[code], asked, cut, key) for code in LINKED if code in counted}
        lines.append(
            PlaceLine(
                key,
                called[key].id,
                many,
                covered.get(key, 0) if told else None,
                open_.get(key, 0) if told else None,
                aside.get(key, 0) if told else None,
                rules.share(covered.get(key, 0), many) if told else None,
                arrears.get(key, 0) if told else None,
                urls,
            )
        )
    return cut, lines


LINKED = ("orang", "terlindungi", "belum", "di_luar_usia", "orang_menunggak")


def asked_url(counted: Counted, asked: Asked, cut: Cut, key: str) -> str:
    """Return where the rows of the part ``key`` of ``cut`` are."""
    plain = Asked(asked.on, asked.today, asked.month)
    return plain.url(counted, **{cut.value: key})


def drawn(lines: Sequence[PlaceLine], cut: Cut) -> maps.Map:
    """Return the map of the places of the table, those without people too."""
    if cut is Cut.VILLAGE and lines:
        parent = lines[0].code.rpartition(".")[0]
        places = Region.objects.filter(level="village", code__startswith=f"{parent}.")
        return maps.draw([(one.code, one.name) for one in places])
    codes = {line.code for line in lines}
    district = {code.rpartition(".")[0] for code in codes if code.count(".") > 1}
    listed = Region.objects.filter(level="subdistrict").order_by("code")
    found = [one for one in listed if one.code in codes or (one.code.rpartition(".")[0] in district)]
    return maps.draw([(one.code, one.name) for one in found])


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line of money: where its money is, and until when it lasts."""

    name: str
    url: str
    ceiling: int
    paid: int
    free: int
    pieces: tuple[charts.Piece, ...]
    until: str  # month; empty: to the end of the line, or nobody knows


STAGES = (("dibayar", "good"), ("ditagih", "info"), ("terikat", "warn"), ("bebas", "neutral"))


def line_shows(counted: Mapping[str, Counted], asked: Asked) -> list[LineShown]:
    """Return the lines of the year; until when the money lasts is said for today only."""
    if "pagu" not in counted:
        return []
    ceilings = counted["pagu"].parts(Cut.LINE)
    called = labels(Cut.LINE, ceilings)
    stages = {code: counted[code].parts(Cut.LINE) for code, _ in STAGES}
    until: dict[int, str] = {}
    if not asked.month:
        lines = tuple(int(key) for key in ceilings)
        until = kept(("run out", lines, asked.today), lambda: run_out(Line.objects.filter(pk__in=lines)))
    found = []
    for key, ceiling in ceilings.items():
        parts = [
            (FIGURES[code].name.read(language()), stages[code].get(key, 0), tone) for code, tone in STAGES
        ]
        pieces = charts.stacked(parts, rules.shares([number for _, number, _ in parts]))
        found.append(
            LineShown(
                called[key].read(language()),
                asked.url(counted["pagu"], **{Cut.LINE.value: key}),
                ceiling,
                stages["dibayar"].get(key, 0),
                stages["bebas"].get(key, 0),
                tuple(pieces),
                until.get(int(key), ""),
            )
        )
    return found


def trend(user: Any, asked: Asked) -> charts.Bars | None:
    """Return the people paid for in each of the last months, by the register of months; one query."""
    figure = FIGURES["orang_bulan"]
    if (reach := reached(user, figure)) is None:
        return None
    last = months.month_of(asked.on)
    first = months.add(last, 1 - TREND)
    found = kept(("trend", reach[0], asked), lambda: _by_month(reach[0], first, last, asked))
    if not any(found.values()):
        return None
    values = []
    for month in months.between(first, last):
        on = months.last_day(month)
        number = found.get(months.index(month), 0)
        told = number if reach[1] or not rules.small(number) else None
        plain = address(figure, open_=reach[1], on=on, **asked.keys, **{Cut.MONTH.value: month})
        values.append((_short(month), told, "" if asked.month else plain))
    return charts.bars(values)


def _by_month(scope: Scope, first: str, last: str, asked: Asked) -> dict[int, int]:
    rows = paid_in(scope, first, last)
    for cut, key in asked.keys.items():
        rows = FIGURES["orang_bulan"].narrowed(rows, Cut.member(cut), key, scope)
    return dict(rows.order_by().values_list("month").annotate(people=Sum("people")))


def _short(month: str) -> str:
    year, number = month.split("-")
    return f"{MONTHS[language()][int(number) - 1]} {year[2:]}"


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """One category of the table: people, covered, the share."""

    name: Text
    people: int | None
    covered: int | None
    share: int | None
    url: str


def category_lines(counted: Mapping[str, Counted], asked: Asked) -> list[CategoryLine]:
    """Return the categories with the most people first."""
    if "orang" not in counted:
        return []
    whole, covered = counted["orang"], counted["terlindungi"]
    people, parts = whole.parts(Cut.CATEGORY), covered.parts(Cut.CATEGORY)
    hidden = whole.hidden(Cut.CATEGORY)
    called = labels(Cut.CATEGORY, people)
    return [
        CategoryLine(
            called[key],
            many if key not in hidden or not rules.small(many) else None,
            parts.get(key, 0) if key not in hidden else None,
            rules.share(parts.get(key, 0), many) if key not in hidden else None,
            asked.url(whole, **{Cut.CATEGORY.value: key}),
        )
        for key, many in sorted(people.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
