"""A Word file as pages to read on a screen: its text in order, with what matters of its looks, and nothing executed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ALIGN = {"center": "center", "right": "right", "end": "right", "both": "left", "distribute": "center"}
TITLE, BIG = 40, 30  # half points: a title, larger text


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table, over so many columns."""

    text: str
    span: int = 1


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a table when `rows` is not empty."""

    text: str = ""
    align: str = "left"
    size: str = ""  # "", big, title
    red: bool = False
    rows: tuple[tuple[Cell, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page, as far as the file itself says where pages end."""

    blocks: tuple[Block, ...]


def pages_of(docx: bytes) -> tuple[Sheet, ...]:
    """The body of a Word file as pages of paragraphs and tables."""
    with zipfile.ZipFile(io.BytesIO(docx)) as file:
        body = etree.fromstring(file.read("word/document.xml")).find(f"{_W}body")
        looks = _looks(etree.fromstring(file.read("word/styles.xml"))) if "word/styles.xml" in file.namelist() else {}
    sheets: list[list[Block]] = [[]]
    for child in [] if body is None else body:
        if child.tag == f"{_W}p":
            if _breaks(child) and any(b.text or b.rows for b in sheets[-1]):
                sheets.append([])
            sheets[-1].append(_paragraph(child, looks))
        elif child.tag == f"{_W}tbl":
            sheets[-1].append(Block(rows=tuple(_rows(child))))
    return tuple(Sheet(tuple(blocks)) for blocks in sheets if any(b.text or b.rows for b in blocks))


def _breaks(paragraph: etree._Element) -> bool:
    new_page = paragraph.find(f"{_W}pPr/{_W}pageBreakBefore") is not None
    return new_page or any(br.get(f"{_W}type") == "page" for br in paragraph.iter(f"{_W}br"))


def _looks(styles: etree._Element) -> dict[str, tuple[str, int]]:
    """How the paragraphs of each style stand and how large they are, in half points; what a style leaves open is 0."""
    found: dict[str, tuple[str, int]] = {}
    for style in styles.iter(f"{_W}style"):
        based = style.find(f"{_W}basedOn")
        above = found.get(str(based.get(f"{_W}val")), ("", 0)) if based is not None else ("", 0)
        align = _value(style.find(f"{_W}pPr/{_W}jc"))
        size = _value(style.find(f"{_W}rPr/{_W}sz"))
        found[str(style.get(f"{_W}styleId"))] = (align or above[0], int(size) if size.isdigit() else above[1])
    return found


def _value(node: etree._Element | None) -> str:
    return "" if node is None else str(node.get(f"{_W}val") or "")


def _paragraph(paragraph: etree._Element, looks: dict[str, tuple[str, int]]) -> Block:
    align, size = looks.get(_value(paragraph.find(f"{_W}pPr/{_W}pStyle")), ("", 0))
    align = _ALIGN.get(_value(paragraph.find(f"{_W}pPr/{_W}jc")) or align, "left")
    sizes = [int(_value(sz)) for sz in paragraph.iter(f"{_W}sz") if _value(sz).isdigit()]
    most = max(sizes, default=size)
    red = any(_value(c).upper() in ("FF0000", "E60012", "C00000") for c in paragraph.iter(f"{_W}color"))
    return Block(_text(paragraph), align, "title" if most >= TITLE else "big" if most > BIG + 2 else "", red)


def _text(element: etree._Element) -> str:
    pieces = []
    for node in element.iter():
        if node.tag == f"{_W}t":
            pieces.append(node.text or "")
        elif node.tag == f"{_W}tab":
            above = node.getparent()
            pieces.append("　" if above is not None and above.tag == f"{_W}r" else "")
        elif node.tag == f"{_W}br" and node.get(f"{_W}type") != "page":
            pieces.append("\n")
    return "".join(pieces).rstrip()


def _rows(table: etree._Element) -> Iterator[tuple[Cell, ...]]:
    for row in table.iterchildren(f"{_W}tr"):
        yield tuple(_cell(cell) for cell in row.iterchildren(f"{_W}tc"))


def _cell(cell: etree._Element) -> Cell:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    text = "\n".join(_text(p) for p in cell.iterchildren(f"{_W}p")).strip()
    return Cell(text, int(str(span.get(f"{_W}val"))) if span is not None else 1)
