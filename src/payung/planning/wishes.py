"""LINES.yaml: the lines of money with what they may pay, floors, quotas and how long; read strictly."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from payung.errors import InputError
from payung.law.facts import SECTORS, SOURCES
from payung.law.months import add, first_day, parse_month
from payung.law.rupiah import MOST_MONEY, parse_rupiah
from payung.law.strict_yaml import StrictFile
from payung.people.occupations import CODES as OCCUPATIONS
from payung.planning.order import RULE_NAMES
from payung.planning.people_file import categories
from payung.regions.codes import dotted
from payung.text import Text
from payung.yaml_files import node_of

MOST_MONTHS = 60
MOST_PEOPLE = 10**7
_NULL = "tag:yaml.org,2002:null"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of money.

    Fields
        source: code of the funding source. amount: rupiah for the whole plan. months: in which it pays.
        areas: codes of regions whose villages it pays for; categories, occupations: codes (an occupation, or a
        sector for all its occupations). Empty: no restriction.
        per_head: most rupiah for one person over the whole plan, or ``None``.
    """

    id: str
    source: str
    amount: int
    months: tuple[str, ...]
    areas: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    occupations: tuple[str, ...] = ()
    per_head: int | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked of a plan.

    Fields
        months: of the plan, in order. floor: people at least in every village that has as many eligible ones.
        quotas: people at most, by category. months_each: months in a row for whoever is chosen; ``None``: all.
        ranking: rules of the order that take the place of the dated ones, or nothing.
    """

    months: tuple[str, ...]
    lines: tuple[Line, ...]
    floor: int = 0
    quotas: tuple[tuple[str, int], ...] = ()
    months_each: int | None = None
    ranking: tuple[str, ...] = ()

    @property
    def length(self) -> int:
        """Months that a chosen person is covered."""
        return self.months_each or len(self.months)

    @property
    def first_day(self) -> dt.date:
        """The first day of the plan."""
        return first_day(self.months[0])


def parse_months(text: str) -> tuple[str, ...]:
    """Return the months of ``2027-01..2027-12`` (or of one month); raise :class:`InputError` for anything else."""
    first, dots, last = text.strip().partition("..")
    begin, end = parse_month(first), parse_month(last if dots else first)
    if end < begin:
        raise InputError(
            Text(
                f"Bulan {text}: {end} sebelum {begin}. Tulis yang awal dulu, misalnya 2027-01..2027-12.",
                f"The months {text}: {end} is before {begin}. Write the earlier first, such as 2027-01..2027-12.",
            )
        )
    months = [begin]
    while months[-1] < end:
        months.append(add(months[-1], 1))
        if len(months) > MOST_MONTHS:
            raise InputError(
                Text(
                    f"Bulan {text}: paling banyak {MOST_MONTHS} bulan.",
                    f"The months {text}: {MOST_MONTHS} months at most.",
                )
            )
    return tuple(months)


def read_wishes(path: Path, months: Sequence[str]) -> Wishes:
    """Return what ``path`` asks for a plan over ``months``; raise :class:`InputError` with file and line."""
    node = node_of(path, path.name)
    if node is None:
        raise InputError(Text(f"{path.name} kosong: tulis lines.", f"{path.name} is empty: write lines."))
    return _Wishes(path.name, tuple(months)).read(node)


class _Wishes(StrictFile):
    def __init__(self, name: str, months: tuple[str, ...]) -> None:
        super().__init__(name)
        self.months = months
        self.categories = categories(first_day(months[0]))

    def read(self, node: yaml.Node) -> Wishes:
        found = self.mapping(node, {"lines"}, {"floors", "quotas", "months_each", "ranking"})
        lines = tuple(self._line(item) for item in self.items(found["lines"]))
        for at, line in enumerate(lines):
            if line.id in {other.id for other in lines[:at]}:
                self.refuse(
                    self.items(found["lines"])[at],
                    Text(f"id {line.id!r} dipakai dua kali", f"the id {line.id!r} is used twice"),
                )
        each = self._number(found.get("months_each"), len(self.months), least=1)
        return Wishes(
            self.months,
            lines,
            self._floor(found.get("floors")),
            self._quotas(found.get("quotas")),
            each,
            self._codes(found.get("ranking"), RULE_NAMES),
        )

    def _line(self, node: yaml.Node) -> Line:
        more = {"areas", "categories", "occupations", "per_head", "months"}
        found = self.mapping(node, {"id", "source", "amount"}, more)
        source = self._codes(found["source"], SOURCES, many=False)[0]
        amount = self._rupiah(found["amount"])
        if amount is None:
            self.refuse(found["amount"], Text("jumlah rupiah tidak kosong", "the amount is not empty"))
        return Line(
            self.text(found["id"]),
            source,
            amount,
            self._months(found.get("months")),
            self._areas(found.get("areas")),
            self._codes(found.get("categories"), self.categories),
            self._codes(found.get("occupations"), (*SECTORS, *OCCUPATIONS)),
            self._rupiah(found.get("per_head")),
        )

    def _empty(self, node: yaml.Node | None) -> bool:
        return node is None or node.tag == _NULL or (isinstance(node, yaml.SequenceNode) and not node.value)

    def _texts(self, node: yaml.Node | None) -> list[tuple[yaml.Node, str]]:
        if node is None or self._empty(node):
            return []
        nodes = self.items(node) if isinstance(node, yaml.SequenceNode) else [node]
        return [(one, self.text(one)) for one in nodes]

    def _codes(self, node: yaml.Node | None, known: Sequence[str], *, many: bool = True) -> tuple[str, ...]:
        found = self._texts(node)
        if not many and len(found) != 1 and node is not None:
            self.refuse(node, Text("di sini harus ada satu kode", "one code is wanted here"))
        for one, code in found:
            if code not in known:
                listed = ", ".join(known)
                self.refuse(
                    one,
                    Text(
                        f"{code!r} tidak dikenal; yang ada: {listed}",
                        f"{code!r} is not known; there are: {listed}",
                    ),
                )
        return tuple(dict.fromkeys(code for _, code in found))

    def _areas(self, node: yaml.Node | None) -> tuple[str, ...]:
        areas = []
        for one, code in self._texts(node):
            area = dotted(code)
            if area is None:
                self.refuse(
                    one,
                    Text(
                        f"{code!r} bukan kode wilayah; tulis dalam tanda kutip, misalnya '62.03.01'",
                        f"{code!r} is no code of a region; write it in quotes, such as '62.03.01'",
                    ),
                )
            areas.append(area)
        return tuple(dict.fromkeys(areas))

    def _months(self, node: yaml.Node | None) -> tuple[str, ...]:
        found: set[str] = set()
        for one, text in self._texts(node):
            try:
                months = parse_months(text)
            except InputError as error:
                self.refuse(one, error.message)
            outside = [month for month in months if month not in self.months]
            if outside:
                span = f"{self.months[0]}..{self.months[-1]}"
                self.refuse(
                    one,
                    Text(
                        f"bulan {outside[0]} di luar rencana {span}; tulis hanya bulan rencana",
                        f"the month {outside[0]} is outside the plan {span}; write months of the plan only",
                    ),
                )
            found.update(months)
        return tuple(sorted(found)) or self.months

    def _number(self, node: yaml.Node | None, most: int, *, least: int = 0) -> int | None:
        if node is None or node.tag == _NULL:
            return None
        written = self.text(node)
        if not re.fullmatch(r"[0-9][0-9_]{0,19}", written) or not least <= int(written) <= most:
            self.refuse(
                node,
                Text(
                    f"{written!r} tidak dapat dipakai; bilangan bulat {least} sampai {most}",
                    f"{written!r} cannot be used; a whole number from {least} to {most}",
                ),
            )
        return int(written)

    def _rupiah(self, node: yaml.Node | None) -> int | None:
        """Return whole rupiah, also as they are written here (``1.008.000.000``, ``Rp250.000``)."""
        if node is None or node.tag == _NULL:
            return None
        try:
            return parse_rupiah(self.text(node))
        except InputError:
            return self._number(node, MOST_MONEY)

    def _floor(self, node: yaml.Node | None) -> int:
        if node is None or node.tag == _NULL or (isinstance(node, yaml.MappingNode) and not node.value):
            return 0
        found = self.mapping(node, set(), {"per_village"})
        return self._number(found.get("per_village"), MOST_PEOPLE) or 0

    def _quotas(self, node: yaml.Node | None) -> tuple[tuple[str, int], ...]:
        if node is None or node.tag == _NULL or (isinstance(node, yaml.MappingNode) and not node.value):
            return ()
        found = []
        for key, value in self.entries(node):
            (category,) = self._codes(key, self.categories)
            number = self._number(value, MOST_PEOPLE)
            if number is not None:
                found.append((category, number))
        return tuple(found)
