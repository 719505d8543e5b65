"""Django for the tests of the office: its own home folder, an empty database, quick passwords."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

os.environ["PAYUNG_HOME"] = tempfile.mkdtemp(prefix="payung-office-")
os.environ["PAYUNG_SECRET"] = "the secret of the tests, long enough"
os.environ["PAYUNG_HOSTS"] = "testserver,localhost,127.0.0.1"
import postgresworld

postgresworld.for_this_run()
os.environ["PAYUNG_DATABASE"] = os.environ.get("PAYUNG_TEST_DATABASE", "")
os.environ["PAYUNG_DATABASE_POOL"] = "0"
os.environ["PAYUNG_SECOND_FACTOR"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "payung.office.settings"

import django

django.setup()

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from browserworld import browser, filled, office, served
from commandsworld import call
from django.conf import settings
from django.test import Client
from officeworld import HOME, PASSWORD, PLACES, VILLAGE

from payung.office.access.roles import ROLES
from payung.office.accounts import actions as accounts
from payung.office.accounts.models import User
from payung.office.jobs import queue
from payung.office.people import actions as register
from payung.office.people.models import Person
from payung.office.regions.models import Region

postgresql = postgresworld.postgresql
__all__ = [
    "browser",
    "call",
    "filled",
    "office",
    "postgresql",
    "served",
]  # fixtures of browser tests, of commands and of the other engine
if os.environ["PAYUNG_DATABASE"]:
    assert settings.DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql"
# The files that are served may be older than the ones under test.
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.KEEP_FIGURES = False  # tests write past the actions; what is kept has tests of its own
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _a_home_for_uploads(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "uploads"


def _empty_past_the_guards() -> None:
    """Let the flush after a test with transactions of its own pass the guards against emptying (PostgreSQL)."""
    from django.db.backends.postgresql.operations import DatabaseOperations

    flush = DatabaseOperations.execute_sql_flush

    def flushing(self: Any, sql_list: list[str]) -> None:
        from payung.office.bills.models import BillLine
        from payung.office.months.ddl import TABLES

        unmanaged = [*TABLES, BillLine._meta.db_table]
        with self.connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(f"TRUNCATE {', '.join(unmanaged)}")
            flush(self, sql_list)
            cursor.execute("SET session_replication_role = DEFAULT")

    DatabaseOperations.execute_sql_flush = flushing  # type: ignore[method-assign]


if os.environ["PAYUNG_DATABASE"]:
    _empty_past_the_guards()


@pytest.fixture(autouse=True)
def _a_heart_that_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    # The database of these tests lives in one connection: another thread cannot reach it.
    monkeypatch.setattr(queue, "BEAT", 600.0)


@pytest.fixture
def regions(db: None) -> None:
    """A district with two sub-districts and three villages."""
    Region.objects.bulk_create(
        [Region(code=code, name=name, level=level) for code, (name, level) in PLACES.items()]
    )


@pytest.fixture
def make_user(regions: None) -> Callable[..., User]:
    """Make a user with one role; its second factor is in place where the role needs one."""

    def make(role: str, code: str = "", username: str = "", **grant: Any) -> User:
        user = accounts.create_user(
            by="tests", username=username or role, name=f"Nama {role}", password=PASSWORD, temporary=False
        )
        values = {"starts": dt.date(2020, 1, 1), **grant}
        accounts.give_role(
            by="tests", user=user, role=role, region_code=code or HOME[ROLES[role].level], **values
        )
        if ROLES[role].second_factor:
            Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
        return User.objects.get(pk=user.pk)

    return make


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    """Return a client in which this user is signed in."""

    def client_of(user: User) -> Client:
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[1])
        return client

    return client_of


@pytest.fixture
def make_people(regions: None) -> Callable[..., list[Person]]:
    """Enter invented people into the register."""
    from django.db import transaction

    def make(*listings: dict[str, Any], village: str = VILLAGE) -> list[Person]:
        with transaction.atomic():
            landed = register.land(by="tests", listings=listings, village_code=village, source="tests:1")
        return [outcome.person for outcome in landed]

    return make
