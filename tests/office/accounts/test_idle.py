"""A session that sees names ends when nothing was done for a while."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from payung.office.accounts import idle

pytestmark = pytest.mark.django_db
HOUR = 3600


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let the clock of sessions go on by some seconds."""
    passed = [0]
    real = time.time

    class Clock:
        @staticmethod
        def time() -> float:
            return real() + passed[0]

    monkeypatch.setattr(idle, "time", Clock)

    def pass_(seconds: int) -> None:
        passed[0] += seconds

    return pass_


def test_whoever_sees_names_signs_in_again_after_doing_nothing(
    make_user: Any, sign_in: Any, later: Any
) -> None:
    assert settings.SESSION_IDLE == HOUR
    client = sign_in(make_user("operator"))
    people = "/orang/"
    later(HOUR - 5)
    assert client.get(people).status_code == 200  # counts from here again
    later(HOUR - 5)
    assert client.get(people).status_code == 200
    later(HOUR + 61)
    answer = client.get(f"{people}?halaman=2")
    assert (answer.status_code, answer["Location"]) == (302, "/masuk/?next=/orang/%3Fhalaman%3D2")
    assert "lama tidak ada kegiatan" in client.get(answer["Location"]).content.decode()
    assert client.get(people).status_code == 302
    assert not any("_auth_user_id" in one.get_decoded() for one in Session.objects.all())


def test_what_was_sent_after_that_says_that_it_was_not_saved(
    make_user: Any, sign_in: Any, later: Any
) -> None:
    client = sign_in(make_user("operator"))
    later(HOUR + 61)
    answer = client.post(
        reverse("usersessions_list"), {}, headers={"Referer": "http://testserver/saya/sesi/"}
    )
    assert answer["Location"] == "/masuk/?next=/saya/sesi/"
    assert "belum tersimpan" in client.get(answer["Location"]).content.decode()


def test_page_that_asks_by_itself_keeps_nobody_signed_in(make_user: Any, sign_in: Any, later: Any) -> None:
    client = sign_in(make_user("operator"))
    for _ in range(3):
        later(HOUR // 2 - 60)
        status = client.get("/orang/", headers={"HX-Request": "true"}).status_code
    assert status == 302


def test_whoever_sees_no_names_stays_the_working_day(make_user: Any, sign_in: Any, later: Any) -> None:
    client = sign_in(make_user("admin"))
    assert not make_user("admin", username="lain").sees_names
    later(5 * HOUR)
    assert client.get(reverse("home")).status_code == 200


def test_session_of_before_and_clock_set_back_begin_now(make_user: Any, sign_in: Any, later: Any) -> None:
    client = sign_in(make_user("operator"))
    session = client.session
    del session[idle.SEEN]
    session.save()
    later(5 * HOUR)
    assert client.get("/orang/").status_code == 200
    later(-4 * HOUR)
    assert client.get("/orang/").status_code == 200
    assert client.session[idle.SEEN] <= time.time() + HOUR + 61
    later(HOUR + 61)
    assert client.get("/orang/").status_code == 302


def test_pages_within_a_minute_write_nothing(make_user: Any, sign_in: Any, later: Any) -> None:
    client = sign_in(make_user("operator"))
    client.get("/orang/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/orang/")
    assert not any("UPDATE" in one["sql"] for one in queries)


def test_reading_never_waits_for_who_writes(
    make_user: Any, sign_in: Any, later: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(make_user("operator"))
    later(90)
    with monkeypatch.context() as busy:

        def locked(self: SessionStore, must_create: bool = False) -> None:
            raise UpdateError  # what a database that is locked comes to

        busy.setattr(SessionStore, "save", locked)
        assert client.get("/orang/").status_code == 200
    noted = client.session[idle.SEEN]
    assert client.get("/orang/").status_code == 200
    assert client.session[idle.SEEN] >= noted + 80  # the next page did it


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has one place for who writes")
def test_noting_waits_a_moment_and_other_writes_as_long_as_before() -> None:
    def patience() -> int:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout")
            return int(cursor.fetchone()[0])

    before = patience()
    assert before > idle.MOMENT
    with idle._briefly():
        assert patience() == idle.MOMENT
    assert patience() == before
