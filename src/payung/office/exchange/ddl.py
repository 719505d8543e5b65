"""What was sent or answered stays as it was: the database refuses every change of it."""

from __future__ import annotations

FROZEN = {
    "exchange_batch": ("decree_id", "kind", "region_code", "part", "people", "amount", "path", "sha256"),
    "exchange_batchline": ("batch_id", "number", "row_id", "payload", "nik_index", "name"),
    "exchange_answer": ("batch_id", "sha256", "path"),
}
SAID = "what was sent or answered is never changed"


def guards(vendor: str) -> list[str]:
    """Return the statements of all guards."""
    made = []
    for table, columns in FROZEN.items():
        if vendor == "postgresql":
            changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)
            made += [
                (
                    f"CREATE FUNCTION {table}_sent() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                    f"IF TG_OP = 'DELETE' THEN RAISE EXCEPTION '{SAID}' USING ERRCODE = 'check_violation'; END IF; "
                    f"IF {changed} THEN RAISE EXCEPTION '{SAID}' USING ERRCODE = 'check_violation'; END IF; "
                    "RETURN NEW; END $$"
                ),
                (
                    f"CREATE TRIGGER {table}_sent BEFORE UPDATE OR DELETE ON {table} "
                    f"FOR EACH ROW EXECUTE FUNCTION {table}_sent()"
                ),
            ]
            continue
        changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns)
        made += [
            (
                f"CREATE TRIGGER {table}_sent BEFORE UPDATE ON {table} WHEN {changed} "
                f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
            ),
            f"CREATE TRIGGER {table}_stays BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{SAID}'); END",
        ]
    return made
