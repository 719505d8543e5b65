"""What must never be is refused by the database itself, past every action."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from monthsworld import execute, findings, pay, take_back

from payung.law import months
from payung.office.guards import missing, names
from payung.office.months import ddl

pytestmark = pytest.mark.django_db
M = months.index("2026-01")
ROW = "INSERT INTO months_month (month, segment, person, seq, posting, line, jkk, jkm) VALUES "


def refused(sql: str) -> str:
    """Return the words with which the database refused ``sql``."""
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        execute(sql)
    return str(error.value)


def test_all_guards_are_there_after_all_migrations() -> None:
    guards = names(ddl.guards(connection.vendor))
    assert len(guards) >= 4
    assert missing(guards) == []
    assert missing(["months_month_other"]) == ["months_month_other"]


@pytest.mark.parametrize(
    "sql",
    [
        f"{ROW}({M}, 1, 7, 1, 9999, 2, 10000, 6800)",  # a second live payer
        f"{ROW}({M}, 1, 7, 2, 9999, 1, -10000, -6799)",  # takes back another amount
        f"{ROW}({M}, 1, 7, 2, 9999, 2, -10000, -6800)",  # takes back of another line
        f"{ROW}({M}, 1, 7, 3, 9999, 1, 10000, 6800)",  # jumps over the taking back
        f"{ROW}({M}, 1, 7, 2, 0, 1, -10000, -6800)",  # an earlier posting
        f"{ROW}({M}, 1, 8, 2, 9999, 1, -10000, -6800)",  # takes back what nobody paid
        f"{ROW}({M}, 1, 8, 1, 9999, 1, -10000, -6800)",  # pays less than nothing
        f"{ROW}({M}, 3, 8, 1, 9999, 1, 10000, 6800)",  # no such segment
        "UPDATE months_month SET jkk = 0",
        "DELETE FROM months_month",
        "UPDATE months_posting SET amount = 0",
        "DELETE FROM months_posting",
        "UPDATE months_past SET text = ''",
        "UPDATE months_roll SET people = 0",
        "DELETE FROM months_roll",
    ],
)
def test_database_refuses(sql: str) -> None:
    pay([7], ["2026-01"], "2026-01-10")
    refused(sql)
    assert findings() == []


def test_database_refuses_to_replace_or_empty() -> None:
    pay([7], ["2026-01"], "2026-01-10")
    if connection.vendor == "sqlite":
        refused(f"{ROW.replace('INSERT', 'INSERT OR REPLACE')}({M}, 1, 7, 1, 9999, 2, 1, 1)")
    else:
        refused("TRUNCATE months_month")
        refused("TRUNCATE months_posting")
        refused("TRUNCATE months_roll")
    assert findings() == []


def test_taken_back_month_can_be_paid_by_another_line() -> None:
    pay([7], ["2026-01"], "2026-01-10")
    take_back([7], ["2026-01"])
    assert pay([7], ["2026-01"], "2026-02-01", line=2).people == 1
    refused(f"{ROW}({M}, 1, 7, 4, 99999, 1, -10000, -6800)")  # the row before is of line 2
    assert findings() == []


def test_row_changed_behind_the_guards_is_found_and_named() -> None:
    number = pay([7, 8], ["2026-01"], "2026-01-10").number
    guard = "months_month_no_update" if connection.vendor == "sqlite" else "months_month_append_only"
    if connection.vendor == "sqlite":
        execute(f"DROP TRIGGER {guard}")
    else:
        execute(f"ALTER TABLE months_month DISABLE TRIGGER {guard}")
    execute("UPDATE months_month SET jkk = 1 WHERE person = 8")
    found = {(one.code, one.where) for one in findings()}
    assert ("months.rows", f"posting:{number}") in found
    assert any(code == "months.money" for code, _ in found)
    assert ("months.guard", guard) in found


def test_removed_and_added_rows_are_found() -> None:
    number = pay([7, 8], ["2026-01"], "2026-01-10").number
    execute(f"{ROW}({M}, 1, 9, 1, {number}, 1, 10000, 6800)")
    found = {(one.code, one.where) for one in findings()}
    assert {("months.rows", f"posting:{number}"), ("months.cover", "person:9")} <= found


def test_kept_state_that_is_not_the_rows_is_found() -> None:
    pay([7], ["2026-01"], "2026-01-10")
    pay([8], ["2026-02"], "2026-02-10")
    execute(
        "UPDATE months_cover SET past = (SELECT past FROM months_cover WHERE person = 8) WHERE person = 7"
    )
    assert ("months.cover", "person:7") in {(one.code, one.where) for one in findings()}
    execute("UPDATE months_statesum SET people = people + 1")
    assert "months.states" in {one.code for one in findings()}
