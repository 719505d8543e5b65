"""Ways, clocks and papers without a database, held against the law."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.office.cases.rules.clocks import Clock, Done, clocks, delay
from payung.office.cases.rules.difference import Part, explained
from payung.office.cases.rules.papers import lacking, unknown, wanted
from payung.office.cases.states import (
    DECIDED,
    ENDED,
    KINDS,
    REOPENS,
    WAYS,
    CaseKind,
    CaseState,
    Happening,
    StepKind,
)
from payung.text import Text

moment = dt.datetime.fromisoformat  # local, without a zone
LATER = moment("2026-12-01T00:00")
FELL = moment("2026-04-20T08:00")
S = CaseState


def at(
    kind: CaseKind,
    *steps: Done,
    event: dt.datetime = FELL,
    hour: bool = True,
    now: dt.datetime | None = None,
) -> dict[str, Clock]:
    found = clocks(kind, event.date(), event.time() if hour else None, steps, now or LATER)
    return {clock.code: clock for clock in found}


def moved(state: CaseState, when: dt.datetime, **values: object) -> Done:
    return Done(StepKind.MOVE, state, when.date(), when.time(), **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("hours", "minutes", "late"),
    [(47, 59, False), (48, 0, False), (48, 1, True)],
    ids=["47h59", "48h00", "48h01"],
)
def test_stage_one_is_two_times_24_hours(hours: int, minutes: int, late: bool) -> None:
    told_at = FELL + dt.timedelta(hours=hours, minutes=minutes)
    told = Done(StepKind.STAGE_ONE, S.REPORTED, told_at.date(), told_at.time())
    clock = at(CaseKind.JKK_PARTNER, told)["stage_one"]
    assert (clock.until, clock.late) == (moment("2026-04-22T08:00"), late)
    open_ = at(CaseKind.JKK_PARTNER, now=told_at)["stage_one"]
    assert (open_.done, open_.late) == (None, late)


def test_without_an_hour_the_clock_begins_with_the_day_and_says_so() -> None:
    clock = at(CaseKind.JKK_PARTNER, hour=False)["stage_one"]
    assert clock.until == moment("2026-04-22T00:00")
    assert "Jam kejadian tidak diketahui" in clock.notes[-1].id


def test_stage_two_runs_from_what_the_doctor_said() -> None:
    stated = moved(S.RECOVERED, moment("2026-05-04T10:00"))
    assert "stage_two" not in at(CaseKind.JKK_PARTNER)
    for minutes, late in ((47 * 60 + 59, False), (48 * 60 + 1, True)):
        sent = moved(S.SUBMITTED, moment("2026-05-04T10:00") + dt.timedelta(minutes=minutes))
        clock = at(CaseKind.JKK_PARTNER, stated, sent)["stage_two"]
        assert (clock.until, clock.late) == (moment("2026-05-06T10:00"), late)


def test_a_death_not_by_work_has_no_stages() -> None:
    assert set(at(CaseKind.JKM)) == {"claim"}


@pytest.mark.parametrize(
    ("kind", "sent", "until"),
    [
        # no holiday: three and seven working days
        (CaseKind.JKM, "2026-02-02", "2026-02-05"),
        (CaseKind.JKK_PARTNER, "2026-02-02", "2026-02-11"),
        # Idul Fitri on Monday 31 March and Tuesday 1 April 2025 does not count: 28, 2, 3
        (CaseKind.JKM, "2025-03-27", "2025-04-03"),
        (CaseKind.JKK_PARTNER, "2025-03-27", "2025-04-09"),
    ],
)
def test_insurer_pays_within_working_days(kind: CaseKind, sent: str, until: str) -> None:
    event = moment(f"{sent}T07:00")
    steps = [moved(S.SUBMITTED, moment(f"{sent}T09:00"))]
    clock = at(kind, *steps, event=event, now=moment(f"{until}T23:00"))["payment"]
    assert (clock.until.date().isoformat(), clock.whose, clock.late) == (until, "insurer", False)
    after = moment(f"{until}T00:00") + dt.timedelta(days=1)
    assert at(kind, *steps, event=event, now=after)["payment"].late


def test_insurer_owes_one_percent_a_day_after_that() -> None:
    sent = moved(S.SUBMITTED, moment("2026-02-02T09:00"))
    agreed = moved(S.APPROVED, moment("2026-02-04T09:00"), amount=42_000_000)
    late = moved(S.PAID, moment("2026-02-08T09:00"), amount=42_000_000)
    event = moment("2026-01-30T00:00")
    assert at(CaseKind.JKM, sent, agreed, late, event=event)["payment"].fine == 3 * 420_000
    now = moment("2026-02-06T12:00")
    assert at(CaseKind.JKM, sent, agreed, event=event, now=now)["payment"].fine == 420_000
    assert delay("jkm", dt.date(2026, 2, 2), dt.date(2026, 2, 5), 42_000_000).fine == 0


def test_insurer_says_what_is_missing_within_seven_working_days() -> None:
    sent = moved(S.SUBMITTED, moment("2026-02-02T09:00"))
    clock = at(CaseKind.JKK_PARTNER, sent, now=moment("2026-02-11T23:00"))["missing"]
    assert (clock.until.date(), clock.late) == (dt.date(2026, 2, 11), False)
    back = moved(S.RETURNED, moment("2026-02-12T09:00"))
    found = at(CaseKind.JKK_PARTNER, sent, back)
    assert found["missing"].late
    assert "payment" not in found  # it lies with us again


def test_claim_expires_after_the_last_minute_of_five_years() -> None:
    for kind in (CaseKind.JKM, CaseKind.JKK_PARTNER):
        assert not at(kind, now=moment("2031-04-20T23:59"))["claim"].late
        assert at(kind, now=moment("2031-04-21T00:00"))["claim"].late


def test_an_act_after_the_deadline_is_late_and_stays_done() -> None:
    sent = moved(S.SUBMITTED, moment("2031-04-21T08:00"))
    clock = at(CaseKind.JKM, sent, now=moment("2031-05-01T00:00"))["claim"]
    assert clock.late
    assert clock.done == moment("2031-04-21T08:00")


def test_objection_runs_to_the_day_of_the_letter_while_the_case_is_refused() -> None:
    sent = moved(S.SUBMITTED, moment("2026-05-04T09:00"))
    refused = moved(S.REFUSED, moment("2026-05-06T09:00"), object_until=dt.date(2026, 5, 20))
    assert not at(CaseKind.JKM, sent, refused, now=moment("2026-05-20T23:00"))["objection"].late
    assert at(CaseKind.JKM, sent, refused, now=moment("2026-05-21T00:00"))["objection"].late
    objected = Done(StepKind.OBJECTION, S.REFUSED, dt.date(2026, 5, 19))
    assert not at(CaseKind.JKM, sent, refused, objected)["objection"].late
    again = moved(S.EXAMINED, moment("2026-05-25T00:00"))
    assert "objection" not in at(CaseKind.JKM, sent, refused, objected, again)
    assert not at(CaseKind.JKM, sent, refused)["payment"].late  # a refusal is an answer


LUMP, PERIODIC, FUNERAL = (
    Part(Text("santunan", "lump sum"), 20_000_000, now=False),
    Part(Text("santunan berkala", "periodic"), 12_000_000, now=False),
    Part(Text("biaya pemakaman", "funeral"), 10_000_000),
)


@pytest.mark.parametrize(
    ("paid", "fine", "says"),
    [
        (42_000_000, 0, ("Sama dengan perkiraan.",)),
        (42_000_000, 420_000, ("Sama dengan perkiraan.",)),
        (42_420_000, 420_000, ("Rp420.000 lebih", "denda keterlambatan")),
        (42_420_000, 840_000, ("Rp420.000 lebih", "belum dapat dijelaskan")),
        (10_000_000, 0, ("Rp32.000.000 kurang", "tunggakan lunas")),
        (30_000_000, 0, ("Rp12.000.000 kurang", "santunan berkala")),
        (20_000_000, 0, ("Rp22.000.000 kurang", "santunan berkala, biaya pemakaman")),
        (41_999_999, 0, ("Rp1 kurang", "belum dapat dijelaskan")),
    ],
)
def test_a_difference_to_the_estimate_is_explained_or_said_to_be_open(
    paid: int, fine: int, says: tuple[str, ...]
) -> None:
    found = explained([LUMP, PERIODIC, FUNERAL], paid, fine)
    assert all(line.en for line in found)
    for said in says:
        assert said in " ".join(line.id for line in found)


@given(st.lists(st.integers(1, 10**9), max_size=14), st.integers(0, 10**10), st.integers(0, 10**8))
def test_whatever_was_paid_something_is_said(amounts: list[int], paid: int, fine: int) -> None:
    found = explained([Part(Text("x", "x"), amount) for amount in amounts], paid, fine)
    assert len(found) == (1 if paid == sum(amounts) else 2)


def test_returned_for_its_form_and_refused_in_substance_are_two_things() -> None:
    """Returned: it lies with us, nothing to object to. Refused: an objection runs, and only a reason opens it."""
    assert WAYS[S.RETURNED] == (S.COMPLETE, S.DROPPED)
    assert set(WAYS[S.REFUSED]) == {S.EXAMINED, S.DONE}
    assert S.RETURNED not in DECIDED
    assert S.REFUSED in DECIDED
    assert (S.REFUSED, S.EXAMINED) in REOPENS
    sent = moved(S.SUBMITTED, moment("2026-05-04T09:00"))
    back = moved(S.RETURNED, moment("2026-05-06T09:00"), object_until=dt.date(2026, 5, 20))
    assert "objection" not in at(CaseKind.JKM, sent, back)


def test_every_state_is_reached_and_all_but_the_last_go_on() -> None:
    reached = {S.REPORTED} | {state for ways in WAYS.values() for state in ways}
    assert reached == set(S)
    assert set(WAYS) == set(S)
    for before, after in REOPENS:
        assert after in WAYS[before]
        assert before in {*DECIDED, *ENDED}


@given(st.sampled_from(Happening), st.dates(dt.date(2019, 12, 2), dt.date(2026, 12, 31)))
def test_every_right_has_papers_of_the_law_and_says_which_are_practice(
    happening: Happening, on: dt.date
) -> None:
    for kind in KINDS[happening]:
        papers = wanted(kind, on, happening)
        assert len({paper.code for paper in papers}) == len(papers)
        of_law = [paper for paper in papers if paper.law]
        assert of_law
        assert all(paper.article for paper in papers)
        assert {paper.code for paper in lacking(papers, ())} == {
            paper.code for paper in papers if paper.always
        }
        assert not lacking(papers, [paper.code for paper in papers])


def test_the_law_of_2015_asks_four_papers_of_a_jkm_claim() -> None:
    papers = wanted(CaseKind.JKM, dt.date(2020, 1, 1), Happening.DEATH)
    codes = {paper.code for paper in papers if paper.law}
    assert codes == {"application", "death-letter", "heir-letter", "participant-card"}


@pytest.mark.parametrize("happening", Happening)
@pytest.mark.parametrize(
    ("day", "held"), [("2015-06-30", False), ("2015-07-01", True), ("1980-01-01", False)]
)
def test_a_day_whose_papers_are_not_known_says_so_and_takes_papers_all_the_same(
    happening: Happening, day: str, held: bool
) -> None:
    on = dt.date.fromisoformat(day)
    for kind in KINDS[happening]:
        said = unknown(kind, on)
        assert (said is None) == held
        assert any(paper.law for paper in wanted(kind, on, happening)) == held
        if said:
            assert "UU 3/1992" in said.id
            assert "not known" in said.en
        asked = [paper for paper in wanted(kind, on, happening) if paper.code.startswith("asked-")]
        assert [paper.medical for paper in asked] == ([False] if kind is CaseKind.JKM else [False, True])
        assert not any(paper.law or paper.always for paper in asked)


def test_what_a_doctor_wrote_is_medical() -> None:
    needs = wanted(CaseKind.JKK_PARTNER, dt.date(2026, 4, 20), Happening.ACCIDENT)
    papers = {paper.code: paper.medical for paper in needs}
    assert papers["doctor-letter"]
    assert papers["form-kk3"]
    assert not papers["identity-card"]


ROAD = {"police-report", "jasa-raharja"}
KK, PAK = {"form-kk1", "form-kk2", "form-kk3"}, {"form-pak1", "form-pak2", "form-pak3"}


@pytest.mark.parametrize("happening", Happening)
def test_what_happened_says_which_forms_and_whether_jasa_raharja_comes_first(happening: Happening) -> None:
    """Whatever right it turns out to be: who is killed or disabled on the road went to Jasa Raharja first as well."""
    for kind in KINDS[happening]:
        codes = {paper.code for paper in wanted(kind, dt.date(2026, 4, 20), happening)}
        road = happening in (Happening.TRAFFIC, Happening.TRAFFIC_DEATH) and kind is not CaseKind.JKM
        disease = happening is Happening.DISEASE
        work = kind is not CaseKind.JKM and not disease
        assert codes & ROAD == (ROAD if road else set())
        assert codes & (KK | PAK) == (PAK if disease else KK if work else set())


def test_a_day_whose_law_is_not_held_here_has_no_invented_clock() -> None:
    old = moment("2018-05-01T08:00")
    assert at(CaseKind.JKM, event=old) == {}
    assert set(at(CaseKind.JKK_PARTNER, event=old)) == {"stage_one", "claim"}
    sent = moved(S.SUBMITTED, moment("2014-05-02T09:00"))
    assert at(CaseKind.JKK_PARTNER, sent, event=moment("2014-05-01T08:00")) == {}
