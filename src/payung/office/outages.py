"""Whether a fault of the database passes: it is busy, away, full or read-only, and the same can be asked again."""

from __future__ import annotations

from django.db import InterfaceError, InternalError, OperationalError

READ_ONLY = (
    "25006"  # what PostgreSQL says where nothing can be written: a copy, or a disk that its host found full
)


def read_only(error: BaseException | None) -> bool:
    """Return whether PostgreSQL refused to write because it is read-only; Django calls that an internal fault."""
    return isinstance(error, InternalError) and getattr(error.__cause__, "sqlstate", "") == READ_ONLY


def passes(error: BaseException | None) -> bool:
    """Return whether the database is busy, away, full or read-only, rather than asked for something impossible."""
    return isinstance(error, OperationalError | InterfaceError) or read_only(error)
