"""Writes the corrected copy of an .xlsx or .xlsm: its own parts, with marks, comments and the sheet of repairs."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from payung.rosters.corrected import comments, package, repairs
from payung.rosters.corrected.marks import MOST_COMMENTS, SHEET, Mark, Marks, Repair, anchored
from payung.rosters.corrected.package import Package
from payung.rosters.corrected.sheet import SheetWriter, merged_areas
from payung.rosters.corrected.styles import Styles, minimal

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STYLE_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_COMMENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_BOX_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_PIECES = 1 << 20


@dataclass(slots=True)
class _Plan:
    """What the writer needs to know of a workbook: its parts and its styles."""

    book: Package
    workbook: str
    styles_part: str
    styles: Styles
    office: str
    main: str
    sheets: dict[str, str]
    drawings: dict[str, bytes] = field(default_factory=dict)


def write(source: Path, out: Path, marks: dict[str, Marks], lines: list[Repair]) -> None:
    """Write the copy to ``out``. Raises ``ValueError`` or ``KeyError`` where the workbook's parts do not fit."""
    with package.open_source(source) as original, zipfile.ZipFile(out, "w") as target:
        plan = _plan(Package(original))
        _drop_macros(plan)
        linked = _drop_links(plan)
        repair_part = _add_repairs(plan)
        marks = {name: _anchored(original, part, marks.get(name, {})) for name, part in plan.sheets.items()}
        for name, part in plan.sheets.items():
            _comment(plan, part, marks.get(name, {}))
        sheets = {part: marks.get(name, {}) for name, part in plan.sheets.items() if part != repair_part}
        styles = {
            "heading": plan.styles.add(bold=True, fill="FFDDEBF7", wrap=True),
            "text": plan.styles.add(text=True),
            "link": plan.styles.add(link=True),
            "wrapped": plan.styles.add(wrap=True, text=True),
        }
        changed = {
            part
            for part, of in sheets.items()
            if of or plan.styles.ours or linked or _formulas(original, part)
        }
        cut = 0
        plan.book.settle()
        late = [
            plan.styles_part,
            "[Content_Types].xml",
            plan.workbook,
            package.relations_of(plan.workbook),
            "xl/calcChain.xml",
        ]
        for name in plan.book.names():
            if name in late or name == repair_part:
                continue
            if name in changed:
                cut += _copy_sheet(plan, original, target, name, sheets[name])
            else:
                _copy(plan.book, target, name)
        with target.open(package.info(repair_part), "w", force_zip64=True) as file:
            repairs.write(file, lines, namespace=plan.main, **styles)
        if cut and plan.book.has("xl/calcChain.xml"):
            plan.book.unrelate(plan.workbook, "/calcChain")
        plan.book.changed[plan.styles_part] = package.dump(plan.styles.root)
        plan.book.settle()
        for name in late:
            if plan.book.has(name):
                _copy(plan.book, target, name)


def _plan(book: Package) -> _Plan:
    workbook = package.workbook_part(book)
    main = etree.QName(book.tree(workbook)).namespace or package.MAIN
    strict = main.startswith(package.STRICT)
    office = package.STRICT + "officeDocument/relationships" if strict else package.OFFICE
    styles_part = book.related(workbook, "/styles")
    if styles_part is None:
        styles_part = "xl/styles.xml"
        book.relate(workbook, office + "/styles", styles_part)
        book.declare(styles_part, _STYLE_TYPE)
        root = minimal(main)
    else:
        root = package.parse(book.read(styles_part))
    return _Plan(book, workbook, styles_part, Styles(root), office, main, package.sheet_parts(book, workbook))


def _drop_macros(plan: _Plan) -> None:
    """Take the macro project out and call the workbook a plain one."""
    plan.book.unrelate(plan.workbook, "/vbaProject")
    types = plan.book.tree("[Content_Types].xml")
    for one in types:
        if (one.get("PartName") or "").lstrip("/") == plan.workbook:
            one.set("ContentType", _BOOK_TYPE)


def _drop_links(plan: _Plan) -> bool:
    """Take links to other books out (their last values stay in the cells); return whether there were any."""
    root = plan.book.tree(plan.workbook)
    found = list(root.iter("{*}externalReferences"))
    for element in found:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    for name in list(root.iter("{*}definedName")):
        parent = name.getparent()
        if parent is not None and found and "[" in (name.text or ""):
            parent.remove(name)
    for names in list(root.iter("{*}definedNames")):
        parent = names.getparent()
        if parent is not None and not len(names):
            parent.remove(names)
    plan.book.unrelate(plan.workbook, "/externalLink")
    return bool(found)


def _add_repairs(plan: _Plan) -> str:
    """Enter the sheet of repairs in the workbook's list and return its part; one of an earlier round is used again."""
    if SHEET in plan.sheets:
        part = plan.sheets[SHEET]
        plan.book.changed[package.relations_of(part)] = None
        return part
    part = "xl/worksheets/payung.xml"
    link = plan.book.relate(plan.workbook, plan.office + "/worksheet", part)
    plan.book.declare(part, _SHEET_TYPE)
    listed = next(plan.book.tree(plan.workbook).iter("{*}sheets"))
    number = max([int(one.get("sheetId") or 0) for one in listed], default=0) + 1
    tag = f"{{{etree.QName(listed).namespace}}}sheet"
    etree.SubElement(listed, tag, {"name": SHEET, "sheetId": str(number), f"{{{plan.office}}}id": link})
    plan.book.changed[part] = b""
    return part


def _comment(plan: _Plan, part: str, marks: Marks) -> None:
    """Prepare the comments of a sheet."""
    found = [
        (row, column, mark.comment)
        for row, cells in sorted(marks.items())
        for column, mark in sorted(cells.items())
        if mark.sentences
    ][:MOST_COMMENTS]
    texts = plan.book.related(part, "/comments")
    boxes = plan.book.related(part, "/vmlDrawing")
    if texts and boxes and plan.book.has(texts) and plan.book.has(boxes):
        comments.merged_texts(plan.book.tree(texts), found)
        plan.book.changed[boxes] = comments.merged_boxes(plan.book.read(boxes), found)
        return
    if not found or texts:
        return
    number = list(plan.sheets.values()).index(part) + 1
    texts, boxes = f"xl/payungComments{number}.xml", f"xl/drawings/payungBoxes{number}.vml"
    plan.book.changed[texts] = comments.new_texts(found, plan.main)
    plan.book.changed[boxes] = comments.new_boxes(found)
    plan.book.declare(texts, _COMMENT_TYPE)
    plan.book.declare_ending("vml", _BOX_TYPE)
    plan.book.relate(part, plan.office + "/comments", texts)
    link = plan.book.relate(part, plan.office + "/vmlDrawing", boxes)
    plan.drawings[part] = f'xmlns:rp="{plan.office}" rp:id="{link}"'.encode()


def _copy_sheet(
    plan: _Plan, original: zipfile.ZipFile, target: zipfile.ZipFile, part: str, marks: Marks
) -> int:
    """Copy a sheet with its marks; return how many dangerous formulas were cut to their values."""
    ours = plan.styles.ours

    def colour(style: int, mark: Mark) -> int:
        return plan.styles.coloured(style, mark.severity, text=mark.text)

    def clear(style: int) -> int | None:
        return plan.styles.plain(style) if style in ours else None

    writer = SheetWriter(marks, colour, clear)
    with original.open(part) as source, target.open(package.info(part), "w", force_zip64=True) as out:
        writer.copy(source, out, plan.drawings.get(part))
    return writer.cut_formulas


def _anchored(original: zipfile.ZipFile, part: str, marks: Marks) -> Marks:
    if not marks:
        return marks
    with original.open(part) as file:
        return anchored(marks, merged_areas(file))


def _formulas(original: zipfile.ZipFile, part: str) -> bool:
    """Return whether a sheet holds formulas that must be looked at."""
    rest = b""
    with original.open(part) as file:
        for chunk in iter(lambda: file.read(_PIECES), b""):
            if b"</f>" in rest + chunk or b":f>" in rest + chunk:
                return True
            rest = chunk[-8:]
    return False


def _copy(book: Package, target: zipfile.ZipFile, name: str) -> None:
    changed = book.changed.get(name)
    if changed is not None:
        package.write_part(target, name, changed)
        return
    with book.source.open(name) as source, target.open(package.info(name), "w", force_zip64=True) as out:
        for chunk in iter(lambda: source.read(_PIECES), b""):
            out.write(chunk)
