"""What looks odd in claims: each pattern found and what is none left, samples that anybody can draw again, and that
nobody but the inspectorate sees any of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from casesworld import STRAIGHT, case_of, paid, step, walk
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from officeworld import listing

from payung.errors import InputError
from payung.office.access.permissions import Permission
from payung.office.access.roles import ROLES, Role, having
from payung.office.access.scope import Area, Scope
from payung.office.cases.models import Case
from payung.office.history.models import Event
from payung.office.patterns import actions, queries
from payung.office.patterns.models import Drawn, Sample
from payung.office.patterns.rules import Facts, drawn, patterns
from payung.office.patterns.states import PatternKind, Verdict

DISTRICT = Scope((Area("62.03"),))
DAY = dt.date(2026, 4, 20)


def facts(key: int, on: dt.date = DAY, **values: Any) -> Facts:
    return Facts(key, values.pop("incident", key), on, **values)


# Rules


@pytest.mark.parametrize(
    ("since", "on", "early"),
    [
        ("2026-04-01", "2026-04-01", True),
        ("2026-04-01", "2026-06-30", True),  # the last day of the third month
        ("2026-04-01", "2026-07-01", False),
        ("2026-11-15", "2027-01-31", True),
        ("2026-11-15", "2027-02-01", False),
        ("2026-05-01", "2026-04-30", False),  # covered only after it
    ],
)
def test_the_first_three_months_of_cover_are_early(since: str, on: str, early: bool) -> None:
    row = facts(1, dt.date.fromisoformat(on), since=dt.date.fromisoformat(since))
    assert [one.kind for one in patterns([row])] == [PatternKind.EARLY] * early


@pytest.mark.parametrize(("days", "near"), [(-400, True), (-1, True), (0, True), (30, True), (31, False)])
def test_enrolled_within_a_month_before_or_ever_after(days: int, near: bool) -> None:
    found = patterns([facts(1, enrolled=DAY - dt.timedelta(days=days))])
    assert [one.kind for one in found] == [PatternKind.ENROLLED_LATE] * near
    assert [one.days for one in found] == [days] * near


@pytest.mark.parametrize(
    ("field", "kind", "least"),
    [
        ("agents", PatternKind.SAME_AGENT, 3),
        ("addresses", PatternKind.SAME_ADDRESS, 2),
        ("payees", PatternKind.SAME_ACCOUNT, 2),
    ],
)
def test_the_same_value_in_several_incidents_within_a_year(field: str, kind: PatternKind, least: int) -> None:
    value: dict[str, Any] = {field: (("x", "Seseorang"),)}
    rows = [facts(key, DAY + dt.timedelta(days=key * 30), **value) for key in range(1, least + 1)]
    (found,) = patterns(rows)
    assert (found.kind, found.cases, found.what) == (kind, tuple(range(1, least + 1)), "Seseorang")
    assert patterns(rows[:-1]) == []
    apart = [facts(key, DAY + dt.timedelta(days=key * 366), **value) for key in range(1, least + 1)]
    assert patterns(apart) == []
    twice = [
        facts(key, incident=1, **value) for key in range(1, least + 1)
    ]  # one person, several memberships
    assert patterns(twice) == []


def test_one_group_under_two_keys_is_told_once() -> None:
    both = (("kk:1", "Jl. A"), ("62.03:1/2:jl a", "Jl. A RT/RW 1/2"))
    assert len(patterns([facts(1, addresses=both), facts(2, addresses=both)])) == 1


@given(st.sets(st.text(min_size=1, max_size=12), max_size=40), st.text(max_size=20), st.integers(0, 50))
def test_a_draw_is_the_same_for_the_same_seed_in_whatever_order(
    numbers: set[str], seed: str, size: int
) -> None:
    ordered = sorted(numbers)
    found = drawn(ordered, seed, size)
    assert found == drawn(reversed(ordered), seed, size)
    assert len(set(found)) == len(found) == min(size, len(numbers))
    assert set(found) <= numbers
    assert found == drawn(ordered, seed, size + 1)[: len(found)]  # a larger sample holds the smaller


def test_every_case_is_drawn_about_as_often_as_another() -> None:
    numbers = [f"K-2026-{number:05d}" for number in range(20)]
    times = dict.fromkeys(numbers, 0)
    for seed in range(2000):
        for number in drawn(numbers, f"{seed}", 5):
            times[number] += 1
    assert all(400 < many < 600 for many in times.values())  # 500 each; 100 are five standard deviations


# Out of the register


@pytest.fixture
def odd(make_people: Any) -> dict[str, Case]:
    """Five cases: one early, one enrolled after the death, two of one house to one payee, one that is ordinary."""
    near = {"kk": "6203990101100009"}
    early, late, first, second, plain = make_people(
        listing(1), listing(2), listing(3, **near), listing(4, **near), listing(5)
    )
    paid(early, "2026-03", "2026-04")
    paid(late, "2026-04", "2026-06", on="2026-05-02")  # paid after the death
    for person in (first, second, plain):
        paid(person, "2025-01", "2026-04")
    made = {
        name: case_of(person=person, name=person.name, reporter=f"Pelapor {person.pk}", phone="")
        for name, person in (("early", early), ("late", late), ("plain", plain))
    }
    for name, person in (("first", first), ("second", second)):
        case = case_of(person=person, name=person.name, reporter=name, phone="")
        made[name] = walk(case, *STRAIGHT)
        step(made[name], "dibayar", holder="Penerima Satu")
    return made


def kinds(found: list[queries.Seen]) -> dict[PatternKind, list[set[int]]]:
    said: dict[PatternKind, list[set[int]]] = {}
    for one in found:
        said.setdefault(one.pattern.kind, []).append({case.pk for case in one.cases})
    return said


@pytest.mark.django_db
def test_patterns_of_the_register(odd: dict[str, Case]) -> None:
    pair = {odd["first"].pk, odd["second"].pk}
    assert kinds(queries.seen(DISTRICT, dt.date(2026, 6, 1))) == {
        PatternKind.EARLY: [{odd["early"].pk}],
        PatternKind.ENROLLED_LATE: [{odd["late"].pk}],
        PatternKind.SAME_ADDRESS: [pair],
        PatternKind.SAME_ACCOUNT: [pair],
    }
    assert queries.seen(Scope((Area("62.03.02"),)), dt.date(2026, 6, 1)) == []


@pytest.mark.django_db
def test_one_phone_however_written_is_one_reporter(make_people: Any) -> None:
    people = make_people(*(listing(number) for number in (1, 2, 3)))
    for person, phone in zip(people, ("081200000001", "+6281200000001", "0812 0000 0001"), strict=True):
        case_of(person=person, name=person.name, phone=phone, reporter=f"Nama {person.pk}")
    (found,) = queries.seen(DISTRICT, dt.date(2026, 6, 1))
    assert (found.pattern.kind, len(found.cases)) == (PatternKind.SAME_AGENT, 3)


@pytest.mark.django_db
def test_patterns_take_as_many_queries_for_many_as_for_few(
    make_people: Any, django_assert_max_num_queries: Any
) -> None:
    people = make_people(*(listing(number) for number in range(1, 26)))
    for person in people:
        case_of(person=person, name=person.name, reporter=f"P {person.pk}", phone="")
    with django_assert_max_num_queries(8):
        queries.seen(DISTRICT, dt.date(2026, 6, 1))


# Samples


def approved_cases(make_people: Any, many: int = 6) -> list[Case]:
    people = make_people(*(listing(number) for number in range(1, many + 1)))
    return [walk(case_of(person=person, name=person.name), *STRAIGHT) for person in people]


def draw(size: int = 3, seed: str = "benih", **values: Any) -> Sample:
    days = {"since": dt.date(2026, 5, 1), "until": dt.date(2026, 5, 31), **values}
    return actions.draw(by="inspektorat", scope=DISTRICT, size=size, seed=seed, **days)


@pytest.mark.django_db
def test_a_sample_is_drawn_recorded_and_drawn_again_by_anybody(make_people: Any) -> None:
    cases = approved_cases(make_people)
    case_of(name="Belum Diputus")
    sample = draw()
    assert (sample.among, sample.size) == (6, 3)
    said = [row.case.number for row in sample.drawn.select_related("case__incident")]
    assert said == drawn([case.number for case in cases], "benih", 3)
    assert draw().pk == sample.pk
    event = Event.objects.get(action="pattern.draw")
    assert (event.after["seed"], event.after["among"], event.person) == ("benih", 6, None)
    assert draw(seed="").seed != draw(seed="").seed


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"size": 7}, "size"),
        ({"size": 0}, "size"),
        ({"size": 201}, "size"),
        ({"until": dt.date(2026, 4, 1)}, "until"),
        ({"since": dt.date(2026, 5, 5)}, "size"),  # approved on the fourth
    ],
)
def test_a_sample_that_cannot_be_drawn_is_refused(make_people: Any, values: Any, field: str) -> None:
    approved_cases(make_people)
    with pytest.raises(InputError) as refused:
        draw(**values)
    assert refused.value.at == field
    assert not Sample.objects.exists()


@pytest.mark.django_db
def test_a_second_look_is_kept_and_the_village_history_says_nothing(make_people: Any) -> None:
    approved_cases(make_people)
    row = draw().drawn.first()
    assert row is not None
    with pytest.raises(InputError):
        actions.look(by="inspektorat", row=row, verdict=Verdict.FAULT)
    actions.look(by="inspektorat", row=row, verdict=Verdict.FAULT, note="saksi tidak ada")
    actions.look(by="inspektorat", row=row, verdict=Verdict.SOUND)
    events = Event.objects.filter(action="pattern.look").order_by("pk")
    assert [event.after["verdict"] for event in events] == ["temuan", "baik"]
    assert {(event.person, event.subject) for event in events} == {(None, f"sample:{row.sample_id}")}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "values",
    [{"size": 0}, {"size": 9, "among": 8}, {"seed": ""}, {"until": dt.date(2020, 1, 1)}, {"seed": "benih"}],
)
def test_the_database_refuses_a_sample(make_people: Any, values: dict[str, Any]) -> None:
    approved_cases(make_people)
    draw()
    row = {
        "region_code": "62.03",
        "seed": "lain",
        "since": dt.date(2026, 5, 1),
        "until": dt.date(2026, 5, 31),
        "among": 6,
        "size": 3,
        "by": "t",
        **values,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Sample.objects.create(**row)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "values", [{"number": 1}, {"case": 0}, {"verdict": "baik"}, {"verdict": "temuan"}, {"verdict": "entah"}]
)
def test_the_database_refuses_a_drawn_case(make_people: Any, values: dict[str, Any]) -> None:
    cases = approved_cases(make_people)
    sample = draw()
    rest = next(case for case in cases if not sample.drawn.filter(case=case).exists())
    first = sample.drawn.get(number=1)
    case = first.case if "case" in values else rest
    row = {"number": 4, **{name: value for name, value in values.items() if name != "case"}}
    with pytest.raises(IntegrityError), transaction.atomic():
        Drawn.objects.create(sample=sample, case=case, **row)


# Who sees it


def test_the_permission_is_the_inspectorates_alone() -> None:
    assert [role.code for role in having(Permission.PATTERN_VIEW)] == ["inspektorat"]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.code)
def test_only_the_inspectorate_sees_patterns_and_nothing_of_them_anywhere_else(
    role: Role, make_user: Any, sign_in: Any, odd: dict[str, Case]
) -> None:
    sample = draw(1)
    row = sample.drawn.get()
    actions.look(by="inspektorat", row=row, verdict=Verdict.FAULT, note="catatan inspektorat saja")
    client = sign_in(make_user(role.code))
    may = role.code == "inspektorat"
    addresses = ("/pola/", "/pola/sampel/", "/pola/sampel/baru/", f"/pola/sampel/{sample.pk}/")
    for address in addresses:
        assert (client.get(address).status_code == 200) == may, address
    sent = {"since": "2026-05-01", "until": "2026-05-31", "size": "2", "seed": "lain"}
    assert client.post("/pola/sampel/baru/", sent).status_code == (302 if may else 403)
    look = {"baris": row.pk, "verdict": "baik", "note": ""}
    assert client.post(f"/pola/sampel/{sample.pk}/", look).status_code == (302 if may else 403)
    row.refresh_from_db()
    assert (row.verdict == Verdict.SOUND) == may
    assert Sample.objects.count() == (2 if may else 1)
    if not may:
        person = row.case.incident.person_id
        for address in ("/", f"/kejadian/{row.case_id}/", f"/orang/{person}/", "/kejadian/"):
            text = client.get(address).content.decode()
            for said in ("catatan inspektorat", "Pola klaim", "/pola/", "benih"):
                assert said not in text, (address, said)


@pytest.mark.django_db
def test_the_page_says_which_and_why(make_user: Any, sign_in: Any, odd: dict[str, Case]) -> None:
    text = sign_in(make_user("inspektorat")).get("/pola/").content.decode()
    for said in ("Penerima Satu", odd["early"].number, "didaftarkan sesudah kejadian", "bukan temuan"):
        assert said in text, said
    assert odd["plain"].number not in text


@pytest.mark.django_db
def test_another_district_is_not_there(make_user: Any, sign_in: Any, make_people: Any) -> None:
    approved_cases(make_people)
    sample = draw()
    client = sign_in(make_user("inspektorat", "62.10"))
    assert client.get(f"/pola/sampel/{sample.pk}/").status_code == 404
    assert client.get("/pola/sampel/").context["total"] == 0
