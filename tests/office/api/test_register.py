"""Answers, posts, cards and pairs through the API: as on the screens, in the scope of the token, faults told."""

from __future__ import annotations

import base64
import datetime as dt
from typing import Any

import pytest
from answersworld import no, sheet, yes
from apiworld import System
from django.core.cache import cache
from duplicatesworld import pair_of
from monthsworld import pay
from officeworld import FAR, VILLAGE, listing, nik

from payung.office.answers.models import Phrase, Result
from payung.office.cards import actions as cards
from payung.office.cards.models import Card
from payung.office.duplicates.states import SAME
from payung.office.history.models import Event
from payung.office.jobs.worker import run_all
from payung.office.people.models import Person
from payung.office.posts.models import Holding, Post
from payung.office.submissions import actions as submissions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regions")]


@pytest.fixture(autouse=True)
def _a_new_minute() -> None:
    cache.clear()


def test_an_answer_is_sent_once_and_its_texts_are_mapped(make_user: Any, make_people: Any) -> None:
    first, _ = make_people(listing(1), listing(2))
    system = System(make_user("dinsos"), writes=True)
    content = base64.b64encode(sheet(yes(1), no(2, "Entah apa ini")))
    body = {
        "agency": "dukcapil",
        "region_code": "62.03",
        "answered_on": "2026-05-04",
        "name": "jawaban.csv",
        "content": content.decode(),
    }
    made = system.post("/answers/files", body).json()
    assert system.post("/answers/files", body, key="k2").json() == made
    run_all()
    assert Result.objects.get(person=first).code == "padan"
    phrase = Phrase.objects.get(code="")
    told = {"text": phrase.pk, "result": "nik_tidak_ditemukan"}
    assert system.post("/answers/texts", told, key="k3").status_code == 201
    assert system.post("/answers/texts", {**told, "result": "meninggal"}, key="k4").status_code == 422
    assert system.post("/answers/files", {**body, "agency": "bpjs2"}, key="k5").status_code == 422
    operator = System(make_user("operator"), writes=True)
    assert operator.post("/answers/files", body, key="k6").status_code == 403


def test_posts_are_opened_held_and_ended(make_user: Any, make_people: Any) -> None:
    (person,) = make_people(listing(1))
    make_people(listing(2), village=FAR)
    system = System(make_user("operator"), writes=True)
    body = {"village_code": VILLAGE, "category": "perangkat_desa", "label": "Kaur Keuangan"}
    post = system.post("/posts", body).json()["post"]
    held = {"post": post, "nik": nik(1), "starts": "2026-01-01", "decree": "SK 1"}
    assert system.post("/posts/holders", {**held, "nik": nik(2)}, key="k2").status_code == 422
    assert system.post("/posts/holders", held, key="k3").status_code == 201
    assert Holding.objects.get().person == person
    ended = {"post": post, "ends": "2025-12-31", "reason": "pindah"}
    assert system.post("/posts/ends", ended, key="k4").status_code == 422
    assert system.post("/posts/ends", {**ended, "ends": "2026-12-31"}, key="k5").status_code == 201
    assert system.post("/posts", {**body, "village_code": FAR}, key="k6").status_code == 404
    assert Post.objects.count() == 1


def test_cards_are_handed_over_within_the_scope(make_user: Any, make_people: Any) -> None:
    (here,) = make_people(listing(1))
    (far,) = make_people(listing(2), village=FAR)
    day = dt.date(2026, 5, 4)
    pay([here.pk], ["2026-01"], "2026-01-02")
    cards.receive(by="t", cards=[(here, "26000000001"), (far, "26000000002")], kind="kertas", on=day)
    keys = {card.person_id: str(card.pk) for card in Card.objects.all()}
    system = System(make_user("operator"), writes=True)
    body = {"cards": [keys[here.pk]], "on": "2026-05-05", "given_by": "Kaur"}
    assert system.post("/cards", {**body, "cards": list(keys.values())}).status_code == 404
    assert system.post("/cards", {**body, "cards": ["x"]}, key="k2").status_code == 404
    assert system.post("/cards", {**body, "on": "2026-05-03"}, key="k3").status_code == 422
    assert system.post("/cards", body, key="k4").json() == {"cards": 1}
    assert system.post("/cards", body, key="k5").json() == {"cards": 0}
    assert Card.objects.filter(handed_on__isnull=False).count() == 1


def test_a_pair_is_decided_and_undone(make_user: Any, make_people: Any) -> None:
    left, right = make_people(listing(1), listing(2))
    submission = submissions.begin(by="operator", village_code=VILLAGE, kind="rentan")
    pair = pair_of(left, right, submission)
    system = System(make_user("dinsos"), writes=True)
    assert system.post("/pairs", {"pair": pair.pk, "verdict": str(SAME)}).status_code == 422
    body = {"pair": pair.pk, "verdict": str(SAME), "keep": left.pk, "reason": "orang yang sama"}
    answer = system.post("/pairs", body, key="k2")
    assert answer.status_code == 201, answer.json()
    assert answer.json()["state"] == str(SAME)
    assert Person.objects.count() == 1
    assert system.post("/pairs", body, key="k3").status_code == 422
    undone = system.post("/pairs/undo", {"pair": pair.pk, "reason": "keliru"}, key="k4")
    assert undone.status_code == 201
    assert Person.objects.count() == 2
    assert Event.objects.filter(subject=pair.subject).exists()
    assert System(make_user("operator"), writes=True).post("/pairs", body, key="k5").status_code == 403
