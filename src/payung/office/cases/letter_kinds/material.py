"""What letters about a case are made of. A constant number of queries a letter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from payung.law.insurer import ways_of_objection
from payung.office.access.scope import Scope
from payung.office.cases import queries
from payung.office.cases.models import Case, Step
from payung.office.cases.rules.papers import lacking, unknown, wanted
from payung.office.cases.states import CaseState
from payung.office.clinics.queries import near
from payung.office.letters.kinds import Material
from payung.office.people.models import Membership
from payung.office.regions.queries import names

Collector = Callable[[Scope, str], Material | None]


class Known:
    """A case with what its letters say of it, looked up once."""

    def __init__(self, case: Case) -> None:
        self.case, self.incident = case, case.incident
        self.person = case.incident.person
        self.steps = list(case.steps.all())

    def who(self) -> dict[str, Any]:
        """Return who it happened to, with whole numbers."""
        person, incident = self.person, self.incident
        parts = incident.village_code.split(".")
        known = names([incident.village_code])
        membership = (
            Membership.objects.filter(person=person, kpj__isnull=False).order_by("-from_month").first()
            if person
            else None
        )
        return {
            "name": person.name if person else incident.name,
            "nik": (person.nik if person else incident.nik) or "",
            "kpj": (membership.kpj or "") if membership else "",
            "birth": _birth(person.birth_place, person.birth_date) if person else "",
            "sex": person.sex.text.id if person and person.sex else "",
            "address": person.address if person else "",
            "rt": person.rt if person else "",
            "rw": person.rw if person else "",
            "village": known.get(incident.village_code, incident.village_code),
            "subdistrict": known.get(".".join(parts[:3]), ""),
            "district": known.get(".".join(parts[:2]), ""),
            "job": (person.job or (person.occupation.text.id if person.occupation else "")) if person else "",
            "phone": (person.phone or "") if person else "",
        }

    def what(self) -> dict[str, Any]:
        """Return what happened."""
        incident = self.incident
        return {
            "case": self.case.number,
            "happening": incident.happening.text.id,
            "kind": self.case.kind.text.id,
            "fatal": self.case.dead,
            "on": f"{incident.on}",
            "hour": f"{incident.hour:%H.%M}" if incident.hour else "",
            "place": incident.place,
            "story": incident.story,
        }

    def hospital(self) -> dict[str, Any] | None:
        """Return what to say at the hospital, and the partner clinics near; nothing of a death."""
        if self.case.dead:
            return None
        found = near(self.incident.village_code, timezone.localdate())
        return {
            "says": [line.id for line in found.says],
            "clinics": [
                ", ".join(part for part in (one.name, one.address, one.phone) if part)
                for one in found.clinics
            ],
        }

    def heirs(self) -> list[dict[str, Any]]:
        """Return the heirs in the order of the law, with whole numbers."""
        return [
            {
                "name": line.heir.name,
                "relation": line.heir.relation.text.id,
                "nik": line.heir.nik or "",
                "phone": line.heir.phone or "",
                "first": line.first,
            }
            for line in queries.heirs_of(self.person, self.died)
        ]

    def papers(self) -> list[dict[str, Any]]:
        """Return the papers that the case needs, and which are there."""
        there = {paper.code: paper for paper in self.case.papers.all()}
        return [
            {
                "title": one.title.id,
                "always": one.always,
                "there": one.code in there,
                "note": f"diterima {timezone.localtime(there[one.code].at):%d-%m-%Y}"
                if one.code in there
                else "",
            }
            for one in wanted(self.case.kind, self.incident.on, self.incident.happening)
        ]

    def words(self) -> dict[str, list[str]]:
        """Return by label how the district says it in the languages of its villages."""
        said = queries.labels(self.incident.village_code)
        return {code: [text for _, text in texts] for code, texts in said.items()}

    def missing(self) -> list[str]:
        """Return the papers that lack; where what the law asked is not known here, the sentence that says so."""
        papers = wanted(self.case.kind, self.incident.on, self.incident.happening)
        held = self.case.papers.values_list("code", flat=True)
        said = unknown(self.case.kind, self.incident.on)
        return [*([said.id] if said else []), *(one.title.id for one in lacking(papers, list(held)))]

    def cover(self) -> dict[str, Any]:
        """Return how the membership stood on the day, and what may be due."""
        rights = queries.rights(self.person, self.incident.on)
        right = next((one for one in rights if one.segment == self.case.segment), None)
        estimate = queries.estimate(self.case, right)
        answers = {"yes": "terlindungi", "no": "tidak terlindungi", "conditional": "bersyarat"}
        return {
            "segment": right.segment.text.id if right else "",
            "answer": answers.get(right.answer, "periksa ke kantor cabang") if right else "tidak terlindungi",
            "paid_months": right.cover.paid_months if right else 0,
            "line": right.line if right else "",
            "estimate": estimate.benefit.total if estimate.benefit else None,
            "estimate_lines": [line.id for line in estimate.lines],
            "estimate_missing": estimate.missing.id if estimate.missing else "",
            "paid": [
                [paid.month, f"{paid.paid_on:%d-%m-%Y}", f"{paid.jkk + paid.jkm:,}".replace(",", ".")]
                for paid in (right.months[-12:] if right else ())
            ],
            "unpaid": ", ".join(f"{owed}" for owed in right.cover.unpaid) if right else "",
        }

    @property
    def died(self) -> dt.date:
        """The day of the death: that of the event, or of what the doctor said later."""
        step = None if self.incident.fatal else self.last(CaseState.DIED)
        return step.on if step else self.incident.on

    def last(self, state: CaseState) -> Step | None:
        """Return the latest step that came to ``state``."""
        return next((step for step in reversed(self.steps) if step.state is state), None)

    def objection(self) -> list[dict[str, Any]]:
        """Return the ways to object that the law has."""
        return [
            {"title": way.title.id, "steps": [step.id for step in way.steps], "article": way.article}
            for way in ways_of_objection(timezone.localdate())
        ]


def known(scope: Scope, key: str) -> Known | None:
    """Return the case ``key`` within ``scope``, or ``None``."""
    case: Case | None = queries.one(scope).filter(pk=int(key)).first()
    return Known(case) if case else None


def about(case: Known, values: dict[str, Any]) -> Material:
    """Return ``values`` as the material of a letter about a case; whoever sees the person sees it."""
    person = case.person
    categories = (
        frozenset(str(one) for one in person.standings.values_list("category", flat=True)) if person else ()
    )
    return Material(
        values,
        case.incident.village_code,
        f"Klaim {case.case.number}",
        frozenset(categories),
        of_one=True,
    )


def collector(*parts: Callable[[Known], dict[str, Any] | None]) -> Collector:
    """Return what collects the values of ``parts``; ``None`` of one: the case has no such letter."""

    def collect(scope: Scope, key: str) -> Material | None:
        found = known(scope, key)
        if found is None:
            return None
        values: dict[str, Any] = {}
        for part in parts:
            given = part(found)
            if given is None:
                return None
            values |= given
        return about(found, values)

    return collect


def _birth(place: str, day: Any) -> str:
    return ", ".join(part for part in (place, f"{day:%d-%m-%Y}" if day else "") if part)
