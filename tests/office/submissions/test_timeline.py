"""The history of a list tells equal events once, with the people, and keeps the way to its beginning."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from officeworld import VILLAGE, listing

from payung.office.face import gathered_deeds
from payung.office.history.actions import Entry, record
from payung.office.history.queries import gathered, of_subject
from payung.office.submissions import actions

pytestmark = pytest.mark.django_db


def _ends(subject: str, people: list[Any], end: str) -> None:
    with transaction.atomic():
        entries = [Entry("match.end", subject, person=one.pk, after={"end": end}) for one in people]
        record(by="dinsos", entries=entries)


def test_equal_events_are_one_line_that_opens(make_user: Any, sign_in: Any, make_people: Any) -> None:
    submission = actions.begin(by="operator", village_code=VILLAGE, kind="rentan")
    people = make_people(*(listing(n, name=f"Orang Ke {n}") for n in range(1, 45)))
    _ends(f"submission:{submission.pk}", people, "lolos")
    _ends(f"submission:{submission.pk}", people[:3], "ditolak")
    page = sign_in(make_user("operator")).get(f"/usulan/{submission.pk}/").content.decode()
    assert "Akhir pemadanan: 44 orang" in page
    assert "Akhir pemadanan: 3 orang" in page
    assert page.count("Akhir pemadanan") == 2
    assert "Orang Ke 17" in page
    assert "Usulan dimulai" in page


def test_older_lines_are_counted_and_reached(make_user: Any, sign_in: Any) -> None:
    submission = actions.begin(by="operator", village_code=VILLAGE, kind="rentan")
    with transaction.atomic():
        told = [Entry("submission.mend", f"submission:{submission.pk}", after={"row": n}) for n in range(60)]
        record(by="operator", entries=told)
    client = sign_in(make_user("operator"))
    first = client.get(f"/usulan/{submission.pk}/").content.decode()
    assert "Usulan dimulai" not in first
    assert "21 catatan yang lebih lama" in first
    assert "Usulan dimulai" in client.get(f"/usulan/{submission.pk}/?riwayat=semua").content.decode()


def test_any_number_of_events_takes_the_same_queries(
    make_people: Any, django_assert_num_queries: Any
) -> None:
    people = make_people(*(listing(n) for n in range(1, 30)))
    for many in (2, 29):
        _ends(f"submission:{many}", people[:many], "lolos")
        with django_assert_num_queries(3):
            lines, older = gathered(of_subject(f"submission:{many}"), gathered_deeds(), 10)
        assert (len(lines), lines[0].many, older) == (1, many, 0)
        assert len(lines[0].people) == many
