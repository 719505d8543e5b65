import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import payung.office.columns
import payung.office.submissions.states
import payung.office.suggestions.states
import payung.office.vault.sealed


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("submissions", "0004_meanings"),
    ]

    operations = [
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("village_code", models.CharField(max_length=13)),
                (
                    "kind",
                    payung.office.columns.CodeField(payung.office.submissions.states.Kind, max_length=10),
                ),
                ("name", models.CharField(max_length=150)),
                (
                    "content",
                    payung.office.vault.sealed.SealedText(null=True, place="suggestions.suggestion.content"),
                ),
                ("agent", models.CharField(blank=True, max_length=40)),
                ("once", models.CharField(max_length=36, unique=True)),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    payung.office.columns.CodeField(
                        payung.office.suggestions.states.SuggestionState,
                        default="menunggu",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("decided_by", models.CharField(blank=True, max_length=60)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "submission",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="suggestions",
                        to="submissions.submission",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [
                    models.Index(fields=["village_code", "state"], name="suggestion_place"),
                    models.Index(fields=["by", "state"], name="suggestion_by"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), models.Q(("once", ""), _negated=True)
                        ),
                        name="suggestion_says_who",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_by", ""), ("state", "menunggu")),
                            models.Q(
                                models.Q(("state", "menunggu"), _negated=True),
                                models.Q(("decided_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="suggestion_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ditolak"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="suggestion_refused_for_a_reason",
                    ),
                ],
            },
        ),
    ]
