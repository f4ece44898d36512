"""A Word file as the checker sees it: paragraphs with the shape that is in force for them, sections, tables, footers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from states.not_allowed import NotAWordFile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TWIPS_A_MM = 1440 / 25.4


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: its text and the shape in force: its runs' own, its style's, or the document's."""

    text: str
    font: str
    size: float  # points
    red: bool
    indented: bool
    centred: bool
    cell: bool  # inside a table
    new_page: bool
    textbox: bool


@dataclass(frozen=True)
class Section:
    """One section: page and margins in millimetres, its grid, its footers by kind."""

    width: float
    height: float
    margins: tuple[float, float, float, float]  # top, right, bottom, left
    sideways: bool
    grid: str
    pitch: int
    footers: dict[str, str]  # kind: part
    first_differs: bool


@dataclass(frozen=True)
class Word:
    """One .docx, read."""

    parts: dict[str, bytes]

    @cached_property
    def document(self) -> etree._Element:
        return etree.fromstring(self.parts["word/document.xml"], _PARSER)

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        return [self._paragraph(p) for p in self.document.iter(f"{W}p") if not _is_fallback(p)]

    @cached_property
    def heads(self) -> list[Paragraph]:
        names = sorted(n for n in self.parts if n.startswith("word/header") and n.endswith(".xml"))
        roots = [etree.fromstring(self.parts[n], _PARSER) for n in names]
        return [self._paragraph(p) for root in roots for p in root.iter(f"{W}p")]

    @cached_property
    def red_marks(self) -> list[Paragraph]:
        """发文机关标志: large and red, in the body or in the head of a letter's first page."""
        return [p for p in (*self.paragraphs, *self.heads) if p.red and p.size >= 22 and p.text.strip()]

    @cached_property
    def letter(self) -> bool:
        return any(p.red and p.text.strip() for p in self.heads)

    @cached_property
    def sections(self) -> list[Section]:
        return [self._section(node) for node in self.document.iter(f"{W}sectPr")]

    @cached_property
    def even_and_odd(self) -> bool:
        settings = self.parts.get("word/settings.xml")
        return settings is not None and etree.fromstring(settings, _PARSER).find(f"{W}evenAndOddHeaders") is not None

    @cached_property
    def pictures(self) -> list[str]:
        return [name for name in self.parts if name.startswith("word/media/")]

    @cached_property
    def tables(self) -> list[list[list[str]]]:
        return [
            [["".join(t.text or "" for t in c.iter(f"{W}t")) for c in r.iter(f"{W}tc")] for r in table.iter(f"{W}tr")]
            for table in self.document.iter(f"{W}tbl")
        ]

    def imprint_borders(self) -> dict[str, int] | None:
        """The lines of the table that says 印发, in eighths of a point; None where there is none."""
        for table in self.document.iter(f"{W}tbl"):
            if "印发" in "".join(t.text or "" for t in table.iter(f"{W}t")) and len(list(table.iter(f"{W}tr"))) <= 4:
                borders = table.find(f"{W}tblPr/{W}tblBorders")
                return {
                    side: int(node.get(f"{W}sz", "0"))
                    for side in ("top", "bottom", "insideH")
                    if borders is not None and (node := borders.find(f"{W}{side}")) is not None
                }
        return None

    def footer(self, part: str) -> etree._Element:
        return etree.fromstring(self.parts[part], _PARSER)

    def shape_of(self, node: etree._Element) -> Paragraph:
        return self._paragraph(node)

    # --- what is in force -----------------------------------------------------------------------------------------------

    @cached_property
    def _styles(self) -> dict[str, etree._Element]:
        root = etree.fromstring(self.parts["word/styles.xml"], _PARSER) if "word/styles.xml" in self.parts else None
        return {} if root is None else {s.get(f"{W}styleId", ""): s for s in root.iter(f"{W}style")}

    @cached_property
    def _defaults(self) -> list[etree._Element]:
        if "word/styles.xml" not in self.parts:
            return []
        root = etree.fromstring(self.parts["word/styles.xml"], _PARSER)
        found = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        return [] if found is None else [found]

    def _chain(self, key: str) -> Iterator[etree._Element]:
        seen = set()
        while key and key in self._styles and key not in seen:
            seen.add(key)
            yield self._styles[key]
            based = self._styles[key].find(f"{W}basedOn")
            key = based.get(f"{W}val", "") if based is not None else ""

    def _paragraph(self, p: etree._Element) -> Paragraph:
        own = p.find(f"{W}pPr")
        style = own.find(f"{W}pStyle") if own is not None else None
        chain = list(self._chain(style.get(f"{W}val", "") if style is not None else "Normal"))
        shapes = [s for s in (own, *(c.find(f"{W}pPr") for c in chain)) if s is not None]
        run = max(
            p.iter(f"{W}r"), key=lambda r: len("".join(t.text or "" for t in r.iter(f"{W}t")).strip()), default=None
        )
        runs = self._run_shapes(run, chain)
        indent = _first(shapes, "ind")
        jc = _first(shapes, "jc")
        before = _first(shapes, "pageBreakBefore")
        broken = any(b.get(f"{W}type") == "page" for b in p.iter(f"{W}br"))
        return Paragraph(
            text=_text(p),
            font=_font(runs),
            size=_size(runs),
            red=_red(runs),
            indented=indent is not None and any(int(indent.get(f"{W}{k}", "0")) > 0 for k in ("firstLineChars",
                                                "firstLine", "leftChars", "left")),
            centred=jc is not None and jc.get(f"{W}val") == "center",
            cell=any(True for _ in p.iterancestors(f"{W}tc")),
            new_page=before is not None or broken,
            textbox=any(True for _ in p.iterancestors(f"{W}txbxContent")),
        )  # fmt: skip

    def _run_shapes(self, run: etree._Element | None, chain: list[etree._Element]) -> list[etree._Element]:
        own = run.find(f"{W}rPr") if run is not None else None
        named = own.find(f"{W}rStyle") if own is not None else None
        characters = list(self._chain(named.get(f"{W}val", ""))) if named is not None else []
        layers = (own, *(c.find(f"{W}rPr") for c in (*characters, *chain)), *self._defaults)
        return [layer for layer in layers if layer is not None]

    def _section(self, node: etree._Element) -> Section:
        size, margin, grid = (node.find(f"{W}{name}") for name in ("pgSz", "pgMar", "docGrid"))
        footers = {
            f.get(f"{W}type", "default"): self._target(f.get(_RELATION, ""))
            for f in node.findall(f"{W}footerReference")
        }
        return Section(
            _mm(size, "w"), _mm(size, "h"),
            (_mm(margin, "top"), _mm(margin, "right"), _mm(margin, "bottom"), _mm(margin, "left")),
            size is not None and size.get(f"{W}orient") == "landscape",
            grid.get(f"{W}type", "") if grid is not None else "",
            int(grid.get(f"{W}linePitch", "0")) if grid is not None else 0,
            footers, node.find(f"{W}titlePg") is not None,
        )  # fmt: skip

    def _target(self, relation: str) -> str:
        root = etree.fromstring(self.parts.get("word/_rels/document.xml.rels", b"<none/>"), _PARSER)
        return next((f"word/{r.get('Target')}" for r in root if r.get("Id") == relation), "")


_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


def read(docx: bytes) -> Word:
    """Raises NotAWordFile for anything that is no .docx."""
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as file:
            word = Word({name: file.read(name) for name in file.namelist()})
        assert word.document is not None
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as no:
        raise NotAWordFile() from no
    return word


def _first(shapes: list[etree._Element], name: str) -> etree._Element | None:
    return next((found for s in shapes if (found := s.find(f"{W}{name}")) is not None), None)


def _font(shapes: list[etree._Element]) -> str:
    for shape in shapes:
        fonts = shape.find(f"{W}rFonts")
        if fonts is not None and (name := fonts.get(f"{W}eastAsia")):
            return str(name)
    return ""


def _size(shapes: list[etree._Element]) -> float:
    found = _first(shapes, "sz")
    return int(found.get(f"{W}val", "20")) / 2 if found is not None else 10.0


def _red(shapes: list[etree._Element]) -> bool:
    found = _first(shapes, "color")
    value = found.get(f"{W}val", "auto") if found is not None else "auto"
    if len(value) != 6:
        return False
    red, green, blue = (int(value[n : n + 2], 16) for n in (0, 2, 4))
    return red > 180 and green < 90 and blue < 90


def _text(p: etree._Element) -> str:
    return "".join(_pieces(p))


def _pieces(node: etree._Element) -> Iterator[str]:
    for child in node:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag == f"{W}tab":
            yield "\t"
        elif child.tag not in (f"{W}p", f"{W}pPr"):
            yield from _pieces(child)


def _is_fallback(p: etree._Element) -> bool:
    return any(str(a.tag).endswith("}Fallback") for a in p.iterancestors())


def _mm(node: etree._Element | None, name: str) -> float:
    return round(int(node.get(f"{W}{name}", "0")) / _TWIPS_A_MM, 1) if node is not None else 0.0
