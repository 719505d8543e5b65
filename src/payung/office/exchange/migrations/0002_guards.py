"""What was sent stays as it was sent."""

from django.db import migrations

FROZEN = {
    "exchange_batch": ("decree_id", "kind", "region_code", "part", "people", "amount", "path", "sha256"),
    "exchange_batchline": ("batch_id", "number", "row_id", "payload", "nik_index", "name"),
    "exchange_answer": ("batch_id", "sha256", "path"),
}


def protect(apps, schema_editor):
    """Put the triggers in place."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    differs = "IS DISTINCT FROM" if postgresql else "IS NOT"
    for table, columns in FROZEN.items():
        changed = " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in columns)
        said = "what was sent or answered is never changed"
        if postgresql:
            schema_editor.execute(
                f"CREATE FUNCTION {table}_sent() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF TG_OP = 'DELETE' THEN RAISE EXCEPTION '{said}' USING ERRCODE = 'check_violation'; END IF; "
                f"IF {changed} THEN RAISE EXCEPTION '{said}' USING ERRCODE = 'check_violation'; END IF; "
                "RETURN NEW; END $$"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {table}_sent BEFORE UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_sent()"
            )
            continue
        schema_editor.execute(
            f"CREATE TRIGGER {table}_sent BEFORE UPDATE ON {table} WHEN {changed} "
            f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {table}_stays BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{said}'); END"
        )


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial")]
    operations = [migrations.RunPython(protect, migrations.RunPython.noop)]
