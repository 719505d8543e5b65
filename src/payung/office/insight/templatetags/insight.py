"""Tags of the figures: shares, numbers that may not be told, bars, the map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from payung.office.desk import words
from payung.office.insight.board import Asked, PlaceLine, Shown
from payung.office.insight.charts import Bars, Piece
from payung.office.insight.figures import Cut, Figure
from payung.office.insight.maps import Map
from payung.office.insight.rules import LEAST
from payung.text import Text

register = template.Library()
NOT_TOLD = "–"


@register.filter
def tenths(share: int | None) -> str:
    """Return tenths of a percent as people write them: ``67,7 %``; a dash for what is not told."""
    if share is None:
        return NOT_TOLD
    comma = "." if words.language() == "en" else ","
    return f"{share // 10}{comma}{share % 10}\u00a0%"


@register.filter
def hundredths(share: int) -> str:
    """Return hundredths of a percent as people write them: ``52,15 %``."""
    comma = "." if words.language() == "en" else ","
    return f"{share // 100}{comma}{share % 100:02d}\u00a0%"


def _amount(number: int, *, money: bool) -> str:
    return words.rupiah(number) if money else words.number(number)


@register.simple_tag
def told_number(number: int | None, url: str, money: bool = False) -> SafeString | str:
    """Return a number that opens its rows; a dash where it is not told."""
    if number is None:
        title = words.say(Text(f"kurang dari {LEAST}, tidak ditunjukkan", f"fewer than {LEAST}, not shown"))
        return format_html('<span title="{}">{}</span>', title, NOT_TOLD)
    written = _amount(number, money=money)
    return format_html('<a href="{}">{}</a>', url, written) if url and number else written


@register.inclusion_tag("desk/figure.html")
def insight_figure(one: Shown) -> dict[str, Any]:
    """Return a figure of the page: number, what it is a share of, and its rows."""
    number = one.number
    money = one.figure.money
    value = _short(number) if money and number is not None else words.number(number)
    if number is None:
        value = f"< {LEAST}"
    hints = [words.say(one.hint)] if one.hint else []
    if one.share is not None and one.figure.whole in {"pagu", "orang", "terlindungi"}:
        hints.insert(0, tenths(one.share))
    return {
        "label": words.say(one.figure.name),
        "value": value,
        "url": one.url,
        "tone": one.tone if number else "",
        "hint": " · ".join(hints),
    }


def _short(number: int) -> str:
    """Return rupiah as somebody reads them at a glance: ``Rp1,2 miliar``; small sums whole."""
    comma = "." if words.language() == "en" else ","
    for size, name in (
        (10**12, Text("triliun", "tn")),
        (10**9, Text("miliar", "bn")),
        (10**6, Text("juta", "m")),
    ):
        if abs(number) >= size:
            tenth = number * 10 // size
            return f"Rp{words.number(tenth // 10)}{comma}{tenth % 10} {words.say(name)}"
    return words.rupiah(number)


@register.simple_tag
def insight_page(figure: Figure, asked: Asked) -> str:
    """Return the address of the page of a figure."""
    url = reverse(f"insight_{figure.code}")
    return f"{url}?per={asked.month}" if asked.month else url


@register.simple_tag
def stacked_bar(pieces: Sequence[Piece]) -> SafeString:
    """Return one bar of pieces; the words beside it say the same."""
    said = ", ".join(f"{one.label} {words.number(one.value)}" for one in pieces)
    rects = format_html_join(
        "",
        '<rect x="{}" y="0" width="{}" height="28" class="tone-{}"></rect>',
        ((one.x, max(one.width, 0), one.tone) for one in pieces),
    )
    return format_html(
        '<svg class="stacked" viewBox="0 0 1000 28" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>',
        said,
        rects,
    )


@register.simple_tag
def thin_bar(width: int) -> SafeString:
    """Return a bar of ``width`` hundredths; decoration, the number stands beside it."""
    return format_html(
        '<svg class="thin" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect x="0" y="0" width="{}" height="8" rx="1"></rect></svg>',
        width,
    )


@register.inclusion_tag("insight/bars.html")
def bar_chart(chart: Bars) -> dict[str, Any]:
    """Return a chart of bars, and the table beside it."""
    return {"chart": chart}


@register.simple_tag
def coverage_map(drawn: Map | None, lines: Mapping[str, PlaceLine], cut: Cut) -> SafeString:
    """Return the map with its legend; each place leads to its page, or to its rows."""
    if drawn is None:
        return mark_safe("")
    parts = [_place(one, lines.get(one.place), cut, tiles=drawn.tiles) for one in drawn.places]
    bands = [
        ("0", "0–20 %"), ("1", "20–40 %"), ("2", "40–60 %"), ("3", "60–80 %"), ("4", "80–100 %"),
        ("none", words.say(Text("tidak ada data", "no data"))),
    ]  # fmt: skip
    legend = format_html_join(
        "",
        '<li><svg viewBox="0 0 14 14" aria-hidden="true"><rect width="14" height="14" rx="2" class="band-{}"></rect>'
        "</svg> {}</li>",
        bands,
    )
    title = words.say(
        Text("Peta cakupan; tabel menyebut angka yang sama", "Map of coverage; the table says the same")
    )
    return format_html(
        '<svg class="map{}" viewBox="0 0 {} {}" role="group" aria-label="{}">{}</svg><ul class="legend">{}</ul>',
        " tiles" if drawn.tiles else "",
        drawn.width,
        drawn.height,
        title,
        format_html_join("", "{}", ((part,) for part in parts)),
        legend,
    )


def _place(one: Any, line: PlaceLine | None, cut: Cut, *, tiles: bool) -> SafeString:
    share = tenths(line.share) if line else NOT_TOLD
    said = f"{one.name}: {share}"
    if line and line.covered is not None:
        said += f" ({words.number(line.covered)} / {words.number(line.people)})"
    url = (
        line.urls.get("terlindungi", "")
        if line and cut is Cut.VILLAGE
        else f"?wilayah={one.place}"
        if line
        else ""
    )
    label = (
        format_html(
            '<text x="{}" y="{}"><tspan>{}</tspan><tspan x="{}" dy="16">{}</tspan></text>',
            one.x,
            one.y - 4,
            one.name if len(one.name) < 16 else f"{one.name[:14]}…",
            one.x,
            share,
        )
        if tiles
        else mark_safe("")
    )
    shape = format_html(
        '<path d="{}" class="band-{}"><title>{}</title></path>{}',
        one.path,
        line.band if line else "none",
        said,
        label,
    )
    return (
        format_html('<a href="{}" aria-label="{}">{}</a>', url, said, shape)
        if url
        else format_html('<g role="img" aria-label="{}">{}</g>', said, shape)
    )
