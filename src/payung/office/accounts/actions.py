"""Makes users, gives and ends roles. Every action says who did it and stands in the history."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.utils import reset
from django.contrib.sessions.models import Session
from django.db import transaction

from payung.errors import InputError
from payung.office.access.apart import keep_apart
from payung.office.access.roles import CATEGORIES, ROLES
from payung.office.accounts.hashers import hash_of_drawn
from payung.office.accounts.models import Grant, User
from payung.office.history.actions import Entry, record
from payung.office.history.again import looks_again
from payung.text import Text

# No longer than a subject of the history holds ("user:" and the name).
USER_NAME = re.compile(r"^[a-z0-9][a-z0-9._-]{2,49}\Z")
NOT_A_USER_NAME = Text(
    "Nama pengguna: huruf kecil, angka, titik, garis; 3 sampai 50 tanda.",
    "A user name: lower-case letters, digits, dots, dashes; 3 to 50 signs.",
)
OWNS = Text("pemilik akun ini", "own the account;")
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another


def make_password() -> str:
    """Return a password to hand over once: four groups of four."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


class NewUser(NamedTuple):
    """An account that is to be made with a password that the office drew."""

    username: str
    name: str
    password: str
    email: str = ""


@looks_again
def create_user(*, by: str, username: str, name: str, password: str | None, temporary: bool = True) -> User:
    """Make an account; with ``temporary`` its holder must choose a password of their own first.

    A ``password`` of ``None`` means that nobody can sign in yet.

    Raises :class:`InputError` where the user name is taken or cannot be one, and without a name.
    """
    username, name = username.strip().lower(), name.strip()
    _check_user(username, name)
    if User.objects.filter(username=username).exists():
        raise InputError(_taken(repr(username)))
    with transaction.atomic():
        user = User.objects.create_user(username, password, name=name, must_change_password=temporary)
        record(by=by, entries=[Entry("user.create", f"user:{username}", after={"name": user.name})])
    return user


def give_role(
    *,
    by: str,
    user: User,
    role: str,
    region_code: str,
    starts: dt.date,
    ends: dt.date | None = None,
    acting: bool = False,
    categories: tuple[str, ...] = (),
    letter: str = "",
) -> Grant:
    """Give ``user`` a role in a subtree, from one day on; an acting official's must have a last day.

    Raises :class:`InputError` where a value does not fit, and :class:`SamePersonError` where ``by`` would give
    a role to themselves.
    """
    check_role(by=by, user=user, role=role, starts=starts, ends=ends, acting=acting, categories=categories)
    with transaction.atomic():
        grant = Grant.objects.create(
            user=user,
            role=role,
            region_code=region_code,
            starts=starts,
            ends=ends,
            acting=acting,
            categories=sorted(categories),
            letter=letter,
            given_by=by,
        )
        record(by=by, entries=[_entry("grant.give", grant, after=_picture(grant))])
    return grant


def create_users(*, by: str, asked: Sequence[NewUser]) -> list[User]:
    """Make many accounts, or none; every holder must choose a password of their own first.

    A constant number of statements. Raises as :func:`create_user` does.
    """
    names = [one.username for one in asked]
    taken = set(User.objects.filter(username__in=names).values_list("username", flat=True))
    taken |= {name for name, times in Counter(names).items() if times > 1}
    if taken:
        raise InputError(_taken(", ".join(sorted(taken)[:5])))
    for one in asked:
        _check_user(one.username, one.name)
    with transaction.atomic():
        made = User.objects.bulk_create(
            [
                User(
                    username=one.username,
                    name=one.name,
                    email=one.email,
                    password=hash_of_drawn(one.password),
                    must_change_password=True,
                )
                for one in asked
            ]
        )
        record(
            by=by,
            entries=[
                Entry("user.create", f"user:{user.username}", after={"name": user.name}) for user in made
            ],
        )
    return made


def give_roles(*, by: str, asked: Sequence[tuple[User, Mapping[str, Any]]]) -> list[Grant]:
    """Give many users a role each, as :func:`give_role` does; a constant number of statements."""
    for user, values in asked:
        check_role(by=by, user=user, **values)
    with transaction.atomic():
        grants = Grant.objects.bulk_create(
            [Grant(user=user, given_by=by, **values) for user, values in asked]
        )
        record(by=by, entries=[_entry("grant.give", grant, after=_picture(grant)) for grant in grants])
    return grants


def check_role(
    *,
    by: str,
    user: User,
    role: str,
    starts: dt.date,
    ends: dt.date | None = None,
    acting: bool = False,
    categories: tuple[str, ...] = (),
    **_: object,
) -> None:
    """Raise what :func:`give_role` would raise."""
    keep_apart(by, earlier={Text("akan menerima peran ini", "would receive this role; for"): user.username})
    if role not in ROLES or not set(categories) <= CATEGORIES:
        raise InputError(Text(f"Peran {role!r} tidak ada.", f"There is no role {role!r}."))
    if acting and ends is None:
        raise InputError(
            Text(
                "Pejabat sementara (Pj/Plt) harus punya tanggal akhir.",
                "An acting official must have a last day.",
            )
        )
    if ends is not None and ends < starts:
        raise InputError(
            Text("Tanggal akhir mendahului tanggal mulai.", "The last day comes before the first day.")
        )


def _check_user(username: str, name: str) -> None:
    if not USER_NAME.match(username):
        raise InputError(NOT_A_USER_NAME)
    if not name:
        raise InputError(Text("Tulis nama lengkapnya.", "Write the full name."))


def _taken(names: str) -> Text:
    return Text(
        f"Nama pengguna {names} sudah dipakai: pilih yang lain.",
        f"The user name {names} is taken: choose another.",
    )


def end_role(*, by: str, grant: Grant, on: dt.date, reason: str) -> None:
    """Let ``grant`` hold for the last time on the day before ``on``; it is never deleted.

    One that begins on ``on`` or later has then never held. Raises :class:`InputError` where it is over already.
    """
    with transaction.atomic():
        grant = Grant.objects.select_for_update(of=("self",)).select_related("user").get(pk=grant.pk)
        if grant.ends is not None and grant.ends < on:
            raise InputError(Text("Peran ini sudah berakhir.", "This role is over already."))
        before = _picture(grant)
        grant.ends = on - dt.timedelta(days=1)
        grant.save(update_fields=["ends"])
        record(
            by=by, entries=[_entry("grant.end", grant, reason=reason, before=before, after=_picture(grant))]
        )


def reset_password(*, by: str, user: User, reason: str) -> str:
    """Return a new password for ``user``, to hand over once; ends their sessions and unlocks the account."""
    password = make_password()
    with transaction.atomic():
        user.set_password(password)
        user.must_change_password = True
        user.save(update_fields=["password", "must_change_password"])
        record(by=by, entries=[Entry("user.reset", f"user:{user.username}", reason=reason)])
        end_sessions(user)
    reset(username=user.username)
    return password


def remove_second_factor(*, by: str, user: User, reason: str) -> None:
    """Take the second factor off (a lost phone); roles that need one will ask for a new one."""
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        record(by=by, entries=[Entry("user.second_factor_off", f"user:{user.username}", reason=reason)])
        end_sessions(user)
    reset(username=user.username)


def set_active(*, by: str, user: User, active: bool, reason: str) -> None:
    """Open or close an account; closing ends its sessions. Nobody closes their own."""
    keep_apart(by, earlier={OWNS: user.username})
    with transaction.atomic():
        user.is_active = active
        user.save(update_fields=["is_active"])
        action = "user.open" if active else "user.close"
        record(by=by, entries=[Entry(action, f"user:{user.username}", reason=reason)])
        if not active:
            end_sessions(user)


def end_sessions(user: User, *, keep: str | None = None) -> None:
    """Sign ``user`` out everywhere, but for the session with the key ``keep``."""
    sessions = UserSession.objects.filter(user=user).exclude(session_key=keep or "")
    Session.objects.filter(session_key__in=list(sessions.values_list("session_key", flat=True))).delete()
    sessions.delete()


def _picture(grant: Grant) -> dict[str, Any]:
    return {
        "role": grant.role,
        "region": grant.region_code,
        "categories": ",".join(grant.categories),
        "starts": grant.starts.isoformat(),
        "ends": grant.ends.isoformat() if grant.ends else None,
        "acting": grant.acting,
    }


def _entry(action: str, grant: Grant, **values: Any) -> Entry:
    return Entry(
        action,
        f"user:{grant.user.username}",
        letter=grant.letter,
        region_code=grant.region_code,
        **values,
    )
