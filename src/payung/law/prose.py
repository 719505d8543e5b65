"""Steps and parameters as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import wrap

from payung.law.catalogue import SAME_ROWS, Change, one_line, period, row_label, row_value
from payung.law.codes import measured
from payung.law.explanation import Step
from payung.law.parameter import MARKS, Book, Parameter, Row, Value
from payung.law.words import figure
from payung.text import Language, Text

WIDTH = 100


def steps(found: Sequence[Step], language: Language) -> str:
    """Return the steps, numbered: what, how, where it stands and how sure that is."""
    lines: list[str] = []
    for number, step in enumerate(found, 1):
        lines.append(f"{number:3}. {step.title.read(language)}: {measured(step.value, step.unit, language)}")
        said = (figure(step.value, language), measured(step.value, step.unit, language))
        if step.figures.read(language) not in said:
            lines.append(f"     = {step.figures.read(language)}")
            lines.append(f"       {step.expression.read(language)}")
        lines += [f"     {_because(language)} {text.read(language)}" for text in step.because]
        ground = " · ".join(part for part in (step.article, MARKS[step.mark].read(language)) if part)
        lines.append(f"     {ground}")
    return "\n".join(lines)


def _because(language: Language) -> str:
    return "karena" if language == "id" else "because"


def notes(found: Iterable[Text], language: Language) -> str:
    """Return ``found`` as a list, each once."""
    lines: list[str] = []
    for note in dict.fromkeys(found):
        lines += wrap(note.read(language), WIDTH, initial_indent="  - ", subsequent_indent="    ")
    return "\n".join(lines)


def notes_of(found: Sequence[Step]) -> list[Text]:
    """Return the conditions and open questions of the steps, each once."""
    return list(dict.fromkeys(note for step in found for note in step.notes))


def parameter(book: Book, item: Parameter, values: Sequence[Value], language: Language) -> str:
    """Return a parameter with ``values``: what it says from when to when, by which article, how sure."""
    lines = [f"{item.name}: {item.title.read(language)}"]
    for before, value in zip((None, *values), values, strict=False):
        if value.rows and before and before.rows == value.rows:
            lines.append(f"{period(value, language)}: {SAME_ROWS.read(language)}")
        elif value.rows:
            lines.append(f"{period(value, language)}:")
            lines += [_row(item, value, row, language) for row in value.rows]
        else:
            lines.append(f"{period(value, language)}: {one_line(item, value, language)}")
        lines.append(f"    {value.cited} · {MARKS[value.mark].read(language)} · {value.source}")
        lines += [notes([note], language) for note in value.open_questions]
    lines.append(version(book, language))
    return "\n".join(lines)


def _row(item: Parameter, value: Value, row: Row, language: Language) -> str:
    """Return one row of a table; its mark where it is not the table's, and its note."""
    said = ": ".join(filter(None, (row_label(item, row, language), row_value(item, row, language))))
    mark = f" · {MARKS[row.mark].read(language)}" if row.mark and row.mark != value.mark else ""
    note = f" ({row.note.read(language)})" if row.note else ""
    return f"    {said}{note}{mark}"


def changes(found: Sequence[Change], language: Language) -> str:
    """Return what changed, one line each."""
    if not found:
        return "Tidak ada yang berubah." if language == "id" else "Nothing changed."
    lines: list[str] = []
    for change in found:
        text = (
            f"{change.title.read(language)} ({change.name}): {change.words.read(language)} [{change.article}]"
        )
        lines += wrap(text, WIDTH, initial_indent="- ", subsequent_indent="  ")
    return "\n".join(lines)


def version(book: Book, language: Language) -> str:
    """Return the line that names the version of the law."""
    return f"{'Versi aturan' if language == 'id' else 'Version of the law'}: {book.version}"
