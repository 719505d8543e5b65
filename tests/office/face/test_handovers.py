"""Steps after which somebody else goes on say first what they do, and whether they can be taken back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import engines

from payung.office.bills.states import WAYS as BILLS
from payung.office.bills.states import BillState
from payung.office.exchange.states import BatchState
from payung.office.face import deeds, faces, handover_of
from payung.office.face.declared import Handover
from payung.office.programme.states import WAYS as DECREES
from payung.office.programme.states import DecreeState
from payung.office.submissions.states import STEPS
from payung.text import Text

OFFICE = Path(__file__).parents[3] / "src" / "payung" / "office"
HANDOVERS = {one.deed: one for face in faces() for one in face.handovers}
TAG = re.compile(r"{% consequences \"([a-z_.]+)\"([^%]*)%}")
HOLE = re.compile(r"{([a-z_]+)}")
# State that is reached → the deed of a person that leads there. Others are reached by what others do (money, answers).
DEEDS = {
    DecreeState.FROZEN: "decree.freeze",
    DecreeState.SIGNED: "decree.sign",
    DecreeState.DROPPED: "decree.drop",
    BillState.SENT: "bill.send",
    BillState.VOID: "bill.void",
}
BY_OTHERS = {DecreeState.REPLACED, BillState.PARTLY, BillState.PAID}


def _shown() -> dict[str, set[str]]:
    """Return deed → names of the values that its page fills, of every tag in every template."""
    found: dict[str, set[str]] = {}
    for path in sorted(OFFICE.rglob("templates/**/*.html")):
        for deed, values in TAG.findall(path.read_text("utf-8")):
            assert deed not in found, f"{deed} stands on two pages"
            found[deed] = set(re.findall(r"(\w+)=", values))
    return found


@pytest.mark.parametrize("deed", HANDOVERS)
def test_step_says_what_it_does_on_its_page_with_all_its_numbers(deed: str) -> None:
    one = HANDOVERS[deed]
    said = [one.told, *one.also.values()]
    assert deed in deeds()
    assert all(text.id.strip() and text.en.strip() for text in (*said, one.after))
    for text in (one.told, *one.also.values()):
        assert set(HOLE.findall(text.id)) == set(HOLE.findall(text.en))
    holes = {hole for text in said for hole in HOLE.findall(text.id)}
    assert set(one.also) <= holes
    assert _shown().get(deed) == holes


@pytest.mark.parametrize("deed", HANDOVERS)
def test_step_that_cannot_be_taken_back_says_so_and_what_is_done_instead(deed: str) -> None:
    one = HANDOVERS[deed]
    if one.back:
        assert one.back in deeds()
        assert one.after.id.startswith("Dapat ditarik kembali")
        assert "can be taken back" in one.after.en
    else:
        assert one.after.id.startswith("Tidak dapat ditarik kembali: ")
        assert "cannot be taken back: " in one.after.en
        assert len(one.after.id.split(": ")[1].split()) >= 4


@pytest.mark.parametrize("state", [*DECREES, *BILLS])
def test_every_state_that_a_person_brings_about_is_declared(state: str) -> None:
    ways = {**DECREES, **BILLS}
    leads = [before for before, after in ways.items() if state in after]
    if not leads or state in BY_OTHERS:
        return
    one = HANDOVERS[DEEDS[state]]
    final = not ways[state] or one.deed == "decree.sign"
    assert bool(one.back) != final


def test_every_step_of_a_list_that_hands_over_is_declared() -> None:
    names = {f"submission.{step.name}" for step in STEPS} - {"submission.recall", "submission.return"}
    assert names <= set(HANDOVERS)
    recalled = {source for step in STEPS if step.name == "recall" for source in step.sources}
    for step in STEPS:
        if f"submission.{step.name}" in names:
            assert bool(HANDOVERS[f"submission.{step.name}"].back) == (step.target in recalled)


def test_what_the_office_sends_decides_and_closes_is_declared() -> None:
    wanted = {"decree.sign", "bill.send", "closing.sign", "case.step", "batch.send", "agreement.add"}
    wanted |= {"submission.match", "change.approve", "letter.issue"}
    assert wanted <= set(HANDOVERS)
    assert BatchState.SENT in BatchState  # a batch that was sent has no way back


def test_tag_fills_the_holes_and_leaves_out_what_is_nought() -> None:
    page = engines["django"].from_string('{% consequences "submission.accept" ready=1200 faulty=n %}')
    told = page.render({"n": 3})
    assert "1.200 orang masuk register" in told
    assert "3 baris yang perlu diperbaiki tertinggal" in told
    assert "Tidak dapat ditarik kembali" in told
    assert "tertinggal" not in page.render({"n": 0})


def test_step_that_nobody_declared_is_a_fault() -> None:
    with pytest.raises(KeyError):
        handover_of("nothing.such")
    assert isinstance(Handover("a.b", Text("a", "a"), Text("b", "b")).back, str)
