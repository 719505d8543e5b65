"""What a district's own file may not say is refused with file, line and what is allowed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from payung.law import ParameterError, bill, load_with, losses

HEAD = """\
topic: policy
title: {{id: Kebijakan, en: Policy}}
parameters:
  {name}:
    title: {{id: Isi, en: Content}}
    unit: {unit}
    kind: {kind}
    values:
      - from: {since}
        value: {value}
        article: surat kantor cabang 1/2026
        source: letter
        mark: once
"""


def policy(
    folder: Path, name: str, unit: str, value: str, *, kind: str = "scalar", since: str = "2026-04"
) -> Path:
    path = folder / "kapuas.yaml"
    path.write_text(HEAD.format(name=name, unit=unit, value=value, kind=kind, since=since))
    return path


@pytest.mark.parametrize(
    ("name", "unit", "kind", "value", "says"),
    [
        ("contribution_rounding", "code", "scalar", "bankers", "half-up, down, up"),
        ("relief_by_source", "code", "table", "{apbdes: half}", "full, relief"),
        ("relief_by_source", "code", "table", "{desa: relief}", "dana-desa"),
        ("default_segment", "code", "table", "{ketua_rt: asn}", "bpu, pu"),
        ("default_segment", "code", "table", "{camat: pu}", "ketua_rt"),
        ("source_bans", "codes", "table", "{add: [camat]}", "ketua_rt"),
        ("source_bans", "codes", "table", "{bank: [bpd]}", "baznas"),
        ("heirs", "rank", "table", "{uncle: 2}", "grandparent"),
        ("losses", "percent", "table", '{nose: "5%"}', "both-eyes"),
        ("losses", "percent", "table", '{both-eyes: "170%"}', "0 % - 100 %"),
        ("losses", "percent", "table", '{both-eyes: {value: "70%", swap: nose}}', "nose"),
        ("bpu_jkm", "rupiah", "scalar", "6_800_000", "680 - 68000"),
        ("bpu_jkm", "rupiah", "scalar", "68", "680 - 68000"),
        ("bpu_jkm", "rupiah", "scalar", "1" * 40, "1111"),
        ("bpu_jkm", "rupiah", "scalar", "null", "bpu_jkm"),
        ("due_day", "day of month", "scalar", "45", "1 - 31"),
        ("bpu_jkk_rate", "percent", "scalar", '"0.3333333333%"', "0.333333333 %"),
        ("kapuas", "code", "scalar", "a", "payung law list"),
        ("bpu_jkm", "percent", "scalar", '"1%"', "rupiah, scalar"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_file_and_line(
    tmp_path: Path, name: str, unit: str, kind: str, value: str, says: str
) -> None:
    with pytest.raises(ParameterError) as caught:
        load_with(policy(tmp_path, name, unit, value, kind=kind))
    assert caught.value.message.en.startswith(("kapuas.yaml, line 9:", "kapuas.yaml, line 10:"))
    assert caught.value.message.id.startswith(("kapuas.yaml, baris 9:", "kapuas.yaml, baris 10:"))
    assert all(says in text for text in caught.value.message)


def test_a_row_keeps_its_words_and_its_other_side(tmp_path: Path) -> None:
    value = '{right-arm-from-shoulder: "41%", scalp-torn-off: "12%"}'
    book = load_with(policy(tmp_path, "losses", "percent", value, kind="table"))
    rows = {loss.code: loss for loss in losses(dt.date(2026, 5, 1), book=book)}
    arm = rows["right-arm-from-shoulder"]
    assert (arm.share.percent(), arm.swap, arm.mark) == ("41 %", "left-arm-from-shoulder", "once")
    assert "lengan kanan" in arm.title.id
    assert rows["scalp-torn-off"].up_to is not None
    article = (
        book.parameters["losses"].values[-1].article
    )  # the rows that it does not name rest on the old one
    assert "PP 44/2015" in article
    assert "surat kantor cabang" in article
    assert len(rows) == 46


@pytest.mark.parametrize("since", ["2015-06-30", "2014-01-01", "2101-01-01"])
def test_a_day_outside_the_law_is_refused(tmp_path: Path, since: str) -> None:
    with pytest.raises(ParameterError, match="2015-07-01"):
        load_with(policy(tmp_path, "bpu_jkm", "rupiah", "6_800", since=since))


def test_a_value_that_the_rules_need_may_not_end(tmp_path: Path) -> None:
    path = policy(tmp_path, "bpu_jkm", "rupiah", "7_000")
    path.write_text(path.read_text().replace("        value:", "        until: 2026-12\n        value:"))
    with pytest.raises(ParameterError, match="bpu_jkm"):
        load_with(path)


def test_a_table_before_the_law_has_one_must_be_whole(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="mandiri"):
        load_with(
            policy(tmp_path, "relief_by_source", "code", "{apbdes: relief}", kind="table", since="2025-01")
        )


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"topic: a\x01b", b"? [a, b]\n: c\n", b"parameters: {? [a]: b}"]
)
def test_what_is_no_text_or_no_yaml_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "kapuas.yaml"
    path.write_bytes(content)
    with pytest.raises(ParameterError, match=r"kapuas\.yaml"):
        load_with(path)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ParameterError):
        load_with(tmp_path)


@pytest.mark.parametrize(("code", "owed"), [("half-up", 4_853), ("down", 4_853), ("up", 4_854)])
def test_every_allowed_rounding_is_one_that_the_rules_know(tmp_path: Path, code: str, owed: int) -> None:
    book = load_with(policy(tmp_path, "contribution_rounding", "code", code))
    found = bill(segment="pu", income=2_022_200, month="2026-05", source="apbd", book=book)
    assert found.parts["jkk"] == owed
