"""What stands below the title of every page: its words, explained."""

from __future__ import annotations

from django import template
from django.template.context import Context

from payung.office.handbook.glossary import Word, words_of

register = template.Library()


@register.simple_tag(takes_context=True)
def words_here(context: Context) -> tuple[Word, ...]:
    """Return the words of the field that are explained on this page."""
    found = getattr(context.get("request"), "resolver_match", None)
    return words_of(found.url_name) if found and found.url_name else ()
