"""An office that is harmed: its files, its database as whoever has its password sees it, its pages."""

from __future__ import annotations

import http.cookiejar
import re
import shutil
import sqlite3
import subprocess
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

from serviceworld import Open, payung, python, set_up, until

PASSWORD = "Kata-sandi-uji-9"
VILLAGE = "62.10.01.2002"
ACCOUNTS = f"""
import datetime as dt
from payung.office.accounts import actions
for role, code in (("operator", "{VILLAGE}"), ("dinsos", "62.10"), ("admin", "62.10")):
    user = actions.create_user(by="tests", username=role, name="Nama " + role, password="{PASSWORD}", temporary=False)
    actions.give_role(by="tests", user=user, role=role, region_code=code, starts=dt.date(2020, 1, 1))
"""


class Answering(Open):
    """An open office that answers, whether it is well or not."""

    def wait(self) -> None:
        until(lambda: self.health()[0] in {200, 503}, self)


class Attacked:
    """An office in ``home`` on SQLite, or on the PostgreSQL at ``database``."""

    def __init__(self, home: Path, database: str, like: Path | None = None, query: str = "") -> None:
        """Set an office up, or take a copy of the closed one in the folder ``like`` (SQLite).

        ``query`` is what its address of the database ends with.
        """
        self.home, self.database = home, database
        self.values = {
            "PAYUNG_DATABASE": database + query,
            "PAYUNG_DATABASE_POOL": "0",
            "PAYUNG_SECOND_FACTOR": "0",
        }
        if like is not None:
            shutil.copytree(like, home)
            return
        set_up(home, **self.values)
        self.python(ACCOUNTS)

    def python(self, code: str) -> str:
        """Run ``code`` in the office and return what it printed."""
        return python(self.home, code, **self.values)

    def payung(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Call ``payung``."""
        return payung(self.home, *arguments, **self.values)

    def open(self, **values: str) -> Open:
        """Open it, as long as the ``with`` lasts."""
        return Open(self.home, **{**self.values, **values})

    def open_full(self) -> Answering:
        """Open it where it says itself that it is not well."""
        return Answering(self.home, **self.values)

    def sql(self, *statements: str) -> list[tuple[Any, ...]]:
        """Run statements as whoever has the database does; return the rows of the last one."""
        rows: list[tuple[Any, ...]] = []
        if self.database:
            import psycopg

            with psycopg.connect(self.database, autocommit=True) as connection:
                for statement in statements:
                    cursor = connection.execute(statement.encode())
                    rows = cursor.fetchall() if cursor.description else []
            return rows
        connection = sqlite3.connect(self.home / "office.sqlite3", timeout=20)
        try:
            for statement in statements:
                rows = connection.execute(statement).fetchall()
            connection.commit()
        finally:
            connection.close()
        return rows

    def take_guards_off(self) -> None:
        """Drop every trigger on the tables of the history."""
        if self.database:
            self.sql(
                "ALTER TABLE history_event DISABLE TRIGGER USER",
                "ALTER TABLE history_head DISABLE TRIGGER USER",
                "ALTER TABLE history_mark DISABLE TRIGGER USER",
            )
            return
        names = self.sql(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'history_%'"
        )
        self.sql(*[f"DROP TRIGGER {name}" for (name,) in names])


class Visitor:
    """A browser without pictures: cookies, forms, redirects."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str, timeout: float = 30) -> tuple[int, str]:
        """Return status and content of a page; 0 where nothing answers."""
        return self._asked(urllib.request.Request(self.address + path), timeout)

    def post(self, path: str, timeout: float = 30, **form: str) -> tuple[int, str]:
        """Send a form and return what comes after it."""
        token = next((cookie.value or "" for cookie in self.jar if cookie.name == "csrftoken"), "")
        data = urllib.parse.urlencode({**form, "csrfmiddlewaretoken": token}).encode()
        headers = {"Referer": self.address + path, "X-CSRFToken": token}
        return self._asked(urllib.request.Request(self.address + path, data, headers), timeout)

    def sign_in(self, user: str, password: str = PASSWORD) -> Visitor:
        """Sign in; the page after it is the first page."""
        self.get("/masuk/")
        status, page = self.post("/masuk/", login=user, password=password)
        assert status == 200, status
        assert re.search(r'action="/keluar/"|/keluar/|/saya/', page), page[:400]
        return self

    def _asked(self, asked: urllib.request.Request, timeout: float) -> tuple[int, str]:
        try:
            with self.opener.open(asked, timeout=timeout) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""
