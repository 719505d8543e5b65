"""The formulas of the rules in words, out of the rules themselves, for a lawyer to read."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from payung.law.codes import words_of
from payung.law.interpreter import Frame
from payung.law.loader import load
from payung.law.parameter import Book
from payung.law.rates import Rate
from payung.law.rule import Rule
from payung.law.rules import arrears, benefit, contribution, membership, tariff
from payung.law.words import Writer, figure, is_about_force
from payung.text import Language, Text

Rules = dict[str, Rule[..., Any]]
GROUPS: tuple[tuple[Text, object], ...] = (
    (Text("Iuran", "Contributions"), contribution),
    (Text("Manfaat", "Benefits"), benefit),
    (Text("Kepesertaan", "Membership"), membership),
    (Text("Tunggakan", "Arrears"), arrears),
    (Text("Proyek dan pekerja migran", "Projects and migrant workers"), tariff),
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One way through a rule: the tests that must hold, and what it then comes to. The first that fits applies."""

    conditions: tuple[Text, ...]
    answer: Text


def rules_of(module: object) -> Rules:
    """Return the rules of ``module`` by name, in the order in which they are written."""
    return {
        name: rule
        for name, rule in vars(module).items()
        if isinstance(rule, Rule) and rule.function.__module__ == getattr(module, "__name__", None)
    }


def clauses(rule: Rule[..., Any], *, book: Book | None = None) -> tuple[Clause, ...]:
    """Return the ways through ``rule`` in order. Of a test that failed nothing is said: an earlier way had it."""
    frame = Frame(rule, {}, 0)
    writers = (_Formula(book or load(), frame, "id"), _Formula(book or load(), frame, "en"))

    def both(node: ast.expr) -> Text:
        return Text(*(writer.write(node) for writer in writers))

    return tuple(
        Clause(tuple(both(test) for test in tests), both(answer))
        for tests, answer in _ways(rule.definition.body, ())
    )


def _ways(
    body: Sequence[ast.stmt], tests: tuple[ast.expr, ...]
) -> Iterator[tuple[tuple[ast.expr, ...], ast.expr]]:
    for position, statement in enumerate(body):
        if isinstance(statement, ast.Return) and statement.value is not None:
            yield tests, statement.value
            return
        if isinstance(statement, ast.If):
            rest = list(body[position + 1 :])
            yield from _ways([*statement.body, *rest], (*tests, statement.test))
            yield from _ways([*statement.orelse, *rest], tests)
            return


class _Formula(Writer):
    """Writes a rule without a case: what is asked of the law as well, and constants in words."""

    def __init__(self, book: Book, frame: Frame, language: Language) -> None:
        super().__init__(book, frame, language, figures=False)

    def write(self, node: ast.expr, *, inside: bool = False) -> str:
        if isinstance(node, ast.Compare) and is_about_force(node):
            word = Text("tidak berlaku", "is not in force")
            if isinstance(node.ops[0], ast.IsNot):
                word = Text("berlaku", "is in force")
            return f"{self.write(node.left)} {word.read(self.language)}"
        if isinstance(node, ast.BoolOp):
            word = Text("dan", "and") if isinstance(node.op, ast.And) else Text("atau", "or")
            return f" {word.read(self.language)} ".join(self.write(part) for part in node.values)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            words = words_of(node.value)
            return words.read(self.language) if words else node.value
        if isinstance(node, ast.Attribute) and node.attr == "thousandth":
            return figure(Rate(1, 1000), self.language)
        written = super().write(node, inside=inside)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            a_rule = node.func.id not in (
                "min",
                "max",
                "band",
            )  # say what it is asked about, where that is no fact
            told = [self.write(part) for part in node.args[1:] if a_rule and not isinstance(part, ast.Name)]
            return f"{written} ({', '.join(told)})" if told else written
        return written
