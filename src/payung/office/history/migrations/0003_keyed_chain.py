"""The chain is keyed from the next event on; what is there stays as it is, held by the seal of the head."""

from django.db import migrations, models
from django.utils import timezone

from payung.office.guards import PutGuards
from payung.office.history import chain, ddl


def seal_the_head(apps, schema_editor):
    """Let the head say from where on links are keyed, and seal it."""
    alias = schema_editor.connection.alias
    head = apps.get_model("history", "Head").objects.using(alias).filter(pk=1).first()
    if head is None:
        return
    first = apps.get_model("history", "Event").objects.using(alias).order_by("number").first()
    head.keyed_from = head.number + 1
    head.since = first.at if first else timezone.now()
    head.seal = chain.seal(head)
    head.save()


class Migration(migrations.Migration):
    dependencies = [
        ("history", "0002_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="Watch",
            fields=[
                ("vendor", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("migrations", models.CharField(max_length=64)),
                ("prints", models.JSONField()),
                ("at", models.DateTimeField()),
                ("seal", models.CharField(max_length=64)),
            ],
        ),
        migrations.AddField(
            model_name="head",
            name="broken_at",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="head",
            name="keyed_from",
            field=models.BigIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="head",
            name="seal",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="head",
            name="since",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.BigIntegerField()),
                ("chain", models.CharField(max_length=64)),
                ("why", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["why"], name="mark_why")],
            },
        ),
        migrations.RunPython(seal_the_head, migrations.RunPython.noop),
        PutGuards(ddl.guards),
    ]
