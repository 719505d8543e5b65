"""The forecast: the projection of whom decrees cover next month; one drawing on the page and in the paper."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ElementTree
from typing import Any

import pytest
from billsworld import EACH, decree, line_of
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from insightworld import people
from officeworld import FAR, VILLAGE

from payung.law import months
from payung.office.access.scope import Area, Scope
from payung.office.insight import ahead, charts, rules
from payung.planning.intervals import poisson_range
from payung.planning.projection import HORIZON

WHOLE = Scope((Area("62.03"),))


@pytest.fixture
def world(regions: None) -> list[Any]:
    """Forty workers on one line, two of them dead or without a birth date, five in another village."""
    found = [*people(1, 35, VILLAGE), *people(50, 5, FAR)]
    until = months.add(months.month_of(timezone.localdate()), 3)
    decree(line_of(until_month=until), found, until_month=until, sector="other", risk=1)
    type(found[0]).objects.filter(pk=found[0].pk).update(life_status="meninggal")
    type(found[0]).objects.filter(pk=found[1].pk).update(birth_date=None)
    return found


@pytest.mark.django_db
def test_it_is_the_projection_of_whom_decrees_cover(world: list[Any]) -> None:
    found = ahead.within(WHOLE, timezone.localdate(), open_=True)
    assert found is not None
    assert found.first == months.add(months.month_of(timezone.localdate()), 1)
    assert (found.people, found.left_out) == (38, 1)
    assert len(found.months) == HORIZON
    assert found.months[0].contributions == 38 * EACH
    assert found.contributions == sum(one.contributions for one in found.months)
    assert found.months[0].people == 3800
    for before, after in itertools.pairwise(found.months):
        assert after.people <= before.people
        assert after.deaths >= before.deaths
        assert after.benefits >= before.benefits
    for one in found.months:
        assert (one.low, one.high) == poisson_range(one.deaths / 100)
        assert 0 <= one.low <= one.high
        assert one.least <= one.deaths <= one.most
        # those who live and those who died are all of them, but for what rounding to hundredths leaves
        assert abs(one.people + one.deaths - 3800) <= HORIZON + found.months[0].deaths


@pytest.mark.django_db
def test_it_stays_within_the_scope_and_hides_few(world: list[Any]) -> None:
    today = timezone.localdate()
    far = ahead.within(Scope((Area(FAR),)), today, open_=True)
    assert far is not None
    assert far.people == 5
    assert ahead.within(Scope((Area(FAR, frozenset({"bpd"})),)), today, open_=True) is None
    assert ahead.within(Scope(()), today, open_=True) is None
    type(world[-1]).objects.filter(pk=world[-1].pk).update(life_status="meninggal")
    assert ahead.within(Scope((Area(FAR),)), today, open_=False) is None
    assert rules.small(4)


@pytest.mark.django_db
def test_the_page_has_the_drawing_and_the_same_in_a_table(
    world: list[Any], make_user: Any, sign_in: Any
) -> None:
    client = sign_in(make_user("bupati"))
    client.get("/ringkasan/perkiraan/")
    with CaptureQueriesContext(connection) as few:
        page = client.get("/ringkasan/perkiraan/")
    text = page.content.decode()
    assert "<svg class=" in text
    assert text.count('<th scope="row">') == HORIZON
    assert str(page.context["found"].months[-1].high) in text
    assert "Orang 1<" not in text
    more = people(300, 60, VILLAGE)
    decree(line_of(until_month="2028-12"), more, until_month="2028-12", sector="other", risk=1)
    with CaptureQueriesContext(connection) as many:
        assert client.get("/ringkasan/perkiraan/").status_code == 200
    assert len(few) == len(many) <= 25
    empty = sign_in(make_user("kades", FAR)).get("/ringkasan/perkiraan/")
    assert empty.status_code == 200


STEPS_ = st.lists(st.integers(0, 400), min_size=1, max_size=48)


@given(steps=STEPS_, spread=st.integers(0, 10_000))
def test_every_point_of_the_drawing_lies_on_it_and_higher_numbers_stand_higher(
    steps: list[int], spread: int
) -> None:
    values = [sum(steps[: at + 1]) for at in range(len(steps))]
    labels = [months.from_index(24_300 + at) for at in range(len(steps))]
    low, high = [max(one - spread, 0) for one in values], [one + spread for one in values]
    drawing = charts.band(labels, middle=values, low=low, high=high, others=(low, high))
    points = [tuple(map(int, one.split(","))) for one in drawing.line.split()]
    assert len(points) == len(values)
    outline = [tuple(map(int, one.split(","))) for one in drawing.area.split()]
    assert len(outline) == 2 * len(values)
    for x, y in (*points, *outline):
        assert 0 <= x <= drawing.width
        assert charts.TOP <= y <= drawing.height - charts.BOTTOM
    for (x, y), (x_after, y_after) in itertools.pairwise(points):
        assert x <= x_after
        assert y_after <= y
    for (_, above), (_, at), (_, below) in zip(outline, points, reversed(outline), strict=False):
        assert above <= at <= below
    assert drawing.levels[0][1] == 0
    assert 2 <= len(drawing.levels) <= 5
    assert drawing.levels[-1][1] * charts.UNIT >= max(high)
    root = ElementTree.fromstring(charts.svg(drawing, 'a < "b"'))
    assert root.attrib["aria-label"] == 'a < "b"'


def test_parts_of_the_drawing_differ_by_more_than_colour() -> None:
    drawn = charts.svg(charts.band(["2027-01", "2027-02"], middle=[1, 2], low=[0, 1], high=[3, 9]), "x")
    assert "stroke-dasharray" not in drawn
    both = charts.svg(
        charts.band(["2027-01", "2027-02"], middle=[1, 2], low=[0, 1], high=[3, 9], others=([0, 1],)), "x"
    )
    assert both.count("stroke-dasharray") == 1
    assert len(re.findall(r"stroke-width=\"2.5\"", both)) == 1
