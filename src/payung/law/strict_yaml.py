"""One YAML file read strictly: the values at its nodes, or a fault that names file and line."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, NoReturn

import yaml

from payung.errors import InputError
from payung.law.months import first_day, last_day
from payung.law.parameter import MARKS, Mark
from payung.law.rates import parse_percent
from payung.text import Text

UNITS: dict[str, str] = {  # unit -> what a value of it is
    "rupiah": "whole",
    "percent": "percent",
    "months": "whole",
    "years": "whole",
    "days": "whole",
    "working days": "whole",
    "hours": "whole",
    "day of month": "whole",
    "children": "whole",
    "rank": "whole",
    "class": "whole",
    "occupations": "whole",
    "code": "text",
    "codes": "texts",
    "holiday": "none",
}
_MOST: dict[str, int] = {  # unit -> the most that a value can be
    "months": 1200,
    "years": 120,
    "days": 3660,
    "working days": 366,
    "hours": 8784,
    "day of month": 31,
    "children": 30,
    "rank": 9,
    "class": 5,
    "occupations": 9,
}
_FROM_NOTHING = ("months", "days")
_NOTHING = ("tag:yaml.org,2002:null", "tag:yaml.org,2002:bool")


def whole_range(unit: str) -> tuple[int, int] | None:
    """Return the least and the most that a whole number of ``unit`` can be, or ``None`` where all can be right."""
    return (0 if unit in _FROM_NOTHING else 1, _MOST[unit]) if unit in _MOST else None


class ParameterError(InputError):
    """A parameter file that cannot be read as it stands; names the file and the line."""


class StrictFile:
    """One file while it is read: turns nodes into values and knows the line of each."""

    def __init__(self, name: str) -> None:
        self.name = name

    def refuse(self, node: yaml.Node, why: Text) -> NoReturn:
        line = node.start_mark.line + 1
        raise ParameterError(
            Text(f"{self.name}, baris {line}: {why.id}", f"{self.name}, line {line}: {why.en}")
        )

    def mapping(self, node: yaml.Node, required: set[str], optional: set[str]) -> dict[str, yaml.Node]:
        """Return the entries of ``node``; refuse unknown, doubled and missing keys."""
        if not isinstance(node, yaml.MappingNode):
            self.refuse(node, Text("di sini harus ada kunci dan isi", "keys and values are wanted here"))
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = str(key.value)
            if name not in required | optional:
                allowed = ", ".join(sorted(required | optional))
                self.refuse(
                    key,
                    Text(
                        f"kunci {name!r} tidak dikenal; yang boleh: {allowed}",
                        f"unknown key {name!r}; allowed: {allowed}",
                    ),
                )
            if name in found:
                self.refuse(key, Text(f"kunci {name!r} tertulis dua kali", f"key {name!r} is written twice"))
            found[name] = value
        for name in sorted(required - set(found)):
            self.refuse(node, Text(f"kunci {name!r} tidak ada", f"key {name!r} is missing"))
        return found

    def entries(self, node: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
        """Return the pairs of a free mapping; refuse doubled keys."""
        if not isinstance(node, yaml.MappingNode) or not node.value:
            self.refuse(node, Text("di sini harus ada daftar bernama", "a list of names is wanted here"))
        seen: set[str] = set()
        for key, _ in node.value:
            self.text(key)
            if key.value in seen:
                self.refuse(key, Text(f"{key.value!r} tertulis dua kali", f"{key.value!r} is written twice"))
            seen.add(key.value)
        return list(node.value)

    def items(self, node: yaml.Node) -> list[yaml.Node]:
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            self.refuse(
                node,
                Text("di sini harus ada daftar yang tidak kosong", "a list that is not empty is wanted here"),
            )
        return list(node.value)

    def text(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip() or node.tag in _NOTHING:
            self.refuse(node, Text("di sini harus ada teks", "text is wanted here"))
        return str(node.value).strip()

    def both(self, node: yaml.Node) -> Text:
        found = self.mapping(node, {"id", "en"}, set())
        return Text(self.text(found["id"]), self.text(found["en"]))

    def mark(self, node: yaml.Node) -> Mark:
        written = self.text(node)
        if written not in MARKS:
            self.refuse(
                node,
                Text(
                    f"tanda {written!r} tidak dikenal; yang boleh: {', '.join(MARKS)}",
                    f"unknown mark {written!r}; allowed: {', '.join(MARKS)}",
                ),
            )
        return written

    def date(self, node: yaml.Node, *, end: bool) -> dt.date:
        """Return a day; a month stands for its first day, or its last where ``end``."""
        written = self.text(node)
        try:
            if re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", written):
                return last_day(written) if end else first_day(written)
            if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written):
                raise ValueError(written)
            return dt.date.fromisoformat(written)
        except ValueError:
            self.refuse(node, Text(f"tanggal {written!r} tidak ada", f"there is no date {written!r}"))

    def amount(self, node: yaml.Node, unit: str) -> Any:
        """Return one value in ``unit``: a whole number, an exact share, a text or texts."""
        shape = UNITS[unit]
        if shape == "texts":
            return tuple(self.text(item) for item in self.items(node))
        written = self.text(node)
        if shape == "text":
            return written
        if shape == "percent":
            try:
                share = parse_percent(written)
            except ValueError:
                self.refuse(
                    node,
                    Text(
                        f"{written!r} bukan persentase seperti 0.24%",
                        f"{written!r} is no percentage such as 0.24%",
                    ),
                )
            if share.n > share.d:
                self.refuse(
                    node,
                    Text(
                        f"{share.percent()} tidak masuk akal; yang boleh: 0 % - 100 %",
                        f"{share.percent()} cannot be right; allowed: 0 % - 100 %",
                    ),
                )
            return share
        if not re.fullmatch(r"[0-9][0-9_]{0,19}", written):
            self.refuse(
                node,
                Text(
                    f"{written!r} bukan bilangan bulat ({unit})", f"{written!r} is no whole number ({unit})"
                ),
            )
        number = int(written.replace("_", ""))
        least, most = whole_range(unit) or (number, number)
        if not least <= number <= most:
            self.refuse(
                node,
                Text(
                    f"{number} tidak masuk akal ({unit}); yang boleh: {least} - {most}",
                    f"{number} cannot be right ({unit}); allowed: {least} - {most}",
                ),
            )
        return number
