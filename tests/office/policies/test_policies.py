"""A policy shows whom it changes before it counts; one proposes, another approves; from its month it counts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from billsworld import EACH, decree, line_of
from django.db import IntegrityError, connection, transaction
from django.db.models import Count
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from insightworld import people
from officeworld import FAR, NEIGHBOUR, VILLAGE

from payung.errors import InputError
from payung.law import months
from payung.law.policy import age_on
from payung.office.access.apart import SamePersonError
from payung.office.access.permissions import Permission
from payung.office.access.scope import Area, Scope
from payung.office.answers.queries import standards
from payung.office.history.models import Event
from payung.office.jobs import queue, worker
from payung.office.people.models import Person
from payung.office.policies import actions, queries
from payung.office.policies.models import Effect, Policy
from payung.office.policies.states import PolicyState, Verdict
from payung.text import Text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regions")]
WHOLE = Scope((Area("62.03"),))


def next_month(more: int = 1) -> str:
    return months.add(months.month_of(timezone.localdate()), more)


def proposal(by: str = "dinas", region: str = "62.03", more: int = 1, **values: Any) -> Policy:
    given = {"from": next_month(more), "basis": "Perbup 12 Tahun 2026 pasal 4", "max_decile": 5, **values}
    content = "\n".join(f"{name}: {value}" for name, value in given.items())
    return actions.propose(by=by, region_code=region, content=content.encode())


def approved(**values: Any) -> Policy:
    made = proposal(**values)
    return actions.approve(by="bupati", policy=made, round=made.round)


@pytest.fixture
def world(regions: None) -> dict[str, list[Person]]:
    """Twelve workers of decile 3 and 8, two officials of decile 8, one old worker; three of them on a line."""
    found = {
        "poor": people(1, 4, VILLAGE),
        "rich": [*people(11, 6, VILLAGE), *people(21, 2, FAR)],
        "officials": people(31, 2, VILLAGE, category="bpd"),
        "old": people(41, 1, VILLAGE, birth_date=dt.date(1950, 1, 1)),
    }
    for name, decile in (("poor", 3), ("rich", 8), ("officials", 8), ("old", 8)):
        Person.objects.filter(pk__in=[one.pk for one in found[name]]).update(decile=decile)
    return found


def test_it_shows_who_changes_and_what_that_costs_each_line(world: dict[str, list[Person]]) -> None:
    month, until = next_month(), next_month(3)
    line = line_of(from_month="2026-01", until_month=until, year=2026)
    decree(line, [*world["rich"][:2], world["poor"][0]], until_month=until)
    made = proposal()
    assert (
        made.people == 8
    )  # not the officials, whom no test of welfare asks; not the old, who are refused already
    assert set(made.effects.values_list("person", flat=True)) == {one.pk for one in world["rich"]}
    assert set(made.effects.values_list("before", "after")) == {("admitted", "welfare_decile")}
    assert made.costs["lines"] == [[line.pk, 2, 2 * EACH, 2 * EACH * len(months.between(month, until))]]
    assert made.effects.filter(lines=f"|{line.pk}|").count() == 2
    assert Event.objects.get(action="policy.propose").after["people"] == 8


def test_whom_it_newly_admits_costs_what_the_law_asks(world: dict[str, list[Person]]) -> None:
    approved(max_decile=5)
    made = proposal(more=2, max_decile=8, rules_off="[age_limit]")
    assert made.people == len(world["rich"]) + len(world["old"])
    assert made.costs["fresh"] == made.people
    assert made.costs["fresh_month"] == made.people * EACH
    assert made.costs["lines"] == []


def test_nobody_changes_where_nothing_changes(world: dict[str, list[Person]]) -> None:
    assert proposal(max_decile="none").people == 0


def test_a_policy_counts_from_its_month_on_and_not_before(world: dict[str, list[Person]]) -> None:
    waits = proposal(more=2)
    assert standards(VILLAGE, next_month(2)).max_decile is None
    actions.approve(by="bupati", policy=waits, round=1)
    approved(more=4, max_decile=3, rules_off="[age_limit]")
    held = [standards(VILLAGE, next_month(more)).max_decile for more in (1, 2, 3, 4, 9)]
    assert held == [None, 5, 5, 3, 3]
    assert standards("64.01.01.2001", next_month(9)).max_decile is None  # another district
    assert standards(VILLAGE, next_month(4)).off == ("age_limit",)


def test_settings_of_the_office_hold_where_nothing_was_decided(settings: Any) -> None:
    import dataclasses

    off = ("age_limit", "passed_before")
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, max_decile=7, rules_off=off)
    assert (standards(VILLAGE, next_month()).max_decile, standards(VILLAGE, next_month()).off) == (7, off)
    approved()
    assert (standards(VILLAGE, next_month()).max_decile, standards(VILLAGE, next_month()).off) == (
        5,
        ("passed_before",),
    )


def test_one_proposes_and_another_approves(world: dict[str, list[Person]]) -> None:
    made = proposal(by="a")
    with pytest.raises(SamePersonError):
        actions.approve(by="a", policy=made, round=1)
    with pytest.raises(SamePersonError):
        actions.refuse(by="a", policy=made, reason="tidak")
    with pytest.raises(InputError):
        actions.withdraw(by="b", policy=made)
    with pytest.raises(InputError):
        actions.refuse(by="b", policy=made, reason=" ")
    done = actions.approve(by="b", policy=made, round=1)
    assert (done.state, done.decided_by) == (PolicyState.APPROVED, "b")
    for again in (
        lambda: actions.approve(by="b", policy=made, round=1),
        lambda: actions.withdraw(by="a", policy=made),
        lambda: actions.recount(by="a", policy=made),
    ):
        with pytest.raises(InputError):
            again()
    with pytest.raises(InputError):
        proposal(by="a")  # that month has one


def test_who_approves_saw_the_numbers_as_they_are(world: dict[str, list[Person]]) -> None:
    made = proposal()
    more = people(60, 1, VILLAGE)
    Person.objects.filter(pk=more[0].pk).update(decile=9)
    again = actions.recount(by="bupati", policy=made)
    assert (again.round, again.people) == (2, made.people + 1)
    with pytest.raises(InputError):
        actions.approve(by="bupati", policy=made, round=1)
    Policy.objects.update(counted_at=timezone.now() - dt.timedelta(days=2))
    with pytest.raises(InputError):
        actions.approve(by="bupati", policy=made, round=2)
    actions.recount(by="bupati", policy=made)
    assert actions.approve(by="bupati", policy=made, round=3).state == PolicyState.APPROVED
    assert queries.effects(again, WHOLE).count() == again.people  # those of the latest round


def test_a_month_that_began_meanwhile_is_not_approved(monkeypatch: Any) -> None:
    made = proposal()
    later = months.first_day(made.from_month)
    monkeypatch.setattr(timezone, "localdate", lambda: later)
    with pytest.raises(InputError):
        actions.approve(by="bupati", policy=made, round=1)


def test_the_database_holds_what_must_never_be(world: dict[str, list[Person]]) -> None:
    made = approved()
    waits = proposal(more=2, max_decile=2)
    twin = proposal(more=2)
    one = {"region_code": "62.03", "from_month": next_month(7), "basis": "Perbup 1", "text": "x"}
    tries = [
        lambda: Policy.objects.create(**one, by="a", state="approved", decided_by="b"),  # never proposed
        lambda: Policy.objects.filter(pk=waits.pk).update(state="approved", decided_by="dinas"),  # by one person
        lambda: Policy.objects.filter(pk=waits.pk).update(state="approved"),  # by nobody
        lambda: Policy.objects.filter(pk=waits.pk).update(state="refused", decided_by="b"),  # without a reason
        lambda: Policy.objects.filter(pk=waits.pk).update(state="withdrawn", decided_by="b"),  # by another
        lambda: Policy.objects.filter(pk=waits.pk).update(max_decile=9),
        lambda: Policy.objects.filter(pk=waits.pk).update(by="c"),
        lambda: Policy.objects.filter(pk=made.pk).update(state="waiting", decided_by=""),
        lambda: Policy.objects.filter(pk=made.pk).update(people=0),
        lambda: Policy.objects.filter(pk=made.pk).delete(),
        lambda: Policy.objects.filter(pk=waits.pk).update(
            state="approved", decided_by="b", from_month=made.from_month
        ),
        lambda: Effect.objects.filter(policy=waits).delete(),
        lambda: Effect.objects.filter(policy=waits).update(after="age_limit"),
        lambda: Effect.objects.create(
            policy=made, round=9, person=world["poor"][0], village_code=VILLAGE, category="rentan",
            before="admitted", after="age_limit",
        ),
        lambda: Effect.objects.create(
            policy=waits, round=9, person=world["poor"][0], village_code=VILLAGE, category="rentan",
            before="age_limit", after="age_limit",
        ),
    ]  # fmt: skip
    let_through = [number for number, attempt in enumerate(tries) if not _refused(attempt)]
    assert let_through == []
    assert Policy.objects.filter(pk=waits.pk).update(state="approved", decided_by="b") == 1
    with pytest.raises(IntegrityError), transaction.atomic():  # two of one month
        Policy.objects.filter(pk=twin.pk).update(state="approved", decided_by="b")
    with pytest.raises(InputError):
        actions.approve(by="b", policy=twin, round=1)


def _refused(attempt: Any) -> bool:
    try:
        with transaction.atomic():
            attempt()
    except IntegrityError:
        return True
    return False


def test_a_policy_is_of_a_whole_district() -> None:
    for code in ("62", "62.03.01", VILLAGE, "99.99", ""):
        with pytest.raises(InputError):
            proposal(region=code)


# A model: the same question answered one person at a time, in plain Python.
AGES = st.integers(15, 70)
FACTS = st.tuples(AGES | st.none(), st.integers(1, 10) | st.none(), st.sampled_from(["rentan", "bpd"]))
ASKS = st.fixed_dictionaries(
    {"max_decile": st.integers(1, 10) | st.just("none")},
    optional={"ages": st.sampled_from(["{from: 25}", "{below: 50}", "{from: 20, below: 40}"])},
)


def _plainly(born: dt.date | None, decile: int | None, category: str, asks: dict[str, Any]) -> bool:
    """Tell whether somebody is admitted by ``asks``, on the first day of the next month."""
    ages = {"{from: 25}": (25, 65), "{below: 50}": (18, 50), "{from: 20, below: 40}": (20, 40)}
    first, last = ages.get(asks.get("ages", ""), (18, 65))
    age = None if born is None else age_on(born, months.first_day(next_month(2)))
    if age is not None and not first <= age < last:
        return False
    limit = asks["max_decile"]
    return limit == "none" or decile is None or category == "bpd" or decile <= limit


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=st.lists(FACTS, min_size=1, max_size=8), now=ASKS, then=ASKS)
def test_it_is_what_a_model_says_of_each_person(
    regions: None, facts: list[tuple[Any, Any, str]], now: dict[str, Any], then: dict[str, Any]
) -> None:
    with transaction.atomic():
        approved(more=1, **now)
        wanted = set()
        for number, (age, decile, category) in enumerate(facts):
            born = None if age is None else dt.date(timezone.localdate().year - age, 6, 15)
            village = (VILLAGE, NEIGHBOUR, FAR)[number % 3]
            one = people(200 + number, 1, village, category=category, birth_date=born)[0]
            Person.objects.filter(pk=one.pk).update(decile=decile)
            before, after = (_plainly(born, decile, category, asks) for asks in (now, then))
            if before != after:
                wanted.add((one.pk, village, category, before, after))
        made = proposal(more=2, **then)
        rows = made.effects.values_list("person", "village_code", "category", "before", "after")
        assert {
            (person, village, str(category), old == Verdict.ADMITTED, new == Verdict.ADMITTED)
            for person, village, category, old, new in rows
        } == wanted
        assert made.people == len(wanted)
        told = queries.shown(made, WHOLE, open_=True)
        assert told.people == len(wanted)
        for parts in (told.categories, told.villages):
            assert sum((part.lost or 0) + (part.gained or 0) for part in parts) == len(wanted)
        transaction.set_rollback(True)


# Pages


def test_every_number_of_the_page_opens_exactly_its_rows(
    world: dict[str, list[Person]], make_user: Any, sign_in: Any
) -> None:
    line = line_of(until_month=next_month(2))
    decree(line, world["rich"][:3], until_month=next_month(2))
    made = proposal()
    client = sign_in(make_user("inspektorat"))
    page = client.get(f"/kebijakan/{made.pk}/").context
    people_url = page["people_url"]

    def rows(query: str = "") -> int:
        answer = client.get(f"{people_url}{query}")
        assert answer.status_code == 200
        return int(answer.context["total"])

    assert rows() == page["found"].people == 8
    for part in page["found"].categories:
        assert rows(f"?kategori={part.key}") == part.lost + part.gained
    for part in page["found"].villages:
        assert rows(f"?wilayah={part.key}") == part.lost + part.gained
    for one, url in page["lines"]:
        assert rows(url.removeprefix(people_url)) == one.people == 3
    assert rows("?dana=tanpa") == 5
    taken = client.post(people_url, {"alasan": "uji", "bentuk": "csv"}).content.decode("utf-8-sig")
    assert len(taken.splitlines()) == 1 + 8


def test_whoever_sees_no_names_is_told_no_small_number(
    world: dict[str, list[Person]], make_user: Any, sign_in: Any
) -> None:
    made = proposal()
    client = sign_in(make_user("bupati"))
    answer = client.get(f"/kebijakan/{made.pk}/")
    assert answer.context["found"].people == 8
    assert [part.told for part in answer.context["found"].villages] == [False, False]  # 6 and 2
    assert "Orang 11" not in answer.content.decode()
    assert client.get(f"/kebijakan/{made.pk}/orang/").status_code == 403


def test_a_village_sees_its_own_people_only(
    world: dict[str, list[Person]], make_user: Any, sign_in: Any
) -> None:
    made = proposal()
    client = sign_in(make_user("kades"))
    assert client.get(f"/kebijakan/{made.pk}/").context["found"].people == 6
    listed = client.get(f"/kebijakan/{made.pk}/orang/")
    assert listed.context["total"] == 6
    assert client.get("/kebijakan/baru/").status_code == 403
    assert client.post(f"/kebijakan/{made.pk}/", {"what": "approve", "round": "1"}).status_code == 403


def test_the_way_of_a_policy_in_the_browser(
    world: dict[str, list[Person]], make_user: Any, sign_in: Any
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    dinas, bupati = sign_in(make_user("dinsos")), sign_in(make_user("bupati"))
    wrong = SimpleUploadedFile("kebijakan.yaml", b"max_desil: 5")
    answer = dinas.post("/kebijakan/baru/", {"region_code": "62.03", "file": wrong})
    assert "max_desil" in answer.content.decode()
    content = f"from: {next_month()}\nbasis: Perbup 12/2026\nmax_decile: 5\n".encode()
    file = SimpleUploadedFile("kebijakan.yaml", content)
    answer = dinas.post("/kebijakan/baru/", {"region_code": "62.03", "file": file})
    made = Policy.objects.get()
    assert answer.headers["Location"] == f"/kebijakan/{made.pk}/"
    assert "Kebijakan yang menunggu persetujuan" in bupati.get("/").content.decode()
    here = f"/kebijakan/{made.pk}/"
    assert dinas.post(here, {"what": "approve", "round": "1"}).status_code == 403
    assert bupati.post(here, {"what": "refuse", "reason": ""}).status_code == 200
    bupati.post(here, {"what": "count"})
    bupati.post(here, {"what": "approve", "round": "2"})
    made.refresh_from_db()
    assert made.state == PolicyState.APPROVED
    assert "berlaku" in bupati.get(here).content.decode()
    deeds = list(
        Event.objects.filter(subject=f"policy:{made.pk}").order_by("pk").values_list("action", flat=True)
    )
    assert deeds == ["policy.propose", "policy.count", "policy.approve"]


def test_pages_take_the_same_queries_for_few_and_many(
    world: dict[str, list[Person]], make_user: Any, sign_in: Any
) -> None:
    client = sign_in(make_user("inspektorat"))
    few = proposal()
    more = people(300, 30, VILLAGE)
    Person.objects.filter(pk__in=[one.pk for one in more]).update(decile=9)
    many = proposal(more=2)

    def asked(policy: Policy, under: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(f"/kebijakan/{policy.pk}/{under}").status_code == 200
        return len(found)

    for under, most in (("", PAGE), ("orang/", LIST)):
        asked(few, under)
        assert (asked(few, under), asked(many, under)) == (most, most)


PAGE, LIST = 10, 8


def test_counting_takes_the_same_queries_for_few_and_many(world: dict[str, list[Person]]) -> None:
    with CaptureQueriesContext(connection) as few:
        proposal()
    more = people(300, 60, VILLAGE)
    Person.objects.filter(pk__in=[one.pk for one in more]).update(decile=9)
    with CaptureQueriesContext(connection) as many:
        proposal(more=2)
    assert len(few) == len(many)
    assert Effect.objects.values("policy").annotate(many=Count("pk")).order_by("many").last()["many"] == 68


@pytest.fixture
def many(monkeypatch: Any) -> None:
    """Let a few people be more than a page waits for."""
    monkeypatch.setattr(actions, "AT_ONCE", 3)


@pytest.mark.usefixtures("many")
def test_of_many_people_a_job_counts_and_nobody_decides_before(
    world: dict[str, list[Person]], make_user: Any, sign_in: Any
) -> None:
    dinas, bupati = make_user("dinsos"), sign_in(make_user("bupati"))
    made = proposal(by=dinas.username)
    here = f"/kebijakan/{made.pk}/"
    assert (made.round, made.people, Effect.objects.count()) == (0, 0, 0)
    with pytest.raises(InputError, match="masih dihitung"):
        actions.approve(by="bupati", policy=made, round=0)
    waiting = bupati.get(here)
    assert (waiting.context["busy"], waiting.context["may_decide"]) == (True, False)
    assert "every 2s" in waiting.content.decode()
    assert "HX-Refresh" not in bupati.get(here, headers={"HX-Request": "true"})
    assert worker.run_all() == 1
    made.refresh_from_db()
    assert (made.round, made.people) == (1, 8)
    assert bupati.get(here, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert bupati.get(here).context["may_decide"]
    assert Event.objects.get(action="policy.count").after["people"] == 8
    assert actions.approve(by="bupati", policy=made, round=1).state == PolicyState.APPROVED


@pytest.mark.usefixtures("many")
def test_a_job_says_how_far_it_is_and_keeps_nothing_of_what_was_decided(
    world: dict[str, list[Person]], monkeypatch: Any
) -> None:
    monkeypatch.setattr(queries, "CHUNK", 4)
    said: list[tuple[int, int]] = []
    monkeypatch.setattr(queue.Ticket, "report", lambda _, done, total: said.append((done, total)))
    made = proposal()
    worker.run_all()
    everybody = queries.judged(made).count()
    assert said[-1] == (everybody, everybody)
    assert len(said) >= everybody // 4
    again = actions.recount(by="bupati", policy=made)
    assert (again.round, queries.counting(again) is not None) == (
        1,
        True,
    )  # the former count stands meanwhile
    actions.withdraw(by="dinas", policy=made)
    worker.run_all()
    assert Policy.objects.get().round == 1


@pytest.mark.usefixtures("many")
def test_a_count_that_failed_is_said_on_the_page(
    world: dict[str, list[Person]], make_user: Any, sign_in: Any, monkeypatch: Any
) -> None:
    made = proposal()

    def fails(*_: Any) -> Any:
        raise InputError(Text("Tidak bisa.", "Cannot."))

    with monkeypatch.context() as broken:
        broken.setattr(actions, "found", fails)
        worker.run_all()
    client = sign_in(make_user("bupati"))
    page = client.get(f"/kebijakan/{made.pk}/")
    assert "Tidak bisa." in page.content.decode()
    assert page.context["may_count"]
    client.post(f"/kebijakan/{made.pk}/", {"what": "count"})
    worker.run_all()
    assert "Tidak bisa." not in client.get(f"/kebijakan/{made.pk}/").content.decode()


def test_quota_permissions_are_those_of_the_matrix(make_user: Any) -> None:
    assert make_user("dinsos").may(Permission.QUOTA_EDIT)
    assert make_user("bupati").may(Permission.QUOTA_DECIDE)
    assert not make_user("bkad").may(Permission.QUOTA_EDIT)
