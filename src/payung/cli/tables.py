"""The result of the main job as tables that a person reads."""

from __future__ import annotations

from typing import Any

import polars as pl
from rich import box
from rich.table import Table

from payung.text import Text

SHOWN_VILLAGES = 12
WIDE = 92  # characters from which the sub-district has room as well
NARROW = 80  # characters below which only the village, who was chosen and the cost have room


def number(value: int) -> str:
    """Return ``1.234`` for 1234: digits grouped the Indonesian way."""
    return f"{value:,}".replace(",", ".")


def rupiah(value: int) -> str:
    """Return ``Rp1.234`` for 1234."""
    return "Rp" + number(value)


def figures_table(report: dict[str, Any]) -> Table:
    """Return the whole run: rows, people and money, each adding up to its first line."""
    rows, people, money = report["rows"], report["people"], report["money"]
    table = Table(box=box.SIMPLE_HEAD, title=Text("Ringkasan", "Summary").read(), title_justify="left")
    table.add_column(Text("Keterangan", "What").read())
    table.add_column(Text("Jumlah", "Number").read(), justify="right")
    lines = [
        (Text("Baris dibaca", "Rows read"), number(rows["read"])),
        (Text("  diterima", "  accepted"), number(rows["accepted"])),
        (Text("  diterima dengan catatan", "  accepted with a note"), number(rows["noted"])),
        (Text("  dikembalikan ke desa", "  returned to the village"), number(rows["returned"])),
        (Text("Orang", "People"), number(people["total"])),
        (Text("  sudah terlindungi", "  already insured"), number(people["insured"])),
        (Text("  terpilih", "  chosen"), number(people["chosen"])),
        (Text("  cadangan", "  reserve"), number(people["reserve"])),
        (Text("  perlu ditinjau", "  to be reviewed"), number(people["review"])),
        (Text("  tidak memenuhi syarat", "  not eligible"), number(people["refused"])),
        (Text("  dikembalikan ke desa", "  returned to the village"), number(people["returned"])),
        (Text("Anggaran", "Budget"), rupiah(money["budget"])),
        (Text("  terpakai", "  committed"), rupiah(money["committed"])),
        (Text("  sisa", "  left"), rupiah(money["left"])),
    ]
    for label, value in lines:
        head = not label.id.startswith(" ")
        table.add_row(label.read(), value, style="bold" if head else None)
    return table


def villages_table(villages: pl.DataFrame, asked: dict[str, Any], width: int) -> Table:
    """Return the villages with most people unprotected, to be shown on ``width`` characters."""
    first, last = asked["months"][0], asked["months"][-1]
    title = Text(
        f"Desa dengan terbanyak belum terlindungi ({first} sampai {last}, {asked['source']})",
        f"Villages with most people unprotected ({first} to {last}, {asked['source']})",
    )
    table = Table(box=box.SIMPLE_HEAD, title=title.read(), title_justify="left")
    columns = [
        ("village_name", Text("Desa", "Village")),
        ("district_name", Text("Kecamatan", "Sub-district")),
        ("people", Text("Orang", "People")),
        ("insured", Text("Terlindung", "Insured")),
        ("chosen", Text("Terpilih", "Chosen")),
        ("reserve", Text("Cadangan", "Reserve")),
        ("cost", Text("Iuran", "Cost")),
    ]
    shown = {"village_name", "chosen", "cost"} if width < NARROW else {name for name, _ in columns}
    if width < WIDE:
        columns = [column for column in columns if column[0] in shown - {"district_name"}]
    for name, heading in columns:
        words = name.endswith("_name")
        table.add_column(heading.read(), justify="left" if words else "right", no_wrap=not words)
    order = ["unprotected", "village_code", "village_name"]
    worst = villages.sort(order, descending=[True, False, False], nulls_last=True).head(SHOWN_VILLAGES)
    for row in worst.iter_rows(named=True):
        cells = [
            row[name] or "-" if name.endswith("_name") else number(row[name]) for name, _ in columns[:-1]
        ]
        table.add_row(*cells, rupiah(row["cost"]))
    others = villages.height - worst.height
    if others > 0:
        table.caption = Text(
            f"dan {number(others)} desa lain, semua di ringkasan.xlsx",
            f"and {number(others)} more villages, all in ringkasan.xlsx",
        ).read()
        table.caption_justify = "left"
    return table
