"""The database of either kind holds what the columns of codes, months and rupiah say."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection

from payung.office import columns, guards
from payung.office.columns import CodeField


def conditions(table: str) -> str:
    """Return the conditions that the database holds on the columns of ``table``, as it tells them."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [table])
        else:
            cursor.execute(
                "SELECT string_agg(pg_get_constraintdef(oid), ' ') FROM pg_constraint"
                " WHERE contype = 'c' AND conrelid = %s::regclass",
                [table],
            )
        return cursor.fetchone()[0] or ""


@pytest.mark.django_db
def test_the_database_refuses_what_is_no_code() -> None:
    held = {model: conditions(model._meta.db_table) for model in apps.get_models() if model._meta.managed}
    codes = [
        (model, field) for model in held for field in model._meta.local_fields if isinstance(field, CodeField)
    ]
    assert len(codes) > 60
    lacking = [
        (model._meta.label, field.name)
        for model, field in codes
        if not all(f"'{value}'" in held[model] for value in field.values)
    ]
    assert lacking == []


@pytest.mark.django_db
def test_every_column_of_ours_has_one_check() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite holds it in the table's own text")
    wanted = {
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        if model._meta.managed
        for field in model._meta.local_fields
        if type(field).__module__ == columns.__name__ and field.db_check(connection)
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, attname FROM pg_constraint JOIN pg_attribute"
            " ON attrelid = conrelid AND attnum = ANY (conkey)"
            " WHERE contype = 'c' AND array_length(conkey, 1) = 1 AND conname LIKE '%check'"
        )
        found = sorted(row for row in cursor.fetchall() if row in wanted)
    assert found == sorted(wanted)


@pytest.mark.django_db
def test_an_office_of_before_gets_the_checks_that_it_lacks() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite makes the table anew with its checks")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = 'accounts_grant'::regclass"
            " AND pg_get_constraintdef(oid) LIKE '%camat%'"
        )
        [[name]] = cursor.fetchall()
        cursor.execute(f'ALTER TABLE accounts_grant DROP CONSTRAINT "{name}"')
    assert "camat" not in conditions("accounts_grant")
    with connection.schema_editor() as editor:
        guards.put_checks(apps, editor)
    assert conditions("accounts_grant").count("'camat'") == 1
    with connection.schema_editor() as editor:
        guards.put_checks(apps, editor)  # once more changes nothing
    assert conditions("accounts_grant").count("'camat'") == 1
