"""Reads the parameter files strictly: whatever is not understood is refused, with file and line."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

import yaml

from payung.law.limits import check_policy
from payung.law.parameter import (
    RESERVED,
    Bands,
    Book,
    Key,
    Kind,
    Law,
    Parameter,
    Row,
    Tiers,
    Topic,
    Value,
    current_name,
)
from payung.law.strict_yaml import UNITS, ParameterError, StrictFile
from payung.text import Text

KINDS = ("scalar", "table", "bands", "tiers", "dates")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _table(file: StrictFile, node: yaml.Node, unit: str) -> tuple[dict[Key, Any], tuple[Row, ...]]:
    rows = []
    for key, value in file.entries(node):
        name: Key = int(key.value) if re.fullmatch(r"[0-9]{1,9}", key.value) else key.value
        if str(name) != key.value:
            file.refuse(key, Text(f"tulis {name}, bukan {key.value}", f"write {name}, not {key.value}"))
        if isinstance(value, yaml.MappingNode):
            found = file.mapping(
                value, {"value"}, {"title", "mark", "note", "per", "at_most", "up_to", "swap"}
            )
            extra: list[tuple[str, Any]] = [
                (name, file.amount(found[name], unit)) for name in ("at_most", "up_to") if name in found
            ]
            extra += [(name, file.text(found[name])) for name in ("per", "swap") if name in found]
            rows.append(
                Row(
                    name,
                    file.amount(found["value"], unit),
                    file.both(found["title"]) if "title" in found else None,
                    file.mark(found["mark"]) if "mark" in found else None,
                    file.both(found["note"]) if "note" in found else None,
                    tuple(extra),
                    key.start_mark.line + 1,
                )
            )
        else:
            rows.append(Row(name, file.amount(value, unit), line=key.start_mark.line + 1))
    return {row.key: row.value for row in rows}, tuple(rows)


def _steps(file: StrictFile, node: yaml.Node, bound: str, unit: str) -> tuple[Row, ...]:
    """Rows by a rising lower bound that begins at 0: income bands and marginal tiers."""
    rows: list[Row] = []
    for item in file.items(node):
        found = file.mapping(item, {bound, "value"}, {"mark", "note"})
        lower = file.amount(found[bound], "rupiah")
        if rows and lower <= cast(int, rows[-1].key):
            file.refuse(item, Text("batas bawah harus naik", "lower bounds must rise"))
        if not rows and lower != 0:
            file.refuse(item, Text("baris pertama harus mulai dari 0", "the first row must begin at 0"))
        rows.append(
            Row(
                lower,
                file.amount(found["value"], unit),
                mark=file.mark(found["mark"]) if "mark" in found else None,
                note=file.both(found["note"]) if "note" in found else None,
                line=item.start_mark.line + 1,
            )
        )
    return tuple(rows)


def _dates(file: StrictFile, node: yaml.Node) -> tuple[Row, ...]:
    rows = []
    for item in file.items(node):
        found = file.mapping(item, {"date", "title"}, {"mark"})
        mark = file.mark(found["mark"]) if "mark" in found else None
        rows.append(
            Row(
                file.date(found["date"], end=False).isoformat(),
                None,
                file.both(found["title"]),
                mark,
                line=item.start_mark.line + 1,
            )
        )
    return tuple(rows)


def _content(file: StrictFile, node: yaml.Node, kind: Kind, unit: str) -> tuple[Any, tuple[Row, ...]]:
    if isinstance(node, yaml.ScalarNode) and node.value in ("null", "~", ""):
        return None, ()
    if kind == "table":
        return _table(file, node, unit)
    if kind == "bands":
        rows = _steps(file, node, "from", unit)
        return Bands(tuple(cast(int, row.key) for row in rows), tuple(row.value for row in rows)), rows
    if kind == "tiers":
        rows = _steps(file, node, "over", unit)
        return Tiers(tuple(cast(int, row.key) for row in rows), tuple(row.value for row in rows)), rows
    if kind == "dates":
        rows = _dates(file, node)
        return tuple(str(row.key) for row in rows), rows
    return file.amount(node, unit), ()


def _values(file: StrictFile, node: yaml.Node, kind: Kind, unit: str) -> Iterator[Value]:
    """Yield the value, once for each instrument that says it.

    ``restated`` names later ones, each from a day on which it surely was in force, with a mark of its own where it
    is less (or more) sure from then on. Rows keep their own marks.
    """
    found = file.mapping(
        node,
        {"from", "value", "article", "source", "mark"},
        {"until", "notes", "article_mark", "from_mark", "restated"},
    )
    value = _value(file, node, found, kind, unit)
    for item in file.items(found["restated"]) if "restated" in found else ():
        again = file.mapping(item, {"from", "article"}, {"from_mark", "mark", "article_mark"})
        since = file.date(again["from"], end=False)
        if since <= value.since or (value.until and since > value.until):
            file.refuse(item, Text("tanggal di luar masa berlakunya", "the date is outside its period"))
        yield replace(value, until=since - dt.timedelta(days=1))
        value = replace(
            value,
            since=since,
            article=file.text(again["article"]),
            mark=file.mark(again["mark"]) if "mark" in again else value.mark,
            article_mark=file.mark(again["article_mark"]) if "article_mark" in again else value.article_mark,
            from_mark=file.mark(again["from_mark"]) if "from_mark" in again else None,
        )
    yield value


def _value(file: StrictFile, node: yaml.Node, found: dict[str, yaml.Node], kind: Kind, unit: str) -> Value:
    since = file.date(found["from"], end=False)
    until = file.date(found["until"], end=True) if "until" in found else None
    if until and until < since:
        file.refuse(found["until"], Text("akhir mendahului awal", "the end is before the beginning"))
    content, rows = _content(file, found["value"], kind, unit)
    return Value(
        since=since,
        until=until,
        value=content,
        rows=rows,
        article=file.text(found["article"]),
        source=file.text(found["source"]),
        mark=file.mark(found["mark"]),
        notes=tuple(file.both(note) for note in file.items(found["notes"])) if "notes" in found else (),
        article_mark=file.mark(found["article_mark"]) if "article_mark" in found else None,
        from_mark=file.mark(found["from_mark"]) if "from_mark" in found else None,
        file=file.name,
        line=node.start_mark.line + 1,
    )


def _parameter(file: StrictFile, topic: str, name: str, node: yaml.Node) -> Parameter:
    found = file.mapping(node, {"title", "unit", "values"}, {"kind"})
    unit = file.text(found["unit"])
    if unit not in UNITS:
        allowed = ", ".join(UNITS)
        file.refuse(
            found["unit"],
            Text(
                f"satuan {unit!r} tidak dikenal; yang boleh: {allowed}",
                f"unknown unit {unit!r}; allowed: {allowed}",
            ),
        )
    kind = file.text(found["kind"]) if "kind" in found else "scalar"
    if kind not in KINDS:
        file.refuse(found["kind"], Text(f"jenis {kind!r} tidak dikenal", f"unknown kind {kind!r}"))
    values: list[Value] = []
    for item in file.items(found["values"]):
        for value in _values(file, item, cast(Kind, kind), unit):
            if values and value.since <= values[-1].since:
                file.refuse(item, Text("tanggal mulai tidak berurutan", "the dates are not in order"))
            last = values[-1].until if values else None
            if last and value.since <= last:
                file.refuse(item, Text("masa berlaku bertindihan", "the periods overlap"))
            values.append(value)
    return Parameter(name, topic, file.both(found["title"]), unit, cast(Kind, kind), tuple(values))


def parse_topic(text: str, name: str) -> Topic:
    """Return the topic written in ``text``; ``name`` is the file as messages show it.

    Raises :class:`ParameterError` for unknown or doubled keys, overlapping or unsorted dates, wrong units, and
    a missing article, source or mark, with file and line.
    """
    file = StrictFile(name)
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise ParameterError(
            Text(f"{name}, baris {line}: bukan YAML yang benar", f"{name}, line {line}: not valid YAML")
        ) from None
    if node is None:
        raise ParameterError(Text(f"{name}, baris 1: kosong", f"{name}, line 1: empty"))
    found = file.mapping(node, {"topic", "title", "parameters"}, set())
    topic = file.text(found["topic"])
    parameters = []
    for key, value in file.entries(found["parameters"]):
        if not re.fullmatch(r"[a-z][a-z0-9_]*", key.value):
            file.refuse(key, Text(f"nama {key.value!r} tidak sah", f"{key.value!r} is no parameter name"))
        parameters.append(_parameter(file, topic, key.value, value))
    return Topic(topic, file.both(found["title"]), tuple(parameters))


def _assemble(texts: dict[str, str], rules: bytes) -> Book:
    topics = tuple(parse_topic(texts[name], name) for name in sorted(texts))
    seen: dict[str, str] = {}
    for topic in topics:
        for parameter in topic.parameters:
            if hasattr(Law, parameter.name) or parameter.name in RESERVED:
                raise ParameterError(
                    Text(
                        f"Nama {parameter.name!r} ({topic.name}) sudah dipakai bahasa aturan.",
                        f"The name {parameter.name!r} ({topic.name}) belongs to the language of rules.",
                    )
                )
            if parameter.name in seen:
                other = seen[parameter.name]
                raise ParameterError(
                    Text(
                        f"Parameter {parameter.name!r} ada di dua berkas: {other} dan {topic.name}.",
                        f"Parameter {parameter.name!r} stands in two files: {other} and {topic.name}.",
                    )
                )
            seen[parameter.name] = topic.name
    digest = hashlib.sha256(rules)
    for name in sorted(texts):
        digest.update(name.encode() + b"\0" + texts[name].encode())
    return Book(topics, digest.hexdigest()[:12])


def _each(folder: Any, suffix: str, read: Callable[[Any], Any]) -> dict[str, Any]:
    return {entry.name: read(entry) for entry in folder.iterdir() if entry.name.endswith(suffix)}


@cache
def load() -> Book:
    """Return the law that this package carries. Its version is a hash of parameter files and rules."""
    package = files("payung.law")
    rules = _each(package / "rules", ".py", lambda entry: entry.read_bytes())
    texts = _each(package / "parameters", ".yaml", lambda entry: entry.read_text(encoding="utf-8"))
    return _assemble(texts, b"".join(rules[name] for name in sorted(rules)))


def load_with(policy: Path) -> Book:
    """Return the law with the file ``policy`` on top of it.

    This is how a district records a written answer to an open question (such as the relief for village money):
    a file of the same form, dated, with its own article. Before its first day the law stays as it was; of a table
    it need only name the rows that differ. The version changes with it. Raises :class:`ParameterError`, with file and
    line, where it names a parameter or a row that the law does not have, another unit or kind, a code that the rules
    do not know, or an amount that cannot be right.
    """
    base = load()
    text = _read(policy)
    written = parse_topic(text, policy.name).parameters
    mine = {name: replace(one, name=name) for one in written for name in (current_name(one.name),)}
    categories = tuple(str(row.key) for row in base.parameters["default_segment"].values[-1].rows)
    for name, parameter in mine.items():
        where = Text(*(f"{policy.name}, {word} {parameter.values[0].line}: " for word in ("baris", "line")))
        if name not in base.parameters:
            raise ParameterError(
                Text(
                    f"{where.id}parameter {name!r} tidak ada. Lihat nama-namanya dengan: payung law list.",
                    f"{where.en}there is no parameter {name!r}. See the names with: payung law list.",
                )
            )
        known = base.parameters[name]
        if (known.unit, known.kind) != (parameter.unit, parameter.kind):
            raise ParameterError(
                Text(
                    f"{where.id}satuan atau jenis {name!r} harus {known.unit}, {known.kind}.",
                    f"{where.en}unit and kind of {name!r} must be {known.unit}, {known.kind}.",
                )
            )
        check_policy(known, parameter, categories)
        mine[name] = _laid_over(known, parameter)
    topics = tuple(
        Topic(topic.name, topic.title, tuple(mine.get(item.name, item) for item in topic.parameters))
        for topic in base.topics
    )
    digest = hashlib.sha256(f"{base.version}\0{text}".encode()).hexdigest()[:12]
    return Book(topics, digest)


def _read(policy: Path) -> str:
    try:
        return policy.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ParameterError(
            Text(
                f"{policy.name} bukan teks UTF-8. Simpan ulang sebagai teks biasa (UTF-8).",
                f"{policy.name} is no UTF-8 text. Save it again as plain text (UTF-8).",
            )
        ) from None
    except OSError as error:
        raise ParameterError(
            Text(
                f"{policy} tidak dapat dibaca: {error.strerror}. Periksa letak dan izinnya.",
                f"{policy} cannot be read: {error.strerror}. Check where it is and who may read it.",
            )
        ) from None


def _laid_over(known: Parameter, policy: Parameter) -> Parameter:
    """Return ``known`` up to the first day of ``policy``, and from then on what ``policy`` says."""
    first = policy.values[0].since
    eve = first - dt.timedelta(days=1)
    kept = [
        replace(value, until=min(value.until or eve, eve)) for value in known.values if value.since < first
    ]
    return replace(known, values=(*kept, *(_with_other_rows(known, value) for value in policy.values)))


def _with_other_rows(known: Parameter, value: Value) -> Value:
    """Return a table with the rows that it does not name as they were that day, and the words of those it does."""
    before = known.on(value.since)
    if known.kind != "table" or before is None or value.value is None:
        return value
    rows = {row.key: replace(row, mark=row.mark or before.mark) for row in before.rows}
    for row in value.rows:
        was = rows.get(row.key)
        rows[row.key] = (
            replace(row, title=row.title or was.title, extra=row.extra or was.extra) if was else row
        )
    return replace(
        value,
        value={key: row.value for key, row in rows.items()},
        rows=tuple(rows.values()),
        article=value.article if len(rows) == len(value.rows) else f"{before.cited}; {value.article}",
    )
