"""The panels of later apps on a person's page."""

from __future__ import annotations

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from payung.office.face import faces
from payung.office.people.models import Person

register = template.Library()


@register.simple_tag(takes_context=True)
def panels(context: Context, person: Person) -> SafeString:
    """Return every panel that says something of ``person`` to whoever looks."""
    request = context["request"]
    found = (panel(request, person) for face in faces() for panel in face.panels)
    shown = [(mark_safe(render_to_string(*one, request)),) for one in found if one]
    return format_html_join("", "{}", shown)
