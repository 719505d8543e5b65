"""What the database itself refuses about cases, on SQLite and on PostgreSQL."""

from __future__ import annotations

from payung.office.cases.states import DECIDED, KINDS, TREATMENT, WAYS
from payung.office.guards import append_only, refuse_when, refusing

_FACTS = (
    "number",
    "happening",
    "fatal",
    "name",
    "nik_index",
    "village_code",
    '"on"',
    "hour",
    "place",
    "story",
)


def _listed(codes: object) -> str:
    return ", ".join(f"'{code}'" for code in sorted(str(one) for one in codes))  # type: ignore[attr-defined]


_WAY = " OR ".join(
    f"(NEW.\"before\" = '{old}' AND NEW.state IN ({_listed(new)}))" for old, new in WAYS.items()
)
_CASE = "(SELECT c.{} FROM cases_case c WHERE c.id = NEW.case_id)"
_KIND = " OR ".join(
    f"(i.happening = '{happening}' AND NEW.kind IN ({_listed(kinds)}))" for happening, kinds in KINDS.items()
)


def create(vendor: str) -> list[str]:
    """Return what makes the guards."""
    return [*refusing(vendor), *guards(vendor)]


def guards(vendor: str) -> list[str]:
    """Return the guards alone."""
    differs = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    changed = " OR ".join(f"NEW.{one} {differs} OLD.{one}" for one in _FACTS)
    decided = f"EXISTS (SELECT 1 FROM cases_case c WHERE c.incident_id = OLD.id AND c.state IN ({_listed(DECIDED)}))"
    last = "(SELECT s.state FROM cases_step s WHERE s.case_id = NEW.id ORDER BY s.number DESC LIMIT 1)"
    return [
        *append_only(vendor, "cases_step"),
        *append_only(vendor, "cases_report"),
        *append_only(vendor, "cases_case", ("delete",)),
        *append_only(vendor, "cases_incident", ("delete",)),
        *refuse_when(
            vendor,
            "cases_incident_facts",
            "cases_incident",
            "UPDATE",
            f"({changed}) AND {decided}",
            "the facts of a decided case stay as they are",
        ),
        *refuse_when(
            vendor,
            "cases_case_begins",
            "cases_case",
            "INSERT",
            "NEW.state <> 'dilaporkan'",
            "a case begins with its report",
        ),
        *(
            one
            for event in ("INSERT", "UPDATE")
            for one in refuse_when(
                vendor,
                f"cases_case_kind_{event.lower()}",
                "cases_case",
                event,
                f"NOT EXISTS (SELECT 1 FROM cases_incident i WHERE i.id = NEW.incident_id AND ({_KIND}))",
                "this right does not come out of what happened",
            )
        ),
        *refuse_when(
            vendor,
            "cases_case_follows",
            "cases_case",
            "UPDATE",
            f"{last} {differs} NEW.state",
            "a case stands where its last step says",
            only="NEW.state <> OLD.state",
        ),
        *refuse_when(
            vendor,
            "cases_case_decided",
            "cases_case",
            "UPDATE",
            f"OLD.state IN ({_listed(DECIDED)}) AND (NEW.kind <> OLD.kind OR NEW.segment <> OLD.segment)",
            "a decided case stays the right that it is",
        ),
        *refuse_when(
            vendor,
            "cases_step_in_order",
            "cases_step",
            "INSERT",
            "NEW.number <> 1 + COALESCE((SELECT MAX(s.number) FROM cases_step s WHERE s.case_id = NEW.case_id), 0)",
            "steps are numbered one after the other",
        ),
        *refuse_when(
            vendor,
            "cases_step_from",
            "cases_step",
            "INSERT",
            f'NEW."before" <> {_CASE.format("state")}',
            "a step begins where the case stands",
        ),
        *refuse_when(
            vendor,
            "cases_step_way",
            "cases_step",
            "INSERT",
            f"(NEW.kind = 'langkah' AND NEW.number > 1 AND NOT ({_WAY})) "
            "OR ((NEW.kind <> 'langkah' OR NEW.number = 1) AND NEW.state <> NEW.\"before\")",
            "a case does not go this way",
        ),
        *refuse_when(
            vendor,
            "cases_step_programme",
            "cases_step",
            "INSERT",
            f"{_CASE.format('kind')} = 'jkm' AND (NEW.state IN ({_listed(TREATMENT)}) OR NEW.guarantee <> '')",
            "a JKM case has no treatment",
        ),
    ]
