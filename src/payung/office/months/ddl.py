"""The tables of the register that Django cannot write: keys of several columns, WITHOUT ROWID, guards.

``months_month`` is by month first, so that paying a month only appends; ordinary rows (``seq`` 1) pay nothing for the
chain of corrections. No foreign keys: each costs seconds a million rows on PostgreSQL; the proofs join instead.
"""

from __future__ import annotations

from payung.office.guards import append_only, refuse_when, refusing

_SIGN = "(seq % 2 = 1 AND jkk >= 0 AND jkm >= 0) OR (seq % 2 = 0 AND jkk <= 0 AND jkm <= 0)"
_KIND = "(kind = 'pay' AND bill > 0 AND payment > 0) OR (kind = 'back' AND reason <> '')"
_RANGE = "month BETWEEN 24000 AND 30000 AND segment IN (1, 2) AND person > 0 AND seq BETWEEN 1 AND 9999"
# An odd row stands alone or after a row that took back; an even one takes back exactly the row before it.
_BROKEN = """NOT EXISTS (SELECT 1 FROM months_month p WHERE p.month = NEW.month AND p.segment = NEW.segment
 AND p.person = NEW.person AND p.seq = NEW.seq - 1 AND p.posting < NEW.posting
 AND (NEW.seq % 2 = 1 OR (p.line = NEW.line AND p.jkk = -NEW.jkk AND p.jkm = -NEW.jkm)))"""
TABLES = (
    "months_month",
    "months_posting",
    "months_roll",
    "months_cover",
    "months_statesum",
    "months_monthsum",
)


def create(vendor: str) -> list[str]:
    """Return the statements that make tables and guards."""
    lite = vendor == "sqlite"
    whole = "INTEGER" if lite else "integer"
    small = "INTEGER" if lite else "smallint"
    big = "INTEGER" if lite else "bigint"
    text = "TEXT" if lite else "text"
    end = "STRICT, WITHOUT ROWID" if lite else ""
    half = "" if lite else "WITH (fillfactor = 50)"  # room to point somewhere else without touching an index
    tables = [
        f"""CREATE TABLE months_month (
            person {whole} NOT NULL, posting {whole} NOT NULL, line {whole} NOT NULL, jkk {whole} NOT NULL,
            jkm {whole} NOT NULL, month {small} NOT NULL, segment {small} NOT NULL, seq {small} NOT NULL,
            PRIMARY KEY (month, segment, person, seq), CHECK ({_SIGN}), CHECK ({_RANGE})) {end}""",
        f"""CREATE TABLE months_posting (
            id {big} PRIMARY KEY NOT NULL, kind {text} NOT NULL, bill {whole} NOT NULL, payment {whole} NOT NULL,
            line {whole} NOT NULL, paid_on {"TEXT" if lite else "date"} NOT NULL, people {whole} NOT NULL,
            amount {big} NOT NULL, digest {text} NOT NULL, reason {text} NOT NULL, CHECK ({_KIND}))
            {"STRICT" if lite else ""}""",
        "CREATE UNIQUE INDEX months_posting_once ON months_posting (bill, payment) WHERE kind = 'pay'",
        f"""CREATE TABLE months_cover (
            person {whole} NOT NULL, place {whole} NOT NULL, past {whole} NOT NULL, segment {small} NOT NULL,
            PRIMARY KEY (segment, person)) {end or half}""",
        "CREATE INDEX months_cover_place ON months_cover (place, past)",
        f"""CREATE TABLE months_statesum (
            people {whole} NOT NULL, place {whole} NOT NULL, segment {small} NOT NULL, verdict {small} NOT NULL,
            PRIMARY KEY (place, segment, verdict)) {end}""",
        f"""CREATE TABLE months_monthsum (
            jkk {big} NOT NULL, jkm {big} NOT NULL, people {whole} NOT NULL, line {whole} NOT NULL,
            place {whole} NOT NULL, month {small} NOT NULL, segment {small} NOT NULL,
            PRIMARY KEY (month, line, place, segment)) {end}""",
    ]
    return [*refusing(vendor), *tables, *_first_guards(vendor)]


def create_rolls(vendor: str) -> list[str]:
    """Return the statements that make the table of whom each posting was for (:mod:`.rolls`), and its guard."""
    lite = vendor == "sqlite"
    whole, small, many = ("INTEGER", "INTEGER", "BLOB") if lite else ("integer", "smallint", "bytea")
    table = f"""CREATE TABLE months_roll (
        posting {whole} NOT NULL, people {whole} NOT NULL, month {small} NOT NULL, segment {small} NOT NULL,
        packed {many} NOT NULL, PRIMARY KEY (posting, month, segment)) {"STRICT" if lite else ""}"""
    kept = [] if lite else ["ALTER TABLE months_roll ALTER packed SET STORAGE EXTERNAL"]  # packed already
    return [table, *kept, *append_only(vendor, "months_roll")]


def guards(vendor: str) -> list[str]:
    """Return the guards alone; a migration that remakes a table runs those of that table again."""
    return [*_first_guards(vendor), *append_only(vendor, "months_roll")]


def _first_guards(vendor: str) -> list[str]:
    return [
        *append_only(vendor, "months_month"),
        *append_only(vendor, "months_posting"),
        *refuse_when(
            vendor,
            "months_month_chain",
            "months_month",
            "INSERT",
            _BROKEN,
            "a month is paid once and taken back exactly",
            only="NEW.seq > 1",
        ),
        *refuse_when(
            vendor,
            "months_past_kept",
            "months_past",
            "UPDATE",
            "NEW.text <> OLD.text OR NEW.segment <> OLD.segment OR NEW.digest <> OLD.digest",
            "a past is never changed",
        ),
    ]
