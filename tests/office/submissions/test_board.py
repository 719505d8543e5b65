"""The board shows the state of a village that matters: of the list that is least far, not the last one touched."""

from __future__ import annotations

from typing import Any

import pytest
from officeworld import VILLAGE, nik
from submissionsworld import GOOD, OTHER, send, sheet, through

from payung.office.submissions import actions
from payung.office.submissions.models import Submission

pytestmark = pytest.mark.django_db
OFFICIAL = (nik(8), "KEPALA", "05-03-1989", "Kepala Desa")


@pytest.fixture
def vulnerable(regions: None) -> Submission:
    """A list of vulnerable workers that was submitted."""
    submission = actions.begin(by="operator", village_code=VILLAGE, kind="rentan")
    send(submission, sheet(GOOD))
    actions.move(by="kades", submission=submission, name="submit")
    return submission


def _village(client: Any) -> Any:
    (row,) = (row for row in client.get("/papan/").context["rows"] if row.region.code == VILLAGE)
    return row.region


def test_empty_draft_does_not_hide_the_list_that_matters(
    make_user: Any, sign_in: Any, vulnerable: Submission
) -> None:
    actions.begin(by="operator", village_code=VILLAGE, kind="aparatur")
    camat = sign_in(make_user("camat"))
    row = _village(camat)
    assert (row.state, row.submission) == ("diajukan_desa", vulnerable.pk)
    totals = {state: many for state, _, _, many in camat.get("/papan/").context["totals"] if many}
    assert totals == {"belum_mulai": 1, "diajukan_desa": 1}


def test_list_that_is_least_far_counts_whichever_was_touched_last(
    make_user: Any, sign_in: Any, vulnerable: Submission
) -> None:
    officials = actions.begin(by="operator", village_code=VILLAGE, kind="aparatur")
    send(officials, sheet(OFFICIAL))
    vulnerable.refresh_from_db()
    actions.move(by="camat", submission=vulnerable, name="endorse")
    actions.move(by="dinsos", submission=vulnerable, name="accept")
    row = _village(sign_in(make_user("camat")))
    assert (row.state, row.state_aparatur, row.state_rentan) == ("draf", "draf", "padan_dukcapil")
    actions.move(by="kades", submission=officials, name="submit")
    actions.move(by="camat", submission=officials, name="return", reason="x")
    assert _village(sign_in(make_user("camat", username="camat.dua"))).state == "dikembalikan"


def test_new_round_shows_before_the_finished_one(make_user: Any, sign_in: Any, regions: None) -> None:
    first = actions.begin(by="operator", village_code=VILLAGE, kind="rentan")
    send(first, sheet(GOOD))
    through(first)
    second = actions.begin(by="operator", village_code=VILLAGE, kind="rentan")
    camat = sign_in(make_user("camat"))
    assert _village(camat).submission == first.pk
    send(second, sheet(OTHER))
    assert _village(camat).submission == second.pk


def test_every_kind_has_its_column_and_nobody_sees_one_of_another_agency(
    make_user: Any, sign_in: Any, vulnerable: Submission
) -> None:
    send(actions.begin(by="operator", village_code=VILLAGE, kind="aparatur"), sheet(OFFICIAL))
    page = sign_in(make_user("camat")).get("/papan/").content.decode()
    for heading in ("Aparatur", "Pekerja rentan", "Mandiri"):
        assert heading in page
    row = _village(sign_in(make_user("dpmd")))
    assert (row.state_aparatur, row.state_rentan) == ("draf", None)
