"""The log: one line a fault, with time, level and number of the request; no values of rows, no long numbers.

A line is ``time level logger [request] what | type: message | file:line function < ...``, or with PAYUNG_LOG=json
one object with the same parts.
"""

from __future__ import annotations

import contextvars
import datetime as dt
import json
import logging
import re
import traceback
from pathlib import Path
from typing import Any

REQUEST: contextvars.ContextVar[str] = contextvars.ContextVar("request", default="-")

FRAMES = 6  # the innermost, of our own code first
LONGEST = 500  # characters of a message
# psycopg adds the row that was refused, SQL and parameters on lines of their own.
_ROWS = re.compile(r"\s*\n?\s*(DETAIL|CONTEXT|HINT|STATEMENT|PARAMETERS?):.*", re.DOTALL)
_NUMBER = re.compile(r"\d{9,}")  # NIK, KK, KPJ, phone
# Their sentence says all: who asks for a wrong name, or sends what cannot be read, is no fault of the code.
_PLAIN = ("django.security", "django.db.backends")


def clean(text: str) -> str:
    """Return ``text`` as one line without values of rows: details of the database cut, long numbers left out."""
    text = _NUMBER.sub("…", _ROWS.sub("", text))
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def fault(error: BaseException) -> str:
    """Return type, message and the innermost places of a fault, on one line."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "/payung/" in frame.filename] or list(frames)
    places = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in reversed(own[-FRAMES:])]
    said = f"{type(error).__name__}: {clean(str(error))}"
    return f"{said} | {' < '.join(places)}" if places else said


def _short(filename: str) -> str:
    parts = Path(filename).parts
    return "/".join(parts[parts.index("payung") :] if "payung" in parts else parts[-2:])


class Line(logging.Formatter):
    """One line of text."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of ``record``."""
        parts = _parts(record)
        line = f"{parts['time']} {parts['level']} {parts['logger']} [{parts['request']}] {parts['said']}"
        return f"{line} | {parts['fault']}" if "fault" in parts else line


class Object(logging.Formatter):
    """One object of JSON on a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the object of ``record``."""
        return json.dumps(_parts(record), ensure_ascii=False)


def _parts(record: logging.LogRecord) -> dict[str, Any]:
    at = dt.datetime.fromtimestamp(record.created, tz=dt.UTC).astimezone()
    found: dict[str, Any] = {
        "time": at.isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "request": REQUEST.get(),
        "said": clean(record.getMessage()),
    }
    error = record.exc_info[1] if record.exc_info else None
    if error is not None and not record.name.startswith(_PLAIN):
        found["fault"] = fault(error)
    return found


def settings(form: str) -> dict[str, Any]:
    """Return Django's LOGGING for the form ``text`` or ``json``."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": formatters(form),
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "generic"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        # Refusals and missing pages are the daily bread of a scope.
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "axes": {"level": "ERROR"},
            "django.request": {"level": "ERROR"},
            "psycopg.pool": {"level": "ERROR"},  # each try of a pool while the database is away
            "payung.access": {"level": "INFO"},
            "payung.accounts": {"level": "INFO"},
        },
    }


def formatters(form: str) -> dict[str, Any]:
    """Return the formatters, under the names that the server's own log uses too."""
    made = {
        "()": "payung.office.service.logs.Object" if form == "json" else "payung.office.service.logs.Line"
    }
    return {"generic": made, "access": made}
