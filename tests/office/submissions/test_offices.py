"""Terms, decrees and RT numbers of a list reach the posts and those who hold them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone
from officeworld import VILLAGE, nik
from submissionsworld import send, sheet

from payung.office.access.scope import Area, Scope
from payung.office.history.models import Event
from payung.office.jobs.worker import run_all
from payung.office.people import actions as register
from payung.office.posts.actions import open_post
from payung.office.posts.models import Holding, Post
from payung.office.posts.queries import posts
from payung.office.posts.states import PostState
from payung.office.submissions import actions
from payung.office.submissions.models import Row, Submission
from payung.office.submissions.rules.offices import Office, label_of
from payung.office.submissions.work.offices import fill_offices

pytestmark = pytest.mark.django_db

HEADINGS = ("NIK", "NAMA", "JABATAN", "NO SK", "TMT", "AKHIR MASA JABATAN", "RT")
KADES = (nik(1), "NOOR IPANSYAH", "Kepala Desa", "141/12/2023", "01-02-2023", "31-01-2031", "")
HEAD_OF_RT = (nik(2), "BUDI SANTOSO", "Ketua RT", "", "", "", "3")


@pytest.fixture
def submission(regions: None) -> Submission:
    """A draft of officials."""
    return _begun()


def _begun() -> Submission:
    return actions.begin(by="operator", village_code=VILLAGE, kind="aparatur")


def _landed(submission: Submission, *rows: tuple[str, ...]) -> None:
    send(submission, sheet(*rows, headings=HEADINGS), name=f"aparatur {submission.pk}.csv")
    actions.move(by="kades", submission=submission, name="submit")
    actions.move(by="camat", submission=submission, name="endorse")
    actions.move(by="dpmd", submission=submission, name="accept")
    run_all()


def test_term_decree_and_number_of_a_list_reach_the_post(submission: Submission) -> None:
    _landed(submission, KADES, HEAD_OF_RT)
    kades = Holding.objects.get(post__category="kepala_desa")
    assert (kades.starts, kades.ends) == (dt.date(2023, 2, 1), dt.date(2031, 1, 31))
    assert kades.decree == "141/12/2023"
    assert Post.objects.get(category="ketua_rt").label == "Ketua RT 003"
    event = Event.objects.get(action="holding.start", person=kades.person_id)
    assert event.letter == "141/12/2023"
    assert event.after is not None
    assert event.after["ends"] == "2031-01-31"


def test_later_list_fills_in_what_was_not_known_and_changes_nothing_else(submission: Submission) -> None:
    _landed(submission, (*KADES[:3], "", "", "", ""))
    assert Holding.objects.get().ends is None
    _landed(_begun(), KADES)
    holding = Holding.objects.get()
    assert (holding.starts, holding.ends, holding.decree) == (
        dt.date(2023, 2, 1),
        dt.date(2031, 1, 31),
        "141/12/2023",
    )
    assert Event.objects.filter(action="holding.complete").count() == 1
    _landed(_begun(), (*KADES[:3], "141/99/2023", "01-02-2023", "31-01-2029", ""))
    holding.refresh_from_db()
    assert (holding.ends, holding.decree) == (dt.date(2031, 1, 31), "141/12/2023")
    assert Post.objects.count() == 1


def test_next_term_is_a_new_holding_of_the_same_post(submission: Submission) -> None:
    _landed(submission, (*KADES[:4], "01-02-2017", "31-01-2023", ""))
    _landed(_begun(), KADES)
    assert Post.objects.count() == 1
    assert sorted(Holding.objects.values_list("starts", flat=True)) == [
        dt.date(2017, 2, 1),
        dt.date(2023, 2, 1),
    ]


def test_free_post_is_filled_before_another_is_made(submission: Submission) -> None:
    post = open_post(by="dpmd", region_code=VILLAGE, category="ketua_rt", label="Ketua RT 003")
    _landed(submission, HEAD_OF_RT)
    assert Holding.objects.get().post == post


def test_two_of_one_name_in_one_list_get_two_posts(submission: Submission) -> None:
    one, two = ((nik(n), name, "Anggota BPD", "", "", "", "") for n, name in ((5, "ANI WATI"), (6, "RUDI")))
    _landed(submission, one, two)
    assert sorted(Post.objects.values_list("number", flat=True)) == [1, 2]


def test_term_that_contradicts_itself_is_not_recorded_and_said(submission: Submission) -> None:
    _landed(submission, (*KADES[:4], "01-02-2031", "31-01-2023", ""))
    holding = Holding.objects.get()
    assert (holding.starts, holding.ends) == (None, None)
    assert "mendahului" in Event.objects.get(action="holding.start").reason


def test_day_that_cannot_be_read_is_said_not_guessed(submission: Submission) -> None:
    _landed(submission, (*KADES[:4], "awal 2023", "2031", ""))
    holding = Holding.objects.get()
    assert (holding.starts, holding.ends) == (None, None)
    assert "awal 2023" in Event.objects.get(action="holding.start").reason


def test_term_survives_mending_the_row(submission: Submission) -> None:
    send(submission, sheet(("123", *KADES[1:]), HEAD_OF_RT, headings=HEADINGS))
    actions.mend(by="operator", row=Row.objects.get(nik_index=None), values={"nik": nik(1)})
    raw = Row.objects.get(name=KADES[1]).facts["raw"]
    assert (raw["start_date"], raw["end_date"], raw["decree_no"]) == (KADES[4], KADES[5], KADES[3])


def test_posts_of_a_village_take_a_constant_number_of_queries(
    submission: Submission, django_assert_max_num_queries: object
) -> None:
    def enter(first: int, many: int) -> None:
        lines = [
            {"nik": nik(n), "name": f"Orang {n}", "category": "ketua_rt", "birth_date": dt.date(1989, 3, 5)}
            for n in range(first, first + many)
        ]
        with transaction.atomic():
            landed = register.land(by="t", listings=lines, village_code=VILLAGE, source="t:1")
            offices = [Office("ketua_rt", f"Ketua RT {n}", one.person) for n, one in enumerate(landed)]
            with django_assert_max_num_queries(10):  # type: ignore[operator]
                fill_offices("t", VILLAGE, offices)

    enter(100, 2)
    enter(200, 40)
    assert Post.objects.count() == 42


def test_label_of_a_head_without_a_number_stays_plain() -> None:
    assert label_of("ketua_rt", {"job": "Ketua RT 05", "rt": "003"}) == "Ketua RT 05"
    assert label_of("ketua_rt", {"job": "Ketua RT", "rt": None}) == "Ketua RT"
    assert label_of("ketua_rt", {"rt": "003", "rw": "001"}) == "Ketua RT 003 RW 001"
    assert label_of("perangkat_desa", {"job": "Kaur Keuangan", "rt": "003"}) == "Kaur Keuangan"


def test_ended_term_of_a_list_shows_as_ended(submission: Submission) -> None:
    _landed(submission, (*KADES[:4], "01-02-2011", "31-01-2017", ""))
    scope = Scope((Area(VILLAGE),))
    assert posts(scope, timezone.localdate()).get().state == PostState.ENDED
