"""The page of the law in ``docs/``: every parameter, generated, so that a lawyer can proof-read it."""

from __future__ import annotations

from payung.law.catalogue import UNITS, marks_of, period, row_label, row_value, written
from payung.law.parameter import MARKS, Book, Parameter, Topic, Value
from payung.text import Text

_HEAD = """# Aturan yang dipakai Payung / The law as Payung uses it

Halaman ini dibuat dari berkas parameter (`payung law page`); jangan disunting di sini. Versi `{version}`.
This page is generated from the parameter files (`payung law page`); do not edit it here. Version `{version}`.

Tanda / Marks: **{confirmed}** · ⚠ **once** {once} · ⚠⚠ **believed** {believed}.
Yang bertanda ⚠ harus dicocokkan dengan naskah resmi. / What is marked ⚠ awaits a check against the gazette.
"""
_SIGN = {"confirmed": "", "once": "⚠ ", "believed": "⚠⚠ "}


def write_page(book: Book) -> str:
    """Return the page as Markdown: the unconfirmed first, then every topic with its parameters."""
    head = _HEAD.format(
        version=book.version,
        confirmed=f"confirmed {_both(MARKS['confirmed'])}",
        once=_both(MARKS["once"]),
        believed=_both(MARKS["believed"]),
    )
    parts = [head, _unconfirmed(book), *(_topic(topic) for topic in book.topics)]
    return "\n".join(parts)


def _both(text: Text) -> str:
    return text.id if text.id == text.en else f"{text.id} / {text.en}"


def _unconfirmed(book: Book) -> str:
    lines = [
        "## Yang belum terkonfirmasi / What is not confirmed",
        "",
        "| parameter | | mark |",
        "|---|---|---|",
    ]
    for parameter in book.parameters.values():
        for value in parameter.values:
            found = marks_of(value)
            if found != "confirmed":
                lines.append(
                    f"| `{parameter.name}` | {_both(parameter.title)} ({period(value, 'en')}) | {found} |"
                )
    return "\n".join([*lines, ""])


def _topic(topic: Topic) -> str:
    parts = [f"## {_both(topic.title)}", ""]
    for parameter in topic.parameters:
        parts += [
            f"### {_both(parameter.title)}",
            "",
            f"`{parameter.name}`, {_both(UNITS[parameter.unit])}",
            "",
        ]
        for value in parameter.values:
            parts += [*_value(parameter, value), ""]
    return "\n".join(parts)


def _value(parameter: Parameter, value: Value) -> list[str]:
    said = "" if value.rows else f": **{_said(parameter, value)}**"
    lines = [
        f"- {_SIGN[value.mark]}{period(value, 'id')} / {period(value, 'en')}{said}  ",
        f"  {value.cited} · {value.mark} · {value.source}",
    ]
    lines += [f"  - {_both(note)}" for note in value.open_questions]
    if value.rows:
        lines += ["", *_rows(parameter, value)]
    return lines


def _said(parameter: Parameter, value: Value) -> str:
    if value.value is None:
        return "tidak berlaku / not in force"
    return _both(Text(*(written(value.value, parameter.unit, language) for language in ("id", "en"))))


def _rows(parameter: Parameter, value: Value) -> list[str]:
    lines = ["| | | mark | |", "|---|---|---|---|"]
    for row in value.rows:
        mark = row.mark or value.mark
        label = _both(Text(row_label(parameter, row, "id"), row_label(parameter, row, "en")))
        said = _both(Text(row_value(parameter, row, "id"), row_value(parameter, row, "en")))
        note = _both(row.note) if row.note else ""
        lines.append(f"| {label} | {said} | {_SIGN[mark]}{mark} | {note} |")
    return lines
