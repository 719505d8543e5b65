"""`payung roster`: judge one workbook, explain a cell, make an empty list."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from payung.said import say

if TYPE_CHECKING:
    from payung.regions.gazetteer import Gazetteer
    from payung.rosters import Reading

File = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, help="Buku kerja desa. / The village's workbook.")
]
Json = Annotated[bool, typer.Option("--json", help="Satu objek JSON. / One JSON object.")]
AsOf = Annotated[str, typer.Option(help="Tanggal baca TTTT-BB-HH. / Day of reading YYYY-MM-DD.")]
Village = Annotated[str | None, typer.Option(help="Kode desa, mis. 62.03.09.2008. / Village code.")]
Corrections = Annotated[
    Path | None, typer.Option(help="Berkas koreksi judul (JSON). / Corrections of headings.")
]
NOTHING_USED = 1


def register(app: typer.Typer) -> None:
    """Add the command group to ``app``."""
    group = typer.Typer(no_args_is_help=True, help="Periksa daftar desa. / Judge a village's list.")
    group.command("check")(check)
    group.command("explain")(explain)
    group.command("template")(template)
    app.add_typer(group, name="roster")


def check(
    file: File,
    village: Village = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder untuk berkas balasan. / Folder for the copy.")
    ] = None,
    before: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Berkas sebelumnya. / The earlier file.")
    ] = None,
    corrections: Corrections = None,
    correct: Annotated[
        list[str] | None, typer.Option(help="JUDUL=ARTI, diingat. / HEADING=FIELD, remembered.")
    ] = None,
    severity: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Bobot kode (JSON). / Weights.")
    ] = None,
    as_of: AsOf = "",
    as_json: Json = False,
) -> None:
    """Periksa satu daftar: baris diterima, dicatat, dikembalikan. / Judge one list, row by row."""
    from payung.errors import InputError
    from payung.rosters import write_corrected

    regions = _regions(village)
    options = _options(village, corrections, correct, severity, as_of)
    try:
        reading = _read(file, regions, village, options)
    except InputError as error:
        _refuse(file, error, as_json)
    answer = _answer(file, reading)
    if before is not None:
        from payung.rosters.changes import compare

        changes = compare(_read(before, regions, village, options), reading)
        answer["changes"] = dict(sorted(Counter(changes["change"].to_list()).items()))
    if out is not None:
        answer["corrected"] = str(write_corrected(reading, out / file.name))
    if as_json:
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    else:
        _print(answer, reading)


def explain(
    file: File,
    cell: Annotated[str, typer.Argument(help="Sel, mis. C8 atau Sheet1!C8. / A cell.")],
    village: Village = None,
    corrections: Corrections = None,
    as_of: AsOf = "",
    as_json: Json = False,
) -> None:
    """Jelaskan satu sel: kolom apa, nilai bersih, apa yang salah. / Explain one cell."""
    from payung.errors import InputError
    from payung.rosters.explain import explain as look_up

    try:
        reading = _read(file, _regions(village), village, _options(village, corrections, None, None, as_of))
    except InputError as error:
        _refuse(file, error, as_json)
    found = look_up(reading, cell)
    column = found.column
    if as_json:
        answer = {
            "cell": found.cell,
            "heading": column.heading if column else None,
            "field": column.field if column else None,
            "confidence": column.confidence if column else None,
            "why": say(column.why) if column else None,
            "value": found.value,
            "clean": found.clean,
            "verdict": found.verdict,
            "findings": found.findings,
            "row_findings": found.row_findings,
        }
        sys.stdout.write(json.dumps(answer, ensure_ascii=False, default=str) + "\n")
        return
    lines = [f"Sel {found.cell}" + (f": “{found.value}”" if found.value else "")]
    if column:
        lines.append(
            f"  kolom “{column.heading}” dibaca sebagai {column.field} (yakin {column.confidence:.0%}): "
            f"{say(column.why)}"
        )
    lines += [f"  {field} = {'-' if value is None else value}" for field, value in found.clean.items()]
    lines.append(f"  baris: {_VERDICTS.get(found.verdict or '', 'bukan baris orang')}")
    lines += [
        f"  {one['code']}: {one['message']} {one['remedy']}" for one in (*found.findings, *found.row_findings)
    ]
    sys.stdout.write("\n".join(lines) + "\n")


def template(
    village: Annotated[str, typer.Argument(help="Kode desa, mis. 62.03.09.2008. / Village code.")],
    out: Annotated[Path | None, typer.Option(help="Berkas tujuan. / File to write.")] = None,
    as_of: AsOf = "",
) -> None:
    """Buat daftar kosong dengan pilihan untuk satu desa. / Make an empty list for a village."""
    from payung.regions import Gazetteer
    from payung.rosters.template import write_template

    place = out or Path(f"daftar-{village}.xlsx")
    sys.stdout.write(f"{write_template(village, place, regions=Gazetteer.load(), as_of=_day(as_of))}\n")


_VERDICTS = {"accepted": "diterima", "noted": "diterima dengan catatan", "returned": "dikembalikan"}


def _read(file: Path, regions: Gazetteer | None, village: str | None, options: dict[str, Any]) -> Reading:
    from payung.rosters import read

    return read(file, regions=regions, village=village, **options)


def _regions(village: str | None) -> Gazetteer | None:
    """Return the list of regions; without one a list can still be judged, but no village can be named."""
    from payung.errors import InputError, MissingDataError
    from payung.regions import Gazetteer
    from payung.text import Text

    try:
        regions = Gazetteer.load()
    except MissingDataError:
        if village is not None:
            raise
        return None
    if village is not None and regions.village(village) is None:
        raise InputError(
            Text(
                f"--village {village}: tidak ada desa dengan kode ini. Contoh: 62.03.09.2008.",
                f"--village {village}: there is no village with this code. For example: 62.03.09.2008.",
            )
        )
    return regions


def _options(
    village: str | None,
    corrections: Path | None,
    correct: list[str] | None,
    severity: Path | None,
    as_of: str,
) -> dict[str, Any]:
    from payung.rosters.corrections import load, remember

    options: dict[str, Any] = {"as_of": _day(as_of)}
    if correct and corrections is None:
        raise typer.BadParameter("--correct perlu --corrections BERKAS / --correct needs --corrections FILE")
    for pair in correct or []:
        heading, mark, field = pair.rpartition("=")
        if not mark or corrections is None:
            raise typer.BadParameter(f"--correct {pair!r}: JUDUL=ARTI / HEADING=FIELD")
        remember(corrections, village, heading, field.strip())
    if corrections is not None:
        options["corrections"] = load(corrections, village)
    if severity is not None:
        try:
            options["severity"] = dict(json.loads(severity.read_text("utf-8")))
        except (ValueError, TypeError):
            raise typer.BadParameter(f"--severity {severity}: JSON {{KODE: note|return|off}}") from None
    return options


def _day(text: str) -> dt.date:
    if not text:
        return dt.datetime.now(tz=dt.UTC).date()
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"--as-of {text!r}: TTTT-BB-HH / YYYY-MM-DD") from None


def _refuse(file: Path, error: Any, as_json: bool) -> None:
    """Say why nothing could be used and end with exit code 1."""
    if as_json:
        empty = {
            "file": file.name,
            "rows": 0,
            "accepted": 0,
            "noted": 0,
            "returned": 0,
            "tables": [],
            "refused_columns": [],
        }
        sys.stdout.write(
            json.dumps({**empty, "reasons": {}, "error": error.read()}, ensure_ascii=False) + "\n"
        )
    else:
        sys.stderr.write(error.read() + "\n")
    raise typer.Exit(NOTHING_USED)


def _answer(file: Path, reading: Reading) -> dict[str, Any]:
    tables = [
        {
            "sheet": table.sheet,
            "header_row": table.header_row,
            "columns": [
                {
                    "cell": one.cell,
                    "heading": one.heading,
                    "field": one.field,
                    "confidence": one.confidence,
                    "why": say(one.why),
                }
                for one in table.columns
            ],
            "rows": table.rows,
            "other_rows": table.others,
        }
        for table in reading.tables
    ]
    reasons = Counter(code for codes in reading.rows["reasons"].to_list() for code in codes)
    return {
        "file": file.name,
        **reading.counts,
        "tables": tables,
        "refused_columns": [dict(column) for table in reading.tables for column in table.refused],
        "reasons": dict(sorted(reasons.items())),
        "notes": [say(note) for note in reading.notes],
    }


def _print(answer: dict[str, Any], reading: Reading) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(file=sys.stdout, highlight=False)
    console.print(
        f"{answer['file']}: {answer['rows']} baris orang = {answer['accepted']} diterima + {answer['noted']} "
        f"dengan catatan "
        f"+ {answer['returned']} dikembalikan"
    )
    for table in reading.tables:
        used = ", ".join(f"{one.cell} {one.field}" for one in table.columns if one.field != "other")
        console.print(f"  Lembar “{table.sheet}”, judul di baris {table.header_row}: {used}", soft_wrap=True)
    for refused in answer["refused_columns"]:
        console.print(f"  {refused['message']} {refused['remedy']}", style="red", soft_wrap=True)
    for note in answer["notes"]:
        console.print(f"  {note}", soft_wrap=True)
    if answer["reasons"]:
        shown = Table("Kode", "Baris", "Contoh", box=None, pad_edge=False)
        for code, count in answer["reasons"].items():
            shown.add_row(code, str(count), _example(reading, code))
        console.print(shown)
    if "changes" in answer:
        console.print(
            "  Perubahan: " + ", ".join(f"{name} {count}" for name, count in answer["changes"].items())
        )
    if "corrected" in answer:
        console.print(f"  Berkas balasan: {answer['corrected']}", soft_wrap=True)


def _example(reading: Reading, code: str) -> str:
    from payung.rosters.reasons import PROGRAMME_CODE

    for found, message in reading.findings.select("code", "message").iter_rows():
        if PROGRAMME_CODE.get(found, found) == code:
            return str(message)
    return ""
