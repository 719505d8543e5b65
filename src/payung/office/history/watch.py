"""Whether the guards of the database are those that the last migration left, on either kind of database."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from payung.office import guards
from payung.office.history import chain
from payung.office.history.models import Watch
from payung.text import Text

NOTED = "history_watch"


def note() -> None:
    """Keep what the guards look like now. Only after migrations, and where they were whole before."""
    kept = Watch(
        vendor=connection.vendor, migrations=_migrations(), prints=guards.prints(), at=timezone.now()
    )
    kept.seal = _seal(kept)
    kept.save()


def is_noted() -> bool:
    """Tell whether there is anything to compare with."""
    tables = connection.introspection.table_names()
    return NOTED in tables and Watch.objects.filter(vendor=connection.vendor).exists()


def differing() -> Iterator[tuple[str, Text]]:
    """Yield what is wrong with the guards: which, and how."""
    kept = Watch.objects.filter(vendor=connection.vendor).first()
    if kept is None or not hmac.compare_digest(kept.seal, _seal(kept)):
        yield (
            NOTED,
            Text(
                "Catatan tentang penjaga basis data tidak ada atau bukan dari kantor ini: pulihkan dari cadangan.",
                "What is kept about the guards of the database is gone or not of this office: restore a backup.",
            ),
        )
        return
    now = guards.prints()
    for name, print_ in kept.prints.items():
        if now.get(name) != print_:
            gone = name not in now
            yield (
                name,
                Text(
                    f"Penjaga {name} {'hilang' if gone else 'diubah atau dimatikan'}: basis data tidak lagi menolak "
                    "yang harus ditolak. Pulihkan dari cadangan.",
                    f"The guard {name} is {'gone' if gone else 'changed or switched off'}: the database no longer "
                    "refuses what it must. Restore a backup.",
                ),
            )
    for name in sorted(set(now) - set(kept.prints)):
        yield (
            name,
            Text(
                f"Pemicu {name} tidak berasal dari program ini: cari siapa yang memasangnya.",
                f"The trigger {name} is not of this program: find out who put it there.",
            ),
        )
    if kept.migrations != _migrations():
        yield (
            "django_migrations",
            Text(
                "Catatan perubahan basis data berbeda dari saat penjaganya dicatat: pulihkan dari cadangan.",
                "The record of migrations differs from when the guards were noted: restore a backup.",
            ),
        )


def _migrations() -> str:
    done = sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations())
    return hashlib.sha256("\n".join(done).encode()).hexdigest()


def _seal(kept: Watch) -> str:
    said = json.dumps(["watch", kept.vendor, kept.migrations, kept.prints], sort_keys=True)
    return hmac.new(chain.key(), said.encode(), hashlib.sha256).hexdigest()
