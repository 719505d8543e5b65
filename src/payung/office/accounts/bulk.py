"""Many accounts at once out of a judged list: all of them or none, and the slips that are handed over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.contrib.auth.hashers import check_password
from django.db import transaction

from payung.office.access.roles import ROLES
from payung.office.accounts import actions, confirmation
from payung.office.accounts.intake import Account
from payung.office.accounts.models import User
from payung.office.accounts.slips import Slip
from payung.office.history.actions import Entry, record
from payung.office.history.again import looks_again
from payung.office.regions import queries as regions

Passwords = Callable[[str], str]


class Made(NamedTuple):
    """What became of a list: a slip for everybody, and how many roles wait for a second administrator."""

    slips: list[Slip]
    waiting: int


@looks_again
def make(
    *, by: str, accounts: Sequence[Account], passwords: Passwords | None = None, called: str = ""
) -> Made:
    """Make all ``accounts``, or none. Every holder must choose a password first; a constant number of statements.

    ``passwords`` gives the first password of a user name (default: drawn at random); ``called`` is the list, for
    whoever confirms its roles. Raises :class:`InputError` where a user name was taken meanwhile.
    """
    drawn = {one.username: (passwords or _random)(one.username) for one in accounts}
    with transaction.atomic():
        asked = [actions.NewUser(one.username, one.name, drawn[one.username], one.email) for one in accounts]
        users = actions.create_users(by=by, asked=asked)
        roles = [(user, _grant(one)) for user, one in zip(users, accounts, strict=True)]
        _, waits = confirmation.ask_roles(by=by, asked=roles, reason=called)
    return Made(_slips(accounts, drawn), len(waits))


def again(*, by: str, accounts: Sequence[Account], passwords: Passwords) -> list[Slip]:
    """Return the slips of accounts that were made from this very list and have not signed in yet; recorded.

    For a line that broke off before the slips arrived. Empty where they were not made from it.
    """
    names = [one.username for one in accounts]
    kept = User.objects.filter(username__in=names, must_change_password=True, last_login=None)
    found = {user.username: user.password for user in kept}
    drawn = {name: passwords(name) for name in found}
    same = [
        one
        for one in accounts
        if one.username in found and check_password(drawn[one.username], found[one.username])
    ]
    if same:
        with transaction.atomic():
            record(by=by, entries=[Entry("user.slips", "office", after={"rows": len(same)})])
    return _slips(same, drawn)


def _random(_: str) -> str:
    return actions.make_password()


def _grant(account: Account) -> dict[str, Any]:
    return {
        "role": account.role,
        "region_code": account.region,
        "starts": account.starts,
        "ends": account.ends,
        "letter": account.letter,
    }


def _slips(accounts: Sequence[Account], passwords: dict[str, str]) -> list[Slip]:
    places = regions.names(one.region for one in accounts)
    return [
        Slip(one.username, one.name, ROLES[one.role].name, places[one.region], passwords[one.username])
        for one in accounts
    ]
