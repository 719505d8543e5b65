"""The loader takes the law's own files and refuses everything that it does not understand."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from payung.law import ParameterError, bill, load, load_with
from payung.law.loader import parse_topic

GOOD = """\
topic: test
title: {id: Uji, en: Test}
parameters:
  fee:
    title: {id: Biaya, en: Fee}
    unit: rupiah
    values:
      - from: 2015-07-01
        until: 2019-12-01
        value: 1_000
        article: Ps 1
        source: text
        mark: confirmed
      - from: 2019-12-02
        value: 2000
        article: Ps 2
        source: text
        mark: once
        notes: [{id: Terbuka., en: Open.}]
"""


def test_a_good_file_is_read() -> None:
    parameter = parse_topic(GOOD, "good.yaml").parameters[0]
    first, second = parameter.values
    assert (first.value, first.until, second.value, second.mark) == (1000, dt.date(2019, 12, 1), 2000, "once")
    assert parameter.on(dt.date(2015, 6, 30)) is None
    assert parameter.on(dt.date(2015, 7, 1)) is first
    assert parameter.on(dt.date(2019, 12, 1)) is first
    assert parameter.on(dt.date(2019, 12, 2)) is second


RESTATED = "mark: once\n        restated: [{from: 2021-04-01, article: Ps 3, from_mark: believed}]"


def test_what_a_later_instrument_says_again_is_cited_from_its_day_on() -> None:
    first, second, third = parse_topic(GOOD.replace("mark: once", RESTATED), "good.yaml").parameters[0].values
    assert (second.article, second.until) == ("Ps 2", dt.date(2021, 3, 31))
    assert (third.article, third.since, third.value, third.from_mark) == (
        "Ps 3", dt.date(2021, 4, 1), second.value, "believed",
    )  # fmt: skip
    assert first.until == dt.date(2019, 12, 1)


def test_what_is_said_again_may_be_less_sure() -> None:
    again = "mark: confirmed\n        restated: [{from: 2021-04-01, article: Ps 2, mark: read, article_mark: once}]"
    _, first, second = parse_topic(GOOD.replace("mark: once", again), "good.yaml").parameters[0].values
    assert (first.mark, first.article_mark) == ("confirmed", None)
    assert (second.mark, second.article_mark, second.value) == ("read", "once", first.value)


@pytest.mark.parametrize("day", ["2019-12-02", "2015-01-01"])
def test_what_is_said_again_before_it_was_said_is_refused(day: str) -> None:
    with pytest.raises(ParameterError, match=r"outside its period|di luar masa"):
        parse_topic(GOOD.replace("mark: once", RESTATED.replace("2021-04-01", day)), "bad.yaml")


def test_no_value_cites_an_instrument_of_a_later_year() -> None:
    for parameter in load().parameters.values():
        for value in parameter.values:
            years = [int(year) for year in re.findall(r"/(20\d\d)", value.article)]
            read_like = value.article.startswith(("belum ditemukan", "peraturan daerah"))
            told = "sejak 2021" in value.article
            assert read_like or told or max(years, default=0) <= value.since.year, (
                parameter.name,
                value.article,
            )


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("unit: rupiah", "unit: dollars", 6, "dollars"),
        ("unit: rupiah", "unit: rupiah\n    colour: red", 7, "colour"),
        ("unit: rupiah", "unit: percent", 10, "1_000"),
        ("value: 1_000", "value: 10.5", 10, "10.5"),
        ("value: 1_000", "value: '0.24%'", 10, "0.24%"),
        ("        article: Ps 1\n", "", 8, "article"),
        ("        mark: confirmed\n", "", 8, "mark"),
        ("        source: text\n        mark: confirmed\n", "        mark: confirmed\n", 8, "source"),
        ("mark: confirmed", "mark: sure", 13, "sure"),
        ("until: 2019-12-01", "until: 2019-12-02", 14, "overlap"),
        ("until: 2019-12-01", "until: 2019-13", 9, "2019-13"),
        ("until: 2019-12-01", "until: 2019-00", 9, "2019-00"),
        ("from: 2015-07-01", "from: 2015-W27-1", 8, "2015-W27-1"),
        ("from: 2015-07-01", "from: 20150701", 8, "20150701"),
        ("article: Ps 1", "article: null", 11, "text"),
        ("article: Ps 1", "article: ~", 11, "text"),
        ("article: Ps 1", "article: true", 11, "text"),
        ("unit: rupiah", "unit: day of month", 10, "31"),
        ("until: 2019-12-01", "until: 2015-06-01", 9, "before"),
        ("from: 2019-12-02", "from: 2015-07-01", 14, "order"),
        ("from: 2019-12-02", "from: 2019-02-30", 14, "2019-02-30"),
        ("from: 2019-12-02", "from: 2019-12-02\n        from: 2019-12-02", 15, "twice"),
        ("  fee:", "  Fee!:", 4, "Fee!"),
        ("notes: [{id: Terbuka., en: Open.}]", "notes: [{id: Terbuka.}]", 19, "en"),
        ("title: {id: Biaya, en: Fee}", "title: Fee", 5, "keys"),
        ("mark: once", "mark: once: twice", 18, "YAML"),
        ("topic: test", "", 2, "topic"),
    ],
)
def test_a_fault_is_named_with_file_and_line(old: str, new: str, line: int, says: str) -> None:
    assert old in GOOD
    with pytest.raises(ParameterError) as caught:
        parse_topic(GOOD.replace(old, new, 1), "bad.yaml")
    message = caught.value.message.en
    assert message.startswith(f"bad.yaml, line {line}:"), message
    assert says in message
    assert caught.value.message.id.startswith(f"bad.yaml, baris {line}:")


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("[{from: 0, value: 5}, {from: 0, value: 6}]", "rise"),
        ("[{from: 10, value: 5}]", "begin at 0"),
        ("[]", "not empty"),
    ],
)
def test_bands_must_rise_from_zero(rows: str, says: str) -> None:
    text = GOOD.replace("unit: rupiah", "unit: rupiah\n    kind: bands").replace(
        "value: 1_000", f"value: {rows}"
    )
    with pytest.raises(ParameterError) as caught:
        parse_topic(text, "bad.yaml")
    assert says in caught.value.message.en


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(ParameterError):
        parse_topic("", "empty.yaml")


def test_a_repeal_is_a_null_with_its_own_article() -> None:
    parameter = parse_topic(GOOD.replace("value: 2000", "value: null"), "repeal.yaml").parameters[0]
    assert parameter.values[1].value is None
    assert parameter.values[1].article == "Ps 2"


def test_every_value_of_the_law_has_words_article_source_and_mark() -> None:
    book = load()
    assert len(book.parameters) > 60
    for parameter in book.parameters.values():
        assert parameter.title.id
        assert parameter.title.en
        for value in parameter.values:
            assert value.article
            assert value.source
            assert value.mark in ("confirmed", "read", "once", "believed")


def test_the_version_is_stable_and_changes_with_a_policy(tmp_path: Path) -> None:
    policy = tmp_path / "kapuas.yaml"
    policy.write_text(
        """\
topic: policy
title: {id: Kebijakan Kapuas, en: Policy of Kapuas}
parameters:
  relief_by_source:
    title: {id: Keringanan menurut sumber dana, en: Relief by funding source}
    unit: code
    kind: table
    values:
      - from: 2026-04
        value: {apbdes: relief, add: relief}
        article: surat kantor cabang 12/2026
        source: letter
        mark: once
"""
    )
    changed = load_with(policy)
    assert load().version == load().version
    assert changed.version != load().version
    given = {"segment": "bpu", "income": 1_000_000, "month": "2026-05", "source": "apbdes"}
    assert bill(**given).total == 16_800  # type: ignore[arg-type]
    assert bill(**given, book=changed).total == 8_400  # type: ignore[arg-type]
    assert bill(**given, book=changed).law == changed.version  # type: ignore[arg-type]
    others = {**given, "source": "csr", "sector": "transport"}
    for month in (
        "2026-01",
        "2026-03",
        "2026-05",
        "2027-02",
    ):  # before it began, and the rows that it does not name
        same = {**others, "month": month}
        assert bill(**same, book=changed).total == bill(**same).total == 8_400  # type: ignore[arg-type]
    transport = {**given, "sector": "transport", "month": "2026-03"}
    assert bill(**transport, book=changed).total == 16_800  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["version", "share", "date"])
def test_a_parameter_may_not_be_called_as_the_language_is(name: str) -> None:
    from payung.law.loader import _assemble

    with pytest.raises(ParameterError, match=name):
        _assemble({"bad.yaml": GOOD.replace("  fee:", f"  {name}:")}, b"")


def test_a_policy_for_an_unknown_parameter_is_refused(tmp_path: Path) -> None:
    policy = tmp_path / "wrong.yaml"
    policy.write_text(GOOD)
    with pytest.raises(Exception, match="fee"):
        load_with(policy)
    policy.write_text(GOOD.replace("  fee:", "  bpu_jkk_rate:"))
    with pytest.raises(ParameterError, match="percent"):
        load_with(policy)
