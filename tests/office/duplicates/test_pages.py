"""The pages of the review: the queue, one pair, straight on to the next, what each side may show."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from duplicatesworld import pair_of
from officeworld import FAR, VILLAGE, listing, nik

from payung.office.duplicates.actions import pairs as actions
from payung.office.duplicates.models import Pair
from payung.office.duplicates.rules import differences, reasons_of
from payung.office.duplicates.states import DIFFERENT, SAME, WAITING
from payung.office.history.models import Event
from payung.office.people.models import Person
from payung.office.posts import actions as posting
from payung.office.submissions.models import Submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(regions: None) -> Submission:
    """A submission that pairs are said to come from."""
    return Submission.objects.create(village_code=VILLAGE, kind="rentan", created_by="t", landed=True)


@pytest.fixture
def pairs(submission: Submission, make_people: Any) -> list[Pair]:
    """Three pairs, the likeliest first."""
    people = make_people(
        *[listing(n, name=f"Siti {n}", mother="Ani Rahasia", job="Petani") for n in range(1, 7)]
    )
    return [pair_of(people[2 * n], people[2 * n + 1], submission, probability=0.9 - n / 10) for n in range(3)]


@pytest.fixture
def dinsos(make_user: Any, sign_in: Any) -> Client:
    client: Client = sign_in(make_user("dinsos"))
    client.get("/tinjau/")
    return client


def _answer(client: Client, pair: Pair, **values: Any) -> str:
    posted = {name: str(value) for name, value in values.items()}
    address: str = client.post(f"/tinjau/{pair.pk}/putuskan/", posted).headers["Location"]
    return address


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_queue_and_pair_take_the_same_queries_for_few_and_many(
    dinsos: Client, pairs: list[Pair], submission: Submission, make_people: Any
) -> None:
    address = f"/tinjau/{pairs[0].pk}/"
    few = (_queries(dinsos, "/tinjau/"), _queries(dinsos, address))
    people = make_people(*[listing(n) for n in range(100, 161)])
    for left, right in itertools.pairwise(people):
        pair_of(left, right, submission)
    for number in range(20):
        post = posting.open_post(by="t", region_code=VILLAGE, category="bpd", label=f"Anggota {number}")
        posting.appoint(by="t", post=post, person=pairs[0].left, starts=None)
    assert few == (_queries(dinsos, "/tinjau/"), _queries(dinsos, address)) == (8, 15)


def test_queue_shows_what_waits_and_finds_by_name_place_and_state(dinsos: Client, pairs: list[Pair]) -> None:
    def keys(query: str = "") -> list[int]:
        return [line.pair.pk for line in dinsos.get(f"/tinjau/{query}").context["rows"]]

    actions.decide(by="dinsos", pair=pairs[2], verdict=DIFFERENT)
    assert keys() == [pairs[0].pk, pairs[1].pk]
    assert keys("?urut=mirip") == [pairs[1].pk, pairs[0].pk]
    assert keys("?cari=siti+3") == keys("?cari=4") == [pairs[1].pk]
    assert keys(f"?wilayah={FAR}") == []
    assert keys("?keadaan=berbeda") == [pairs[2].pk]
    assert len(keys("?keadaan=")) == 3
    assert keys("?dugaan=review") == []


def test_empty_queue_says_where_pairs_come_from(dinsos: Client) -> None:
    text = dinsos.get("/tinjau/").content.decode()
    assert "Tidak ada pasangan yang menunggu" in text
    assert re.search(r'<option value="menunggu"\s+selected\s*>', text)


def test_export_masks_every_number(dinsos: Client, pairs: list[Pair]) -> None:
    text = dinsos.post("/tinjau/", {"bentuk": "csv", "alasan": "rapat"}).content.decode("utf-8-sig")
    assert len(text.splitlines()) == 4
    assert "620399•••••••••• / 620399••••••••••" in text
    assert nik(1) not in text


def test_error_rate_stands_above_the_queue(dinsos: Client, pairs: list[Pair]) -> None:
    assert "ternyata orang berbeda" not in dinsos.get("/tinjau/").content.decode()
    actions.decide(by="dinsos", pair=pairs[0], verdict=DIFFERENT)
    actions.decide(by="dinsos", pair=pairs[1], verdict=SAME, keep=pairs[1].left_id)
    text = dinsos.get("/tinjau/").content.decode()
    assert "Dari 2 pasangan" in text
    assert "1 ternyata orang berbeda." in text  # too few to say how often the machine is wrong


def test_first_page_says_how_many_wait_and_opens_them(dinsos: Client, pairs: list[Pair]) -> None:
    (task,) = [task for task in dinsos.get("/").context["waiting"] if task.url == "/tinjau/"]
    assert task.many == 3 == dinsos.get(task.url).context["total"]


def test_decision_goes_straight_on_to_the_next(dinsos: Client, pairs: list[Pair]) -> None:
    assert dinsos.get("/tinjau/berikut/").headers["Location"] == f"/tinjau/{pairs[0].pk}/"
    onward = _answer(dinsos, pairs[0], jawaban=SAME, simpan=pairs[0].right_id, alasan="KTP sama")
    assert onward == f"/tinjau/{pairs[1].pk}/"
    assert Event.objects.get(action="person.merge").reason == "KTP sama"
    assert _answer(dinsos, pairs[1], jawaban="lewati") == f"/tinjau/{pairs[2].pk}/"
    assert _answer(dinsos, pairs[2], jawaban=DIFFERENT) == f"/tinjau/{pairs[1].pk}/"
    assert _answer(dinsos, pairs[1], jawaban=DIFFERENT) == "/tinjau/"
    assert "Tidak ada pasangan lain yang bebas" in dinsos.get("/tinjau/").content.decode()


def test_last_decision_is_undone_from_the_next_page(dinsos: Client, pairs: list[Pair]) -> None:
    onward = _answer(dinsos, pairs[0], jawaban=SAME, simpan=pairs[0].left_id)
    text = dinsos.get(onward).content.decode()
    assert f'action="/tinjau/{pairs[0].pk}/urungkan/"' in text
    decided = dinsos.get(f"/tinjau/{pairs[0].pk}/").content.decode()
    assert "Urungkan keputusan ini" in decided
    assert 'name="jawaban"' not in decided
    dinsos.post(f"/tinjau/{pairs[0].pk}/urungkan/")
    assert Pair.objects.get(pk=pairs[0].pk).state == WAITING
    assert Person.objects.count() == 6


def test_second_client_is_told_and_led_on(
    dinsos: Client, make_user: Any, sign_in: Any, pairs: list[Pair]
) -> None:
    second = sign_in(make_user("dinsos", username="dinsos.dua"))
    dinsos.get(f"/tinjau/{pairs[0].pk}/")
    text = second.get(f"/tinjau/{pairs[0].pk}/").content.decode()
    assert re.search(r"Nama dinsos\b.* sedang membuka pasangan ini", text)
    assert '<a class="btn" href="/tinjau/berikut' in text
    assert 'name="jawaban"' not in text
    assert second.get("/tinjau/berikut/").headers["Location"] == f"/tinjau/{pairs[1].pk}/"
    _answer(second, pairs[0], jawaban=DIFFERENT)
    assert Pair.objects.get(pk=pairs[0].pk).state == WAITING
    assert "sedang membuka" in second.get("/tinjau/").content.decode()
    Pair.objects.update(held_until=timezone.now() - dt.timedelta(seconds=1))
    _answer(second, pairs[0], jawaban=DIFFERENT)
    _answer(dinsos, pairs[0], jawaban=SAME, simpan=pairs[0].left_id)
    assert "sudah diputuskan Nama dinsos" in dinsos.get(f"/tinjau/{pairs[0].pk}/").content.decode()
    assert Person.objects.count() == 6


def test_whoever_only_looks_neither_holds_nor_decides(
    make_user: Any, sign_in: Any, pairs: list[Pair]
) -> None:
    camat = sign_in(make_user("camat"))
    assert 'name="jawaban"' not in camat.get(f"/tinjau/{pairs[0].pk}/").content.decode()
    assert Pair.objects.get(pk=pairs[0].pk).held_by == ""
    for page in ("putuskan", "urungkan"):
        assert camat.post(f"/tinjau/{pairs[0].pk}/{page}/", {"jawaban": DIFFERENT.value}).status_code == 403


def test_side_outside_of_the_scope_shows_four_facts_only(
    make_user: Any, sign_in: Any, submission: Submission, make_people: Any
) -> None:
    (near,) = make_people(listing(1, name="Siti Dekat", mother="Ibu Dekat"))
    hidden = {
        "mother": "Ibu Jauh",
        "job": "Kerja Jauh",
        "address": "Jalan Jauh",
        "birth_place": "Tempat Jauh",
    }
    (far,) = make_people(listing(2, name="Siti Jauh", kk="6203990101100001", **hidden), village=FAR)
    post = posting.open_post(by="t", region_code=FAR, category="bpd", label="Jabatan Jauh")
    posting.appoint(by="t", post=post, person=far, starts=None)
    pair = pair_of(near, far, submission)
    text = sign_in(make_user("operator")).get(f"/tinjau/{pair.pk}/").content.decode()
    for shown in ("Ibu Dekat", "Siti", "620399", "Sei Pasah", "5 Mar 1989", "di luar wilayah Anda"):
        assert shown in text, shown
    assert text.count("5 Mar 1989") == 1  # ours; of the other side the year
    for kept in (*hidden.values(), "Jabatan Jauh", f"/orang/{far.pk}/", nik(1), nik(2)):
        assert kept not in text, kept


def test_pair_of_other_regions_is_not_there(
    make_user: Any, sign_in: Any, submission: Submission, make_people: Any
) -> None:
    pair = pair_of(*make_people(listing(1), listing(2), village=FAR), submission)
    operator = sign_in(make_user("operator"))
    assert operator.get(f"/tinjau/{pair.pk}/").status_code == 404
    assert operator.get("/tinjau/").context["total"] == 0


def test_agency_of_another_category_is_not_asked(
    make_user: Any, sign_in: Any, dinsos: Client, pairs: list[Pair]
) -> None:
    dpmd = sign_in(make_user("dpmd"))
    assert dpmd.get("/tinjau/berikut/").headers["Location"] == "/tinjau/"
    assert dpmd.post(f"/tinjau/{pairs[0].pk}/putuskan/", {"jawaban": DIFFERENT.value}).status_code == 404


def test_page_of_a_merged_person_leads_to_the_kept_one(dinsos: Client, pairs: list[Pair]) -> None:
    pair = pairs[0]
    actions.decide(by="dinsos", pair=pair, verdict=SAME, keep=pair.left_id)
    assert dinsos.get(f"/orang/{pair.right_id}/").headers["Location"] == f"/orang/{pair.left_id}/"


def test_page_of_a_person_leads_to_its_pairs(
    dinsos: Client, make_user: Any, sign_in: Any, pairs: list[Pair]
) -> None:
    pair = pairs[0]
    address = f'href="/tinjau/{pair.pk}/"'
    for key in (pair.left_id, pair.right_id):
        assert address in dinsos.get(f"/orang/{key}/").content.decode()
    actions.decide(by="dinsos", pair=pair, verdict=SAME, keep=pair.right_id)
    text = dinsos.get(f"/orang/{pair.right_id}/").content.decode()
    assert address in text
    assert "Siti 1" in text
    assert address not in dinsos.get(f"/orang/{pairs[1].left_id}/").content.decode()


def test_history_of_the_kept_person_holds_that_of_the_merged_one(
    dinsos: Client, make_user: Any, sign_in: Any, pairs: list[Pair], make_people: Any
) -> None:
    pair = pairs[0]
    make_people(listing(2, job="Pekerjaan Baru"))
    actions.decide(by="dinsos", pair=pair, verdict=SAME, keep=pair.left_id)
    assert "Pekerjaan Baru" in dinsos.get(f"/orang/{pair.left_id}/").content.decode()
    log = sign_in(make_user("inspektorat")).get(f"/riwayat/?nik={nik(2)}").content.decode()
    assert "Pekerjaan Baru" in log
    assert "Digabung ke orang lain" in log


@pytest.mark.parametrize(
    ("left", "right", "marked"),
    [
        ("SITI AMINAH", "Siti Aminah", ([], [])),
        ("SITI AMINAH", "SITI AMINNAH", ([], ["N"])),
        ("Budi", "", ([], [])),
        ("Budi", "Rudi", (["B"], ["R"])),
        ("Pulau Telo", "Sei Pasah", (["Pulau Telo"], ["Sei Pasah"])),
    ],
)
def test_letters_that_differ_are_marked(left: str, right: str, marked: tuple[list[str], list[str]]) -> None:
    ours, theirs = differences(left, right)
    assert "".join(text for text, _ in ours) == left
    assert "".join(text for text, _ in theirs) == right
    assert tuple([text for text, differs in side if differs] for side in (ours, theirs)) == marked


def test_hidden_digits_stay_hidden_where_they_differ() -> None:
    ours, theirs = differences("6203990503890001", "6203990603890001", masked=True)
    assert "".join(text for text, _ in ours) == "".join(text for text, _ in theirs) == "620399••••••••••"
    assert [text for text, differs in ours if differs] == ["•"]


def test_waterfall_says_what_speaks_for_and_against(pairs: list[Pair]) -> None:
    pair = Pair(why="same_name names_differ nik_serial_only of_another_version")
    assert [(one.text.text, one.speaks) for one in reasons_of(pair)] == [
        (("nama sama", "same name"), "for"),
        (("nama berbeda", "names differ"), "against"),
        (("NIK hanya berbeda nomor urut", "NIKs differ in the running number only"), ""),
    ]
