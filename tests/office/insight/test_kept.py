"""Figures that are kept are never older than the last deed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from insightworld import TODAY, fill, people
from officeworld import FAR, VILLAGE, listing

from payung.office.history.actions import Entry, record
from payung.office.insight import kept, queries
from payung.office.insight.lists import DAY
from payung.office.people import actions as register
from payung.office.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regions")]
ON = {DAY: TODAY.isoformat()}


@pytest.fixture(autouse=True)
def _keeping(settings: Any, monkeypatch: Any) -> Any:
    """Keep figures; the transaction that a test stands in is none of the office's."""
    settings.KEEP_FIGURES = True
    monkeypatch.setattr(kept, "writing", lambda: False)
    kept._KEPT.clear()
    yield
    kept._KEPT.clear()


def _asked(client: Any) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as found:
        page = client.get("/ringkasan/", ON)
    return page.context["answer"].people, len(found)


def test_a_second_reading_counts_nothing_and_a_deed_makes_the_next_count(
    make_user: Any, sign_in: Any
) -> None:
    fill()
    client = sign_in(make_user("inspektorat"))
    client.get("/ringkasan/", ON)
    with transaction.atomic():
        record(by="t", entries=[Entry("list.export", "list:uji", reason="uji", after={"rows": 1})])
    first, counted = _asked(client)
    again, read = _asked(client)
    assert (again, read < counted) == (first, True)
    people(500, 3, VILLAGE)
    after, counted_again = _asked(client)
    assert after == first + 3
    assert counted_again == counted


def test_what_one_person_is_told_is_not_told_to_another(make_user: Any, sign_in: Any) -> None:
    fill()
    whole = sign_in(make_user("inspektorat")).get("/ringkasan/", ON).context["answer"].people
    village = sign_in(make_user("kades")).get("/ringkasan/", ON).context["answer"].people
    far = sign_in(make_user("kades", FAR, "jauh")).get("/ringkasan/", ON).context["answer"].people
    bupati = queries.for_user(make_user("bupati"), TODAY)["orang"]
    assert len({whole, village, far}) == 3
    assert (bupati.number, bupati.open) == (whole, False)


def test_inside_a_transaction_it_is_counted(make_user: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(kept, "writing", lambda: connection.in_atomic_block)
    fill()
    user = make_user("inspektorat")
    before = queries.for_user(user, TODAY)["orang"].number
    with transaction.atomic():
        register.land(by="t", listings=[listing(800)], village_code=VILLAGE, source="t:1")
        assert queries.for_user(user, TODAY)["orang"].number == before + 1
        transaction.set_rollback(True)
    assert queries.for_user(user, TODAY)["orang"].number == before


def test_every_way_in_which_a_figure_changes_is_a_deed(make_user: Any) -> None:
    """What is kept holds until the history moves: landing, paying and correcting each move it."""
    from billsworld import arrive, bill_of, decree, line_of

    from payung.office.history.models import Event

    fill()
    user = make_user("inspektorat")

    def moved(do: Any) -> bool:
        before = Event.objects.order_by("-number").values_list("number", flat=True)[0]
        do()
        return bool(Event.objects.order_by("-number").values_list("number", flat=True)[0] > before)

    line = line_of()
    some = people(700, 2, VILLAGE)
    decree(line, some)
    bills: list[Any] = []
    assert moved(lambda: bills.append(bill_of(line, "2026-09")))
    assert moved(lambda: arrive(2 * 16_800, bills[0], on="2026-09-20"))
    assert queries.for_user(user, TODAY)["terlindungi"].number > 0
    assert moved(lambda: people(710, 1, VILLAGE))
    assert Person.objects.filter(pk=some[0].pk).exists()


def test_no_more_is_kept_than_there_is_room_for() -> None:
    for number in range(kept.MOST + 9):
        assert kept.kept(number, lambda number=number: [number]) == [number]
    assert len(kept._KEPT) == kept.MOST
