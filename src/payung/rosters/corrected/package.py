"""The parts of an .xlsx as they lie in its zip, their relations and their content types."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/"
LARGEST = 32 << 20  # bytes of a part that is read as a whole; sheets and texts are copied piece by piece
EPOCH = (1980, 1, 1, 0, 0, 0)


def parse(data: bytes) -> etree._Element:
    """Return the root of a small XML part; entities and the network stay closed."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def dump(root: etree._Element) -> bytes:
    """Return the part as bytes with its declaration."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def relations_of(part: str) -> str:
    """Return the name of the part that holds the relations of ``part``."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", name + ".rels")


@dataclass(slots=True)
class Package:
    """A workbook being rewritten.

    Fields
        source: the original zip, open for reading.
        changed: part name -> new bytes; ``None`` removes the part.
    """

    source: zipfile.ZipFile
    changed: dict[str, bytes | None] = field(default_factory=dict)
    _trees: dict[str, etree._Element] = field(default_factory=dict)

    def names(self) -> list[str]:
        """Return the names of all parts in their order, new ones last."""
        names = [name for name in self.source.namelist() if self.changed.get(name, b"") is not None]
        return names + [name for name, data in self.changed.items() if data is not None and name not in names]

    def read(self, part: str) -> bytes:
        """Return the bytes of a part as it stands now. Raises ``ValueError`` for one that no memory should hold."""
        data = self.changed.get(part)
        if data is None and self.source.getinfo(part).file_size > LARGEST:
            raise ValueError(f"{part} is larger than {LARGEST >> 20} MB")
        return data if data is not None else self.source.read(part)

    def has(self, part: str) -> bool:
        """Return whether the part exists now."""
        if part in self.changed:
            return self.changed[part] is not None
        return part in self.source.NameToInfo

    def tree(self, part: str) -> etree._Element:
        """Return the root of a part, to be changed in place and kept until :meth:`settle`."""
        if part not in self._trees:
            self._trees[part] = parse(self.read(part))
        return self._trees[part]

    def settle(self) -> None:
        """Write the changed trees back into their parts."""
        for part, root in self._trees.items():
            self.changed[part] = dump(root)
        self._trees.clear()

    def relations(self, part: str) -> etree._Element:
        """Return the relations of a part, made where there are none."""
        name = relations_of(part)
        if name not in self._trees and not self.has(name):
            self._trees[name] = parse(f'<Relationships xmlns="{RELATIONS}"/>'.encode())
        return self.tree(name)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Relate ``part`` to ``target`` and return the id; an equal relation is used again."""
        root = self.relations(part)
        link = posixpath.relpath(target, posixpath.dirname(part))
        taken = set()
        for relation in root:
            taken.add(relation.get("Id"))
            if relation.get("Type") == kind and self.resolve(part, relation.get("Target") or "") == target:
                return relation.get("Id") or ""
        number = 1
        while f"rIdP{number}" in taken:
            number += 1
        etree.SubElement(root, f"{{{RELATIONS}}}Relationship", Id=f"rIdP{number}", Type=kind, Target=link)
        return f"rIdP{number}"

    def related(self, part: str, ending: str) -> str | None:
        """Return the part that ``part`` is related to by a type that ends with ``ending``."""
        if not self.has(relations_of(part)) and relations_of(part) not in self._trees:
            return None
        for relation in self.relations(part):
            if (relation.get("Type") or "").endswith(ending):
                return self.resolve(part, relation.get("Target") or "")
        return None

    def unrelate(self, part: str, ending: str) -> None:
        """Remove the relations of ``part`` whose type ends with ``ending``, and the parts behind them."""
        root = self.relations(part)
        for relation in list(root):
            if (relation.get("Type") or "").endswith(ending):
                root.remove(relation)
                if relation.get("TargetMode") != "External":
                    self.remove(self.resolve(part, relation.get("Target") or ""))

    def remove(self, part: str) -> None:
        """Remove a part, its relations and its content type."""
        for name in (part, relations_of(part)):
            if self.has(name):
                self.changed[name] = None
        types = self.tree("[Content_Types].xml")
        for override in types.findall(f"{{{TYPES}}}Override"):
            if (override.get("PartName") or "").lstrip("/") == part:
                types.remove(override)

    def declare(self, part: str, content: str) -> None:
        """State the content type of a new part."""
        types = self.tree("[Content_Types].xml")
        for override in types.findall(f"{{{TYPES}}}Override"):
            if (override.get("PartName") or "").lstrip("/") == part:
                override.set("ContentType", content)
                return
        etree.SubElement(types, f"{{{TYPES}}}Override", PartName="/" + part, ContentType=content)

    def declare_ending(self, ending: str, content: str) -> None:
        """State the content type of all parts with a file ending."""
        types = self.tree("[Content_Types].xml")
        if not any(
            one.get("Extension", "").lower() == ending for one in types.findall(f"{{{TYPES}}}Default")
        ):
            types.insert(0, etree.Element(f"{{{TYPES}}}Default", Extension=ending, ContentType=content))

    @staticmethod
    def resolve(part: str, target: str) -> str:
        """Return the part that a relation of ``part`` points to."""
        if target.startswith("/"):
            return target.lstrip("/")
        return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def write_part(out: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Add a part with a fixed time, so that the same input gives the same bytes."""
    out.writestr(info(name), data, compresslevel=6)


def info(name: str) -> zipfile.ZipInfo:
    """Return the entry of a new part, with a fixed time."""
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def sheet_parts(package: Package, workbook: str) -> dict[str, str]:
    """Return sheet name -> part name, in the order of the sheets."""
    targets = {
        relation.get("Id"): package.resolve(workbook, relation.get("Target") or "")
        for relation in package.relations(workbook)
    }
    found = {}
    for sheet in package.tree(workbook).iter("{*}sheet"):
        link = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), None)
        if link in targets:
            found[sheet.get("name") or ""] = targets[link]
    return found


def workbook_part(package: Package) -> str:
    """Return the name of the part that lists the sheets."""
    return package.related("", "/officeDocument") or "xl/workbook.xml"


def open_source(path: Path) -> zipfile.ZipFile:
    """Open the zip of a workbook."""
    return zipfile.ZipFile(path)
