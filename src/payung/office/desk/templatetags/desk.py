"""Template tags of every page (loaded by default): sentences, numbers, icons, and the components."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from payung.codes import Code
from payung.office.desk import once, words
from payung.office.desk import who as accounts
from payung.office.desk.field import field_pages
from payung.office.desk.icons import ICONS
from payung.office.desk.labels import changes
from payung.office.desk.lists import ACCOUNT
from payung.office.face import deed_of, deeds, faces, handover_of
from payung.people.nik import mask
from payung.said import Said, of
from payung.said import say as spoken
from payung.text import Text

MONTH = re.compile("[0-9]{4}-[0-9]{2}")
NOUGHT = frozenset({"0", "Rp0", "0 %", "0,0 %"})
register = template.Library()

register.filter("number", words.number)
register.filter("rupiah", words.rupiah)
register.filter("size", words.size)
register.filter("mask", mask)


@register.filter
def say(text: Any) -> str:
    """Return a :class:`Text`, a code or a :class:`Said` in the language of the page; anything else as it is."""
    if isinstance(text, Said):
        return spoken(text, words.language())
    if isinstance(text, Code):
        return words.say(text.text)
    return words.say(text) if isinstance(text, Text) else str(text)


@register.filter
def when(value: Any, nothing: str = "–") -> str:
    """Return a date or a moment as people write it; ``nothing`` where there is none."""
    if not value:
        return nothing
    return words.moment(value) if isinstance(value, dt.datetime) else words.day(value)


@register.simple_tag(takes_context=True)
def beside(context: Context, noun: str, key: Any) -> SafeString:
    """Return what later apps show on the page of a thing (:attr:`payung.office.face.Face.beside`)."""
    request = context["request"]
    found = (face.beside[noun](request, key) for face in faces() if noun in face.beside)
    return mark_safe("".join(render_to_string(*one, request) for one in found if one))


@register.filter
def percent(part: int, whole: int) -> int:
    """Return whole percent, rounded down: 100 means all of it."""
    return part * 100 // whole if whole else 0


@register.simple_tag
def t(id_: str, en: str, **values: Any) -> SafeString:
    """Return a sentence in the language of the page: ``{% t "Ada {n} orang" "{n} people" n=count %}``."""
    sentence = words.say(Text(id_, en))
    shown = {name: conditional_escape(words._shown(value)) for name, value in values.items()}
    escaped = conditional_escape(sentence)
    return mark_safe(escaped.format(**shown) if shown else escaped)


@register.filter
def alert_tone(message: Any) -> str:
    """Return the name of the alert in which a message stands."""
    return {"error": "danger", "": "info"}.get(message.level_tag, str(message.level_tag))


@register.filter
def shown(value: Any) -> Any:
    """Return a value as it stands in a sentence: numbers grouped, days and codes in words."""
    return words._shown(value)


@register.tag
def both(parser: Parser, token: Token) -> Both:
    """A long sentence in both languages, over several lines::

        {% both %}Ada {{ n|shown }} orang.
        {% en %}There are {{ n|shown }} people.{% endboth %}

    ``{% both as name %}`` keeps it for later instead of writing it.
    """
    named = token.split_contents()[2] if " as " in token.contents else ""
    indonesian = parser.parse(("en",))
    parser.delete_first_token()
    english_ = parser.parse(("endboth",))
    parser.delete_first_token()
    return Both(indonesian, english_, named)


class Both(template.Node):
    """A sentence in both languages; white space is folded."""

    def __init__(self, indonesian: template.NodeList, english_: template.NodeList, named: str) -> None:
        self.indonesian, self.english, self.named = indonesian, english_, named

    def render(self, context: Context) -> SafeString:
        """Return the sentence in the language of the page."""
        nodes = self.english if words.language() == "en" else self.indonesian
        sentence = mark_safe(" ".join(nodes.render(context).split()))
        if not self.named:
            return sentence
        context[self.named] = sentence
        return mark_safe("")


@register.simple_tag(takes_context=True)
def who(context: Context, user: Any) -> SafeString:
    """Return name and office of whoever did something, for the user name that is kept of it."""
    return accounts.shown(str(user or ""), context.get("request"))


@register.filter
def named(user: Any) -> str:
    """Return name and office for a user name, inside of a sentence; lists of them are written by ``{% who %}``."""
    return accounts.named(str(user or ""))


@register.simple_tag(takes_context=True, name="field_pages")
def pages_of_the_field(context: Context) -> str:
    """Return the addresses of the pages that open without a signal, for whoever looks."""
    return " ".join(field_pages(context["request"].user))


@register.simple_tag
def once_only() -> SafeString:
    """Return the mark by which a form is taken once (:mod:`payung.office.desk.once`)."""
    return format_html('<input type="hidden" name="{}" value="{}">', once.FIELD, once.mark())


@register.simple_tag
def icon(name: str, size: int = 20) -> SafeString:
    """Return a small drawing; decoration only, the words stand beside it."""
    return format_html(
        '<svg class="drawing" width="{0}" height="{0}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">{1}</svg>',
        size,
        mark_safe(ICONS[name]),
    )


@register.inclusion_tag("desk/consequences.html")
def consequences(deed: str, **values: Any) -> dict[str, Any]:
    """What a step does, read before it is taken, and whether it can be taken back "
    "(:class:`payung.office.face.Handover`)."""
    declared = handover_of(deed)
    also = [words.say(text, **values) for name, text in declared.also.items() if values.get(name)]
    return {
        "told": words.say(declared.told, **values),
        "also": also,
        "after": words.say(declared.after),
        "back": declared.back,
    }


@register.inclusion_tag("desk/badge.html")
def badge(label: Any, tone: str = "neutral") -> dict[str, Any]:
    """A short state: ``tone`` is good, warn, bad, info or neutral; a code (payung.codes) brings its own."""
    if isinstance(label, Code):
        return {"label": words.say(label.text), "tone": label.tone}
    return {"label": say(label), "tone": tone}


@register.inclusion_tag("desk/empty.html")
def empty(
    title: str, advice: str, url: str = "", action: str = "", icon_name: str = "list"
) -> dict[str, Any]:
    """What stands where there is nothing yet: what this is, and what to do first."""
    return {"title": title, "advice": advice, "url": url, "action": action, "icon_name": icon_name}


@register.inclusion_tag("desk/figure.html")
def figure(label: Any, value: Any, url: str = "", tone: str = "", hint: Any = "") -> dict[str, Any]:
    """A number that opens its rows; nought has no colour."""
    shown = words.number(value) if isinstance(value, int) else value
    tone = tone if value and str(shown) not in NOUGHT else ""
    return {"label": say(label), "value": shown, "url": url, "tone": tone, "hint": say(hint)}


@register.inclusion_tag("desk/progress.html")
def progress(done: int, total: int, label: str = "") -> dict[str, Any]:
    """How far something is."""
    return {"done": done, "total": total, "share": percent(done, total), "label": label}


@register.inclusion_tag("desk/field.html")
def field(bound: Any) -> dict[str, Any]:
    """A form field with its label, help and errors."""
    kind = type(bound.field.widget).__name__
    extra = "form-select" if "Select" in kind else "form-control"
    attributes = {"class": "form-check-input" if kind == "CheckboxInput" else extra}
    if bound.errors or bound.field.widget.attrs.get("aria-invalid"):
        attributes["class"] += " is-invalid"
        attributes["aria-invalid"] = "true"
    if bound.errors:
        told = [f"{bound.id_for_label}_error"]
        if bound.help_text:
            told.insert(0, f"{bound.id_for_label}_helptext")
        attributes["aria-describedby"] = " ".join(told)
    widget = bound.as_widget(attrs=attributes)
    if bound.field.show_hidden_initial:
        widget += bound.as_hidden(only_initial=True)
    return {"bound": bound, "widget": widget, "check": kind == "CheckboxInput"}


@register.simple_tag(takes_context=True)
def address(context: Context, **changes: Any) -> str:
    """Return the address of this page with some of its parameters changed; ``None`` removes one."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        if value in {None, ""}:
            parameters.pop(name, None)
        else:
            parameters[name] = str(value)
    return "?" + str(parameters.urlencode())


@register.simple_tag
def cell(column: Any, row: Any) -> Any:
    """Return one cell of a list: its template, or its value as people write it."""
    if column.template:
        return render_to_string(column.template, {"row": row})
    value = column.value(row)
    if value is None or value == "":
        return "–"
    if column.kind == ACCOUNT:
        return accounts.shown(str(value))
    if column.link and (url := column.link(row)):
        return format_html('<a href="{}">{}</a>', url, _written(column, value))
    return _written(column, value)


def _written(column: Any, value: Any) -> str:
    """Return one value of a list as people write it; a code as its badge."""
    if isinstance(value, Code):
        return render_to_string("desk/badge.html", badge(value))
    if isinstance(value, bool):
        return words.say(Text("ya", "yes") if value else Text("tidak", "no"))
    if isinstance(value, int):
        return words.rupiah(value) if column.kind == "money" else words.number(value)
    if isinstance(value, dt.date):
        day, _, hour = when(value).partition(", ")
        return format_html('<span class="when">{}</span>{}', day, f", {hour}" if hour else "")
    shown: str = say(value)
    return format_html('<span class="when">{}</span>', shown) if MONTH.fullmatch(shown) else shown


@register.inclusion_tag("desk/empty.html")
def nothing_here(page: Any) -> dict[str, Any]:
    """What an empty list says: what to do first."""
    url, action = "", ""
    if page.empty_action:
        url, action = reverse(page.empty_action[0]), say(page.empty_action[1])
    return {
        "title": say(page.empty_title),
        "advice": say(page.empty_advice),
        "url": url,
        "action": action,
        "icon_name": "list",
    }


@register.filter
def told(kept: Any) -> str:
    """Return a sentence as the database keeps it (:attr:`payung.said.Said.plain`); text of before stays as it is."""
    return say(of(kept)) if isinstance(kept, dict) else str(kept)


@register.filter
def deed(event: Any) -> str:
    """Return what kind of event this is, in words."""
    known = deeds().get(event.action)
    return words.say(known) if known else str(event.action)


@register.filter
def deed_of_many(line: Any) -> str:
    """Return what many equal events are, in one sentence with their number."""
    known = deed_of(line.event.action)
    return words.say(known.many, many=line.many) if known and known.many else deed(line.event)


@register.filter
def event_changes(event: Any) -> list[str]:
    """Return what an event changed, a line a field."""
    return changes(event.before, event.after, event.action)


@register.filter
def get(values: dict[str, Any], name: str) -> Any:
    """Return one value of a dictionary."""
    return values.get(name)
