"""A sealed value belongs to its row: moved to another one, it is refused and found."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from figures import tried
from hypothesis import given
from hypothesis import strategies as st
from officeworld import listing, nik

from payung.errors import MissingDataError
from payung.office.people.models import FormerNik, Household, Membership, Person
from payung.office.service import proofs
from payung.office.vault import bindings
from payung.office.vault.keyed import SealedManager, SealedModel
from payung.office.vault.sealed import COLUMN, ROW, Opened, blind, seal, unseal

pytestmark = pytest.mark.django_db


def _raw(key: int, column: str = "nik") -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM people_person WHERE id = %s", [key])
        return bytes(cursor.fetchone()[0])


def _swap(first: int, second: int, *columns: str) -> None:
    with connection.cursor() as cursor:
        for column in columns:
            cursor.execute(f"SELECT id, {column} FROM people_person WHERE id IN (%s, %s)", [first, second])
            values = dict(cursor.fetchall())
            cursor.execute(f"UPDATE people_person SET {column} = NULL WHERE id IN (%s, %s)", [first, second])
            for key, other in ((first, second), (second, first)):
                cursor.execute(f"UPDATE people_person SET {column} = %s WHERE id = %s", [values[other], key])


@given(st.text(max_size=40), st.integers(1, 2**60))
def test_bound_text_comes_back_with_its_row(text: str, row: int) -> None:
    opened = unseal(seal(text, "a.b", row), "a.b")
    assert (opened, type(opened), getattr(opened, "row", None)) == (text, Opened, row)
    with pytest.raises(MissingDataError):
        unseal(COLUMN + seal(text, "a.b", row)[1:], "a.b")  # a value of one kind is none of the other


def _unbind(key: int, *columns: str) -> None:
    """Let values be those of an earlier version, which bound them to their column alone."""
    for column in columns:
        place = Person._meta.get_field(column).place  # type: ignore[union-attr]
        old = seal(unseal(_raw(key, column), place), place)
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE people_person SET {column} = %s WHERE id = %s", [old, key])


def test_every_table_with_sealed_columns_takes_keys_first() -> None:
    found = [model for model, _ in bindings.sealed_models()]
    assert len(found) > 12
    for model in found:
        assert issubclass(model, SealedModel), model
        managers = [manager for manager in model._meta.managers if not manager.auto_created]
        assert all(isinstance(one, SealedManager) for one in managers), model
        # What is no key of a sequence is there before: the key of another row.
        assert model._meta.auto_field or isinstance(model._meta.pk, models.OneToOneField), model


def test_values_are_bound_when_their_rows_are_put_in(make_people: Any) -> None:
    first, second = make_people(listing(1, kk="6203990101100001", phone="+6281200000001"), listing(2))
    assert _raw(first.pk)[:1] == _raw(second.pk)[:1] == _raw(first.pk, "phone")[:1] == ROW
    assert bindings.bind() == 0
    alone = FormerNik.objects.create(person=first, nik=nik(9), nik_index=blind(nik(9), "nik") or "")
    kept = Membership.objects.create(
        person=first, segment="bpu", source="apbd", kpj="26000000001", from_month="2026-01"
    )
    Membership.objects.update(kpj_index=blind("26000000001", "kpj"))
    assert (FormerNik.objects.get().pk, FormerNik.objects.get().nik) == (alone.pk, nik(9))
    assert (Membership.objects.get().pk, Membership.objects.get().kpj) == (kept.pk, "26000000001")
    assert bindings.bind() == 0
    assert [one.nik for one in Person.objects.order_by("pk")] == [nik(1), nik(2)]
    assert Household.objects.get().kk == "6203990101100001"
    assert list(proofs.of_sealed()) == []


def test_values_swapped_in_the_minute_they_were_made_are_found_at_once(make_people: Any) -> None:
    first, second = make_people(listing(1, phone="+6281200000001"), listing(2, phone="+6281200000002"))
    _swap(first.pk, second.pk, "phone")  # no index stands beside a phone
    with pytest.raises(MissingDataError, match="milik baris"):
        Person.objects.get(pk=first.pk)
    found = [finding.where for finding in proofs.of_sealed()]
    assert found == [f"people_person:{first.pk}", f"people_person:{second.pk}"]
    tried("sealed values moved to another row", 2)


def test_values_stay_bound_when_many_rows_change_at_once(make_people: Any) -> None:
    first, second = make_people(listing(1, phone="+6281200000001"), listing(2))
    first.phone, second.phone = None, first.phone  # what was opened in one row goes into another
    Person.objects.bulk_update([first, second], ["phone", "name"])
    assert _raw(second.pk, "phone")[:1] == ROW
    assert Person.objects.get(pk=second.pk).phone == "+6281200000001"
    assert type(second.phone) is str or type(second.phone) is Opened
    assert list(proofs.of_sealed()) == []


def test_keys_are_taken_by_one_query_for_any_number_and_never_twice(make_people: Any) -> None:
    make_people(listing(1), listing(2))
    Person.objects.order_by("-pk")[:1].get().delete()  # its key is not given again
    gone = Person.objects.order_by("-pk")[:1].get().pk + 1
    counts = []
    for many in (1, 7):
        people = [
            Person(name="X", name_key="x", village_code="v", nik=f"{many}{place}") for place in range(many)
        ]
        with CaptureQueriesContext(connection) as queries:
            Person.objects.bulk_create(people)
        counts.append(len(queries))
        assert min(person.pk for person in people) > gone
        assert [Person.objects.get(pk=person.pk).nik for person in people] == [
            person.nik for person in people
        ]
        gone = max(person.pk for person in people)
    assert counts == [2, 2]
    assert Person.objects.create(name="Y", name_key="y", village_code="v", nik="1").pk > gone


def test_values_of_earlier_versions_open_and_are_bound_later(make_people: Any) -> None:
    first, second = make_people(listing(1, phone="+6281200000001"), listing(2))
    _unbind(first.pk, "nik", "phone")
    _unbind(second.pk, "nik")
    assert [one.nik for one in Person.objects.order_by("pk")] == [nik(1), nik(2)]
    (told,) = proofs.of_sealed()
    assert (told.code, told.fault) == ("sealed.unbound", False)
    assert "2" in told.what.en
    assert bindings.bind() == 2
    assert bindings.bind() == 0
    assert _raw(first.pk)[:1] == _raw(first.pk, "phone")[:1] == ROW
    assert [one.nik for one in Person.objects.order_by("pk")] == [nik(1), nik(2)]
    assert list(proofs.of_sealed()) == []


def test_values_swapped_between_people_are_refused_and_found(make_people: Any) -> None:
    first, second, third = make_people(listing(1), listing(2), listing(3))
    _swap(first.pk, second.pk, "nik", "nik_index")
    with pytest.raises(MissingDataError, match="milik baris"):
        Person.objects.get(pk=first.pk)
    assert Person.objects.get(pk=third.pk).nik == nik(3)
    found = [finding.where for finding in proofs.of_sealed()]
    assert found == [f"people_person:{first.pk}", f"people_person:{second.pk}"]


def test_values_swapped_before_they_were_bound_differ_from_their_index(make_people: Any) -> None:
    first, second = make_people(listing(1), listing(2))
    _unbind(first.pk, "nik")
    _unbind(second.pk, "nik")
    _swap(first.pk, second.pk, "nik")
    assert {finding.where for finding in proofs.of_sealed() if finding.fault} == {
        f"people_person:{first.pk}",
        f"people_person:{second.pk}",
    }


def test_a_value_of_one_row_may_be_copied_by_the_office_into_another(make_people: Any) -> None:
    (first,) = make_people(listing(1, phone="+6281200000001"))
    phone = Person.objects.values_list("phone", flat=True).get(pk=first.pk)
    (second,) = make_people(listing(2))
    second.phone = phone
    second.save()
    assert Person.objects.get(pk=second.pk).phone == "+6281200000001"
