"""Columns of tables that say what they hold: a code, a month, rupiah. The database refuses anything else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from payung.codes import Code

if TYPE_CHECKING:
    _Text = models.CharField[Any, Any]
    _Whole = models.BigIntegerField[Any, Any]
else:
    _Text = models.CharField
    _Whole = models.BigIntegerField


class CodeField(_Text):
    """A column that holds a member of a vocabulary (payung.codes).

    ``CodeField(Segment)`` gives the member back (its words and tone with it), or the empty text where ``blank=True``;
    the database refuses every other value. ``values`` narrows it; a migration knows the values alone.
    """

    def __init__(
        self, code: type[Code] | None = None, *args: Any, values: Sequence[str] = (), **kwargs: Any
    ) -> None:
        self.code = code
        self.values = tuple(str(value) for value in values or (code or ()))
        kwargs.setdefault("max_length", 30)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Return how a migration writes this column: with its values, without the vocabulary."""
        name, path, args, kwargs = super().deconstruct()
        kwargs["values"] = list(self.values)
        return name, path, args, kwargs

    def db_check(self, connection: BaseDatabaseWrapper) -> str:
        """Return the condition that the database holds."""
        allowed = [*self.values, ""] if self.blank else list(self.values)
        listed = ", ".join(f"'{value}'" for value in allowed)
        return f"{connection.ops.quote_name(str(self.column))} IN ({listed})"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Return the member for what the database holds."""
        return self.to_python(value)

    def to_python(self, value: Any) -> Any:
        """Return the member for ``value``; an empty one, and any in a migration, as it is."""
        return self.code.member(value) if value and self.code is not None else value

    def get_prep_value(self, value: Any) -> Any:
        """Return the plain text of a member; what is none matches nothing and is refused by the database."""
        return None if value is None else str(value)


class MonthField(_Text):
    """A month as ``YYYY-MM``; empty where ``blank=True``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 7
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Return how a migration writes this column."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("max_length", None)
        return name, path, args, kwargs

    def db_check(self, connection: BaseDatabaseWrapper) -> str:
        """Return the condition that the database holds."""
        column = connection.ops.quote_name(str(self.column))
        if connection.vendor == "postgresql":
            right = f"{column} ~ '^[0-9]{{4}}-(0[1-9]|1[0-2])$'"
        else:
            right = f"{column} GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]' AND substr({column}, 6) BETWEEN '01' AND '12'"
        return f"({right}) OR {column} = ''" if self.blank else right


class RupiahField(_Whole):
    """Whole rupiah; negative only where ``signed=True``."""

    def __init__(self, *args: Any, signed: bool = False, **kwargs: Any) -> None:
        self.signed = signed
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Return how a migration writes this column."""
        name, path, args, kwargs = super().deconstruct()
        if self.signed:
            kwargs["signed"] = True
        return name, path, args, kwargs

    def db_check(self, connection: BaseDatabaseWrapper) -> str | None:
        """Return the condition that the database holds."""
        return None if self.signed else f"{connection.ops.quote_name(str(self.column))} >= 0"
