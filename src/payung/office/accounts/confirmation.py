"""The second administrator: nobody alone gives a role that sees names or a password, or takes a second factor off.

::

    ask ──▶ waiting ──confirm (another administrator, not the one concerned)──▶ done
               └──────refuse (any administrator, also who asked)──────────────▶ refused

An office with one administrator does it at once, and is told so: at set-up, on the first page and in the history every
month. What comes from the terminal of the machine (`payung rescue-admin`) needs nobody: whoever is there holds all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from payung.errors import InputError
from payung.office.access.apart import keep_apart
from payung.office.access.permissions import Permission
from payung.office.access.roles import ROLES, having
from payung.office.accounts import actions
from payung.office.accounts.models import Grant, Proposal, User
from payung.office.accounts.states import Deed, ProposalState
from payung.office.history import queries as history
from payung.office.history.actions import BY_ITSELF, Entry, record
from payung.text import Text

MONTH = dt.timedelta(days=30)
ALONE = "office.one_admin"
ONE_ADMIN = Text(
    "Kantor ini punya satu admin: ia sendiri memberi peran, sandi, dan melepas kode kedua, tanpa ada yang memeriksa. "
    "Buat akun admin kedua.",
    "This office has one administrator, who alone gives roles and passwords and removes second factors, with nobody to "
    "check it. Make a second administrator's account.",
)
ASKED = Text("mengusulkan ini", "asked for this;")
NOT_WAITING = Text(
    "Usulan ini tidak menunggu lagi: usulkan lagi bila masih perlu.",
    "This proposal does not wait any more: propose it again where it is still needed.",
)
_MANAGE = [role.code for role in having(Permission.ACCOUNT_MANAGE)]


def administrators() -> QuerySet[User]:
    """Return who manages accounts today."""
    today = timezone.localdate()
    held = Grant.objects.filter(
        Q(ends__isnull=True) | Q(ends__gte=today), role__in=_MANAGE, starts__lte=today
    )
    return User.objects.filter(pk__in=held.order_by().values("user"), is_active=True)


def needs_second(code: str) -> bool:
    """Tell whether the role ``code`` is given by two administrators: it sees names, or manages accounts."""
    role = ROLES.get(code)
    return role is None or role.sees_names or Permission.ACCOUNT_MANAGE in role.permissions


def ask(*, by: str, deed: Deed, user: User, reason: str, values: Mapping[str, Any]) -> Proposal | str | None:
    """Do ``deed``, or leave it to a second administrator: returns the proposal, or what :func:`_do` returns.

    ``values`` are the arguments of the action, days as text. Raises :class:`InputError` where nobody is there who
    could confirm it: the one concerned is the only other administrator.
    """
    with transaction.atomic():
        others = set(administrators().values_list("username", flat=True)) - {by}
        if not _needs_second(deed, user, values) or not others:
            return _do(by, deed, user, reason, values)
        if deed == Deed.ROLE:
            actions.check_role(by=by, user=user, **_arguments(values))
        if not others - {user.username}:
            raise InputError(
                Text(
                    f"Selain Anda hanya {user.name or user.username} yang admin, dan ia sendiri yang bersangkutan: "
                    "beri peran admin kepada orang ketiga dahulu, atau jalankan payung rescue-admin di mesin kantor.",
                    f"Beside you only {user.name or user.username} is an administrator, and the one concerned: "
                    "make a third one first, or run payung rescue-admin at the machine.",
                )
            )
        waiting = Proposal.objects.filter(user=user, deed=deed, state=ProposalState.WAITING)
        for found in waiting.select_for_update():
            if found.values == dict(values) and not found.lapsed:
                return found
        made = Proposal.objects.create(user=user, deed=deed, values=dict(values), reason=reason, by=by)
        record(by=by, entries=[_entry("user.ask", made, reason)])
    return made


def confirm(*, by: str, proposal: Proposal) -> str | None:
    """Do what was proposed; return a new password where it was one.

    Raises :class:`SamePersonError` for who asked and who is concerned, :class:`InputError` where it does not wait any
    more.
    """
    with transaction.atomic():
        proposal = _waiting(proposal)
        keep_apart(
            by,
            earlier={
                ASKED: proposal.by,
                actions.OWNS: proposal.user.username,
            },
        )
        proposal.state, proposal.decided_by, proposal.decided_at = ProposalState.DONE, by, timezone.now()
        proposal.save()
        record(by=by, entries=[_entry("user.confirm", proposal, proposal.reason)])
        return _do(by, Deed.member(proposal.deed), proposal.user, proposal.reason, proposal.values)


def ask_roles(
    *, by: str, asked: Sequence[tuple[User, Mapping[str, Any]]], reason: str
) -> tuple[list[Grant], list[Proposal]]:
    """Give many users, who are no administrators yet, a role each, or leave it to a second administrator.

    ``asked`` are users and the arguments of the action. A constant number of statements; what waits waits together.
    What comes from the terminal of the machine needs nobody.
    """
    with transaction.atomic():
        alone = by == BY_ITSELF or not administrators().exclude(username=by).exists()
        needs = [not alone and needs_second(values["role"]) for _, values in asked]
        given = [one for one, second in zip(asked, needs, strict=True) if not second]
        waits = [one for one, second in zip(asked, needs, strict=True) if second]
        for user, values in waits:
            actions.check_role(by=by, user=user, **values)
        now, grants = timezone.now(), actions.give_roles(by=by, asked=given)
        made = Proposal.objects.bulk_create(
            [
                Proposal(user=user, deed=Deed.ROLE, values=_written(values), reason=reason, by=by, at=now)
                for user, values in waits
            ]
        )
        record(by=by, entries=[_entry("user.ask", one, reason) for one in made])
    return grants, made


def together(proposal: Proposal) -> QuerySet[Proposal]:
    """Return the roles that were proposed from the same list as ``proposal``, itself included."""
    return Proposal.objects.filter(by=proposal.by, at=proposal.at, deed=Deed.ROLE)


def confirm_together(*, by: str, proposal: Proposal) -> list[Proposal]:
    """Give all roles that were proposed together and still wait, but ``by``'s own; return which.

    Raises as :func:`confirm` does. A constant number of statements.
    """
    with transaction.atomic():
        found = [one for one in _waiting_together(proposal) if one.user.username != by]
        keep_apart(by, earlier={ASKED: proposal.by})
        _decide(by, found, ProposalState.DONE)
        record(by=by, entries=[_entry("user.confirm", one, one.reason) for one in found])
        actions.give_roles(by=by, asked=[(one.user, _arguments(one.values)) for one in found])
    return found


def refuse_together(*, by: str, proposal: Proposal) -> list[Proposal]:
    """Let all roles that were proposed together and still wait go undone; return which."""
    with transaction.atomic():
        found = _waiting_together(proposal)
        _decide(by, found, ProposalState.REFUSED)
        record(by=by, entries=[_entry("user.refuse", one, one.reason) for one in found])
    return found


def _waiting_together(proposal: Proposal) -> list[Proposal]:
    rows = together(proposal).filter(state=ProposalState.WAITING).select_for_update(of=("self",))
    found = [one for one in rows.select_related("user").order_by("pk") if not one.lapsed]
    if not found:
        raise InputError(NOT_WAITING)
    return found


def _decide(by: str, found: Sequence[Proposal], state: ProposalState) -> None:
    rows = Proposal.objects.filter(pk__in=[one.pk for one in found])
    rows.update(state=state, decided_by=by, decided_at=timezone.now())


def refuse(*, by: str, proposal: Proposal) -> None:
    """Let a proposal go undone."""
    with transaction.atomic():
        proposal = _waiting(proposal)
        proposal.state, proposal.decided_by, proposal.decided_at = ProposalState.REFUSED, by, timezone.now()
        proposal.save()
        record(by=by, entries=[_entry("user.refuse", proposal, proposal.reason)])


def remember_one_admin(now: dt.datetime) -> int:
    """Put into the history once a month that the office has one administrator; a rule of the daily clearing."""
    if administrators().count() == 1:
        last = history.last(ALONE, "office")
        if last is None or last.at <= now - MONTH:
            with transaction.atomic():
                record(by=BY_ITSELF, entries=[Entry(ALONE, "office")], at=now)
    return 0


def _needs_second(deed: Deed, user: User, values: Mapping[str, Any]) -> bool:
    if deed == Deed.ROLE:
        return needs_second(str(values.get("role")))
    if deed == Deed.CLOSE:
        return administrators().filter(pk=user.pk).exists()
    if deed == Deed.END:
        return Grant.objects.filter(pk=values["grant"], role__in=_MANAGE).exists()
    return True


def _do(by: str, deed: Deed, user: User, reason: str, values: Mapping[str, Any]) -> str | None:
    if deed == Deed.ROLE:
        actions.give_role(by=by, user=user, **_arguments(values))
    elif deed == Deed.PASSWORD:
        return actions.reset_password(by=by, user=user, reason=reason)
    elif deed == Deed.FACTOR:
        actions.remove_second_factor(by=by, user=user, reason=reason)
    elif deed == Deed.CLOSE:
        actions.set_active(by=by, user=user, active=False, reason=reason)
    else:
        grant = Grant.objects.select_related("user").get(pk=values["grant"], user=user)
        actions.end_role(by=by, grant=grant, on=timezone.localdate(), reason=reason)
    return None


def _arguments(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of giving a role."""
    days = {name: dt.date.fromisoformat(values[name]) for name in ("starts", "ends") if values.get(name)}
    return {**{name: values[name] for name in ("role", "region_code", "acting", "letter")}, **days}


def _written(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of giving a role as a proposal keeps them."""
    days = {name: values[name].isoformat() if values.get(name) else "" for name in ("starts", "ends")}
    return {
        "role": values["role"],
        "region_code": values["region_code"],
        **days,
        "acting": bool(values.get("acting")),
        "letter": values.get("letter", ""),
    }


def _waiting(proposal: Proposal) -> Proposal:
    found = Proposal.objects.select_for_update(of=("self",)).select_related("user").get(pk=proposal.pk)
    if found.state != ProposalState.WAITING or found.lapsed:
        raise InputError(NOT_WAITING)
    return found


def _entry(action: str, proposal: Proposal, reason: str) -> Entry:
    after = {"deed": proposal.deed, "role": proposal.values.get("role", ""), "asked_by": proposal.by}
    return Entry(action, f"user:{proposal.user.username}", reason=reason, after=after)
