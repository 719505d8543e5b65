"""What somebody sees: places, categories, dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from officeworld import FAR, NEIGHBOUR, VILLAGE, listing

from payung.errors import InputError
from payung.office.access.apart import SamePersonError
from payung.office.access.permissions import Permission
from payung.office.access.roles import CATEGORIES, ROLES
from payung.office.accounts import actions
from payung.office.accounts.models import User
from payung.office.people.models import Person
from payung.office.regions.models import Region

pytestmark = pytest.mark.django_db


def _names(user: User, permission: Permission = Permission.PERSON_VIEW) -> set[str]:
    return set(user.scope(permission).of(Person).values_list("name", flat=True))


@pytest.fixture
def everybody(make_people: Callable[..., Any]) -> None:
    """Somebody in every village and of every kind."""
    make_people(listing(1, name="Tani Dekat"), listing(2, name="Kades Dekat", category="kepala_desa"))
    make_people(listing(3, name="Tani Tetangga"), village=NEIGHBOUR)
    make_people(listing(4, name="Kades Jauh", category="kepala_desa"), village=FAR)


@pytest.mark.usefixtures("everybody")
@pytest.mark.parametrize(
    ("role", "code", "seen"),
    [
        ("operator", VILLAGE, {"Tani Dekat", "Kades Dekat"}),
        ("camat", "62.03.01", {"Tani Dekat", "Kades Dekat", "Tani Tetangga"}),
        ("camat", "62.03.02", {"Kades Jauh"}),
        ("dpmd", "62.03", {"Kades Dekat", "Kades Jauh"}),
        ("dinsos", "62.03", {"Tani Dekat", "Tani Tetangga"}),
        ("inspektorat", "62.03", {"Tani Dekat", "Kades Dekat", "Tani Tetangga", "Kades Jauh"}),
        ("admin", "62.03", set()),
        ("bupati", "62.03", set()),
        ("disnaker", "62.10", set()),
    ],
)
def test_role_sees_its_places_and_categories(
    make_user: Callable[..., User], role: str, code: str, seen: set[str]
) -> None:
    assert _names(make_user(role, code)) == seen


@pytest.mark.usefixtures("everybody")
def test_two_roles_see_both_and_nobody_twice(make_user: Callable[..., User]) -> None:
    user = make_user("operator", VILLAGE)
    actions.give_role(by="tests", user=user, role="camat", region_code="62.03.01", starts=dt.date(2020, 1, 1))
    user = User.objects.get(pk=user.pk)
    rows = user.scope(Permission.PERSON_VIEW).of(Person)
    assert rows.count() == len(_names(user)) == 3


@pytest.mark.usefixtures("everybody")
def test_acting_official_sees_nothing_after_the_last_day(make_user: Callable[..., User]) -> None:
    today = timezone.localdate()
    user = make_user("camat", "62.03.01", acting=True, ends=today)
    assert len(_names(user)) == 3
    user.grants.update(starts=today - dt.timedelta(days=9), ends=today - dt.timedelta(days=1))
    assert _names(User.objects.get(pk=user.pk)) == set()


@pytest.mark.usefixtures("everybody")
def test_grant_that_starts_tomorrow_opens_nothing_today(make_user: Callable[..., User]) -> None:
    user = make_user("camat", "62.03.01", starts=timezone.localdate() + dt.timedelta(days=1))
    assert not user.may(Permission.PERSON_VIEW)


@pytest.mark.usefixtures("everybody")
def test_grant_narrows_categories_and_never_widens_them(make_user: Callable[..., User]) -> None:
    assert _names(make_user("operator", VILLAGE, categories=("kepala_desa",))) == {"Kades Dekat"}
    assert _names(make_user("dinsos", "62.03", categories=("kepala_desa",))) == set()


def test_closed_account_reaches_nothing(make_user: Callable[..., User]) -> None:
    user = make_user("inspektorat")
    actions.set_active(by="admin", user=user, active=False, reason="pindah tugas")
    assert user.scope(Permission.PERSON_VIEW).areas == ()


def test_acting_grant_without_last_day_is_refused(make_user: Callable[..., User]) -> None:
    user = make_user("operator")
    with pytest.raises(InputError, match="sementara"):
        actions.give_role(
            by="a", user=user, role="camat", region_code="62.03.01", starts=dt.date(2026, 1, 1), acting=True
        )


def test_nobody_gives_a_role_to_themselves(make_user: Callable[..., User]) -> None:
    user = make_user("admin")
    with pytest.raises(SamePersonError):
        actions.give_role(
            by="admin", user=user, role="dinsos", region_code="62.03", starts=dt.date(2026, 1, 1)
        )


def test_places_leave_out_what_lies_inside_another(make_user: Callable[..., User]) -> None:
    user = make_user("operator", VILLAGE)
    actions.give_role(by="t", user=user, role="camat", region_code="62.03.01", starts=dt.date(2020, 1, 1))
    found = User.objects.get(pk=user.pk).scope(Permission.PERSON_VIEW)
    assert found.places == ("62.03.01",)
    assert Region.objects.filter(found.in_places("code")).count() == 3


def test_every_role_has_both_languages_and_known_categories() -> None:
    for role in ROLES.values():
        assert role.name.id
        assert role.name.en
        assert role.purpose.id
        assert role.purpose.en
        assert role.permissions
        assert role.categories <= CATEGORIES


def test_no_role_may_propose_and_approve_the_same_list() -> None:
    steps = (Permission.SUBMISSION_SUBMIT, Permission.SUBMISSION_ENDORSE, Permission.SUBMISSION_ACCEPT)
    for role in ROLES.values():
        assert sum(step in role.permissions for step in steps) <= 1


def test_whoever_manages_accounts_sees_no_names() -> None:
    names = {Permission.PERSON_VIEW, Permission.SUBMISSION_VIEW, Permission.PERSON_UNMASK}
    for role in ROLES.values():
        if Permission.ACCOUNT_MANAGE in role.permissions:
            assert not role.permissions & names


def test_whoever_approves_a_list_cannot_edit_it() -> None:
    steps = {Permission.SUBMISSION_SUBMIT, Permission.SUBMISSION_ENDORSE, Permission.SUBMISSION_ACCEPT}
    for role in ROLES.values():
        if steps & role.permissions:
            assert Permission.SUBMISSION_EDIT not in role.permissions, role.code
