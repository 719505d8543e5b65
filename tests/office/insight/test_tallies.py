"""Figures of a large office come from a count of a job: the same numbers, of a moment that the page says."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.utils import ConnectionHandler
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from insightworld import TODAY, fill, people
from officeworld import FAR, VILLAGE

from payung.office.insight import kept, papers, queries, tallies, work
from payung.office.insight.figures import FIGURES, Cut, reached
from payung.office.insight.models import Tally
from payung.office.jobs import worker
from payung.office.jobs.models import Job

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regions")]
ROLES = (
    *(
        ("bupati", ""),
        ("inspektorat", ""),
        ("dinsos", ""),
        ("bkad", ""),
        ("bpjs", ""),
        ("dpmd", ""),
        ("disnaker", ""),
    ),
    *(("camat", VILLAGE[:8]), ("kades", VILLAGE), ("kades", FAR), ("ketua_rt", VILLAGE)),
)


@pytest.fixture(autouse=True)
def _large(settings: Any, monkeypatch: Any) -> Any:
    """Let any office be a large one, on a fixed day; the transaction that a test stands in is none of the office's."""
    settings.KEEP_FIGURES, settings.FIGURES_COUNTED_APART = True, 1
    monkeypatch.setattr(kept, "writing", lambda: False)
    monkeypatch.setattr(timezone, "localdate", lambda value=None, timezone=None: TODAY)
    kept._KEPT.clear()
    yield
    kept._KEPT.clear()


def counted() -> Tally:
    """Let a worker count, and return what it kept."""
    work.look()
    worker.run_all()
    return Tally.objects.get()


def test_everybody_is_told_what_counting_would_tell_them(make_user: Any, monkeypatch: Any) -> None:
    fill()
    users = [make_user(role, place or None, f"orang{number}") for number, (role, place) in enumerate(ROLES)]
    plain = [queries.for_user(user, TODAY) for user in users]
    counted()
    for user, before in zip(users, plain, strict=True):
        told = queries.for_user(user, TODAY)
        assert set(told) == set(before)
        for code, one in told.items():
            assert (one.number, one.told) == (before[code].number, before[code].told), (user, code)
            for cut in one.figure.parted_by:
                assert one.shown(cut) == before[code].shown(cut), (user, code, cut)
            reach = reached(user, FIGURES[code])
            assert reach is not None
            bare = Cut.CATEGORY not in one.figure.cuts
            apart = any(area.sent or (area.categories and bare) for area in reach[0].areas)
            assert (one.at is None) is (apart or not one.figure.of_people), (user, code)


def test_the_page_says_of_when_its_numbers_are_and_nobody_counts(make_user: Any, sign_in: Any) -> None:
    fill()
    client = sign_in(make_user("bupati"))
    counted()
    first = client.get("/ringkasan/")
    moment = tallies.newest()
    assert moment is not None
    assert first.context["moment"].at == moment.at
    assert "Orang dihitung" in first.content.decode()
    people(500, 3, VILLAGE)
    with CaptureQueriesContext(connection) as found:
        again = client.get("/ringkasan/")
    assert again.context["answer"].people == first.context["answer"].people
    asked = [one["sql"] for one in found.captured_queries]
    assert not [one for one in asked if "GROUP BY" in one and '"people_standing"' in one]
    Tally.objects.update(at=timezone.now() - dt.timedelta(hours=1))
    counted()
    assert client.get("/ringkasan/").context["answer"].people == first.context["answer"].people + 3


def test_home_and_the_api_say_of_when_they_are(make_user: Any, sign_in: Any) -> None:
    fill()
    client = sign_in(make_user("inspektorat"))
    counted()
    assert "(dihitung " in client.get("/").content.decode()
    user = make_user("bupati")
    lines = papers.as_json(queries.for_user(user, TODAY))
    at = Tally.objects.get().at.isoformat()
    assert {line["code"]: line["counted_at"] for line in lines} == {
        code: at if FIGURES[code].of_people else None for code in queries.for_user(user, TODAY)
    }
    before = papers.as_json(queries.for_user(user, dt.date(2026, 10, 1)))
    assert {line["counted_at"] for line in before} == {None}


def test_a_day_that_is_not_today_is_counted(make_user: Any) -> None:
    fill()
    user = make_user("inspektorat")
    counted()
    assert queries.for_user(user, dt.date(2026, 10, 1))["orang"].at is None


def test_the_worker_counts_after_a_deed_and_rests_after_a_count(monkeypatch: Any) -> None:
    fill()
    first = counted()
    Tally.objects.update(at=timezone.now() - dt.timedelta(hours=1))
    assert counted().number == first.number  # nothing happened
    assert Tally.objects.get().at < timezone.now() - dt.timedelta(minutes=59)
    people(500, 1, VILLAGE)
    second = counted()
    assert second.number > first.number
    people(510, 1, VILLAGE)
    assert counted().number == second.number  # it was counted a moment ago
    Tally.objects.update(took=60_000, at=timezone.now() - dt.timedelta(minutes=9))
    assert counted().number == second.number  # a count of a minute rests ten
    Tally.objects.update(at=timezone.now() - dt.timedelta(minutes=11))
    assert counted().number > second.number
    Tally.objects.update(on=TODAY - dt.timedelta(days=1))  # midnight has passed
    assert counted().on == TODAY
    assert Job.objects.filter(kind=work.KIND).count() <= 1


def test_a_small_office_has_none(make_user: Any, settings: Any) -> None:
    fill()
    counted()
    settings.FIGURES_COUNTED_APART = 1_000_000_000
    work.look()
    assert not Tally.objects.exists()
    assert queries.for_user(make_user("inspektorat"), TODAY)["orang"].at is None


def test_what_is_counted_is_of_one_moment_and_keeps_nobody_from_writing(
    tmp_path: Path, monkeypatch: Any
) -> None:
    path = tmp_path / "office.sqlite3"
    options = {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL"}
    base = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": options}
    own = ConnectionHandler({"default": base})["default"]
    monkeypatch.setattr(work, "connection", own)
    with own.cursor() as cursor, sqlite3.connect(path, timeout=0.1) as other:
        cursor.execute("CREATE TABLE person (id integer)")

        def people() -> int:
            cursor.execute("SELECT count(*) FROM person")
            return int(cursor.fetchone()[0])

        with work.one_moment():
            assert people() == 0
            other.execute("INSERT INTO person VALUES (1)")
            other.commit()
            assert people() == 0
        assert people() == 1
    own.close()


def test_a_count_that_fails_is_not_asked_for_again_at_once(monkeypatch: Any) -> None:
    fill()

    def fails(*_: Any, **__: Any) -> Any:
        raise ValueError("broken")

    monkeypatch.setattr(work, "count", fails)
    work.look()
    worker.run_all()
    assert Job.objects.get(kind=work.KIND).state == Job.State.FAILED
    work.look()
    assert Job.objects.filter(kind=work.KIND).count() == 1
