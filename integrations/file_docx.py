"""A file as a Word document with an index: headings, lines and tables, in the fonts an office has."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

BODY, HEADING = "仿宋", "黑体"


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a file: a heading, what is said, and a table."""

    heading: str
    says: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = field(default=())


def write_file(title: str, cover: Sequence[str], sections: Sequence[Section]) -> bytes:
    """The document as bytes: title, cover lines, an index of the sections, then each section."""
    word = Document()
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    page.top_margin = page.bottom_margin = Cm(2.2)
    _font(word.styles["Normal"], BODY, 11)
    _line(word, title, HEADING, 18, center=True)
    for text in cover:
        _line(word, text, BODY, 11, center=True)
    _line(word, "目　录", HEADING, 14)
    for number, section in enumerate(sections, 1):
        _line(word, f"{number}. {section.heading}（{len(section.rows)}项）" if section.columns else
              f"{number}. {section.heading}", BODY, 11)  # fmt: skip
    for number, section in enumerate(sections, 1):
        _section(word, number, section)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _section(word: Any, number: int, section: Section) -> None:
    _line(word, f"{number}. {section.heading}", HEADING, 14)
    for text in section.says:
        _line(word, text, BODY, 11)
    if not section.columns:
        return
    if not section.rows:
        _line(word, "无。", BODY, 11)
        return
    table = word.add_table(rows=1, cols=len(section.columns), style="Table Grid")
    _cells(table.rows[0].cells, section.columns, HEADING)
    for row in section.rows:
        _cells(table.add_row().cells, row, BODY)


def _cells(cells: Sequence[Any], texts: Sequence[str], font: str) -> None:
    for cell, text in zip(cells, texts, strict=True):
        paragraph = cell.paragraphs[0]
        _run(paragraph, text, font, 10)


def _line(word: Any, text: str, font: str, size: int, center: bool = False) -> None:
    paragraph = word.add_paragraph()
    if center:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before = Pt(6 if size > 11 else 0)
    paragraph.paragraph_format.space_after = Pt(4)
    _run(paragraph, text, font, size)


def _run(paragraph: Any, text: str, font: str, size: int) -> None:
    run = paragraph.add_run(_printable(text))
    run.font.size = Pt(size)
    run.font.name = font
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)


def _font(style: Any, font: str, size: int) -> None:
    style.font.name, style.font.size = font, Pt(size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), font)


def _printable(text: str) -> str:
    return "".join(c for c in text if c in "\n\t" or (ord(c) >= 0x20 and not 0xD800 <= ord(c) <= 0xDFFF))
