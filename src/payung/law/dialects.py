"""How the languages that a rule can be written in spell the same few things."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Dialect(Protocol):
    """What a language must be able to say. Every argument and answer is text in that language."""

    @property
    def name(self) -> str:
        """Return what the language is called."""
        ...

    def constant(self, value: int | str | bool) -> str:
        """Return a literal."""
        ...

    def quotient(self, left: str, right: str) -> str:
        """Return the whole quotient of amounts that are not negative."""
        ...

    def select(self, condition: str, yes: str, no: str) -> str:
        """Return ``yes`` where ``condition`` holds, else ``no``."""
        ...

    def extreme(self, name: str, parts: list[str]) -> str:
        """Return the ``min`` or ``max`` of ``parts``."""
        ...

    def compare(self, operator: str, left: str, right: str) -> str:
        """Return a comparison; ``operator`` is as Python writes it."""
        ...

    def join(self, operator: str, parts: list[str]) -> str:
        """Return ``parts`` joined by ``and`` or ``or``."""
        ...

    def negate(self, condition: str) -> str:
        """Return the opposite of ``condition``."""
        ...


@dataclass(frozen=True)
class Sql:
    """SQL over whole numbers. ``division`` is DuckDB's ``//`` or Spark's ``div``."""

    name: str
    division: str

    def constant(self, value: int | str | bool) -> str:
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if isinstance(value, int):
            return f"CAST({value} AS BIGINT)" if abs(value) >= 2**31 else str(value)
        return "'" + value.replace("'", "''") + "'"

    def quotient(self, left: str, right: str) -> str:
        return f"({left} {self.division} {right})"

    def select(self, condition: str, yes: str, no: str) -> str:
        return f"CASE WHEN {condition} THEN {yes} ELSE {no} END"

    def extreme(self, name: str, parts: list[str]) -> str:
        return f"{'least' if name == 'min' else 'greatest'}({', '.join(parts)})"

    def compare(self, operator: str, left: str, right: str) -> str:
        return f"{left} {({'==': '=', '!=': '<>'}).get(operator, operator)} {right}"

    def join(self, operator: str, parts: list[str]) -> str:
        return "(" + f" {operator.upper()} ".join(parts) + ")"

    def negate(self, condition: str) -> str:
        return f"(NOT {condition})"


@dataclass(frozen=True)
class JavaScript:
    """JavaScript over whole numbers below 2**53; the quotient is exact (no fraction is ever formed)."""

    name: str = "javascript"

    def constant(self, value: int | str | bool) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        return (
            str(value)
            if isinstance(value, int)
            else "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
        )

    def quotient(self, left: str, right: str) -> str:
        return f"quotient({left}, {right})"

    def select(self, condition: str, yes: str, no: str) -> str:
        return f"({condition} ? {yes} : {no})"

    def extreme(self, name: str, parts: list[str]) -> str:
        return f"Math.{name}({', '.join(parts)})"

    def compare(self, operator: str, left: str, right: str) -> str:
        return f"{left} {({'==': '===', '!=': '!=='}).get(operator, operator)} {right}"

    def join(self, operator: str, parts: list[str]) -> str:
        return "(" + {"and": " && ", "or": " || "}[operator].join(parts) + ")"

    def negate(self, condition: str) -> str:
        return f"!({condition})"


DUCKDB = Sql("duckdb", "//")
SPARK = Sql("spark", "div")
JAVASCRIPT = JavaScript()
