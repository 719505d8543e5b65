"""What must hold for every person, month, source and risk."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from payung.law import bill, load, months
from payung.law.benefits import Case, benefit
from payung.law.facts import MOST_PAY, SOURCES
from payung.law.rates import Rate, parse_percent, rounded
from payung.law.rules import benefit as rules

INCOME = st.integers(0, MOST_PAY)
MONTH = st.integers(months.index("2015-07"), months.index("2030-12")).map(months.from_index)
SOURCE = st.sampled_from(SOURCES)
BPU = st.fixed_dictionaries({"segment": st.just("bpu"), "sector": st.sampled_from(("transport", "other"))})
PU = st.fixed_dictionaries(
    {
        "segment": st.just("pu"),
        "sector": st.sampled_from(("transport", "other", "labour-intensive")),
        "risk": st.integers(1, 5),
    }
)
PERSON = st.one_of(BPU, PU)


def parts(found: Any) -> list[int]:
    return [step.value for step in found.steps if step.unit == "rupiah"]


@given(PERSON, INCOME, MONTH, SOURCE)
def test_no_amount_is_negative_and_the_last_step_is_the_total(
    person: dict[str, Any], income: int, month: str, source: str
) -> None:
    programmes = ("jkk", "jkm", "jht") if person["segment"] == "bpu" else ("jkk", "jkm", "jht", "jp")
    found = bill(**person, income=income, month=month, source=source, programmes=programmes)
    assert all(amount >= 0 for amount in parts(found))
    assert found.steps[-1].name == "total"
    assert found.steps[-1].value == found.total == sum(found.steps[-1].values.values())
    assert all(step.article for step in found.steps[:-1])


@given(PERSON, INCOME, INCOME, MONTH, SOURCE)
def test_more_income_never_costs_less(
    person: dict[str, Any], first: int, second: int, month: str, source: str
) -> None:
    low, high = sorted((first, second))
    given_ = {**person, "month": month, "source": source}
    assert bill(**given_, income=low).total <= bill(**given_, income=high).total


@given(PERSON, INCOME, SOURCE)
def test_relief_never_raises(person: dict[str, Any], income: int, source: str) -> None:
    full = bill(**person, income=income, source=source, month="2024-05").total
    for month in ("2020-09", "2025-05", "2026-01", "2026-05", "2027-02"):
        assert bill(**person, income=income, source=source, month=month).total <= full


@given(BPU, INCOME, MONTH)
def test_state_money_never_gets_the_relief_of_2026(person: dict[str, Any], income: int, month: str) -> None:
    paid = {source: bill(**person, income=income, month=month, source=source).total for source in SOURCES}
    assert paid["apbn"] == paid["apbd"] == paid["dbh-sawit"] == paid["dbhcht"]
    assert all(paid[source] <= paid["apbd"] for source in SOURCES)
    assert len({paid[source] for source in ("csr", "baznas", "asn", "mandiri")}) == 1


@given(st.integers(0, 10**15), st.sampled_from(["0.24%", "0.445%", "1.74%", "3.7%", "50%", "0.3%"]))
def test_half_up_is_what_decimal_says(amount: int, percent: str) -> None:
    rate = parse_percent(percent)
    exact = Decimal(amount) * Decimal(percent.rstrip("%")) / 100
    assert rounded(amount * rate.n, rate.d, "half-up") == int(exact.quantize(Decimal(1), ROUND_HALF_UP))
    assert rounded(amount * rate.n, rate.d, "down") <= exact <= rounded(amount * rate.n, rate.d, "up")


@given(st.integers(0, 99_999), st.integers(0, 4))
def test_a_percentage_is_read_exactly_and_written_back(digits: int, decimals: int) -> None:
    whole, rest = divmod(digits, 10**decimals)
    text = f"{whole}.{rest:0{decimals}d}%" if decimals else f"{whole}%"
    rate = parse_percent(text)
    assert Rate(rate.n, rate.d) == parse_percent(rate.percent())
    assert rate.n * 100 * 10**decimals == digits * rate.d


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.dates(dt.date(2015, 7, 1), dt.date(2030, 1, 1)))
def test_a_higher_wage_never_gets_less(first: int, second: int, day: dt.date) -> None:
    low, high = sorted((first, second))
    for event in ("work-death", "total-disability"):
        less = benefit(event, Case(segment="pu", wage=low), day).total
        assert 0 <= less <= benefit(event, Case(segment="pu", wage=high), day).total


@given(
    st.integers(0, 599), st.integers(0, 10**9), st.sampled_from([dt.date(2018, 1, 1), dt.date(2026, 1, 1)])
)
def test_another_month_of_incapacity_adds_at_most_a_wage(count: int, wage: int, day: dt.date) -> None:
    law = load().on(day)
    shorter, longer = (rules.incapacity(law, "pu", wage, number) for number in (count, count + 1))
    assert 0 <= longer - shorter <= wage + 1


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_a_larger_contract_never_costs_less(first: int, second: int) -> None:
    low, high = sorted((first, second))
    day = dt.date(2026, 1, 1)
    assert (
        benefit("project", Case(contract=low), day).total
        <= benefit("project", Case(contract=high), day).total
    )


@given(st.dates(dt.date(2015, 7, 1), dt.date(2030, 1, 1)), st.integers(-120, 240))
def test_months_are_counted_the_same_both_ways(day: dt.date, count: int) -> None:
    month = months.month_of(day)
    assert months.add(months.add(month, count), -count) == month
    later = months.add_to_date(day, abs(count))
    assert months.whole_months(day, later) == abs(count) or later.day < day.day
    assert months.whole_months(day, day) == 0
