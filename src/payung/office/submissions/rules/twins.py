"""Judges the rows of a submission against each other and against the register: one NIK is one person.

The same NIK under one name is one person listed twice; under two names neither row goes on until it is mended.
"""

from __future__ import annotations

import difflib
import json
from collections import defaultdict
from collections.abc import Sequence
from itertools import chain, islice
from typing import Any, NamedTuple

from payung.codes import Verdict
from payung.office.people.queries import name_key
from payung.office.submissions.models import Row
from payung.people.names import ALIASES, PATRONYMS, PREFIXES, TITLES, sound
from payung.text import Text

SHARED, TWICE, TAKEN, ELSEWHERE = "NIK_KEMBAR", "BARIS_GANDA", "NIK_TERDAFTAR", "NIK_DI_DESA_LAIN"
PASSED = "SUDAH_LOLOS"
OURS = {
    SHARED: "GANDA_USULAN",
    TWICE: "GANDA_USULAN",
    TAKEN: "NAMA_BEDA",
    ELSEWHERE: "WILAYAH_BEDA",
    PASSED: "SUDAH_LOLOS",
}  # code → reason code of the row
REMEDIES = {
    SHARED: Text(
        "Cocokkan dengan KTP: betulkan NIK yang salah, atau keluarkan baris yang bukan miliknya.",
        "Compare with the KTP: mend the NIK that is wrong, or leave out the row that it does not belong to.",
    ),
    TWICE: Text(
        "Keluarkan salah satu baris; sebelum itu keduanya menjadi satu orang.",
        "Leave one of the rows out; until then both become one person.",
    ),
    TAKEN: Text(
        "Cocokkan NIK dan nama dengan KTP. Bila daftar orang yang keliru, minta dinas membetulkannya dahulu.",
        "Compare NIK and name with the KTP. Where the register is wrong, ask the agency to mend it first.",
    ),
    ELSEWHERE: Text(
        "Bila orang ini pindah ke desa Anda, minta dinas mencatat pindahnya; sesudah itu usulkan lagi.",
        "Where this person moved to your village, ask the agency to record the move; then propose them again.",
    ),
    PASSED: Text(
        "Keluarkan barisnya: orang ini tidak perlu diusulkan dua kali. Biarkan bila memang untuk program lain.",
        "Leave the row out: nobody has to be proposed twice. Keep it where it is meant for another programme.",
    ),
}
TOLD = {
    SHARED: Text(
        "NIK ini juga tertulis untuk orang lain: {others}.",
        "This NIK is also written for somebody else: {others}.",
    ),
    TWICE: Text("Orang ini sudah tertulis di {others}.", "This person is already written in {others}."),
    TAKEN: Text(
        "NIK ini sudah tercatat di daftar orang atas nama lain.",
        "This NIK stands in the register under another name.",
    ),
    ELSEWHERE: Text(
        "NIK ini tercatat di luar desa ini: orangnya tidak diubah dan tidak dipindahkan oleh sebuah daftar.",
        "This NIK is recorded outside of this village: a list neither changes nor moves that person.",
    ),
}
NAMED = 3  # how many other rows a sentence names
NEAR = 0.8  # likeness of two names from which they may be one name spelled in two ways
COMMON = frozenset(sound(word) for word in (*PATRONYMS, *ALIASES, *PREFIXES))  # they tell nobody apart


class Line(NamedTuple):
    """What is asked of every row: light, because most rows have no twin."""

    pk: int
    upload: int
    file: str
    sheet: str
    row: int
    nik: str | None
    name: str
    reasons: str
    replaced: bool


def _sounds(name: str) -> list[str]:
    """Return the sounds of the words of ``name`` in the order of letters, titles left out."""
    words = name_key(name).split()
    return sorted(sound(word) for word in words if word not in TITLES) or sorted(words)


def name_of(name: str) -> tuple[str, ...]:
    """Return what is the same for two names that are clearly one: titles and usual spellings aside."""
    return tuple(_sounds(name))


def other_name(one: str, other: str) -> bool:
    """Tell whether two names are clearly different: no word in common that tells people apart, nor nearly the same."""
    left, right = _sounds(one), _sounds(other)
    telling, also = ({word for word in words if len(word) > 1} - COMMON for words in (left, right))
    if not telling or not also or telling & also:
        return False
    return difflib.SequenceMatcher(None, "".join(left), "".join(right)).ratio() < NEAR


def compared(lines: Sequence[Line]) -> tuple[set[int], dict[int, list[dict[str, Any]]]]:
    """Return the rows that a later file says again, and what else is wrong with whom, by row.

    A row without a name cannot be compared; it is returned for that already.
    """
    superseded: set[int] = set()
    findings: dict[int, list[dict[str, Any]]] = defaultdict(list)
    by_nik: dict[str | None, list[Line]] = defaultdict(list)
    for line in lines:
        if line.name:
            by_nik[line.nik].append(line)
    for group in by_nik.values():
        if len(group) < 2:
            continue
        people: dict[tuple[str, ...], list[Line]] = defaultdict(list)  # of one name each
        for line in group:
            people[name_of(line.name)].append(line)
        left = []
        for of_name in people.values():
            latest = of_name[-1].upload
            superseded |= {line.pk for line in of_name if line.upload != latest}
            left.append([line for line in of_name if line.upload == latest])
        total = sum(map(len, left))
        for of_name in left:
            for line in of_name[1:]:
                findings[line.pk].append(_finding(TWICE, _naming(TWICE, of_name[:1], 1)))
            others = chain.from_iterable(one for one in left if one is not of_name)
            if named := list(islice(others, NAMED)):
                told = _finding(SHARED, _naming(SHARED, named, total - len(of_name)))
                for line in of_name:
                    findings[line.pk].append(told)
    return superseded, findings


def _naming(code: str, others: Sequence[Line], many: int) -> Text:
    """Return the sentence for ``code`` that names ``others``, the first of ``many``."""
    more = many - len(others)
    ids = [f"baris {one.row} “{one.sheet}” di {one.file} ({one.name})" for one in others]
    ens = [f"row {one.row} “{one.sheet}” of {one.file} ({one.name})" for one in others]
    if more > 0:
        ids.append(f"dan {more} lagi")
        ens.append(f"and {more} more")
    told = TOLD[code]
    return Text(told.id.format(others="; ".join(ids)), told.en.format(others="; ".join(ens)))


def taken() -> dict[str, Any]:
    """Return the finding of a row whose NIK the register has under another name."""
    return _finding(TAKEN, TOLD[TAKEN])


def passed(submission: int) -> dict[str, Any]:
    """Return the finding of a row whose person passed in the submission of this number already."""
    told = Text(
        f"Orang ini sudah lolos di usulan nomor {submission}.",
        f"This person passed in submission number {submission} already.",
    )
    return _finding(PASSED, told)


def elsewhere() -> dict[str, Any]:
    """Return the finding of a row whose person the register has in another village; it does not say which."""
    return _finding(ELSEWHERE, TOLD[ELSEWHERE])


def _finding(code: str, message: Text) -> dict[str, Any]:
    return {
        "column": None,
        "field": "nik",
        "value": None,
        "code": code,
        "severity": "note" if code in (TWICE, PASSED) else "return",
        "message": message.id,
        "message_en": message.en,
        "remedy": REMEDIES[code].id,
        "remedy_en": REMEDIES[code].en,
    }


def judge_with(row: Row, findings: Sequence[dict[str, Any]]) -> bool:
    """Put ``findings`` beside those of the row itself, in place of earlier ones; tell whether anything changed."""
    facts = row.facts
    told = [*(one for one in facts["findings"] if one["code"] not in OURS), *findings]
    if told == facts["findings"]:
        return False
    listing = facts["listing"]
    verdict, codes = Verdict.member(listing["verdict"]), list(listing.get("reasons") or [])
    severities = {one["severity"] for one in findings}
    if "return" in severities:
        verdict = Verdict.RETURNED
    elif findings and verdict == Verdict.ACCEPTED:
        verdict = Verdict.NOTED
    ours = list(dict.fromkeys(OURS[one["code"]] for one in findings))
    codes = [*ours, *(code for code in codes if code not in ours)]
    row.verdict = verdict
    row.reasons = " ".join(["", *codes, ""])[:200] if codes else ""
    row.content = json.dumps({**facts, "findings": told}, ensure_ascii=False)
    return True
