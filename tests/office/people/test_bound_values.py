"""A sealed value belongs to its row: moved to another one, it is refused and found."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from officeworld import listing, nik

from payung.errors import MissingDataError
from payung.office.people.models import Household, Person
from payung.office.service import proofs
from payung.office.vault import binding
from payung.office.vault.sealed import COLUMN, ROW, Opened, seal, unseal

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


def test_values_are_bound_once_their_rows_have_keys(make_people: Any) -> None:
    first, second = make_people(listing(1, kk="6203990101100001", phone="+6281200000001"), listing(2))
    assert _raw(first.pk)[:1] == COLUMN
    assert binding.bind() == 3  # two people and a household
    assert binding.bind() == 0
    assert _raw(first.pk)[:1] == _raw(first.pk, "phone")[:1] == ROW
    assert [one.nik for one in Person.objects.order_by("pk")] == [nik(1), nik(2)]
    assert Household.objects.get().kk == "6203990101100001"
    second.refresh_from_db()
    second.phone = "+6281200000002"
    second.save()
    assert _raw(second.pk)[:1] == _raw(second.pk, "phone")[:1] == ROW
    assert list(proofs.of_sealed()) == []


def test_values_swapped_between_people_are_refused_and_found(make_people: Any) -> None:
    first, second, third = make_people(listing(1), listing(2), listing(3))
    binding.bind()
    _swap(first.pk, second.pk, "nik", "nik_index")
    with pytest.raises(MissingDataError, match="milik baris"):
        Person.objects.get(pk=first.pk)
    assert Person.objects.get(pk=third.pk).nik == nik(3)
    found = [finding.where for finding in proofs.of_sealed()]
    assert found == [f"people_person:{first.pk}", f"people_person:{second.pk}"]


def test_values_swapped_before_they_were_bound_differ_from_their_index(make_people: Any) -> None:
    first, second = make_people(listing(1), listing(2))
    _swap(first.pk, second.pk, "nik")
    assert {finding.where for finding in proofs.of_sealed()} == {
        f"people_person:{first.pk}",
        f"people_person:{second.pk}",
    }


def test_a_value_of_one_row_may_be_copied_by_the_office_into_another(make_people: Any) -> None:
    (first,) = make_people(listing(1, phone="+6281200000001"))
    binding.bind()
    phone = Person.objects.values_list("phone", flat=True).get(pk=first.pk)
    (second,) = make_people(listing(2))
    second.phone = phone
    second.save()
    assert Person.objects.get(pk=second.pk).phone == "+6281200000001"
