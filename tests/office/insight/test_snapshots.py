"""The figures of a closed month stay as they were; the database refuses to change them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from insightworld import fill, people
from officeworld import VILLAGE

from payung.errors import InputError
from payung.law import months
from payung.office.insight import actions, proofs, queries, rules
from payung.office.insight.figures import FIGURES
from payung.office.insight.models import Boundary, Denominator, Snapshot, SnapshotCell, Target
from payung.office.reconciliation.actions import reopen, sign
from payung.office.reconciliation.states import Side

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regions")]
MONTH = "2026-09"


def close() -> None:
    sign(by="dinas", month=MONTH, side=Side.DISTRICT)
    sign(by="cabang", month=MONTH, side=Side.BRANCH)


def _told(user: Any, snapshot: Snapshot) -> dict[str, int]:
    return {code: one.number for code, one in queries.frozen_for_user(user, snapshot).items()}


def test_a_closed_month_keeps_its_figures(make_user: Any, sign_in: Any) -> None:
    fill()
    close()
    snapshot = Snapshot.objects.get(month=MONTH)
    user, village = make_user("inspektorat"), make_user("kades")
    before = _told(user, snapshot)
    live = queries.for_user(user, months.last_day(MONTH))
    assert before == {code: one.number for code, one in live.items()}
    assert (
        _told(village, snapshot)["orang"] == queries.for_user(village, months.last_day(MONTH))["orang"].number
    )
    for cut in FIGURES["orang"].parted_by:
        frozen = queries.frozen_for_user(user, snapshot)["orang"].parts(cut)
        assert frozen == live["orang"].parts(cut)
    people(500, 5, VILLAGE)
    assert _told(user, snapshot) == before
    assert queries.for_user(user, months.last_day(MONTH))["orang"].number == before["orang"] + 5
    page = sign_in(user).get(f"/ringkasan/?per={MONTH}").context
    assert page["answer"].people == before["orang"]
    assert list(proofs.snapshots()) == list(proofs.guards()) == []
    actions.freeze(closing=queries.closed_months(["62.03"])[MONTH][0])
    assert Snapshot.objects.count() == 1
    reopen(by="dinas", month=MONTH, reason="salah")
    close()
    rounds = [(one.round, _told(user, one)["orang"]) for one in Snapshot.objects.order_by("round")]
    assert rounds == [(0, before["orang"]), (1, before["orang"] + 5)]


@pytest.mark.parametrize("verb", ["UPDATE insight_{} SET id = id", "DELETE FROM insight_{}"])
@pytest.mark.parametrize("table", ["snapshot", "snapshotcell", "denominator", "denominatorpart"])
def test_the_database_refuses_to_change_what_was_kept(table: str, verb: str) -> None:
    people(1, 1, VILLAGE)
    close()
    actions.add_denominator(by="t", source="BPS", year=2026, definition="pekerja", parts={"62.03": 10})
    assert SnapshotCell.objects.exists()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(verb.format(table))


def test_a_month_closed_before_there_were_snapshots_gets_one_when_it_is_read(
    make_user: Any, sign_in: Any
) -> None:
    from payung.office.reconciliation.models import Closing

    people(1, 3, VILLAGE)
    signed = {"digest": "x", "district_by": "a", "branch_by": "b", "event": 1}
    Closing.objects.create(district="62.03", month=MONTH, state="closed", **signed)
    client = sign_in(make_user("inspektorat"))
    assert client.get(f"/ringkasan/?per={MONTH}").context["answer"].people == 3
    people(10, 3, VILLAGE)
    assert client.get(f"/ringkasan/?per={MONTH}").context["answer"].people == 3


def test_denominators(make_user: Any, sign_in: Any) -> None:
    people(1, 4, VILLAGE)
    client = sign_in(make_user("dinsos"))
    values = {
        "source": "BPS",
        "year": 2025,
        "definition": "pekerja informal",
        "parts": "62.03;40\n62.03.01;10",
    }
    assert client.post("/ringkasan/penyebut/", values).status_code == 302
    made = Denominator.objects.get()
    whole = client.get(f"/ringkasan/?penyebut={made.pk}").context["answer"]
    assert (whole.people, whole.by) == (40, made)
    part = client.get(f"/ringkasan/?penyebut={made.pk}&wilayah=62.03.01").context["answer"]
    assert part.people == 10
    assert sign_in(make_user("bupati")).post("/ringkasan/penyebut/", values).status_code == 403
    for wrong in ("62.99;3", "62.03;x", "62.03;1\n62.03;2", "-5"):
        refused = client.post("/ringkasan/penyebut/", {**values, "parts": wrong})
        assert refused.status_code == 200, wrong
    assert Denominator.objects.count() == 1
    with pytest.raises(InputError):
        actions.read_parts("62.03;1.0.0;2", "62.03")


def test_targets_stand_beside_the_coverage_of_each_denominator(make_user: Any, sign_in: Any) -> None:
    people(1, 4, VILLAGE)
    client = sign_in(make_user("dinsos"))
    actions.add_denominator(by="t", source="BPS", year=2025, definition="pekerja", parts={"62.03": 40})
    values = {"place": "62.03", "year": 2027, "share": "37,5", "source": "RPJMD", "definition": "pekerja"}
    assert client.post("/ringkasan/ucj/", values).status_code == 302
    made = Target.objects.get()
    assert (made.share, made.by) == (3750, "dinsos")
    context = client.get(f"/ringkasan/ucj/?penyebut={Denominator.objects.get().pk}").context
    assert [answer.people for _, answer in context["shares"]] == [4, 40]
    assert [(aim.year, aim.name.en, aim.share, aim.missing) for aim in context["aims"]] == [
        (2025, "National", 5215, 21),
        (2027, "Kapuas", 3750, 15),
    ]
    national, own = context["aims"]
    assert national.mark is not None
    assert own.mark is None
    client.post("/ringkasan/ucj/", {**values, "share": "40"})
    assert client.get("/ringkasan/ucj/").context["aims"][-1].share == 4000
    assert Target.objects.count() == 2
    for wrong in ({"share": "0"}, {"share": "100,1"}, {"place": "61.01"}, {"definition": ""}):
        assert client.post("/ringkasan/ucj/", {**values, **wrong}).status_code == 200, wrong
    with pytest.raises(InputError, match=r"61\.01"):
        actions.add_target(by="t", place="61.01", year=2027, share=1, source="x", definition="y")
    assert sign_in(make_user("bupati")).post("/ringkasan/ucj/", values).status_code == 403
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Target.objects.all().update(share=1)


def test_targets_cost_the_same_for_many_denominators(
    make_user: Any, sign_in: Any, django_assert_num_queries: Any
) -> None:
    people(1, 4, VILLAGE)
    client = sign_in(make_user("dinsos"))
    client.get("/ringkasan/ucj/")
    for many in (1, 5):
        while Denominator.objects.count() < many:
            actions.add_denominator(
                by="t", source="BPS", year=2025, definition="pekerja", parts={"62.03": 40}
            )
        with django_assert_num_queries(10):
            client.get("/ringkasan/ucj/")


@given(st.integers(0, 10**7), st.integers(1, 10**7), st.integers(1, 10_000))
def test_missing_people_reach_the_target_and_one_fewer_does_not(
    covered: int, whole: int, target: int
) -> None:
    missing = rules.short_of(covered, whole, target)
    assert (covered + missing) * 10_000 >= whole * target
    assert not missing or (covered + missing - 1) * 10_000 < whole * target


def test_shapes_take_the_place_of_tiles(make_user: Any, sign_in: Any) -> None:
    from payung.office.insight import maps

    people(1, 6, VILLAGE)
    client = sign_in(make_user("dinsos"))
    assert client.get("/ringkasan/").context["map"].tiles
    square = [[[114.0, -3.0], [114.5, -3.0], [114.5, -2.5], [114.0, -2.5], [114.0, -3.0]]]
    text = (
        '{"type": "FeatureCollection", "features": [{"type": "Feature",'
        ' "properties": {"KODE": "620301", "NAMA": "Selat"},'
        f' "geometry": {{"type": "Polygon", "coordinates": {square}}}}}]}}'
    )
    shapes = maps.read(text, "x.geojson")
    assert actions.load_boundaries(by="t", shapes=shapes, source="x") == 1
    page = client.get("/ringkasan/").context
    assert not page["map"].tiles
    assert [one.place for one in page["map"].places] == ["62.03.01"]
    assert [one.name for one in maps.missing(["62.03.01", "62.03.02"])] == ["Kapuas Hilir"]
    assert Boundary.objects.get().name == "Selat"
    for wrong in ("", "[]", '{"type": "FeatureCollection", "features": []}'):
        with pytest.raises(InputError):
            maps.read(wrong, "x")
