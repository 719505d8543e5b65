"""Cell styles: the same style with another fill, and a few of our own for the sheet of repairs."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

TEXT = "49"  # the number format of text
# Shades that no office program offers: cells in them were coloured here, in an earlier round.
COLOURS = {"return": "FFFFC7CD", "note": "FFFFEB9B"}


@dataclass(slots=True)
class Styles:
    """The style sheet of a workbook, with the styles that are added.

    Fields
        root: ``styleSheet``.
    """

    root: etree._Element
    _made: dict[tuple[int, str, bool], int] = field(default_factory=dict)
    _fills: dict[str, int] = field(default_factory=dict)
    _ours: set[int] = field(default_factory=set)
    _own_fills: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        fills = self._group("fills")
        for at, fill in enumerate(fills):
            colour = next((one.get("rgb") for one in fill.iter("{*}fgColor")), None)
            for severity, shade in COLOURS.items():
                if colour == shade:
                    self._fills.setdefault(severity, at)
                    self._own_fills.add(str(at))
        self._ours = {
            at for at, style in enumerate(self._group("cellXfs")) if style.get("fillId") in self._own_fills
        }

    @property
    def ours(self) -> frozenset[int]:
        """Styles that carry a fill of an earlier round."""
        return frozenset(self._ours)

    def coloured(self, style: int, severity: str, *, text: bool = False) -> int:
        """Return the number of ``style`` with the fill of ``severity``, not locked; ``text`` keeps what is typed.

        Without a severity the fill stays the village's own.
        """
        if not severity and style not in self._ours:
            return self._variant(style, "own", text=text)
        return self._variant(style, severity, text=text)

    def plain(self, style: int) -> int:
        """Return the number of ``style`` without the fill of an earlier round."""
        return self._variant(style, "")

    def add(
        self,
        *,
        bold: bool = False,
        link: bool = False,
        wrap: bool = False,
        fill: str = "",
        text: bool = False,
    ) -> int:
        """Return the number of a new style of our own."""
        font = 0
        if bold or link:
            fonts = self._group("fonts")
            font = len(fonts)
            made = etree.SubElement(fonts, self._tag("font"))
            if bold:
                etree.SubElement(made, self._tag("b"))
            if link:
                etree.SubElement(made, self._tag("u"))
            etree.SubElement(made, self._tag("sz"), val="11")
            etree.SubElement(made, self._tag("color"), rgb="FF0563C1" if link else "FF000000")
            etree.SubElement(made, self._tag("name"), val="Calibri")
            self._count(fonts)
        styles = self._group("cellXfs")
        style = etree.SubElement(
            styles,
            self._tag("xf"),
            numFmtId=TEXT if text else "0",
            fontId=str(font),
            fillId="0",
            borderId="0",
            xfId="0",
        )
        if text:
            style.set("applyNumberFormat", "1")
        if font:
            style.set("applyFont", "1")
        if fill:
            style.set("fillId", str(self._solid(fill)))
            style.set("applyFill", "1")
        style.set("applyAlignment", "1")
        etree.SubElement(style, self._tag("alignment"), vertical="top", wrapText="1" if wrap else "0")
        self._count(styles)
        return len(styles) - 1

    def _variant(self, style: int, severity: str, *, text: bool = False) -> int:
        if (style, severity, text) in self._made:
            return self._made[style, severity, text]
        styles = self._group("cellXfs")
        base = styles[style] if style < len(styles) else styles[0]
        made = deepcopy(base)
        if severity == "own":
            made.set("numFmtId", TEXT)
            made.set("applyNumberFormat", "1")
        elif severity:
            made.set("fillId", str(self._fill(severity)))
            made.set("applyFill", "1")
            self._unlock(made)
            if text:
                made.set("numFmtId", TEXT)
                made.set("applyNumberFormat", "1")
        else:
            made.set("fillId", "0")
            if "applyFill" in made.attrib:
                del made.attrib["applyFill"]
        styles.append(made)
        self._count(styles)
        self._made[style, severity, text] = len(styles) - 1
        return len(styles) - 1

    def _unlock(self, style: etree._Element) -> None:
        """Let a cell be changed on a sheet that is protected."""
        protection = style.find(self._tag("protection"))
        if protection is None:
            alignment = style.find(self._tag("alignment"))
            protection = etree.Element(self._tag("protection"))
            style.insert(0 if alignment is None else style.index(alignment) + 1, protection)
        protection.set("locked", "0")
        style.set("applyProtection", "1")

    def _fill(self, severity: str) -> int:
        if severity not in self._fills:
            self._fills[severity] = self._solid(COLOURS[severity])
        return self._fills[severity]

    def _solid(self, colour: str) -> int:
        fills = self._group("fills")
        pattern = etree.SubElement(
            etree.SubElement(fills, self._tag("fill")), self._tag("patternFill"), patternType="solid"
        )
        etree.SubElement(pattern, self._tag("fgColor"), rgb=colour)
        etree.SubElement(pattern, self._tag("bgColor"), indexed="64")
        self._count(fills)
        return len(fills) - 1

    def _tag(self, name: str) -> str:
        return f"{{{etree.QName(self.root).namespace}}}{name}"

    def _group(self, name: str) -> etree._Element:
        found = self.root.find(self._tag(name))
        if found is None:
            raise ValueError(f"styles without {name}")
        return found

    @staticmethod
    def _count(group: etree._Element) -> None:
        if group.get("count") is not None:
            group.set("count", str(len(group)))


def minimal(namespace: str) -> etree._Element:
    """Return a style sheet for a workbook that has none."""
    return etree.fromstring(
        f'<styleSheet xmlns="{namespace}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill '
        'patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>'
    )
