"""Age, decile and "passed elsewhere" are seen in a submission before it ends, by the rules of the main job."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from officeworld import VILLAGE, nik
from submissionsworld import send, sheet

from payung.office.answers import queries
from payung.office.answers.models import Outcome
from payung.office.answers.rules import HELD_AGAINST, PASSED_BEFORE, Facts, refused_by
from payung.office.jobs.worker import run_all
from payung.office.people.models import Person
from payung.office.submissions import actions as intake
from payung.office.submissions.models import Submission
from payung.planning.eligibility import RULES

FIRST = dt.date(2027, 1, 1)


def _names(facts: Facts, **how: Any) -> list[str]:
    return [rule.name for rule in refused_by({1: facts}, FIRST, **how).get(1, [])]


@pytest.mark.parametrize(
    ("born", "rules"),
    [
        (dt.date(1962, 1, 1), ["age_limit"]),  # 65 on the first day
        (dt.date(1962, 1, 2), []),  # 64 still
        (dt.date(2009, 1, 1), []),  # 18 on that day
        (dt.date(2009, 1, 2), ["minimum_age"]),
        (None, []),
    ],
)
def test_ages_are_those_of_the_main_job(born: dt.date | None, rules: list[str]) -> None:
    assert _names(Facts(born, None, "rentan")) == rules


def test_decile_counts_where_the_district_set_one_and_not_for_officials() -> None:
    born = dt.date(1990, 1, 1)
    assert _names(Facts(born, 8, "rentan")) == []
    assert _names(Facts(born, 8, "rentan"), max_decile=5) == ["welfare_decile"]
    assert _names(Facts(born, 5, "rentan"), max_decile=5) == []
    assert _names(Facts(born, 8, "kepala_desa"), max_decile=5) == []


def test_every_rule_can_be_switched_off_and_names_its_basis() -> None:
    assert _names(Facts(dt.date(1950, 1, 1), None, "rentan"), off=["age_limit"]) == []
    assert all(rule.basis for rule in RULES if rule.name in HELD_AGAINST)


def test_switches_of_an_office_are_those_rules() -> None:
    from payung.errors import InputError
    from payung.office.service import environment, values

    assert (*HELD_AGAINST, PASSED_BEFORE) == environment.RULES
    assert values.some_of({"A": "age_limit, welfare_decile"}, "A", environment.RULES) == (
        "age_limit",
        "welfare_decile",
    )
    with pytest.raises(InputError, match="usia"):
        values.some_of({"A": "usia"}, "A", environment.RULES)


@pytest.mark.django_db
def test_office_sets_its_decile_and_switches_rules_off(regions: None, settings: Any) -> None:
    submission = intake.begin(by="operator", village_code=VILLAGE, kind="rentan")
    send(
        submission, sheet((nik(1), "MAMPU", "05-03-1989", "Petani"), (nik(2), "TUA", "05-03-1989", "Petani"))
    )
    for by, step in (("kades", "submit"), ("camat", "endorse"), ("dinsos", "accept")):
        submission = intake.move(by=by, submission=submission, name=step)
    run_all()
    Person.objects.filter(name="MAMPU").update(decile=8, decile_version="DTSEN 2026-3")
    Person.objects.filter(name="TUA").update(birth_date=dt.date(1950, 1, 1))

    def held(**office: Any) -> set[str]:
        settings.ENVIRONMENT = dataclasses.replace(before, **office)
        found = queries.doubts(submission, timezone.localdate())
        return set(submission.rows.filter(pk__in=found).values_list("name", flat=True))

    before = settings.ENVIRONMENT
    assert held() == {"TUA"}  # no decile is set
    assert held(max_decile=5) == {"MAMPU", "TUA"}
    assert held(max_decile=8) == {"TUA"}
    assert held(max_decile=5, rules_off=("welfare_decile", "age_limit")) == set()


@pytest.mark.django_db
def test_dinas_sees_them_before_the_end(make_user: Any, sign_in: Any) -> None:
    submission = intake.begin(by="operator", village_code=VILLAGE, kind="rentan")
    rows = [
        (nik(n), name, "05-03-1989", "Petani")
        for n, name in ((1, "LANJUT USIA"), (2, "BIASA SAJA"), (3, "DAHULU"))
    ]
    send(submission, sheet(*rows))
    for by, step in (("kades", "submit"), ("camat", "endorse"), ("dinsos", "accept")):
        submission = intake.move(by=by, submission=submission, name=step)
    run_all()
    Person.objects.filter(name__iexact="LANJUT USIA").update(birth_date=dt.date(1957, 11, 12))
    other = Submission.objects.create(village_code=VILLAGE, kind="rentan", state="selesai", created_by="o")
    before = submission.rows.get(name="DAHULU")
    Outcome.objects.create(
        submission=other, row=_row_of(other, before), person=before.person, end="lolos", code="padan"
    )
    found = queries.doubts(submission, timezone.localdate())
    assert set(found) == {submission.rows.get(name="LANJUT USIA").pk, before.pk}
    client = sign_in(make_user("dinsos"))
    page = client.get(f"/padan/usulan/{submission.pk}/").content.decode()
    assert "2 orang tidak memenuhi syarat" in page
    listed = client.get(f"/padan/usulan/{submission.pk}/orang/?syarat=periksa").content.decode()
    assert "65 tahun atau lebih" in listed
    assert "Perbup Batang" in listed
    assert "Sudah lolos di usulan lain." in listed
    assert "BIASA" not in listed.upper().partition("<TBODY>")[2]


def _row_of(other: Submission, row: Any) -> Any:
    """Return the same person's row in an earlier list."""
    from payung.office.submissions.models import Row, Upload

    upload = Upload.objects.create(submission=other, name="a", path="a", size=1, sha256="a" * 64, by="o")
    return Row.objects.create(
        submission=other, upload=upload, record="a#1", sheet="a", row=1, verdict="accepted", person=row.person
    )
