"""The log: one line a fault, no values of rows, no long numbers."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

import pytest
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from payung.office.service import logs

ROW = """duplicate key value violates unique constraint "register_person_nik_index"
DETAIL:  Failing row contains (36, argon2$argon2id$v=19, mundur, Sesudah Mundur, 1980-01-01)."""


def _record(
    message: str, error: BaseException | None = None, name: str = "django.request"
) -> logging.LogRecord:
    info: Any = None
    if error is not None:
        try:
            raise error
        except type(error):
            info = sys.exc_info()
    return logging.LogRecord(name, logging.ERROR, __file__, 1, message, (), info)


@pytest.mark.parametrize("form", [logs.Line(), logs.Object()])
def test_refused_row_is_a_line_without_its_values(form: logging.Formatter) -> None:
    line = form.format(_record("Internal Server Error: /orang/", IntegrityError(ROW)))
    assert "\n" not in line
    assert "register_person_nik_index" in line
    for value in ("argon2", "Mundur", "1980"):
        assert value not in line


def test_line_says_when_how_bad_who_and_where() -> None:
    token = logs.REQUEST.set("abc123")
    try:
        line = logs.Line().format(_record("rusak", ZeroDivisionError("x")))
    finally:
        logs.REQUEST.reset(token)
    time, level, logger, number, rest = line.split(" ", 4)
    assert (level, logger, number) == ("ERROR", "django.request", "[abc123]")
    assert time[10] == "T"
    assert rest.startswith("rusak | ZeroDivisionError: x | ")
    assert "_record" in rest


def test_object_is_json_with_the_same_parts() -> None:
    found = json.loads(logs.Object().format(_record("rusak", ZeroDivisionError("x"))))
    assert set(found) == {"time", "level", "logger", "request", "said", "fault"}


def test_who_asks_for_a_wrong_name_is_one_line_without_places() -> None:
    from django.core.exceptions import DisallowedHost

    name = "django.security.DisallowedHost"
    line = logs.Line().format(_record("Invalid HTTP_HOST header: 'x'.", DisallowedHost("x"), name))
    assert line.endswith("Invalid HTTP_HOST header: 'x'.")


@pytest.mark.parametrize("number", ["6203991234567890", "081234567890", "12345678901"])
def test_long_number_is_left_out(number: str) -> None:
    line = logs.Line().format(_record(f"person {number}", ValueError(f"NIK {number}")))
    assert number not in line


@given(st.text())
def test_whatever_is_said_is_one_short_line(text: str) -> None:
    cleaned = logs.clean(text)
    assert len(cleaned) <= logs.LONGEST
    assert len(cleaned.splitlines()) <= 1


def test_settings_of_the_log_are_taken_by_the_machine_in_both_forms() -> None:
    from logging.config import DictConfigurator  # type: ignore[attr-defined]

    for form in ("text", "json"):
        found = DictConfigurator(logs.settings(form)).configure_formatter(logs.formatters(form)["generic"])
        assert isinstance(found, logs.Object if form == "json" else logs.Line)
