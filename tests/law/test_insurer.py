"""The clocks against the insurer, what its delay costs, objections, and how many occupations there may be."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.errors import InputError
from payung.law import load
from payung.law.calendar import answer_deadline, missing_papers_deadline, payment_deadline
from payung.law.insurer import late_payment, ways_of_objection
from payung.law.policy import look_up, occupations_refusal

D = dt.date


def test_the_insurer_has_seven_working_days_to_say_what_is_missing() -> None:
    assert missing_papers_deadline(D(2026, 2, 2)).date == D(2026, 2, 11)
    found = answer_deadline(
        "missing", "2026-03-16"
    )  # Nyepi on Thursday the 19th; Idul Fitri falls on a weekend
    assert found.date == D(2026, 3, 26)
    assert payment_deadline("jkm", D(2025, 3, 27)).date == D(2025, 4, 3)  # Idul Fitri on 31 March and 1 April
    assert found.article == "PP 44/2015 Ps 43(7), Ps 44(7)"


def test_every_day_of_delay_costs_the_insurer_one_percent() -> None:
    in_time = late_payment("jkm", D(2026, 2, 2), D(2026, 2, 5), 42_000_000)
    assert (in_time.until, in_time.days, in_time.fine) == (D(2026, 2, 5), 0, 0)
    late = late_payment("jkm", D(2026, 2, 2), D(2026, 2, 10), 42_000_000)
    assert (late.days, late.fine) == (5, 2_100_000)
    assert "Ps 40(4)" in late.steps[-1].article
    assert late_payment("jkk", D(2026, 2, 2), D(2026, 2, 11), 42_000_000).days == 0
    with pytest.raises(InputError):
        late_payment("jkm", D(2026, 2, 2), D(2026, 2, 1), 42_000_000)


@given(st.dates(D(2016, 1, 1), D(2030, 1, 1)), st.integers(0, 200), st.integers(0, 10**9))
def test_the_fine_grows_by_the_day(complete: dt.date, after: int, amount: int) -> None:
    found = late_payment("jkm", complete, complete + dt.timedelta(days=after), amount)
    assert found.until == payment_deadline("jkm", complete).date
    assert found.days == max(0, (complete + dt.timedelta(days=after) - found.until).days)
    assert abs(found.fine * 100 - amount * found.days) <= 50


def test_the_way_of_objections_ends_with_the_minister() -> None:
    objection, complaint, dispute = ways_of_objection(D(2026, 2, 1))
    assert ["Pengawas" in step.id or "Menteri" in step.id for step in objection.steps] == [True, True]
    assert "Menteri" in objection.steps[-1].id
    assert (objection.article, objection.mark) == ("PP 44/2015 Ps 45(2)-(4)", "read")
    assert (len(complaint.steps), len(dispute.steps)) == (2, 4)
    assert ways_of_objection(D(2018, 2, 1))[0].mark == "confirmed"


def test_a_bpu_has_two_occupations_at_most() -> None:
    found = look_up("occupations_most", D(2026, 2, 1))
    assert (found.value, found.article) == (2, "PP 44/2015 Ps 11(2)")
    assert occupations_refusal(2, D(2026, 2, 1)) is None
    refused = occupations_refusal(3, D(2026, 2, 1))
    assert refused is not None
    assert "Ps 11(2)" in refused.id


@pytest.mark.parametrize(
    ("name", "value", "article"),
    [
        ("missing_papers_days", 7, "Ps 43(7), Ps 44(7)"),
        ("jkk_payment_days", 7, "Ps 37(2)"),
        ("jkm_payment_days", 3, "Ps 40(3)"),
        ("hospital_payment_days", 7, "Ps 46"),
        ("overpayment_notice_days", 14, "Ps 23(3)(4)"),
        ("occupational_disease_years", 3, "Ps 48"),
        ("membership_start_days", 1, "Ps 11(4)(5)"),
        ("jkk_claim_years", 2, "Ps 26"),
        ("scholarship_months", 60, "Ps 34(1)d, (2)"),
        ("stmb_first_months", 6, "Lampiran III"),
        ("daily_wage_days", 25, "Ps 19(3)(4)(5)"),
    ],
)
def test_what_was_read_in_the_text_has_its_article_and_is_confirmed_for_its_time(
    name: str, value: int, article: str
) -> None:
    found = look_up(name, D(2018, 2, 1))
    assert (found.value, found.mark) == (value, "confirmed")
    assert article in found.article


def test_nothing_that_is_now_read_stays_believed() -> None:
    """What stays believed before December 2019 is not in the text of PP 44/2015."""
    day = D(2018, 2, 1)
    believed = {
        parameter.name
        for parameter in load().parameters.values()
        if (value := parameter.on(day)) is not None
        and (
            "believed" in (value.mark, value.article_mark)
            or any(row.mark == "believed" for row in value.rows)
        )
    }
    assert believed == {
        "arrears_bpu_grace",  # only its row for the waiting time of 2025
        "contribution_rounding",
        "default_segment",
        "due_months_after",  # only its row for villages and offices
        "enrolment_age_below",
        "fixed_holidays",
        "jp_ceiling",
        "state_employer_arrears",
        "village_money",
    }


def test_risk_classes_and_construction_name_their_articles() -> None:
    day = D(2018, 2, 1)
    assert look_up("risk_class", day, "government").value == 1
    assert look_up("risk_class", day, "sea-fishing").value == 4
    assert look_up("risk_class", day, "digging").value == 5
    assert "Ps 54(2)" in look_up("project_jkk", day).article
    assert "Ps 55(2)" in look_up("project_jkm", day).article
