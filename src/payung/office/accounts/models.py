"""Users and the dated roles they hold."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from payung.codes import Language
from payung.office.access import roles
from payung.office.access.permissions import Permission
from payung.office.access.roles import RoleCode
from payung.office.access.scope import NOTHING, Scope, in_force, scope
from payung.office.accounts.states import Deed, ProposalState
from payung.office.columns import CodeField


class UserManager(BaseUserManager["User"]):
    """Makes users; called by :mod:`payung.office.accounts.actions` only."""

    def create_user(self, username: str, password: str | None, **fields: object) -> User:
        """Return a saved user; ``password`` of ``None`` means that nobody can sign in yet."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """Somebody who signs in. What they may do stands in their grants, never here."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=150)
    email = models.EmailField(blank=True)
    language = CodeField(Language, max_length=2, blank=True)  # empty: the cookie decides
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    unread = models.PositiveIntegerField(default=0)  # notices not read yet; kept by payung.office.notices
    created = models.DateTimeField(default=timezone.now)

    # Of a request with a token: what it may do at most; ``None``: everything that the grants allow.
    limited: frozenset[Permission] | None = None

    objects = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        ordering: ClassVar = ["username"]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        """Return the name; allauth asks for it."""
        return self.name

    @cached_property
    def grants_now(self) -> list[Grant]:
        """The grants in force today, one query a request."""
        return in_force(self.grants.all(), timezone.localdate())

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """Everything that the grants of today allow somewhere."""
        found = frozenset(permission for role in self.roles_now for permission in role.permissions)
        return found if self.limited is None else found & self.limited

    @property
    def roles_now(self) -> list[roles.Role]:
        """The roles of today, each once, in the order of the matrix."""
        held = {grant.role for grant in self.grants_now}
        return [role for code, role in roles.ROLES.items() if code in held]

    @property
    def needs_second_factor(self) -> bool:
        """Whether one of today's roles sees many names at once."""
        return any(role.second_factor for role in self.roles_now)

    @property
    def sees_names(self) -> bool:
        """Whether one of today's roles opens names of people."""
        return any(role.sees_names for role in self.roles_now)

    def may(self, permission: Permission) -> bool:
        """Tell whether the grants of today allow ``permission`` somewhere."""
        return permission in self.permissions

    def scope(self, permission: Permission) -> Scope:
        """Return what ``permission`` reaches today."""
        return scope(self, permission) if self.is_active and self.may(permission) else NOTHING

    def reach(self, *permissions: Permission) -> Scope | None:
        """Return what the first of ``permissions`` that this user has reaches; ``None`` where there is none."""
        return next((self.scope(permission) for permission in permissions if self.may(permission)), None)


class Grant(models.Model):
    """A role that somebody holds in a subtree of the regions, from one day to another."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = CodeField(RoleCode, max_length=20)
    region_code = models.CharField(max_length=13)
    categories = models.JSONField(default=list, blank=True)  # narrower than the role's; empty: the role's
    starts = models.DateField()
    # The last day; required for acting officials. Before ``starts``: called off, it never held.
    ends = models.DateField(null=True, blank=True)
    acting = models.BooleanField(default=False)  # Pj, Plt, Plh or delegated
    letter = models.CharField(max_length=120, blank=True)  # decree or letter of delegation
    given_by = models.CharField(max_length=60)

    class Meta:
        ordering: ClassVar = ["user_id", "starts", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(acting=False) | models.Q(ends__isnull=False), name="acting_grants_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.region_code} {self.starts}–{self.ends or ''}"

    def reaches(self, permission: Permission) -> frozenset[str]:
        """Return the categories of people that ``permission`` of this grant reaches; empty for all."""
        of_role = roles.ROLES[self.role].reaches(permission) if self.role in roles.ROLES else frozenset()
        narrowed = frozenset(self.categories)
        if not narrowed:
            return of_role
        # A grant never reaches further than its role; a set outside of it reaches nobody.
        return (narrowed & of_role if of_role else narrowed) or frozenset({"-"})


class Proposal(models.Model):
    """What one administrator asks of an account; another one confirms it (:mod:`.confirmation`)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="proposals")
    deed = CodeField(Deed)
    values: models.JSONField[Any, Any] = models.JSONField(
        default=dict
    )  # arguments of the action, days as text
    reason = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)
    state = CodeField(ProposalState, default=ProposalState.WAITING)
    decided_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["state", "at"], name="proposal_state")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(state="done")
                | (~models.Q(decided_by=models.F("by")) & ~models.Q(decided_by="")),
                name="proposal_done_by_another",
            )
        ]

    def __str__(self) -> str:
        return f"{self.deed} {self.user_id} {self.state}"

    @property
    def lapsed(self) -> bool:
        """Whether it waited too long to be confirmed."""
        return self.at < timezone.now() - dt.timedelta(days=14)
