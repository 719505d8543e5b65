"""Filled, vacant, ended, covered or not: what the boards and the printed roster say of offices."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from django.utils import timezone
from officeworld import FAR, VILLAGE, listing, nik

from payung.errors import InputError
from payung.office.access.scope import Area, Scope
from payung.office.history.models import Event
from payung.office.people import actions
from payung.office.people.models import Membership, Person
from payung.office.posts import actions as posting
from payung.office.posts import queries
from payung.office.posts.models import Holding, Post
from payung.office.posts.states import PostState
from payung.office.submissions import actions as intake

pytestmark = pytest.mark.django_db
ALL = Scope((Area("62.03"),))
TODAY = dt.date(2026, 11, 22)
DAY = dt.timedelta(days=1)


def _post(number: int = 1) -> Post:
    return Post.objects.create(region_code=VILLAGE, category="bpd", label="Anggota BPD", number=number)


def _insure(person: Person, until: str = "") -> None:
    actions.enrol(
        by="b", people=[(person, "")], segment="pu", source="apbdes", from_month="2026-01", until_month=until
    )


def _seen(post: Post, on: dt.date = TODAY) -> tuple[str, int | None]:
    found = queries.posts(ALL, on).get(pk=post.pk)
    return str(found.state), found.holder


def test_office_that_begins_tomorrow_is_vacant_today(make_people: Any) -> None:
    person = make_people(listing(1))[0]
    post = _post()
    posting.appoint(by="t", post=post, person=person, starts=TODAY + DAY)
    assert _seen(post) == ("vacant", None)
    assert _seen(post, TODAY + DAY) == ("uncovered", person.pk)


def test_ended_office_stays_ended_until_the_next_one_begins(make_people: Any) -> None:
    old, new = make_people(listing(1), listing(2))
    post = _post()
    posting.appoint(by="t", post=post, person=old, starts=dt.date(2020, 1, 1), ends=TODAY - DAY)
    posting.appoint(by="t", post=post, person=new, starts=TODAY + DAY)
    assert _seen(post) == ("ended", None)


def test_cover_is_that_of_whoever_is_in_office(make_people: Any) -> None:
    old, new = make_people(listing(1), listing(2))
    _insure(old)
    post = _post()
    # A term that was to run longer ends where the next one begins.
    posting.appoint(by="t", post=post, person=old, starts=dt.date(2020, 1, 1), ends=dt.date(2027, 1, 1))
    posting.appoint(by="t", post=post, person=new, starts=dt.date(2026, 6, 1), on=TODAY)
    assert Holding.objects.get(person=old).ends == dt.date(2026, 5, 31)
    assert _seen(post) == ("uncovered", new.pk)
    assert _seen(post, dt.date(2026, 5, 31)) == ("covered", old.pk)
    _insure(new, until="2026-10")
    assert _seen(post) == ("uncovered", new.pk)


def test_unknown_beginning_counts_as_in_office_but_last(make_people: Any) -> None:
    unknown, known = make_people(listing(1), listing(2))
    post = _post()
    Holding.objects.create(post=post, person=known, starts=dt.date(2025, 1, 1))
    Holding.objects.create(post=post, person=unknown)
    assert _seen(post) == ("uncovered", known.pk)


def _expected(holdings: list[Holding], insured: dict[int, Membership]) -> str:
    """Say in plain words what the database says in SQL."""
    running = [
        h for h in holdings if (h.starts is None or h.starts <= TODAY) and (h.ends is None or h.ends >= TODAY)
    ]
    if running:
        now = max(running, key=lambda h: (h.starts or dt.date.min, h.pk))
        cover = insured.get(now.person_id)
        holds = cover and cover.from_month <= "2026-11" <= (cover.until_month or "9999-12")
        return "covered" if holds else "uncovered"
    return "ended" if any(h.ends and h.ends < TODAY for h in holdings) else "vacant"


def test_states_of_many_offices_are_those_of_the_plain_rule(make_people: Any) -> None:
    draw = random.Random(4)
    people = make_people(*[listing(n) for n in range(1, 31)])
    insured = {}
    for person in people[::2]:
        until = draw.choice(["", "2026-10", "2026-11"])
        _insure(person, until)
        insured[person.pk] = Membership.objects.get(person=person)
    days = [None, TODAY - 300 * DAY, TODAY - DAY, TODAY, TODAY + DAY, TODAY + 300 * DAY]
    holdings: dict[int, list[Holding]] = {}
    for number in range(1, 121):
        post = _post(number)
        for _ in range(draw.randrange(4)):
            starts, ends = draw.choice(days), draw.choice(days)
            if starts and ends and ends < starts:
                continue
            made = Holding.objects.create(post=post, person=draw.choice(people), starts=starts, ends=ends)
            holdings.setdefault(post.pk, []).append(made)
    found = {post.pk: post.state for post in queries.posts(ALL, TODAY)}
    assert found == {key: _expected(holdings.get(key, []), insured) for key in found}
    assert set(found.values()) == set(PostState)
    counts = queries.post_counts(ALL, TODAY)[VILLAGE]
    assert counts == {state: list(found.values()).count(state) for state in PostState}


def test_page_of_a_post_ends_the_term_that_runs(make_people: Any, make_user: Any, sign_in: Any) -> None:
    now, next_ = make_people(listing(1), listing(2))
    post = _post()
    running = posting.appoint(by="t", post=post, person=now, starts=dt.date(2020, 1, 1))
    later = timezone.localdate() + 30 * DAY
    posting.appoint(by="t", post=post, person=next_, starts=later)
    client = sign_in(make_user("operator"))
    assert client.get(f"/jabatan/{post.pk}/").context["current"].person_id == now.pk
    client.post(
        f"/jabatan/{post.pk}/", {"what": "end", "ends": timezone.localdate().isoformat(), "reason": "x"}
    )
    running.refresh_from_db()
    assert running.ends == timezone.localdate()
    assert post.holdings.get(person=next_).ends is None


def test_printed_roster_holds_every_office_once_and_no_whole_nik(
    make_people: Any, make_user: Any, sign_in: Any
) -> None:
    people = make_people(*[listing(n, category="bpd") for n in (1, 2)])
    actions.enrol(
        by="b", people=[(people[0], "26000000001")], segment="pu", source="apbdes", from_month="2020-01"
    )
    for number, person in enumerate(people, 1):
        posting.appoint(by="t", post=_post(number), person=person, starts=dt.date(2024, 1, 1), decree="SK 7")
    _post(3)
    client = sign_in(make_user("operator"))
    page = client.get(f"/jabatan/desa/{VILLAGE}/cetak/")
    text = page.content.decode()
    assert (
        sum(many for _, many in page.context["counts"])
        == len(page.context["lines"])
        == text.count("<tr>") - 1
        == 3
    )
    assert nik(1) not in text
    assert "620399••••••••••" in text
    assert "26000000001" not in text
    assert "260000•••01" in text
    assert "SK 7" in text
    assert client.get(f"/jabatan/desa/{FAR}/cetak/").status_code == 404


def test_printed_board_has_every_village_on_one_page(regions: None, make_user: Any, sign_in: Any) -> None:
    from payung.office.regions.models import Region

    Region.objects.bulk_create(
        [Region(code=f"62.03.01.3{n:03d}", name=f"Desa {n}", level="village") for n in range(60)]
    )
    intake.begin(by="t", village_code=VILLAGE, kind="rentan")
    client = sign_in(make_user("camat"))
    assert len(client.get("/papan/").context["rows"]) == 50
    paper = client.get("/papan/?cetak=ya")
    assert len(paper.context["rows"]) == paper.context["total"] == 62
    assert sum(many for *_, many in paper.context["totals"]) == 62
    assert "data-print" in paper.content.decode()


def test_term_that_is_over_is_not_rewritten_by_a_mistyped_date(
    make_people: Any, make_user: Any, sign_in: Any
) -> None:
    old, new = make_people(listing(1), listing(2))
    post = _post()
    over = TODAY - 20 * DAY
    posting.appoint(by="t", post=post, person=old, starts=dt.date(2018, 5, 1), ends=over)
    for starts in (dt.date(2020, 1, 1), dt.date(2017, 1, 1), dt.date(2018, 5, 1), over):
        with pytest.raises(InputError, match="01-05-2018 sampai"):
            posting.appoint(by="t", post=post, person=new, starts=starts)
    assert [(h.person_id, h.ends) for h in post.holdings.all()] == [(old.pk, over)]
    page = sign_in(make_user("operator")).post(
        f"/jabatan/{post.pk}/", {"what": "appoint", "nik": nik(2), "starts": "2020-01-01"}, follow=True
    )
    assert "Jabatan ini sudah dipegang Orang 1 dari 01-05-2018" in page.content.decode()
    # What was before the recorded term may be filled in, and what comes after it too.
    posting.appoint(by="t", post=post, person=new, starts=dt.date(2012, 1, 1), ends=dt.date(2018, 4, 30))
    posting.appoint(by="t", post=post, person=new, starts=over + DAY)
    assert Holding.objects.get(person=old).ends == over


def test_running_term_is_ended_by_the_next_with_an_event_of_its_own(make_people: Any) -> None:
    old, new = make_people(listing(1), listing(2))
    post = _post()
    posting.appoint(by="t", post=post, person=old, starts=dt.date(2020, 1, 1))
    with pytest.raises(InputError, match="dari 01-01-2020"):
        posting.appoint(by="t", post=post, person=new, starts=dt.date(2019, 1, 1))
    posting.appoint(by="t", post=post, person=new, starts=dt.date(2026, 6, 1))
    event = Event.objects.get(action="holding.end")
    assert event.person == old.pk
    assert (event.before, event.after["ends"]) == ({"ends": None}, "2026-05-31")


def test_village_without_a_list_says_that_nothing_is_known(make_user: Any, sign_in: Any) -> None:
    posting.open_post(by="dpmd", region_code=VILLAGE, category="ketua_rt", label="Ketua RT 001")
    page = sign_in(make_user("dpmd")).get("/jabatan/").content.decode()
    assert page.count("belum ada data") == 2  # of three villages
    lines = [line for line in page.split("<tr>") if "belum ada data" in line]
    assert all('class="num">0<' not in line for line in lines)


def test_nik_of_too_few_digits_is_called_so(make_user: Any, sign_in: Any) -> None:
    post = posting.open_post(by="dpmd", region_code=VILLAGE, category="ketua_rt", label="Ketua RT 001")
    typed = {"what": "appoint", "nik": "123", "starts": "2026-01-01"}
    page = sign_in(make_user("operator")).post(f"/jabatan/{post.pk}/", typed).content.decode()
    assert "NIK punya 16 angka; yang diketik 3." in page
    assert "unggah dahulu lewat Usulan" not in page
