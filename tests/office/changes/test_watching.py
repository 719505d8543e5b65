"""What ends soon, and the quarterly refresh of the villages."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from billsworld import decree, line_of
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from officeworld import FAR, NEIGHBOUR, VILLAGE, listing

from payung.errors import InputError
from payung.law import months
from payung.office.access.scope import Area, Scope
from payung.office.changes import actions, quarters
from payung.office.changes.endings import Ending, EndingKind, endings
from payung.office.changes.models import Refresh
from payung.office.changes.states import ChangeKind
from payung.office.history.models import Event
from payung.office.posts import actions as posting
from payung.office.posts.models import Holding

EVERYWHERE = Scope((Area(""),))
TODAY = dt.date(2026, 11, 20)


@given(st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31)))
def test_every_day_lies_in_its_quarter_and_steps_fall(day: dt.date) -> None:
    first, last = quarters.months_of(quarters.of(day))
    assert months.first_day(first) <= day <= months.last_day(last)
    one = Ending(EndingKind.DECREE, day, "x", VILLAGE, "/")
    steps = [one.step(day - dt.timedelta(days=left)) for left in range(60, -30, -1)]
    assert steps == sorted(steps, reverse=True)
    assert (one.step(day - dt.timedelta(days=31)), one.step(day - dt.timedelta(days=30)), one.step(day)) == (
        60,
        30,
        0,
    )


@pytest.mark.django_db
def test_watcher_finds_terms_birthdays_decrees_and_agreements(make_people: Any) -> None:
    holder, follower, elder, outsider = make_people(
        listing(1, category="kepala_desa"),
        listing(2, category="kepala_desa"),
        listing(3, birth_date=dt.date(1961, 12, 5)),
        listing(4, birth_date=dt.date(1961, 12, 6)),  # covered by nobody
    )
    line = line_of(name="APBD")
    made = decree(line, [elder])
    post = posting.open_post(by="t", region_code=VILLAGE, category="kepala_desa", label="Kades")
    held = posting.appoint(by="t", post=post, person=holder, starts=dt.date(2020, 1, 1))
    Holding.objects.filter(pk=held.pk).update(ends=dt.date(2026, 12, 10))
    found = endings(EVERYWHERE, TODAY)
    assert [(one.kind, one.on) for one in found] == [
        (EndingKind.BIRTHDAY, dt.date(2026, 12, 5)),
        (EndingKind.HOLDING, dt.date(2026, 12, 10)),
        (EndingKind.AGREEMENT, dt.date(2026, 12, 31)),
        (EndingKind.DECREE, dt.date(2026, 12, 31)),
    ]
    assert [one.step(TODAY) for one in found] == [30, 30, 60, 60]
    assert found[0].what == elder.name != outsider.name
    assert str(made.number) in found[3].what
    Holding.objects.create(post=post, person=follower, starts=dt.date(2026, 12, 11))
    kinds = {one.kind for one in endings(EVERYWHERE, TODAY)}
    assert EndingKind.HOLDING not in kinds  # somebody follows
    assert endings(Scope((Area(FAR),)), TODAY) == []


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer
    return str(answer.content.decode())


@pytest.mark.django_db
def test_pages_of_what_ends_say_as_many_as_the_first_page(
    make_people: Any, make_user: Any, sign_in: Any
) -> None:
    today = timezone.localdate()
    born = today.replace(year=today.year - 65, day=min(today.day, 28)) + dt.timedelta(days=5)
    elder = make_people(listing(3, birth_date=born))[0]
    decree(line_of(), [elder])
    kades = sign_in(make_user("kades"))
    assert "Berakhir dalam 30 hari" in text(kades.get("/"))
    answer = kades.get("/mutasi/berakhir/?dalam=30")
    assert answer.context["total"] == 1
    assert elder.name in text(answer)
    counts = []
    for number in (0, 5):
        decree(
            line_of(), make_people(*(listing(60 + number + i, birth_date=born) for i in range(1 + number)))
        )
        with CaptureQueriesContext(connection) as seen:
            text(kades.get("/mutasi/berakhir/"))
        counts.append(len(seen))
    assert counts[0] == counts[1]


@pytest.mark.django_db
def test_refresh_counts_who_stays_comes_and_leaves(make_people: Any) -> None:
    people = make_people(*(listing(number) for number in range(1, 6)))
    new = make_people(listing(11), listing(12))
    decree(line_of(), people)
    decree(line_of(), new, from_month="2026-11")
    for person, kind in zip(people, (ChangeKind.PINDAH, ChangeKind.MENINGGAL), strict=False):
        change = actions.report(
            by="a", person=person, kind=kind, on=dt.date(2026, 10, 7), evidence="surat"
        ).change
        actions.approve(by="b", change=change)
    found = quarters.counted({VILLAGE, NEIGHBOUR}, "2026-Q4")
    here = found[VILLAGE]
    assert (here.stays, here.comes, here.leaves) == (3, 2, 2)
    assert here.reasons == {"pindah": 1, "meninggal": 1}
    assert found[NEIGHBOUR] == quarters.Counts()
    made = actions.refresh(by="operator", village_code=VILLAGE, quarter="2026-Q4", note="musdes")
    assert (made.stays, made.comes, made.leaves) == (3, 2, 2)
    assert actions.refresh(by="lain", village_code=VILLAGE, quarter="2026-Q4") == made
    assert Event.objects.filter(action="change.refresh").count() == 1
    with pytest.raises(InputError, match="belum tiba"):
        actions.refresh(by="t", village_code=VILLAGE, quarter="2031-Q1")
    with pytest.raises(InputError, match="2026-Q4"):
        actions.refresh(by="t", village_code=VILLAGE, quarter="2026-4")
    with pytest.raises(DatabaseError), transaction.atomic():
        Refresh.objects.filter(pk=made.pk).update(stays=9)


@pytest.mark.django_db
def test_progress_of_all_villages(make_people: Any, make_user: Any, sign_in: Any) -> None:
    decree(line_of(), make_people(listing(1)))
    operator = sign_in(make_user("operator"))
    assert "Pulau Telo" in text(operator.get(f"/mutasi/pemutakhiran/{VILLAGE}/"))
    operator.post(f"/mutasi/pemutakhiran/{VILLAGE}/", {"note": "sudah"})
    assert Refresh.objects.get().by == "operator"
    assert operator.get(f"/mutasi/pemutakhiran/{FAR}/").status_code == 404
    agency = sign_in(make_user("dinsos"))
    page = text(agency.get("/mutasi/pemutakhiran/?keadaan=belum"))
    assert "Pulau Telo" not in page.split("</form>", 1)[1].split("<table", 1)[-1]
    assert "Sei Pasah" in page
    assert "Pulau Telo" in text(agency.get("/mutasi/pemutakhiran/?keadaan=selesai"))
