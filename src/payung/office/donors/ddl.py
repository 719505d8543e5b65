"""What the database itself refuses about pledges, on SQLite and on PostgreSQL."""

from __future__ import annotations

from typing import Any

from payung.office.guards import Guard, statements

_FIXED = (
    *("donor_id", "number", "scheme", "source", "signed_on", "amount", "from_month", "until_month", "people"),
    *("months", "areas", "categories", "occupations", "per_head", "note", "by", "at"),
)
_CEILINGS = (
    "(SELECT COALESCE(SUM(b.ceiling), 0) FROM programme_balance b JOIN donors_pledgeline p ON p.line_id = b.line_id "
    "WHERE p.pledge_id = NEW.id)"
)
_SUMMED = "the sum of a pledge follows the ledger alone"


def _differs(*columns: str) -> str:
    return (
        "("
        + " OR ".join(f"{_text(one, 'NEW')} IS DISTINCT FROM {_text(one, 'OLD')}" for one in columns)
        + ")"
    )


def _text(column: str, of: str) -> str:
    listed = column in ("areas", "categories", "occupations")  # JSON of PostgreSQL is compared as text
    named = f'{of}."{column}"'  # "by" is a word of PL/pgSQL
    return f"CAST({named} AS text)" if listed else named


def _of_the_line(condition: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM programme_line l JOIN donors_pledge p ON p.id = NEW.pledge_id "
        f"WHERE l.id = NEW.line_id AND ({condition}))"
    )


_SUM_ITS_LINE = (
    "UPDATE donors_pledge SET placed = placed + (SELECT b.ceiling FROM programme_balance b "
    "WHERE b.line_id = NEW.line_id) WHERE id = NEW.pledge_id"
)
_SUM_A_CHANGE = (
    "UPDATE donors_pledge SET placed = placed + NEW.ceiling - OLD.ceiling WHERE NEW.ceiling <> OLD.ceiling "
    "AND id = (SELECT p.pledge_id FROM donors_pledgeline p WHERE p.line_id = NEW.line_id)"
)
_CHANGES_ITS_LINE = (
    f"{_differs('source', 'from_month', 'until_month', 'region_code')} "
    "AND EXISTS (SELECT 1 FROM donors_pledgeline p WHERE p.line_id = OLD.id)"
)

GUARDS: tuple[Guard, ...] = (
    Guard("donors_pledge_empty", "donors_pledge", "BEFORE INSERT", (("NEW.placed <> 0", _SUMMED),)),
    Guard(
        "donors_pledge_fixed",
        "donors_pledge",
        "BEFORE UPDATE",
        (
            (_differs(*_FIXED), "a pledge is never changed: add another one"),
            ("OLD.withdrawn_at IS NOT NULL", "a withdrawn pledge stays withdrawn"),
            (f"NEW.placed <> {_CEILINGS}", _SUMMED),
        ),
    ),
    Guard("donors_pledge_stays", "donors_pledge", "BEFORE DELETE", (("TRUE", "a pledge is never deleted"),)),
    Guard(
        "donors_pledgeline_fits",
        "donors_pledgeline",
        "BEFORE INSERT",
        (
            (_of_the_line("p.withdrawn_at IS NOT NULL"), "the pledge was withdrawn"),
            (_of_the_line("l.source <> p.source"), "the money of a line is that of its pledge"),
            (
                _of_the_line("l.from_month < p.from_month OR l.until_month > p.until_month"),
                "a line pays in the months of its pledge",
            ),
        ),
    ),
    # The sums of the line first: whoever raises it in this moment waits, or was before and is seen.
    Guard(
        "donors_pledgeline_sum",
        "donors_pledgeline",
        "AFTER INSERT",
        (),
        (_SUM_ITS_LINE,),
        "PERFORM 1 FROM programme_balance WHERE line_id = NEW.line_id FOR UPDATE",
    ),
    Guard(
        "donors_pledgeline_no_update",
        "donors_pledgeline",
        "BEFORE UPDATE",
        (("TRUE", "a line stays with its pledge"),),
    ),
    Guard(
        "donors_pledgeline_no_delete",
        "donors_pledgeline",
        "BEFORE DELETE",
        (("TRUE", "a line stays with its pledge"),),
    ),
    Guard(
        "donors_balance_sum",
        "programme_balance",
        "AFTER UPDATE OF ceiling",
        (),
        (_SUM_A_CHANGE,),
    ),
    Guard(
        "donors_line_fixed",
        "programme_line",
        "BEFORE UPDATE",
        ((_CHANGES_ITS_LINE, "a line of a pledge is never changed"),),
    ),
)


def guards(vendor: str) -> list[str]:
    """Return the statements of all guards."""
    return [statement for guard in GUARDS for statement in statements(vendor, guard)]


def put(schema_editor: Any) -> None:
    """Put every guard in place, anew where it is there already."""
    for statement in guards(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def drop(schema_editor: Any) -> None:
    """Take every guard away, for a way back."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    for guard in GUARDS:
        on = f" ON {guard.table}" if postgresql else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {guard.name}{on}", params=None)
