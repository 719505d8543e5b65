"""People: landing, sealing, searching, unmasking, offices."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from officeworld import FAR, NEIGHBOUR, VILLAGE, listing, nik

from payung.errors import InputError, MissingDataError
from payung.office.access.scope import Area, Scope
from payung.office.history.models import Event
from payung.office.people import actions, queries
from payung.office.people.models import Household, Membership, NameWord, Person, Standing
from payung.office.posts import actions as posting
from payung.office.posts import queries as post_queries
from payung.office.posts.models import Post
from payung.office.vault.sealed import blind, seal, unseal

pytestmark = pytest.mark.django_db
ALL = Scope((Area("62.03"),))


@given(st.text(max_size=40))
def test_sealed_text_comes_back_and_never_looks_alike(text: str) -> None:
    first, second = seal(text, "a.b"), seal(text, "a.b")
    assert unseal(first, "a.b") == text
    assert first != second


def test_sealed_text_cannot_be_moved_to_another_column() -> None:
    with pytest.raises(MissingDataError):
        unseal(seal("x", "register.person.nik"), "register.person.phone")


def test_database_holds_no_nik(make_people: Any) -> None:
    make_people(listing(5, kk="6203990101100001", phone="+6281200000001"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_person JOIN people_household ON TRUE")
        raw = str([bytes(v) if isinstance(v, memoryview) else v for row in cursor.fetchall() for v in row])
    for secret in (nik(5), "6203990101100001", "81200000001"):
        assert secret not in raw
    assert Person.objects.get().nik == nik(5)


def test_same_listing_lands_once(make_people: Any) -> None:
    first = make_people(listing(1))[0]
    second = make_people(listing(1))[0]
    assert first.pk == second.pk
    assert Event.objects.filter(person=first.pk).count() == 1


def test_later_list_changes_what_it_says_and_keeps_the_rest(make_people: Any) -> None:
    make_people(listing(1, job="Petani", mother="Ani"))
    person = make_people(listing(1, job="Nelayan"))[0]
    person.refresh_from_db()
    assert (person.job, person.mother) == ("Nelayan", "Ani")
    event = Event.objects.get(action="person.change")
    assert (event.before, event.after) == ({"job": "Petani"}, {"job": "Nelayan"})


def test_landing_takes_no_query_for_each_person(make_people: Any) -> None:
    def queries_of(first: int, many: int) -> int:
        with CaptureQueriesContext(connection) as found:
            make_people(*[listing(n, kk="6203990101100001") for n in range(first, first + many)])
        return len(found)

    queries_of(1, 1)
    # SQLite takes 999 values a statement, so a large batch is several of them.
    assert queries_of(50, 120) <= queries_of(10, 2) + 5


def test_household_is_shared(make_people: Any) -> None:
    make_people(*[listing(n, kk="6203990101100001") for n in (1, 2, 3)])
    assert Household.objects.get().people.count() == 3


def test_two_people_cannot_have_one_nik() -> None:
    Person.objects.create(
        name="a", name_key="a", village_code=VILLAGE, nik=nik(1), nik_index=blind(nik(1), "nik")
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(
            name="b", name_key="b", village_code=VILLAGE, nik=nik(1), nik_index=blind(nik(1), "nik")
        )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("siti", {"Siti Aminah", "Nur Siti", "Siti'ah Rahmah"}),
        ("aminah siti", {"Siti Aminah"}),
        ("am si", {"Siti Aminah"}),
        ("sitiah", {"Siti'ah Rahmah"}),
        ("budi", set()),
        ("6203.9905.0389.0001", {"Siti Aminah"}),
        ("12345678901", {"Nur Siti"}),
        ("620399", set()),
        ("", set()),
        ("%", set()),
    ],
)
def test_search_finds_by_any_word_nik_and_kpj(make_people: Any, text: str, found: set[str]) -> None:
    people = make_people(
        listing(1, name="Siti Aminah"), listing(2, name="Nur Siti"), listing(3, name="Siti'ah Rahmah")
    )
    make_people(listing(4, name="Siti Jauh"), village=FAR)
    actions.enrol(
        by="bpjs", people=[(people[1], "12345678901")], segment="bpu", source="apbd", from_month="2026-01"
    )
    near = Scope((Area("62.03.01"),)).of(Person)
    assert {person.name for person in queries.matching(near, text)} == found


def test_changed_name_is_found_by_the_new_words_only(make_people: Any) -> None:
    make_people(listing(1, name="Sity Aminah"))
    make_people(listing(1, name="Siti Aminah"))
    assert sorted(NameWord.objects.values_list("word", flat=True)) == ["aminah", "siti"]


def test_unmasking_needs_a_reason_and_is_recorded(make_people: Any, make_user: Any, sign_in: Any) -> None:
    person = make_people(listing(8))[0]
    client = sign_in(make_user("operator"))
    address = f"/orang/{person.pk}/"
    assert nik(8) not in client.get(address).content.decode()
    client.post(f"{address}nik/", {"reason": ""})
    assert not Event.objects.filter(action="person.unmask").exists()
    assert nik(8) in client.post(f"{address}nik/", {"reason": "cocokkan KTP"}).content.decode()
    event = Event.objects.get(action="person.unmask")
    assert (event.actor, event.reason, event.person) == ("operator", "cocokkan KTP", person.pk)
    with pytest.raises(InputError):
        actions.unmask(by="x", person=person, reason=" ")


def test_membership_is_recorded_once_with_history(make_people: Any) -> None:
    people = [(person, "") for person in make_people(listing(1), listing(2))]
    values = {"segment": "bpu", "source": "apbd", "from_month": "2026-01"}
    assert actions.enrol(by="bpjs", people=people, **values) == 2
    assert actions.enrol(by="bpjs", people=people, **values) == 0
    assert Membership.objects.count() == Event.objects.filter(action="membership.start").count() == 2


@pytest.mark.parametrize(
    ("from_month", "until_month", "covered"),
    [
        ("2026-11", "", True),
        ("2026-01", "2026-11", True),
        ("2026-01", "2026-10", False),
        ("2026-12", "", False),
    ],
)
def test_cover_counts_whole_months(
    make_people: Any, from_month: str, until_month: str, covered: bool
) -> None:
    people = [(person, "") for person in make_people(listing(1))]
    actions.enrol(
        by="b", people=people, segment="bpu", source="apbd", from_month=from_month, until_month=until_month
    )
    assert queries.told(queries.searched(ALL), dt.date(2026, 11, 30)).get().covered is covered


TODAY = dt.date(2026, 11, 22)


def _state(post: Post) -> str:
    return str(post_queries.posts(ALL, TODAY).get(pk=post.pk).state)


def test_post_goes_from_vacant_to_covered_to_ended(make_people: Any) -> None:
    person = make_people(listing(1))[0]
    post = posting.open_post(by="t", region_code=VILLAGE, category="bpd", label="Anggota BPD")
    assert _state(post) == "vacant"
    posting.appoint(by="t", post=post, person=person, starts=dt.date(2024, 1, 1), ends=TODAY)
    assert _state(post) == "uncovered"
    actions.enrol(by="b", people=[(person, "")], segment="pu", source="apbdes", from_month="2026-01")
    assert _state(post) == "covered"
    assert post_queries.posts(ALL, TODAY + dt.timedelta(days=1)).get().state == "ended"


def test_new_holder_ends_the_term_of_the_former(make_people: Any) -> None:
    old, new = make_people(listing(1), listing(2))
    post = posting.open_post(by="t", region_code=VILLAGE, category="kepala_desa", label="Kepala desa")
    first = posting.appoint(by="t", post=post, person=old, starts=dt.date(2020, 1, 1))
    posting.appoint(by="t", post=post, person=new, starts=dt.date(2026, 6, 1), decree="SK 9/2026")
    first.refresh_from_db()
    assert first.ends == dt.date(2026, 5, 31)
    assert Standing.objects.filter(person=new, category="kepala_desa").exists()
    assert Event.objects.filter(letter="SK 9/2026", person=new.pk).exists()


def test_totals_of_the_board_equal_the_sum_of_its_villages(
    make_people: Any, make_user: Any, sign_in: Any
) -> None:
    for code, many in ((VILLAGE, 3), (NEIGHBOUR, 2), (FAR, 4)):
        for _ in range(many):
            posting.open_post(by="t", region_code=code, category="bpd", label="Anggota BPD")
    client = sign_in(make_user("camat", "62.03.01"))
    page = client.get("/jabatan/").context
    assert page["totals"]["vacant"] == 5 == sum(row.posts["vacant"] for row in page["rows"])


def test_appointing_through_the_page(make_people: Any, make_user: Any, sign_in: Any) -> None:
    make_people(listing(1))
    post = posting.open_post(by="t", region_code=VILLAGE, category="bpd", label="Anggota BPD")
    client = sign_in(make_user("operator"))
    answer = {"what": "appoint", "nik": nik(1), "starts": "2026-01-01", "decree": "SK 1"}
    client.post(f"/jabatan/{post.pk}/", {**answer, "nik": nik(99)})
    assert not post.holdings.exists()
    client.post(f"/jabatan/{post.pk}/", answer)
    assert post.holdings.get().decree == "SK 1"
    client.post(f"/jabatan/{post.pk}/", {"what": "end", "ends": "2026-02-01", "reason": "mundur"})
    assert post.holdings.get().ends == dt.date(2026, 2, 1)


def test_term_that_ends_before_it_starts_is_refused(make_people: Any) -> None:
    person = make_people(listing(1))[0]
    post = posting.open_post(by="t", region_code=VILLAGE, category="bpd", label="BPD")
    with pytest.raises(InputError):
        posting.appoint(by="t", post=post, person=person, starts=TODAY, ends=TODAY - dt.timedelta(days=1))


def test_person_page_tells_the_whole_history(make_people: Any, make_user: Any, sign_in: Any) -> None:
    person = make_people(listing(1, job="Petani"))[0]
    make_people(listing(1, job="Nelayan"))
    text = sign_in(make_user("operator")).get(f"/orang/{person.pk}/").content.decode()
    assert "pekerjaan: Petani → Nelayan" in text
    assert "Dicatat dalam register" in text
    assert str(timezone.localdate().year) in text
