"""Turns the source of a rule into a sentence of arithmetic, in Indonesian and in English, in words or figures."""

from __future__ import annotations

import ast
from fractions import Fraction
from typing import Any

from payung.law.facts import FACTS
from payung.law.interpreter import Frame
from payung.law.parameter import Bands, Book, Tiers
from payung.law.rates import Rate
from payung.law.rule import Rule
from payung.text import Language, Text

_SIGNS: dict[type[ast.AST], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "×",
    ast.FloorDiv: "÷",
    ast.Eq: "=",
    ast.NotEq: "≠",
    ast.Lt: "<",
    ast.LtE: "≤",
    ast.Gt: ">",
    ast.GtE: "≥",
}
OPPOSITE: dict[type[ast.AST], str] = {
    ast.Eq: "≠",
    ast.NotEq: "=",
    ast.Lt: "≥",
    ast.LtE: ">",
    ast.Gt: "≤",
    ast.GtE: "<",
}
_SMALLER = Text("yang terkecil dari", "the smaller of")
_LARGER = Text("yang terbesar dari", "the larger of")
_ROW = Text("baris untuk", "row for")


def figure(value: Any, language: Language) -> str:
    """Return ``value`` as a person of that language writes it: 16.800 or 16,800; 0,24 % or 0.24 %."""
    comma = language == "id"
    if isinstance(value, Rate):
        return value.percent("," if comma else ".")
    if isinstance(value, bool) or value is None:
        return {True: "ya" if comma else "yes", False: "tidak" if comma else "no", None: "-"}[value]
    if isinstance(value, int):
        grouped = f"{value:,}"
        return grouped.replace(",", ".") if comma else grouped
    return str(value)


def decimal(exact: Fraction, language: Language) -> str:
    """Return a fraction of rupiah as a person writes it, to at most six places: 4.853,28 or 4,853.28."""
    whole, rest = divmod(exact.numerator, exact.denominator)
    places = f"{rest * 10**6 // exact.denominator:06d}".rstrip("0")
    more = "..." if rest * 10**6 % exact.denominator else ""
    return f"{figure(whole, language)}{',' if language == 'id' else '.'}{places or '0'}{more}"


def is_about_force(node: ast.expr) -> bool:
    """Whether ``node`` only asks if a rule is in force (``law.x is not None``)."""
    return isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Is | ast.IsNot)


class Writer:
    """Writes the parts of one call of one rule, in words (``figures`` false) or with what they came to."""

    def __init__(self, book: Book, frame: Frame, language: Language, *, figures: bool) -> None:
        self.book = book
        self.frame = frame
        self.language: Language = language
        self.figures = figures

    def condition(self, node: ast.expr, held: bool) -> str:
        """Return a test as it came out: as it is written where it held, turned round where it did not."""
        if held or not isinstance(node, ast.Compare):
            return self.write(node)
        sign = OPPOSITE[type(node.ops[0])]
        return f"{self.write(node.left)} {sign} {self.write(node.comparators[0])}"

    def write(self, node: ast.expr, *, inside: bool = False) -> str:
        """Return ``node`` as text; ``inside`` puts sums in brackets."""
        if isinstance(node, ast.BinOp):
            tight = not isinstance(node.op, ast.Add | ast.Sub)
            left = self.write(node.left, inside=tight)
            right = self.write(node.right, inside=tight or isinstance(node.op, ast.Sub))
            text = f"{left} {_SIGNS[type(node.op)]} {right}"
            return text if tight or not inside else f"({text})"
        if isinstance(node, ast.Compare):
            sign = _SIGNS.get(type(node.ops[0]), "=")
            return f"{self.write(node.left)} {sign} {self.write(node.comparators[0])}"
        if isinstance(node, ast.BoolOp):
            word = self._say(Text("dan", "and") if isinstance(node.op, ast.And) else Text("atau", "or"))
            return f" {word} ".join(self.write(part) for part in node.values if not is_about_force(part))
        if isinstance(node, ast.Call):
            return self._call(node)
        if isinstance(node, ast.Subscript) and not self.figures:
            return f"{self.write(node.value)} [{self.write(node.slice)}]"
        return self._atom(node)

    def _call(self, node: ast.Call) -> str:
        if isinstance(node.func, ast.Attribute):
            if node.func.attr == "marginal":
                return f"{self.write(node.args[1])} × {self.write(node.args[0])}{self._exact(node)}"
            return " × ".join(self.write(part, inside=True) for part in node.args) + self._exact(node)
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in ("min", "max"):
            listed = " | ".join(self.write(part) for part in node.args)
            return f"{self._say(_SMALLER if name == 'min' else _LARGER)} ({listed})"
        if name == "band":
            return f"{self.write(node.args[0])}: {self._say(_ROW)} {self.write(node.args[1])}"
        return self._atom(node)

    def _exact(self, node: ast.Call) -> str:
        """Return what had to be rounded, in figures: `` (= 4.853,28)``."""
        exact = self.frame.fractions.get(node)
        return f" (= {decimal(exact, self.language)})" if self.figures and exact is not None else ""

    def _atom(self, node: ast.expr) -> str:
        value = node.value if isinstance(node, ast.Constant) else self.frame.values.get(node)
        if self.figures and not isinstance(value, Bands | Tiers | dict):
            return figure(value, self.language)
        if isinstance(node, ast.Attribute):
            parameter = self.book.parameters.get(node.attr)
            return self._say(parameter.title) if parameter else figure(value, self.language)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            called = self.frame.rule.refers_to(node.func.id)
            return self._say(called.title) if isinstance(called, Rule) else node.func.id
        if isinstance(node, ast.Name):
            return self._say(FACTS[node.id].title) if node.id in FACTS else node.id
        return figure(value, self.language)

    def _say(self, text: Text) -> str:
        return text.read(self.language)
