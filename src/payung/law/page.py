"""The page of the law in ``docs/``: every parameter, generated, so that a lawyer can proof-read it."""

from __future__ import annotations

from payung.law.catalogue import SAME_ROWS, marks_of, period, row_label, row_value
from payung.law.codes import UNITS, measured
from payung.law.formulas import GROUPS, Clause, clauses, rules_of
from payung.law.parameter import MARKS, Book, Mark, Parameter, Topic, Value, weakest
from payung.law.rules.contribution import bpu_jht, bpu_jkk_table
from payung.law.words import figure
from payung.text import Text

_HEAD = """# Aturan yang dipakai Payung / The law as Payung uses it

Halaman ini dibuat dari berkas parameter (`payung law page`); jangan disunting di sini. Versi `{version}`.
This page is generated from the parameter files (`payung law page`); do not edit it here. Version `{version}`.

Tanda / Marks: **{confirmed}** · § **read** {read} · ⚠ **once** {once} · ⚠⚠ **believed** {believed}.
Yang bertanda ⚠ harus dicocokkan dengan naskah resmi. / What is marked ⚠ awaits a check against the gazette.
"""
COMMANDS: tuple[tuple[str, Text], ...] = (
    (
        "cover --paid 2025-01..2025-12 --date 2026-03-20 --segment bpu",
        Text(
            "terlindungi atau tidak; tunggakan, berapa, oleh siapa, sampai kapan menolong",
            "covered or not; arrears, how much, by whom, until when it helps",
        ),
    ),
    (
        "cover --paid 2025-01..2025-12 --date 2026-03-20 --segment pu --employer private",
        Text(
            "pemberi kerja swasta (private); desa dan kantor (state)",
            "a private employer (private); villages and offices (state)",
        ),
    ),
    (
        "benefit --event death --segment bpu --paid-months 40 --unpaid 3 --date 2026-03-20",
        Text(
            "yang dibayar sekarang, dan setelah tunggakan lunas",
            "what is due now, and after the arrears are settled",
        ),
    ),
    ("deadline due --date 2026-04", Text("jatuh tempo iuran", "when a contribution is due")),
    (
        "deadline missing --date 2026-02-02",
        Text("BPJS harus menyebut berkas yang kurang", "BPJS must say what is missing"),
    ),
    (
        "deadline payment --date 2026-02-02 --paid-on 2026-02-10 --amount 42000000",
        Text("BPJS harus membayar, dan dendanya", "BPJS must pay, and its fine"),
    ),
    (
        "objections",
        Text("jalan keberatan, keluhan, dan sengketa", "the ways of objection, complaint and dispute"),
    ),
    ("show occupations_most", Text("satu aturan dengan pasalnya", "one rule with its article")),
)
_SIGN = {"confirmed": "", "read": "§ ", "once": "⚠ ", "believed": "⚠⚠ "}


def write_page(book: Book) -> str:
    """Return the page as Markdown: the unconfirmed first, then every topic with its parameters, then the formulas."""
    head = _HEAD.format(
        version=book.version,
        confirmed=f"confirmed {_both(MARKS['confirmed'])}",
        read=_both(MARKS["read"]),
        once=_both(MARKS["once"]),
        believed=_both(MARKS["believed"]),
    )
    parts = [
        head,
        _commands(),
        _unconfirmed(book),
        *(_topic(book, topic) for topic in book.topics),
        _formulas(book),
    ]
    return "\n".join(parts)


def _commands() -> str:
    """Return the commands that answer the questions behind this page."""
    lines = ["## Perintah / Commands", "", "| | |", "|---|---|"]
    lines += [f"| `payung law {command}` | {_both(answers)} |" for command, answers in COMMANDS]
    return "\n".join([*lines, ""])


def _both(text: Text) -> str:
    return text.id if text.id == text.en else f"{text.id} / {text.en}"


def _unconfirmed(book: Book) -> str:
    """Return what awaits a check, then what was read in the text of 2015 and awaits only its amendments."""
    lines = ["## Yang belum terkonfirmasi / What is not confirmed", "", *_listed(book, read=False), ""]
    lines += [
        "## Dibaca dalam naskah 2015, perubahannya belum / Read in the text of 2015, its amendments not",
        "",
        *_listed(book, read=True),
        "",
    ]
    return "\n".join(lines)


def _listed(book: Book, *, read: bool) -> list[str]:
    lines = ["| parameter | | mark |", "|---|---|---|"]
    for parameter in book.parameters.values():
        for value in parameter.values:
            least = _least(value)
            if least != "confirmed" and (least == "read") == read:
                about = f"{_both(parameter.title)} ({period(value, 'en')})"
                lines.append(f"| `{parameter.name}` | {about} | {marks_of(value)} |")
    return lines


def _least(value: Value) -> Mark:
    """Return the least certain of all marks of ``value``."""
    own: list[Mark] = [row.mark or value.mark for row in value.rows] or [value.mark]
    return weakest([*own, *(mark for mark in (value.article_mark, value.from_mark) if mark)])


def _topic(book: Book, topic: Topic) -> str:
    parts = [f"## {_both(topic.title)}", ""]
    for parameter in topic.parameters:
        parts += [
            f"### {_both(parameter.title)}",
            "",
            f"`{parameter.name}`, {_both(UNITS[parameter.unit])}",
            "",
        ]
        for before, value in zip((None, *parameter.values), parameter.values, strict=False):
            parts += [*_value(book, parameter, value, before), ""]
    return "\n".join(parts)


def _value(book: Book, parameter: Parameter, value: Value, before: Value | None) -> list[str]:
    same = bool(value.rows) and before is not None and before.rows == value.rows
    said = "" if value.rows else f": **{_said(parameter, value)}**"
    said = f": {_both(SAME_ROWS)}" if same else said
    lines = [
        f"- {_SIGN[value.mark]}{period(value, 'id')} / {period(value, 'en')}{said}  ",
        f"  {value.cited} · {value.mark} · {value.source}",
    ]
    lines += [f"  - {_both(note)}" for note in value.open_questions]
    if value.rows and not same:
        rows = _bands(book, value) if parameter.kind == "bands" else _rows(parameter, value)
        lines += ["", *rows]
    return lines


def _said(parameter: Parameter, value: Value) -> str:
    if value.value is None:
        return "tidak berlaku / not in force"
    return _both(Text(*(measured(value.value, parameter.unit, language) for language in ("id", "en"))))


def _rows(parameter: Parameter, value: Value) -> list[str]:
    lines = ["| | | mark | |", "|---|---|---|---|"]
    for row in value.rows:
        mark = row.mark or value.mark
        label = _both(Text(row_label(parameter, row, "id"), row_label(parameter, row, "en")))
        said = _both(Text(row_value(parameter, row, "id"), row_value(parameter, row, "en")))
        note = _both(row.note) if row.note else ""
        lines.append(f"| {label} | {said} | {_SIGN[mark]}{mark} | {note} |")
    return lines


def _bands(book: Book, value: Value) -> list[str]:
    """Return the table of the bands as the regulation prints it: a row's number, its reach, and what it costs."""
    law = book.on(value.since)
    lines = [
        "| # | dari / from | sampai / to | dasar / basis | JKK | JHT | mark | |",
        "|---|---|---|---|---|---|---|---|",
    ]
    ends = [*(int(row.key) - 1 for row in value.rows[1:]), None]
    for number, (row, end) in enumerate(zip(value.rows, ends, strict=True), 1):
        mark = row.mark or value.mark
        amounts = (row.value, bpu_jkk_table(law, int(row.key)), bpu_jht(law, int(row.key)))
        reach = figure(end, "id") if end is not None else "tanpa batas / no limit"
        written = " | ".join(figure(amount, "id") for amount in amounts)
        note = _both(row.note) if row.note else ""
        lines.append(
            f"| {number} | {figure(int(row.key), 'id')} | {reach} | {written} | {_SIGN[mark]}{mark} | {note} |"
        )
    return lines


def _formulas(book: Book) -> str:
    lines = [
        "## Rumus / Formulas",
        "",
        "Ditulis dari aturan yang dijalankan. Bila ada beberapa baris, yang pertama cocok yang dipakai.",
        "Written from the rules that are run. Where there are several lines, the first that fits applies.",
        "",
    ]
    for title, module in GROUPS:
        lines += [f"### {_both(title)}", ""]
        for name, rule in rules_of(module).items():
            lines += [f"- **{_both(rule.title)}** (`{name}`)"]
            ways = clauses(rule, book=book)
            lines += [f"  - {_clause(clause, only=len(ways) == 1)}" for clause in ways]
        lines.append("")
    return "\n".join(lines)


def _clause(clause: Clause, *, only: bool) -> str:
    if only:
        return _both(clause.answer)
    when = Text("selain itu", "otherwise")
    if clause.conditions:
        when = Text(
            "bila " + " dan ".join(text.id for text in clause.conditions),
            "if " + " and ".join(text.en for text in clause.conditions),
        )
    return _both(Text(f"{when.id}: {clause.answer.id}", f"{when.en}: {clause.answer.en}"))
