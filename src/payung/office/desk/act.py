"""The one way a change is carried out and answered: faults to their fields, a message, and where to go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from payung.errors import FaultyError, PayungError
from payung.office.access.permissions import Permission
from payung.office.access.requests import scope_of, user_of
from payung.office.desk.words import say
from payung.text import Text

if TYPE_CHECKING:
    from payung.office.access.scope import Scope

Done = TypeVar("Done")
SAVED = Text("Tersimpan dan dicatat.", "Saved and recorded.")
Level = Literal["info", "warning"]  # of a message that is no success
Told = Text | tuple[Level, Text] | None


def act(
    request: HttpRequest,
    do: Callable[[], Done],
    *,
    to: str | Callable[[Done], str],
    form: BaseForm | None = None,
    told: Text | Callable[[Done], Told | list[Told]] = SAVED,
    back: str = "",
) -> HttpResponse | None:
    """Carry out ``do`` for a POST; return where to go on, or ``None`` where the page is shown (again).

    ``form`` must be valid first; what ``do`` refuses (``PayungError``) goes to the field that it names (``at``), else
    above the form; of several faults (``FaultyError``) each to its own. Without a form a refusal is a message on the
    page ``back`` (default: ``to``). ``to`` is an address, or says it of what was done; ``told`` is what is said
    afterwards: a success, or with its level before it, or several.
    """
    if request.method != "POST" or (form is not None and not form.is_valid()):
        return None
    try:
        done = do()
    except PayungError as error:
        if form is None:
            messages.error(request, say(error.message))
            return redirect(back or (to if isinstance(to, str) else request.path))
        faults = error.faults if isinstance(error, FaultyError) else {error.at: error.message}
        for field, fault in faults.items():
            form.add_error(field if field in form.fields else None, say(fault))
        return None
    said = told if isinstance(told, Text) else told(done)
    for one in said if isinstance(said, list) else [said]:
        if one is not None:
            level, sentence = ("success", one) if isinstance(one, Text) else one
            getattr(messages, level)(request, say(sentence))
    return redirect(to if isinstance(to, str) else to(done))


def must_reach(request: HttpRequest, permission: Permission, region_code: str, category: str = "") -> Scope:
    """Return what ``permission`` of this user reaches; refuse where that is not this place and category.

    For pages that one permission opens and whose buttons ask for another.
    """
    scope = user_of(request).scope(permission)
    if not scope.covers(region_code, category):
        raise PermissionDenied(f"{permission} does not reach {region_code}")
    return scope


def must_cover(request: HttpRequest, region_code: str, category: str = "") -> None:
    """Refuse where what the rule of this page reaches is not this place and category."""
    if not scope_of(request).covers(region_code, category):
        raise PermissionDenied(f"the rule of this page does not reach {region_code}")


def values_of(form: BaseForm) -> dict[str, Any]:
    """Return what a valid form holds, as keywords of an action."""
    return dict(form.cleaned_data)
