"""An office out of Payung and back in: one CSV a table and a Frictionless data package that says what is in it.

Every row goes out as it is kept, in order of its key, so that the same office gives the same bytes from SQLite and
PostgreSQL, and what was put in comes out equal. Identifiers stay sealed (base64): whoever reads them needs the secret
of the office, and so does the office that takes them in. Uploads go along as the sealed files that they are.
"""

from __future__ import annotations

import base64
import csv
import datetime as dt
import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.color import no_style
from django.db import DatabaseError, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from payung import __version__
from payung.errors import InputError
from payung.office.service import tables
from payung.text import Text

DESCRIPTOR, DATA, UPLOADS = "datapackage.json", "data", "uploads"
NOTHING = "\\N"  # a cell without a value; an empty text is an empty cell
CHUNK = 2000
Says = Callable[[Text], None]

# Kind of column → type and format of the Table Schema.
_KINDS: dict[str, tuple[str, str]] = {
    "BooleanField": ("boolean", "default"),
    "DateField": ("date", "default"),
    "DateTimeField": ("datetime", "default"),
    "TimeField": ("time", "default"),
    "JSONField": ("any", "default"),
    "BinaryField": ("string", "binary"),
    "FloatField": ("number", "default"),
    "EmailField": ("string", "email"),
    "UUIDField": ("string", "uuid"),
}


def kind_of(field: models.Field[Any, Any]) -> tuple[str, str]:
    """Return type and format of a column, as the Table Schema names them."""
    name = field.get_internal_type()
    if name in ("ForeignKey", "OneToOneField"):
        return kind_of(field.target_field)  # type: ignore[attr-defined]
    if name.endswith(("IntegerField", "AutoField")):
        return "integer", "default"
    return _KINDS.get(name, ("string", "default"))


def written(value: Any, kind: tuple[str, str]) -> str:
    """Return a value as its cell is written: the same whatever database it came from."""
    if value is None:
        return NOTHING
    type_, format_ = kind
    if format_ == "binary":
        return base64.b64encode(bytes(value)).decode()
    if type_ == "boolean":
        return "true" if value else "false"
    if type_ == "datetime":
        moment = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
        moment = moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)
        return str(moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ"))
    if type_ == "time":
        moment = dt.time.fromisoformat(value) if isinstance(value, str) else value
        return str(moment.strftime("%H:%M:%S.%f"))
    if type_ == "any":
        plain = json.loads(value) if isinstance(value, str) else value
        return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if type_ == "number":
        return repr(float(value))
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def taken(cell: str, kind: tuple[str, str]) -> Any:
    """Return the value of a cell as both databases take it. Raises ``ValueError`` for what is none."""
    if cell == NOTHING:
        return None
    type_, format_ = kind
    if format_ == "binary":
        return base64.b64decode(cell, validate=True)
    if type_ == "boolean":
        return {"true": True, "false": False}[cell]
    if type_ == "integer":
        return int(cell)
    if type_ == "number":
        return float(cell)
    if type_ == "datetime":
        return dt.datetime.strptime(cell, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=dt.UTC)
    if type_ == "date":
        return dt.date.fromisoformat(cell)
    return dt.time.fromisoformat(cell) if type_ == "time" else cell


def export(target: Path, *, alias: str = "default", files: bool = True, says: Says) -> dict[str, Any]:
    """Write the office into the folder ``target``, which must be empty or not be there; return the descriptor."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise InputError(
            Text(
                f"{target} tidak kosong: sebutkan folder yang kosong atau belum ada.",
                f"{target} is not empty: name a folder that is empty or not there.",
            ),
            at="target",
        )
    (target / DATA).mkdir(mode=0o700, parents=True)
    connection = connections[alias]
    resources: list[dict[str, Any]] = []
    with tables.one_moment(alias):
        models_ = sorted(tables.all_models(), key=lambda one: one._meta.db_table)
        resources += [_table(connection, model, target) for model in models_]
        head = _head(connection)
    if files:
        resources += _uploads(target)
    descriptor = {
        "profile": "data-package",
        "name": "payung-office",
        "title": "Payung",
        "version": __version__,
        "description": "One CSV a table; sealed columns open with the secret of the office only.",
        "history": head,
        "resources": resources,
    }
    text = json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n"
    (target / DESCRIPTOR).write_text(text, encoding="utf-8")
    rows = sum(one.get("rows", 0) for one in resources)
    says(
        Text(
            f"{target}: {rows} baris dalam {len(resources)} berkas, riwayat sampai catatan {head['number']}.",
            f"{target}: {rows} rows in {len(resources)} files, history up to event {head['number']}.",
        )
    )
    return descriptor


def _head(connection: BaseDatabaseWrapper) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, chain FROM history_head")
        row = cursor.fetchone() or (0, "")
    return {"number": row[0], "chain": row[1]}


def _table(connection: BaseDatabaseWrapper, model: type[models.Model], target: Path) -> dict[str, Any]:
    table, fields = model._meta.db_table, model._meta.concrete_fields
    kinds = [kind_of(field) for field in fields]
    path = target / DATA / f"{table}.csv"
    many = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([field.column for field in fields])
        for row in _rows(connection, model):
            writer.writerow([written(value, kind) for value, kind in zip(row, kinds, strict=True)])
            many += 1
    listed = []
    for field, (type_, format_) in zip(fields, kinds, strict=True):
        one: dict[str, Any] = {"name": field.column, "type": type_}
        if format_ != "default":
            one["format"] = format_
        if not field.null:
            one["constraints"] = {"required": True}
        listed.append(one)
    return {
        "profile": "tabular-data-resource",
        "name": table.replace("_", "-"),
        "path": f"{DATA}/{table}.csv",
        "format": "csv",
        "encoding": "utf-8",
        **_facts(path),
        "rows": many,
        "dialect": {"delimiter": ",", "doubleQuote": True, "lineTerminator": "\n"},
        "schema": {"fields": listed, "primaryKey": _key_columns(model), "missingValues": [NOTHING]},
    }


def _key_columns(model: type[models.Model]) -> list[str]:
    return [str(field.column) for field in getattr(model._meta, "pk_fields", [model._meta.pk])]


def _rows(connection: BaseDatabaseWrapper, model: type[models.Model]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a table in order of their key; texts by their code points on both databases."""
    quote = connection.ops.quote_name
    byte_order = ' COLLATE "C"' if connection.vendor == "postgresql" else ""
    texts = {field.column for field in model._meta.concrete_fields if kind_of(field)[0] == "string"}
    order = ", ".join(quote(one) + (byte_order if one in texts else "") for one in _key_columns(model))
    columns = ", ".join(quote(str(field.column)) for field in model._meta.concrete_fields)
    query = f"SELECT {columns} FROM {quote(model._meta.db_table)} ORDER BY {order}"
    with connection.chunked_cursor() as cursor:
        cursor.execute(query)
        while rows := cursor.fetchmany(CHUNK):
            yield from rows


def _facts(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return {
            "bytes": path.stat().st_size,
            "hash": f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}",
        }


def _uploads(target: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(one for one in root.rglob("*") if one.is_file()):
        name = path.relative_to(root).as_posix()
        copied = target / UPLOADS / name
        copied.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copyfile(path, copied)
        facts = _facts(copied)
        found.append({"name": f"upload-{len(found) + 1}", "path": f"{UPLOADS}/{name}", **facts})
    return found


def described(source: Path) -> dict[str, Any]:
    """Return the descriptor of a package after holding every file against its hash.

    Raises :class:`InputError` that names the file that is missing or another one.
    """
    try:
        found = json.loads((source / DESCRIPTOR).read_text("utf-8"))
        resources = [(str(one["path"]), one["bytes"], str(one["hash"])) for one in found["resources"]]
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(
            Text(
                f"{source} bukan hasil payung export: tidak ada {DESCRIPTOR} yang utuh di dalamnya.",
                f"{source} was not made by payung export: it has no whole {DESCRIPTOR}.",
            ),
            at="source",
        ) from None
    root = source.resolve()
    for name, size, digest in resources:
        path = (source / name).resolve()
        inside = path.is_relative_to(root) and path.is_file()
        if not inside or _facts(path) != {"bytes": size, "hash": digest}:
            raise InputError(
                Text(
                    f"{name} tidak ada atau bukan berkas yang diekspor: ambil lagi seluruh foldernya.",
                    f"{name} is missing or is not the file that was exported: take the whole folder again.",
                ),
                at="source",
            )
    return dict(found)


def load(source: Path, descriptor: dict[str, Any], *, alias: str) -> dict[str, int]:
    """Put the rows of a package into the migrated, empty database ``alias``; return how many a table. One transaction.

    Raises :class:`InputError` where the package is of another version of the tables, or a value does not fit.
    """
    by_path = {one["path"]: one for one in descriptor["resources"]}
    connection = connections[alias]
    many: dict[str, int] = {}
    with transaction.atomic(using=alias), tables.without_triggers(connection):
        for model in tables.all_models():
            table = model._meta.db_table
            columns = [str(field.column) for field in model._meta.concrete_fields]
            path = f"{DATA}/{table}.csv"
            if path not in by_path or _columns(by_path[path]) != columns:
                raise InputError(
                    Text(
                        f"{path}: kolomnya bukan kolom versi ini; impor dengan versi "
                        f"{descriptor.get('version', '?')}, lalu mutakhirkan.",
                        f"{path}: its columns are not those of this version; import with version "
                        f"{descriptor.get('version', '?')}, then upgrade.",
                    ),
                    at="source",
                )
            many[table] = tables.fill(connection, table, columns, _values(source / path, model))
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), tables.all_models()):
                cursor.execute(statement)
    return many


def _columns(resource: dict[str, Any]) -> list[str]:
    return [str(field["name"]) for field in resource["schema"]["fields"]]


def _values(path: Path, model: type[models.Model]) -> Iterator[tuple[Any, ...]]:
    kinds = [kind_of(field) for field in model._meta.concrete_fields]
    csv.field_size_limit(2**31 - 1)
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows, None)
        for number, row in enumerate(rows, 2):
            try:
                yield tuple(taken(cell, kind) for cell, kind in zip(row, kinds, strict=True))
            except (ValueError, KeyError):
                raise InputError(
                    Text(
                        f"{path.name} baris {number}: ada isian yang bukan jenis kolomnya.",
                        f"{path.name} line {number}: a cell is not of the kind of its column.",
                    )
                ) from None


def copy_uploads(source: Path, descriptor: dict[str, Any]) -> None:
    """Put the uploads of a package in the folder of uploads, which has to be empty."""
    root = Path(settings.MEDIA_ROOT)
    names = [
        str(one["path"]) for one in descriptor["resources"] if str(one["path"]).startswith(f"{UPLOADS}/")
    ]
    for name in names:
        path = root / name.removeprefix(f"{UPLOADS}/")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copyfile(source / name, path)
        path.chmod(0o600)


def take_in(source: Path, *, says: Says) -> None:
    """Put an exported office in the place of one that is not there yet, and check it. Everybody signs in again.

    Raises :class:`InputError` where there is an office, the package is not whole, or was written with another secret.
    """
    from django.core.management import call_command

    from payung.office.service import backups, checks, condition, installation

    descriptor = described(source)
    backups.refuse_office(Path(settings.MEDIA_ROOT))
    call_command("migrate", interactive=False, verbosity=0)
    try:
        many = load(source, descriptor, alias="default")
    except DatabaseError as error:
        why = str(error).splitlines()[0]
        raise InputError(
            Text(f"Ekspor ini tidak dapat dimasukkan ({why}).", f"This export cannot be taken in ({why}).")
        ) from None
    installation.refuse_another_secret()
    copy_uploads(source, descriptor)
    condition.register()
    wanted = [name for name in backups.LOOKED_AT if name != "files" or _has_uploads(descriptor)]
    faults = [finding for _, finding in checks.walk(wanted) if finding.fault]
    if faults:
        raise InputError(faults[0].what)
    says(
        Text(
            f"{sum(many.values())} baris masuk; riwayat utuh sampai catatan {descriptor['history']['number']}.",
            f"{sum(many.values())} rows taken in; the history is whole up to event {descriptor['history']['number']}.",
        )
    )


def _has_uploads(descriptor: dict[str, Any]) -> bool:
    return any(str(one["path"]).startswith(f"{UPLOADS}/") for one in descriptor["resources"])
