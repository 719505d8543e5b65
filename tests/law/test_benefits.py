"""Benefits: what stands beside the totals; the totals themselves are in the examples and on the command line."""

from __future__ import annotations

import datetime as dt

import pytest

from payung.errors import InputError
from payung.law.benefits import Benefit, Case, benefit
from payung.law.losses import find_loss, losses, parse_thousandths
from payung.law.scholarships import parse_children

NOW = dt.date(2026, 2, 1)


def says(found: Benefit, words: str) -> bool:
    return any(words in note.id for note in found.notes)


def test_every_benefit_is_marked_as_an_estimate() -> None:
    assert says(benefit("death", Case(segment="pu"), NOW), "perkiraan")


@pytest.mark.parametrize(
    ("since", "day", "total", "boundary"),
    [
        ("2025-03-01", "2025-04-30", 10_000_000, False),
        ("2025-03-01", "2025-05-01", 10_000_000, True),  # the third month begins
        ("2025-03-01", "2025-05-31", 10_000_000, True),  # 91 days, but not three months
        ("2025-03-01", "2025-06-01", 42_000_000, False),
        ("2026-02-01", "2026-05-01", 10_000_000, True),  # three months, but 89 days
        ("2026-02-01", "2026-05-02", 42_000_000, False),
        ("2025-11-30", "2026-02-28", 42_000_000, False),  # 90 days, and the last day of a short month
    ],
)
def test_the_waiting_time_to_the_day(since: str, day: str, total: int, boundary: bool) -> None:
    case = Case(segment="bpu", member_since=dt.date.fromisoformat(since))
    found = benefit("death", case, dt.date.fromisoformat(day))
    assert (found.total, says(found, "Batas 3 bulan")) == (total, boundary)


def test_three_paid_months_alone_are_the_boundary_and_counted_with_care() -> None:
    """The third paid month may still be running: as with a beginning and a day, not full by every reading."""
    exactly = benefit("death", Case(segment="bpu", paid_months=3), NOW)
    assert (exactly.total, says(exactly, "Batas 3 bulan"), says(exactly, "Periksa")) == (
        10_000_000,
        True,
        True,
    )
    dated = benefit("death", Case(segment="bpu", paid_months=3, member_since=dt.date(2025, 12, 1)), NOW)
    assert (dated.total, says(dated, "Batas 3 bulan")) == (10_000_000, True)
    fewer = benefit("death", Case(segment="bpu", paid_months=2), NOW)
    assert (fewer.total, says(fewer, "Batas 3 bulan")) == (10_000_000, False)
    clock = next(step for step in fewer.steps if step.name == "jkm_is_full")
    assert (clock.value, [text.id for text in clock.because][-1]) == (
        0,
        "bulan iuran < Bulan kepesertaan BPU sebelum JKM penuh",
    )
    more = benefit("death", Case(segment="bpu", paid_months=4), NOW)
    assert (more.total, says(more, "Batas 3 bulan")) == (42_000_000, False)


def test_on_the_boundary_the_sum_is_only_believed() -> None:
    marks = {
        paid: benefit("death", Case(segment="bpu", paid_months=paid), NOW).steps[-1].mark
        for paid in (2, 3, 4, 5)
    }
    assert marks == {2: "confirmed", 3: "believed", 4: "believed", 5: "confirmed"}


def test_months_that_were_not_paid_are_no_boundary() -> None:
    """Member for a year with two paid months: the reading of the third month changes nothing."""
    found = benefit("death", Case(segment="bpu", member_since=dt.date(2025, 2, 1), paid_months=2), NOW)
    assert (found.total, says(found, "Batas 3 bulan")) == (10_000_000, False)


def test_a_scholarship_out_of_jkm_shows_the_zero_and_why() -> None:
    found = benefit("death", Case(segment="bpu", paid_months=35, children=1), NOW)
    assert found.parts["scholarship"] == 0
    step = next(step for step in found.steps if step.name == "death_scholarship")
    assert step.values == {"children": 1, "paid_months": 35}


def test_the_schedule_gives_every_level_and_year() -> None:
    schedule = benefit("scholarship", Case(children=1), NOW).schedule
    assert [(level.level, level.per_year, level.years, level.amount) for level in schedule] == [
        ("tk", 1_500_000, 2, 3_000_000),
        ("sd", 1_500_000, 6, 9_000_000),
        ("smp", 2_000_000, 3, 6_000_000),
        ("sma", 3_000_000, 3, 9_000_000),
        ("pt", 12_000_000, 5, 60_000_000),
    ]
    assert benefit("scholarship", Case(children=1), dt.date(2018, 1, 1)).schedule == ()


def test_of_three_children_the_two_with_most_years_left_count() -> None:
    found = benefit("scholarship", Case(children=("pt", "sd", "sma")), NOW)
    assert found.parts == {"scholarship_child_1": 84_000_000, "scholarship_child_2": 69_000_000}


def test_the_floor_of_death_by_work_is_the_lump_sum_of_jkm() -> None:
    assert benefit("work-death", Case(segment="pu", wage=100_000), NOW).parts["lump_sum"] == 20_000_000
    assert (
        benefit("work-death", Case(segment="pu", wage=100_000), dt.date(2018, 1, 1)).parts["lump_sum"]
        == 16_200_000
    )


def test_the_basis_of_the_band_counts_for_a_bpu() -> None:
    found = benefit("work-death", Case(segment="bpu", income=1_500_000), NOW)
    assert found.parts["lump_sum"] == 48 * 1_600_000


def test_incapacity_before_2019_had_three_stages() -> None:
    day = dt.date(2018, 2, 1)
    for count, total in ((6, 6_000_000), (7, 6_750_000), (12, 10_500_000), (13, 11_000_000)):
        assert benefit("incapacity", Case(segment="pu", wage=1_000_000, months=count), day).total == total


@pytest.mark.parametrize(
    ("kind", "cost", "now", "before"),
    [
        ("transport-land", 9_000_000, 5_000_000, 1_000_000),
        ("transport-sea", 9_000_000, 2_000_000, 1_500_000),
        ("transport-air", 99_000_000, 10_000_000, 2_500_000),
        ("home-care", 99_000_000, 20_000_000, None),
        ("denture", 9_000_000, 5_000_000, 3_000_000),
        ("hearing-aid", 9_000_000, 2_500_000, None),
        ("glasses", 9_000_000, 1_000_000, None),
        ("glasses", 400_000, 400_000, None),
    ],
)
def test_costs_are_paid_back_up_to_their_cap(kind: str, cost: int, now: int, before: int | None) -> None:
    case = Case(segment="pu", wage=1_000_000, months=1, costs={kind: cost})
    assert benefit("incapacity", case, NOW).parts[kind] == now
    old = dt.date(2018, 1, 1)
    if before is None:
        with pytest.raises(InputError):
            benefit("incapacity", case, old)
    else:
        assert benefit("incapacity", case, old).parts[kind] == before


def test_a_prosthesis_is_paid_back_up_to_the_price_of_the_centre_and_two_fifths() -> None:
    def paid(cost: int, price: int | None) -> int:
        case = Case(segment="pu", wage=0, months=1, costs={"prosthesis": cost}, centre_price=price)
        return benefit("incapacity", case, NOW).parts["prosthesis"]

    assert paid(1_000_000, 1_000_000) == 1_000_000  # never more than was spent
    assert paid(2_000_000, 1_000_000) == 1_400_000
    with pytest.raises(InputError, match="--centre-price"):
        paid(1_000_000, None)


def test_a_tariff_is_no_benefit_of_an_active_member() -> None:
    for event, case in (("migrant", Case(months=24)), ("project", Case(contract=1_000_000))):
        found = benefit(event, case, NOW)
        assert not says(found, "peserta aktif")
        assert says(found, "perkiraan iuran")


def test_modes_of_transport_are_capped_each_and_added() -> None:
    costs = {"transport-land": 9_000_000, "transport-sea": 9_000_000}
    found = benefit("incapacity", Case(segment="pu", wage=0, months=1, costs=costs), NOW)
    assert found.total == 7_000_000


def test_the_disability_table_is_the_whole_of_the_sheet() -> None:
    rows = {loss.code: loss for loss in losses(NOW)}
    assert len(rows) == 46
    percent = {code: loss.share.percent() for code, loss in rows.items()}
    assert percent["first-phalanx-right-index"] == "4.5 %"
    assert percent["right-hand-from-wrist"] == "32 %"
    assert percent["impotence"] == "40 %"  # in the table of 2015; summaries say 30
    assert {loss.mark for loss in rows.values()} == {"read"}
    assert {loss.mark for loss in losses(dt.date(2019, 12, 1))} == {"confirmed"}
    for loss in rows.values():
        if loss.swap:
            assert rows[loss.swap].swap == loss.code
            assert find_loss(loss.code, NOW, left_handed=True).code == loss.swap
    assert find_loss("both-eyes", NOW, left_handed=True).code == "both-eyes"


def test_an_unknown_loss_names_those_that_are_alike() -> None:
    with pytest.raises(InputError) as caught:
        find_loss("right-arm", NOW)
    assert "right-arm-from-shoulder" in caught.value.message.en


@pytest.mark.parametrize(
    ("text", "value"), [("30", 300), ("37.5", 375), ("37,5%", 375), ("100", 1000), ("0.1", 1), ("12.50", 125)]
)
def test_percentages_are_read_in_tenths(text: str, value: int) -> None:
    assert parse_thousandths(text, "--percent") == value


@pytest.mark.parametrize("text", ["", "-5", "0", "100.1", "12.34", "a", "1.2.3", "٣"])
def test_percentages_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(InputError):
        parse_thousandths(text, "--percent")


def test_children_are_a_number_or_levels() -> None:
    assert parse_children("2") == 2
    assert parse_children("SD, pt") == ("sd", "pt")
    for text in ("", "-1", "s1", "1.5", "31"):
        with pytest.raises(InputError):
            parse_children(text)
