"""What the database itself refuses, on SQLite and on PostgreSQL: triggers, put in place by migrations.

What is declared here becomes statements in :mod:`payung.office.guards`.
"""

from __future__ import annotations

from payung.office.guards import Guard, statements
from payung.office.programme.states import MOVES, NEEDS_AGREEMENT, WAYS, DecreeState, EntryKind, Stage


def guards(vendor: str) -> list[str]:
    """Return the statements of all guards."""
    made = [statement for guard in GUARDS for statement in statements(vendor, guard)]
    for table in ("programme_balance", "programme_quotabalance"):
        made += _only_by_the_ledger(table, postgresql=vendor == "postgresql")
    return made


def _delta(stage: str, of: str = "NEW") -> str:
    """Return how an entry changes the sum of ``stage``, as an expression."""
    cases = [
        f"WHEN {of}.kind = '{kind}' THEN {of}.amount * ({(after == stage) - (before == stage)})"
        for kind, (before, after) in MOVES.items()
        if stage in (before, after)
    ]
    gained = f"WHEN {of}.kind = '{EntryKind.RELEASE}' THEN {of}.amount" if stage == Stage.FREE else ""
    lost = f"WHEN {of}.kind = '{EntryKind.RELEASE}' AND {of}.stage = '{stage}' THEN -{of}.amount"
    return f"CASE {' '.join(cases)} {gained or lost} ELSE 0 END"


def _given(of: str = "NEW") -> str:
    return f"CASE WHEN {of}.kind IN ('{EntryKind.CEILING}', '{EntryKind.SHIFT}') THEN {of}.amount ELSE 0 END"


def _keeps_sums(entries: str, sums: str, key: str) -> tuple[Guard, ...]:
    """Return the guards of a ledger: it keeps the sums, and nothing of it is changed."""
    changes = ", ".join(
        [f"ceiling = ceiling + {_given()}", *(f"{stage} = {stage} + {_delta(stage)}" for stage in Stage)]
    )
    same = f"FROM {entries} e WHERE e.{key} = NEW.{key} AND e.subject = NEW.subject"
    reserved = f"(SELECT SUM({_delta(Stage.RESERVED, 'e')}) {same})"
    never = (("TRUE", "an entry of the ledger is never changed"),)
    return (
        Guard(
            f"{entries}_sums",
            entries,
            "AFTER INSERT",
            (),
            (f"UPDATE {sums} SET {changes} WHERE {key} = NEW.{key}",),
        ),
        # At most what the same decree reserved: nobody commits what another one put aside.
        Guard(
            f"{entries}_subject",
            entries,
            "AFTER INSERT",
            ((f"{reserved} < 0", "more than this subject has reserved"),),
        ),
        Guard(f"{entries}_no_update", entries, "BEFORE UPDATE", never),
        Guard(f"{entries}_no_delete", entries, "BEFORE DELETE", never),
    )


def _only_by_the_ledger(table: str, *, postgresql: bool) -> list[str]:
    """Return what keeps hands off the sums: they begin at nothing, are what the entries say, and are never deleted."""
    key, entries = (
        ("line_id", "programme_ledgerentry")
        if table == "programme_balance"
        else ("quota_id", "programme_quotaentry")
    )
    said, name = "the sums follow the ledger alone", f"{table}_ledger_only"
    nothing = " + ".join(["NEW.ceiling", *(f"NEW.{stage}" for stage in Stage)])
    if postgresql:
        every = "BEFORE INSERT OR UPDATE OR DELETE"
        body = (
            f"IF TG_OP = 'INSERT' THEN IF {nothing} <> 0 THEN RAISE EXCEPTION '{said}'; END IF; RETURN NEW; END IF; "
            f"IF pg_trigger_depth() < 2 THEN RAISE EXCEPTION '{said}'; END IF; RETURN NEW;"
        )
        return [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$",
            f"DROP TRIGGER IF EXISTS {name} ON {table}",
            f"CREATE TRIGGER {name} {every} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]
    differs = " OR ".join(
        f"NEW.{stage} <> (SELECT COALESCE(SUM({_delta(stage, 'e')}), 0) FROM {entries} e WHERE e.{key} = NEW.{key})"
        for stage in Stage
    )
    return [
        *statements(
            "sqlite", Guard(f"{table}_from_nothing", table, "BEFORE INSERT", ((f"{nothing} <> 0", said),))
        ),
        *statements("sqlite", Guard(name, table, "BEFORE UPDATE", ((differs, said),))),
        *statements("sqlite", Guard(f"{table}_stays", table, "BEFORE DELETE", (("TRUE", said),))),
    ]


def _differs(*columns: str) -> str:
    return "(" + " OR ".join(f"NEW.{one} IS DISTINCT FROM OLD.{one}" for one in columns) + ")"


def _state(key: str) -> str:
    return f"(SELECT d.state FROM programme_decree d WHERE d.id = {key})"


_WAYS = " OR ".join(
    [
        "NEW.state = OLD.state",
        *(f"OLD.state = '{old}' AND NEW.state = '{new}'" for old, ways in WAYS.items() for new in ways),
    ]
)
_SOURCES = ", ".join(f"'{source}'" for source in sorted(NEEDS_AGREEMENT))
_SIGNING = f"NEW.state = '{DecreeState.SIGNED}' AND OLD.state <> NEW.state"
_FROZEN_COLUMNS = (
    *("decree_id", "number", "line_id", "segment", "category", "village_code", "from_month", "until_month"),
    *("income", "sector", "risk", "occupation", "name", "nik", "rank", "why"),
)
_DRAFT = f"'{DecreeState.DRAFT}'"
_COLUMNS = "ceiling, free, reserved, committed, billed, paid"
_NO_PARENT = (
    "NEW.parent_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM programme_agreement p "
    "WHERE p.id = NEW.parent_id AND p.kind = NEW.parent_kind AND p.signed_on <= NEW.signed_on)"
)
_WITHOUT_PKS = (
    f"{_SIGNING} AND NEW.agreement_id IS NULL AND EXISTS (SELECT 1 FROM programme_decreeperson p "
    "JOIN programme_line l ON l.id = p.line_id "
    f"WHERE p.decree_id = NEW.id AND l.source IN ({_SOURCES}))"
)
_BEFORE_PKS = (
    f"{_SIGNING} AND EXISTS (SELECT 1 FROM programme_agreement a "
    "WHERE a.id = NEW.agreement_id AND a.signed_on > NEW.signed_on)"
)
_LEAVES = (
    f"NEW.last_month <> OLD.last_month AND {_state('OLD.decree_id')} <> {_DRAFT} "
    f"AND {_state('NEW.removed_by_id')} IS DISTINCT FROM '{DecreeState.SIGNED}'"
)
_OVERLAP = (
    "NEW.held AND NOT OLD.held AND EXISTS (SELECT 1 FROM programme_decreeperson o WHERE o.person_id = NEW.person_id "
    "AND o.segment = NEW.segment AND o.id <> NEW.id AND o.held "
    "AND (o.removed_by_id IS NULL OR o.removed_by_id <> NEW.decree_id) "
    "AND o.from_month <= NEW.last_month AND NEW.from_month <= o.last_month)"
)


def _elsewhere(table: str, key: str, own: str) -> str:
    """Return the condition that the row ``key`` of ``table`` lies in another district than the region ``own``."""
    return (
        f"EXISTS (SELECT 1 FROM {table} o WHERE o.id = {key} "
        f"AND substr(o.region_code, 1, 5) <> substr({own}, 1, 5))"
    )


_WALL = "a decree holds rows of its own district only"
_DECREE_ELSEWHERE = (
    (_elsewhere("programme_line", "NEW.line_id", "NEW.region_code"), _WALL),
    (_elsewhere("programme_agreement", "NEW.agreement_id", "NEW.region_code"), _WALL),
    (_elsewhere("programme_decree", "NEW.previous_id", "NEW.region_code"), _WALL),
)
_PERSON_ELSEWHERE = (
    f"NEW.village_code <> '' AND {_elsewhere('programme_decree', 'NEW.decree_id', 'NEW.village_code')}",
    _WALL,
)

GUARDS: tuple[Guard, ...] = (
    Guard("programme_decree_at_home", "programme_decree", "BEFORE INSERT", _DECREE_ELSEWHERE),
    Guard("programme_decree_stays_home", "programme_decree", "BEFORE UPDATE", _DECREE_ELSEWHERE[1:2]),
    Guard(
        "programme_decreeperson_at_home",
        "programme_decreeperson",
        "BEFORE INSERT",
        (
            _PERSON_ELSEWHERE,
            (
                (
                    "EXISTS (SELECT 1 FROM programme_decree d JOIN programme_line l ON l.id = NEW.line_id "
                    "WHERE d.id = NEW.decree_id AND substr(l.region_code, 1, 5) <> substr(d.region_code, 1, 5))"
                ),
                _WALL,
            ),
        ),
    ),
    Guard("programme_reserve_at_home", "programme_reserve", "BEFORE INSERT", (_PERSON_ELSEWHERE,)),
    Guard(
        "programme_quota_at_home",
        "programme_quota",
        "BEFORE INSERT",
        (
            (
                _elsewhere("programme_agreement", "NEW.agreement_id", "NEW.region_code"),
                "a quota lies in the district of its agreement",
            ),
        ),
    ),
    Guard(
        "programme_line_sums",
        "programme_line",
        "AFTER INSERT",
        (),
        (f"INSERT INTO programme_balance (line_id, {_COLUMNS}) VALUES (NEW.id, 0, 0, 0, 0, 0, 0)",),
    ),
    Guard(
        "programme_quota_sums",
        "programme_quota",
        "AFTER INSERT",
        (),
        (f"INSERT INTO programme_quotabalance (quota_id, {_COLUMNS}) VALUES (NEW.id, 0, 0, 0, 0, 0, 0)",),
    ),
    *_keeps_sums("programme_ledgerentry", "programme_balance", "line_id"),
    *_keeps_sums("programme_quotaentry", "programme_quotabalance", "quota_id"),
    Guard(
        "programme_agreement_order",
        "programme_agreement",
        "BEFORE INSERT",
        ((_NO_PARENT, "an agreement comes after what it rests on"),),
    ),
    Guard(
        "programme_agreement_no_update",
        "programme_agreement",
        "BEFORE UPDATE",
        (("TRUE", "an agreement is never changed: add an addendum"),),
    ),
    Guard(
        "programme_agreement_no_delete",
        "programme_agreement",
        "BEFORE DELETE",
        (("TRUE", "an agreement is never deleted"),),
    ),
    Guard(
        "programme_decree_begins",
        "programme_decree",
        "BEFORE INSERT",
        ((f"NEW.state <> {_DRAFT}", "a decree begins as a draft"),),
    ),
    Guard(
        "programme_decree_ways",
        "programme_decree",
        "BEFORE UPDATE",
        (
            (f"NOT ({_WAYS})", "a decree does not go this way"),
            (
                f"OLD.state <> {_DRAFT} AND "
                + _differs(
                    *(
                        "line_id",
                        "from_month",
                        "until_month",
                        "region_code",
                        "previous_id",
                        "hash",
                        "created_by",
                    ),
                    *("root_id", "frozen_by"),
                ),
                "a frozen decree is not changed: make a new one",
            ),
            (
                "OLD.state IN ('signed', 'replaced') AND " + _differs("number", "signed_on", "agreement_id"),
                "a signed decree is not changed: make a new one",
            ),
            (_WITHOUT_PKS, "a decree paid by the district rests on a PKS"),
            (_BEFORE_PKS, "a decree is not signed before its PKS"),
        ),
    ),
    Guard(
        "programme_decree_stays",
        "programme_decree",
        "BEFORE DELETE",
        ((f"OLD.state <> {_DRAFT}", "a frozen decree is never deleted"),),
    ),
    *(
        Guard(
            f"{table}_in",
            table,
            "BEFORE INSERT",
            ((f"{_state('NEW.decree_id')} IS DISTINCT FROM {_DRAFT}", "people are put into drafts only"),),
        )
        for table in ("programme_decreeperson", "programme_reserve")
    ),
    *(
        Guard(
            f"{table}_out",
            table,
            "BEFORE DELETE",
            (
                (
                    f"{_state('OLD.decree_id')} IS DISTINCT FROM {_DRAFT}",
                    "people are taken out of drafts only",
                ),
            ),
        )
        for table in ("programme_decreeperson", "programme_reserve")
    ),
    Guard(
        "programme_decreeperson_free",
        "programme_decreeperson",
        "BEFORE INSERT",
        (("NEW.held", "people are held by a frozen decree"),),
    ),
    Guard(
        "programme_decreeperson_frozen",
        "programme_decreeperson",
        "BEFORE UPDATE",
        (
            (
                f"{_state('OLD.decree_id')} <> {_DRAFT} AND {_differs(*_FROZEN_COLUMNS)}",
                "the annex is frozen: make a new decree",
            ),
            (
                f"OLD.held AND NOT NEW.held AND {_state('OLD.decree_id')} <> '{DecreeState.DROPPED}'",
                "a decree that stands keeps its people",
            ),
            (
                f"NEW.held AND NOT OLD.held AND {_state('NEW.decree_id')} <> '{DecreeState.FROZEN}'",
                "people are held by a frozen decree",
            ),
            (_LEAVES, "who leaves is named by a signed decree"),
            (_OVERLAP, "two payers for one person and month"),
        ),
        (),
        "IF NEW.held AND NOT OLD.held THEN PERFORM 1 FROM people_person WHERE id = NEW.person_id FOR UPDATE; END IF",
    ),
)
