"""A neighbour suggests a name once; the village puts it on a list by the same rules, or says why not."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from officeworld import NEIGHBOUR, VILLAGE, nik

from payung.errors import InputError
from payung.office.history.models import Event
from payung.office.jobs.worker import run_all
from payung.office.submissions.models import Row, Submission
from payung.office.submissions.states import Kind
from payung.office.suggestions import actions
from payung.office.suggestions.forms import SuggestForm
from payung.office.suggestions.models import Suggestion
from payung.office.suggestions.states import SuggestionState

pytestmark = pytest.mark.django_db


def _typed(number: int = 1, **values: str) -> dict[str, str]:
    return {
        "name": f"Tetangga {number}",
        "nik": nik(number),
        "birth_date": "1989-03-05",
        "sex": "L",
        "job": "Petani",
        "rt": "3",
        "once": str(uuid.uuid4()),
        **values,
    }


def _made(
    number: int = 1, village: str = VILLAGE, by: str = "ketua_rt", kind: Kind = Kind.RENTAN
) -> Suggestion:
    cells = {"name": f"Tetangga {number}", "nik": nik(number), "birth_date": "05-03-1989", "job": "Petani"}
    return actions.suggest(by=by, village_code=village, kind=kind, cells=cells, once=str(uuid.uuid4()))


def test_head_of_rt_suggests_in_at_most_eight_fields(make_user: Any, sign_in: Any) -> None:
    form = SuggestForm(villages=[(VILLAGE, "Pulau Telo")])
    assert len(form.visible_fields()) <= 8
    client = sign_in(make_user("ketua_rt"))
    assert client.get("/usul/baru/").status_code == 200
    answer = client.post("/usul/baru/", _typed())
    assert answer.url == "/usul/baru/"
    found = Suggestion.objects.get()
    assert (found.name, found.kind, found.by, found.state) == ("Tetangga 1", "rentan", "ketua_rt", "menunggu")
    assert found.cells["birth_date"] == "05-03-1989"


def test_same_mark_sent_again_is_one_suggestion(make_user: Any, sign_in: Any) -> None:
    client, typed = sign_in(make_user("ketua_rt")), _typed()
    for _ in range(3):
        assert client.post("/usul/baru/", typed).status_code == 302
    assert Suggestion.objects.count() == 1
    assert Event.objects.filter(action="suggestion.make").count() == 1


def test_mark_of_somebody_else_is_refused_and_tells_nothing(make_user: Any, sign_in: Any) -> None:
    typed = _typed()
    sign_in(make_user("ketua_rt")).post("/usul/baru/", typed)
    other = sign_in(make_user("ketua_rt", username="lain"))
    page = other.post("/usul/baru/", {**typed, "name": "Orang Lain"}).content.decode()
    assert "sudah dipakai" in page
    assert "Tetangga 1" not in page


def test_agent_gives_a_number_once_and_proposes_self_paying_people(make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("perisai"))
    assert client.post("/usul/baru/", _typed()).status_code == 200  # the number is missing
    client.post("/usul/baru/", _typed(agent="PRS-0042"))
    found = Suggestion.objects.get()
    assert (found.kind, found.agent) == ("mandiri", "PRS-0042")
    assert 'value="PRS-0042"' in client.get("/usul/baru/").content.decode()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"nik": "", "birth_date": ""}, "Isi NIK atau tanggal lahir."),
        ({"nik": "6203990099890001"}, "tidak sah"),
        ({"nik": "123"}, "Isi 16 angka."),
        ({"name": ""}, ""),
        ({"once": ""}, ""),
        ({"once": "<script>"}, ""),
    ],
)
def test_what_nobody_could_use_is_refused(
    make_user: Any, sign_in: Any, values: dict[str, str], said: str
) -> None:
    page = sign_in(make_user("ketua_rt")).post("/usul/baru/", _typed(**values))
    assert page.status_code == 200
    assert said in page.content.decode()
    assert not Suggestion.objects.exists()


def test_numbers_are_sealed_at_rest(regions: None) -> None:
    _made()
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM suggestions_suggestion")
        assert nik(1).encode() not in bytes(cursor.fetchone()[0])


def test_everybody_sees_their_own_and_the_village_its_own(make_user: Any, sign_in: Any) -> None:
    _made(1)
    _made(2, by="rt.dua")
    _made(3, village=NEIGHBOUR)
    mine = sign_in(make_user("ketua_rt")).get("/usul/").content.decode()
    assert "Tetangga 1" in mine
    assert "Tetangga 2" not in mine
    village = sign_in(make_user("operator")).get("/usul/").content.decode()
    assert "Tetangga 2" in village
    assert "Tetangga 3" not in village


def test_ticked_names_become_rows_of_the_draft_by_the_same_rules(make_user: Any, sign_in: Any) -> None:
    first, second = _made(1), _made(2)
    client = sign_in(make_user("operator"))
    answer = client.post("/usul/putuskan/", {"pilih": [first.pk, second.pk], "step": "take"})
    run_all()
    submission = Submission.objects.get()
    assert answer.url == f"/usulan/{submission.pk}/"
    assert (submission.kind, submission.village_code) == ("rentan", VILLAGE)
    assert list(submission.rows.order_by("name").values_list("name", flat=True)) == [
        "Tetangga 1",
        "Tetangga 2",
    ]
    assert not submission.rows.filter(verdict="returned").exists()
    first.refresh_from_db()
    assert (first.state, first.decided_by, first.submission) == (
        SuggestionState.TAKEN,
        "operator",
        submission,
    )


def test_one_name_with_a_birth_date_only_comes_back_as_a_row_to_mend(regions: None) -> None:
    cells = {"name": "Tetangga Sembilan", "birth_date": "05-03-1989"}
    one = actions.suggest(
        by="rt", village_code=VILLAGE, kind=Kind.RENTAN, cells=cells, once=str(uuid.uuid4())
    )
    actions.put_on_list(by="operator", suggestions=[one])
    run_all()
    assert list(Row.objects.values_list("name", "verdict")) == [("Tetangga Sembilan", "returned")]


def test_names_taken_twice_are_taken_once(regions: None) -> None:
    one = _made()
    actions.put_on_list(by="operator", suggestions=[one])
    with pytest.raises(InputError):
        actions.put_on_list(by="operator", suggestions=[one])
    run_all()
    assert Row.objects.count() == 1


def test_refusal_wants_a_reason_that_the_neighbour_sees(make_user: Any, sign_in: Any) -> None:
    one = _made()
    client = sign_in(make_user("operator"))
    client.post("/usul/putuskan/", {"pilih": one.pk, "step": "refuse", "reason": ""})
    assert Suggestion.objects.get().state == SuggestionState.WAITING
    client.post("/usul/putuskan/", {"pilih": one.pk, "step": "refuse", "reason": "Sudah terlindungi"})
    assert "Sudah terlindungi" in sign_in(make_user("ketua_rt")).get("/usul/").content.decode()


def test_name_of_another_village_cannot_be_decided(make_user: Any, sign_in: Any) -> None:
    one = _made(village=NEIGHBOUR)
    sign_in(make_user("operator")).post("/usul/putuskan/", {"pilih": one.pk, "step": "take"})
    one.refresh_from_db()
    assert one.state == SuggestionState.WAITING
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"state": "ditolak", "decided_by": "x", "reason": ""},
        {"state": "masuk", "decided_by": ""},
        {"state": "menunggu", "decided_by": "x"},
        {"once": ""},
        {"name": ""},
    ],
)
def test_database_refuses_what_must_not_be(regions: None, values: dict[str, str]) -> None:
    one = _made()
    with pytest.raises(IntegrityError), transaction.atomic():
        Suggestion.objects.filter(pk=one.pk).update(**values)


def test_homes_of_neighbour_and_agent_begin_things(make_user: Any, sign_in: Any) -> None:
    for role in ("ketua_rt", "perisai"):
        page = sign_in(make_user(role)).get("/").content.decode()
        assert "/usul/baru/" in page
        assert "/kejadian/lapor/" in page
        assert "Tidak ada yang menunggu Anda" not in page


def test_operator_is_told_and_finds_them_on_the_first_page(make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("operator"))
    _made()
    assert "Ada nama yang diusulkan di Pulau Telo." in client.get("/pemberitahuan/").content.decode()
    assert "/usul/?keadaan=menunggu" in client.get("/").content.decode()
