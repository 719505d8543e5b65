"""One NIK is one person: rows of a submission that share a number, and numbers that the register knows."""

from __future__ import annotations

import json
from typing import Any

import pytest
from officeworld import VILLAGE, listing, nik
from submissionsworld import GOOD, OTHER, send, sheet, through

from payung.office.history.chain import verify
from payung.office.history.models import Event
from payung.office.people.models import Person
from payung.office.submissions import actions
from payung.office.submissions.models import Row, Submission
from payung.office.submissions.rules import twins
from payung.office.submissions.work import landings

pytestmark = pytest.mark.django_db
THIEF = (nik(1), "RUSLAN", "05-03-1989", "Petani")  # carries the number of Siti Aminah


@pytest.fixture
def submission(regions: None) -> Submission:
    """A draft of vulnerable workers."""
    return actions.begin(by="operator", village_code=VILLAGE, kind="rentan")


def verdicts(submission: Submission) -> dict[str, str]:
    """Return name → verdict of the rows that count."""
    return dict(submission.rows.filter(replaced=False).values_list("name", "verdict"))


BOTH = {"SITI AMINAH": "returned", "RUSLAN": "returned", "BUDI SANTOSO": "accepted"}


def test_two_names_with_one_number_are_both_sent_back_and_name_each_other(submission: Submission) -> None:
    send(submission, sheet(GOOD, OTHER, THIEF))
    assert verdicts(submission) == BOTH
    (finding,) = Row.objects.get(name="SITI AMINAH").facts["findings"]
    assert "baris 4" in finding["message"]
    assert "daftar.csv (RUSLAN)" in finding["message"]
    assert " GANDA_USULAN " in Row.objects.get(name="RUSLAN").reasons
    assert Event.objects.get(action="submission.twins").after == {"returned": 2}


def test_two_files_with_one_number_send_both_back(submission: Submission) -> None:
    send(submission, sheet(GOOD, OTHER), "satu.csv")
    second = send(submission, sheet(THIEF), "dua.csv")
    assert verdicts(submission) == BOTH
    actions.withdraw(by="operator", upload=second)
    assert verdicts(submission) == {"SITI AMINAH": "accepted", "BUDI SANTOSO": "accepted"}
    assert Row.objects.get(name="SITI AMINAH").facts["findings"] == []
    assert Row.objects.get(name="SITI AMINAH").reasons == ""


def test_mending_a_number_judges_the_other_row_too(submission: Submission) -> None:
    send(submission, sheet(GOOD, OTHER, ("123", *THIEF[1:])))
    thief = Row.objects.get(name="RUSLAN")
    actions.mend(by="operator", row=thief, values={"nik": nik(1)})
    assert thief.verdict == "returned"
    assert verdicts(submission) == BOTH
    actions.mend(by="operator", row=thief, values={"nik": nik(7)})
    assert set(verdicts(submission).values()) == {"accepted"}
    assert verify().broken_at is None


def test_a_new_version_of_a_file_frees_the_other_row(submission: Submission) -> None:
    send(submission, sheet(GOOD, OTHER), "satu.csv")
    send(submission, sheet(THIEF), "dua.csv")
    send(submission, sheet((nik(5), *THIEF[1:])), "dua.csv")
    assert (
        verdicts(submission)["SITI AMINAH"] == "returned"
    )  # another number: nothing says it is the same list
    actions.withdraw(by="operator", upload=submission.uploads.get(pk=submission.uploads.all()[1].pk))
    assert set(verdicts(submission).values()) == {"accepted"}


@pytest.mark.parametrize("name", ["SITI AMINAH", "Hj. Sitti  Aminah", "AMINAH SITI"])
def test_one_person_twice_in_a_file_is_noted_and_lands_once(submission: Submission, name: str) -> None:
    send(submission, sheet(GOOD, OTHER, (nik(1), name, "05-03-1989", "Petani")))
    first, _, later = submission.rows.all()
    assert (first.verdict, later.verdict) == ("accepted", "noted")
    assert "baris 2" in later.facts["findings"][-1]["message"]
    through(submission)
    assert Person.objects.count() == 2


@pytest.mark.parametrize(
    ("one", "other", "same", "clearly_other"),
    [
        ("Hj. Siti Aminah", "SITI AMINAH", True, False),
        ("Achmad Yani", "Ahmad Jani", True, False),
        ("AHMAD BIN ALI", "AHMAD BIN UMAR", False, True),
        ("Siti Aminah", "Siti", False, False),
        ("RUSLAN", "RUSLN", False, False),
        ("SITI AMINAH", "BUDI SANTOSO", False, True),
        ("SITI BINTI ALI", "MARIAM BINTI UMAR", False, True),
        ("MUHAMMAD ALI", "MUHAMMAD RIZKI", False, True),
        ("M. ALI", "M. RIZKI", False, True),
        ("MUHAMMAD", "MUHAMMAD RIZKI", False, False),
        ("SITI ROHMAH", "SITI RAHMAH", False, False),
        ("", "BUDI", False, False),
    ],
)
def test_names_are_compared_with_care(one: str, other: str, same: bool, clearly_other: bool) -> None:
    assert (twins.name_of(one) == twins.name_of(other)) is same
    assert twins.other_name(one, other) is clearly_other


def test_neither_of_two_names_lands_even_where_nobody_judged_before(submission: Submission) -> None:
    send(submission, sheet(GOOD, OTHER, (nik(3), *THIEF[1:])))
    good = Row.objects.get(name="SITI AMINAH")
    thief = Row.objects.get(name="RUSLAN")
    thief.nik, thief.nik_index = good.nik, good.nik_index  # as a database of before has it
    content = {**thief.facts, "listing": {**thief.facts["listing"], "nik": good.nik}}
    thief.content = json.dumps(content)
    thief.save()
    through(submission)
    assert list(Person.objects.values_list("name", flat=True)) == ["BUDI SANTOSO"]
    assert Event.objects.get(action="submission.land").after == {"people": 1}
    assert verdicts(submission) == BOTH


def test_register_keeps_its_name_of_a_number(submission: Submission, make_people: Any) -> None:
    make_people(listing(1, name="MARIAM"))
    send(submission, sheet(GOOD, OTHER))
    row = Row.objects.get(name="SITI AMINAH")
    assert (row.verdict, row.reasons) == ("returned", " NAMA_BEDA ")
    assert "atas nama lain" in row.facts["findings"][0]["message"]
    assert "MARIAM" not in row.facts["findings"][0]["message"]  # whose number it is, is not told


def test_register_keeps_a_name_that_came_after_the_list_was_read(
    submission: Submission, make_people: Any, monkeypatch: Any
) -> None:
    send(submission, sheet(GOOD, OTHER))
    make_people(listing(1, name="MARIAM"))
    monkeypatch.setattr(landings.twins, "settle", lambda **_: None)
    through(submission)
    submission.refresh_from_db()
    assert submission.landed
    assert sorted(Person.objects.values_list("name", flat=True)) == ["BUDI SANTOSO", "MARIAM"]
    left = Event.objects.get(action="submission.left_out")
    assert (left.actor, left.after["name"]) == ("dinsos", "SITI AMINAH")  # type: ignore[index]
    assert Row.objects.get(name="SITI AMINAH").verdict == "returned"


def test_many_twins_take_as_many_queries_as_few(
    submission: Submission, django_assert_max_num_queries: Any
) -> None:
    for many in (4, 200):
        rows = [(nik(10 + n // 2), f"{chr(65 + n % 2) * 5} {n}", "05-03-1989", "Petani") for n in range(many)]
        send(submission, sheet(*rows), f"{many}.csv")
        row = submission.rows.filter(replaced=False).last()
        assert row is not None
        with django_assert_max_num_queries(30):
            actions.mend(by="operator", row=row, values={"job": f"Nelayan {many}"})


def test_twins_are_told_in_both_languages(make_user: Any, sign_in: Any, submission: Submission) -> None:
    send(submission, sheet(GOOD, THIEF))
    operator = sign_in(make_user("operator"))
    address = f"/usulan/{submission.pk}/baris/{Row.objects.get(name='RUSLAN').pk}/"
    assert "juga tertulis untuk orang lain: baris 2" in operator.get(address).content.decode()
    operator.cookies["bahasa"] = "en"
    assert "also written for somebody else: row 2" in operator.get(address).content.decode()
