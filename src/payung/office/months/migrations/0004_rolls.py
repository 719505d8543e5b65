"""Whom each posting was for, packed; those of before are made out of the rows."""

from itertools import groupby

from django.db import migrations, models

from payung.office.months import ddl, rolls


def make(apps, schema_editor):
    """Make the table, and the rolls of the postings that are there."""
    connection = schema_editor.connection
    for statement in ddl.create_rolls(connection.vendor):
        schema_editor.execute(statement, params=None)
    with connection.cursor() as cursor:
        billed = "bills_line" in connection.introspection.table_names(cursor)
        place = "COALESCE(l.place, c.place, 0)" if billed else "COALESCE(c.place, 0)"
        lines = "LEFT JOIN bills_line l ON l.bill = g.bill AND l.month = m.month AND l.person = m.person"
        cursor.execute("SELECT DISTINCT month FROM months_month ORDER BY month")
        for (month,) in cursor.fetchall():
            cursor.execute(
                f"SELECT m.posting, m.month, m.segment, m.person, {place} FROM months_month m"
                " JOIN months_posting g ON g.id = m.posting LEFT JOIN months_cover c ON c.segment = m.segment"
                f" AND c.person = m.person {lines if billed else ''} WHERE m.month = %s"
                " ORDER BY m.posting, m.segment, m.person",
                [month],
            )
            for number, rows in groupby(cursor.fetchall(), key=lambda row: row[0]):
                roll = rolls.Roll()
                roll.add(*list(zip(*rows, strict=True))[1:])
                roll.write(cursor, number)


class Migration(migrations.Migration):
    dependencies = [("months", "0003_columns_of_codes")]
    operations = [
        migrations.CreateModel(
            name="Roll",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "posting",
                        "month",
                        "segment",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("posting", models.IntegerField()),
                ("people", models.IntegerField()),
                ("month", models.SmallIntegerField()),
                ("segment", models.SmallIntegerField()),
                ("packed", models.BinaryField()),
            ],
            options={"db_table": "months_roll", "managed": False},
        ),
        migrations.RunPython(make, migrations.RunPython.noop),
    ]
