"""A list reaches its own village's people only: whatever it says, nobody elsewhere changes, moves or opens."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from figures import tried
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from officeworld import FAR, NEIGHBOUR, VILLAGE, listing, nik
from submissionsworld import send, through

from payung.office.history.models import Event
from payung.office.people import actions as register
from payung.office.people.actions import facts
from payung.office.people.models import Heir, Person, Standing
from payung.office.submissions import actions
from payung.office.submissions.models import Row

pytestmark = pytest.mark.django_db
HEADING = "NIK;NAMA;TANGGAL LAHIR;NO HP;NAMA IBU KANDUNG;ALAMAT;KODE DESA"
CODES = ("", VILLAGE, NEIGHBOUR, FAR)


def _everything_of(person: Person) -> tuple[Any, ...]:
    found = Person.everybody.filter(pk=person.pk).values().get()
    return found, list(Standing.objects.filter(person=person).values()), list(Heir.objects.values())


@pytest.fixture
def elsewhere(make_people: Any) -> list[Person]:
    """Three people of another village: one as they are, one with a former NIK, one office holder."""
    one, two, three = make_people(
        listing(1, phone="+628110000001"),
        listing(2, mother="Ibu Dua"),
        listing(3, category="kepala_desa"),
        village=FAR,
    )
    facts.correct_nik(by="t", person=two, nik=nik(22), reason="salah ketik")
    return [one, Person.objects.get(pk=two.pk), three]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(st.sampled_from([1, 2, 22, 3, 50]), st.booleans(), st.sampled_from(CODES), st.booleans()),
        min_size=1,
        max_size=5,
    )
)
def test_whatever_a_village_uploads_nothing_of_another_village_changes(
    elsewhere: list[Person], make_user: Any, rows: list[tuple[int, bool, str, bool]]
) -> None:
    from django.db import transaction

    before = [_everything_of(person) for person in elsewhere]
    names = {1: "Orang 1", 2: "Orang 2", 22: "Orang 2", 3: "Orang 3", 50: "Orang 50"}
    lines = [
        ";".join(
            (
                nik(number),
                names[number] if same else "QWERTY ZULKARNAEN",
                "05-03-1989",
                "081299998888" if phone else "",
                "IBU LAIN",
                "JALAN LAIN",
                code,
            )
        )
        for number, same, code, phone in rows
    ]
    point = transaction.savepoint()
    submission = actions.begin(by="operator", village_code=VILLAGE, kind="rentan")
    send(submission, "\n".join([HEADING, *lines]).encode())
    if Row.objects.exclude(verdict="returned").exists():
        through(submission)
    assert [_everything_of(person) for person in elsewhere] == before
    assert not Row.objects.filter(submission=submission, person__in=elsewhere).exists()
    transaction.savepoint_rollback(point)
    tried("rows of lists about people of other villages", len(rows))


def test_row_about_somebody_elsewhere_looks_ready_to_the_village_and_is_left_out_at_the_end(
    elsewhere: list[Person], make_user: Any, sign_in: Any
) -> None:
    submission = actions.begin(by="operator", village_code=VILLAGE, kind="rentan")
    content = f"{HEADING}\n{nik(1)};QWERTY ZULKARNAEN;05-03-1989;;;;\n{nik(9)};BARU;05-03-1989;;;;"
    send(submission, content.encode())
    # Neither name nor village of the other is told: as for a NIK that nobody has.
    assert [row.verdict for row in submission.rows.order_by("row")] == ["accepted", "accepted"]
    through(submission)
    row = submission.rows.get(name="QWERTY ZULKARNAEN")
    assert (row.verdict, row.person) == ("returned", None)
    assert "NIK_DI_DESA_LAIN" in row.content
    assert FAR not in row.content
    assert "Sei Pasah" not in row.content
    assert Event.objects.filter(action="submission.left_out").count() == 1
    client = sign_in(make_user("operator"))
    assert client.get(f"/orang/{elsewhere[0].pk}/").status_code == 404
    assert Person.objects.get(nik_index__isnull=False, name__iexact="baru").village_code == VILLAGE


def test_register_itself_refuses_to_move_or_change_somebody_of_another_village(
    elsewhere: list[Person],
) -> None:
    from django.db import transaction

    with transaction.atomic():
        (landed,) = register.land(
            by="x",
            listings=[
                listing(1, phone="+628119999999", village_code=VILLAGE, birth_date=dt.date(1990, 1, 1))
            ],
            village_code=VILLAGE,
            source="t",
        )
    assert (landed.elsewhere, landed.new) == (True, False)
    person = Person.objects.get(pk=elsewhere[0].pk)
    assert (person.village_code, person.phone, person.birth_date) == (
        FAR,
        "+628110000001",
        dt.date(1989, 3, 5),
    )
