"""Secrets of the second factor of a time when they were kept in the open are sealed now."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations


def seal(apps: Any, schema_editor: Any) -> None:
    """Seal the secret and the seed of recovery codes of every account."""
    from payung.office.accounts.second_factor import sealed_data

    kept = apps.get_model("mfa", "Authenticator").objects.using(schema_editor.connection.alias)
    for authenticator in kept.filter(type__in=["totp", "recovery_codes"]).iterator():
        authenticator.data = sealed_data(authenticator.data)
        authenticator.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0002_a_role_called_off"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]
    operations: ClassVar = [migrations.RunPython(seal, migrations.RunPython.noop, elidable=True)]
