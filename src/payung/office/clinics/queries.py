"""Reads of clinics: those of a district, those near a village, and what to say there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from payung.office.access.scope import Scope
from payung.office.clinics.models import Advice, Clinic
from payung.office.clinics.states import ClinicKind
from payung.office.regions.models import Region
from payung.office.regions.tree import below
from payung.text import Text

NEAR = 5  # clinics beside a case: those of the sub-district first, then hospitals of the district


@dataclass(frozen=True, slots=True)
class Near:
    """What somebody is told after an accident: sentences, and clinics, the nearest sub-district first."""

    says: tuple[Text, ...]
    clinics: tuple[Clinic, ...]


def districts(scope: Scope) -> list[str]:
    """Return the codes of the districts in which ``scope`` lies: a village may send somebody to the next town."""
    return sorted({code[:5] for code in scope.places})


def clinics(scope: Scope) -> QuerySet[Clinic]:
    """Return the clinics of the districts of ``scope``, with ``place_name``."""
    here = Q(pk__in=[])
    for code in districts(scope):
        here |= below(code, "subdistrict_code")
    name = Region.objects.filter(code=OuterRef("subdistrict_code")).values("name")[:1]
    return Clinic.objects.filter(here).annotate(place_name=Subquery(name))


def in_force(on: dt.date) -> Q:
    """Return the condition that a clinic is a partner on the day ``on``; without dates it is."""
    return (Q(starts__isnull=True) | Q(starts__lte=on)) & (Q(ends__isnull=True) | Q(ends__gte=on))


def near(village_code: str, on: dt.date) -> Near:
    """Return what is said of going to a clinic to somebody of a village on the day ``on``; two queries."""
    subdistrict, district = village_code[:8], village_code[:5]
    order = Case(
        When(subdistrict_code=subdistrict, then=Value(0)),
        When(kind=ClinicKind.HOSPITAL, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    name = Region.objects.filter(code=OuterRef("subdistrict_code")).values("name")[:1]
    found = (
        Clinic.objects.filter(in_force(on), below(district, "subdistrict_code"))
        .annotate(place_name=Subquery(name), order=order)
        .order_by("order", "-day_and_night", "subdistrict_code", "name_key")
    )
    return Near(tuple(says(district)), tuple(found[:NEAR]))


def says(region_code: str) -> list[Text]:
    """Return the sentences for the hospital of a district: its own words, else ours."""
    own = Advice.objects.filter(region_code=region_code[:5]).first()
    return [Text(line, line) for line in own.lines.splitlines()] if own else list(default())


@cache
def default() -> tuple[Text, ...]:
    """Return the sentences that stand before a district wrote its own."""
    text = (files("payung.office.clinics") / "data/advice.yaml").read_text(encoding="utf-8")
    return tuple(Text(line["id"], line["en"]) for line in yaml.safe_load(text))
