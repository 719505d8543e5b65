"""What Django cannot write: the lines of bills, and what the database refuses about bills and money."""

from __future__ import annotations

from payung.office.bills.states import WAYS, BillState
from payung.office.guards import append_only, refuse_when

_SAME = ("line_id", "segment", "from_month", "until_month", "number", "region_code", "drawn_by")
_FIXED = ("people", "heads", "amount", "digest", "law", "sent_by")
_ADDED = "only lines of a draft are written"


def create(vendor: str) -> list[str]:
    """Return the statements that make the table of lines and all guards."""
    lite = vendor == "sqlite"
    whole = "INTEGER" if lite else "integer"
    small = "INTEGER" if lite else "smallint"
    table = f"""CREATE TABLE bills_line (
        bill {whole} NOT NULL, person {whole} NOT NULL, place {whole} NOT NULL,
        jkk {whole} NOT NULL CHECK (jkk >= 0), jkm {whole} NOT NULL CHECK (jkm >= 0), month {small} NOT NULL,
        PRIMARY KEY (bill, month, person)) {"STRICT, WITHOUT ROWID" if lite else ""}"""
    return [table, *guards(vendor)]


def guards(vendor: str) -> list[str]:
    """Return the guards alone; a migration that remakes a table runs those of that table again."""
    changed = _differs(_SAME)
    ways = " OR ".join(
        ["NEW.state = OLD.state"]
        + [f"(OLD.state = '{old}' AND NEW.state = '{new}')" for old, news in WAYS.items() for new in news]
    )
    fixed = f"OLD.state <> '{BillState.DRAFT}' AND ({_differs(_FIXED)})"
    bill = f"NOT ({ways}) OR {changed} OR ({fixed})"
    paid = _differs(("channel", "reference", "paid_on", "amount", "payer", "text", "by"))
    uses = "(SELECT COALESCE(SUM(u.amount), 0) FROM bills_use u WHERE u.payment_id = NEW.id)"
    return [
        *_lines(vendor),
        *refuse_when(
            vendor, "bills_bill_ways", "bills_bill", "UPDATE", bill, "a bill that was sent is never edited"
        ),
        *append_only(vendor, "bills_bill", ("delete",)),
        *append_only(vendor, "bills_use"),
        *append_only(vendor, "bills_billcopy"),
        *append_only(vendor, "bills_payment", ("delete",)),
        *refuse_when(
            vendor,
            "bills_payment_kept",
            "bills_payment",
            "UPDATE",
            f"({paid}) OR NEW.used <> {uses}",
            "money that arrived is never changed",
        ),
        *_adds_up(vendor),
    ]


def district_guards(vendor: str) -> list[str]:
    """Return the guards of the walls between districts: a bill is of its line's district, its places and its money
    too."""
    line = "SELECT 1 FROM programme_line l WHERE l.id = NEW.line_id"
    place = "SELECT 1 FROM bills_bill b, months_place p WHERE b.id = NEW.bill_id AND p.id = NEW.place"
    money = "SELECT 1 FROM bills_payment p, bills_bill b WHERE p.id = NEW.payment_id AND b.id = NEW.bill_id"
    return [
        statement
        for table, elsewhere, only in (
            ("bills_bill", f"{line} AND {_apart('l.region_code', 'NEW.region_code')}", "TRUE"),
            ("bills_billplace", f"{place} AND {_apart('p.village_code', 'b.region_code')}", "TRUE"),
            (
                "bills_use",
                f"{money} AND p.region_code <> '' AND {_apart('p.region_code', 'b.region_code')}",
                "NEW.bill_id IS NOT NULL",
            ),
        )
        for statement in refuse_when(
            vendor,
            f"{table}_at_home",
            table,
            "INSERT",
            f"EXISTS ({elsewhere})",
            "a bill holds rows of its own district only",
            only=only,
        )
    ]


def _apart(one: str, other: str) -> str:
    return f"substr({one}, 1, 5) <> substr({other}, 1, 5)"


def _differs(columns: tuple[str, ...]) -> str:
    return " OR ".join(f'NEW."{one}" <> OLD."{one}"' for one in columns)


def _adds_up(vendor: str) -> list[str]:
    """A use draws from its payment in the same statement; the payment's own check refuses more than there is."""
    name = "bills_use_draws"
    update = "UPDATE bills_payment SET used = used + NEW.amount WHERE id = NEW.payment_id;"
    if vendor == "sqlite":
        return [f"CREATE TRIGGER {name} AFTER INSERT ON bills_use BEGIN {update} END"]
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {update} RETURN NEW; END $$",
        f"CREATE TRIGGER {name} AFTER INSERT ON bills_use FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def _lines(vendor: str) -> list[str]:
    """Lines come and go while their bill is a draft; never change."""
    if vendor == "sqlite":
        state = "(SELECT b.state FROM bills_bill b WHERE b.id = {}.bill) IS NOT 'draft'"
        return [
            *append_only(vendor, "bills_line", ("update",)),
            *(
                f"CREATE TRIGGER bills_line_{verb.lower()} BEFORE {verb} ON bills_line WHEN {state.format(row)} "
                f"BEGIN SELECT RAISE(ABORT, '{_ADDED}'); END"
                for verb, row in (("INSERT", "NEW"), ("DELETE", "OLD"))
            ),
        ]
    body = (
        "$$ BEGIN IF EXISTS (SELECT 1 FROM (SELECT DISTINCT bill FROM touched) t LEFT JOIN bills_bill b"
        " ON b.id = t.bill WHERE b.state IS DISTINCT FROM 'draft') THEN"
        f" RAISE EXCEPTION '{_ADDED}' USING ERRCODE = 'check_violation'; END IF; RETURN NULL; END $$"
    )
    refuse = "EXECUTE FUNCTION payung_refuse('lines of a bill are never changed')"
    return [
        f"CREATE FUNCTION bills_line_draft() RETURNS trigger LANGUAGE plpgsql AS {body}",
        f"CREATE TRIGGER bills_line_append_only BEFORE UPDATE OR TRUNCATE ON bills_line FOR EACH STATEMENT {refuse}",
        *(
            f"CREATE TRIGGER bills_line_{verb.lower()} AFTER {verb} ON bills_line"
            f" REFERENCING {row} TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION bills_line_draft()"
            for verb, row in (("INSERT", "NEW"), ("DELETE", "OLD"))
        ),
    ]
