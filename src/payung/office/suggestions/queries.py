"""Reads of suggestions; each starts from a scope, and of whoever suggests reaches their own only."""

from __future__ import annotations

from django.db.models import QuerySet

from payung.office.access.permissions import Permission
from payung.office.accounts.models import User
from payung.office.submissions.states import Kind
from payung.office.suggestions.models import Suggestion
from payung.office.suggestions.states import SuggestionState


def seen_by(user: User) -> QuerySet[Suggestion]:
    """Return what ``user`` sees: the village its own, a neighbour what they suggested themselves."""
    if user.may(Permission.SUBMISSION_EDIT):
        return user.scope(Permission.SUBMISSION_EDIT).of(Suggestion)
    return user.scope(Permission.SUBMISSION_DRAFT).of(Suggestion).filter(by=user.username)


def waiting_for(user: User) -> QuerySet[Suggestion]:
    """Return the suggestions that ``user`` can put on a list or refuse."""
    rows = user.scope(Permission.SUBMISSION_EDIT).of(Suggestion)
    return rows.filter(state=SuggestionState.WAITING)


def kind_of(user: User) -> Kind:
    """Return the kind of list on which people belong whom ``user`` suggests: a PERISAI agent's pay for themselves."""
    areas = user.scope(Permission.SUBMISSION_DRAFT).areas
    own = all("mandiri" in area.categories for area in areas) and bool(areas)
    return Kind.MANDIRI if own else Kind.RENTAN


def last_agent(user: User) -> str:
    """Return the number that this agent gave last."""
    found = Suggestion.objects.filter(by=user.username).exclude(agent="").order_by("-at", "-pk")
    return str(found.values_list("agent", flat=True).first() or "")
