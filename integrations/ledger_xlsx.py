"""Writing the ledger (台账) as Excel: streamed row by row, the registration workbook's own columns, never a formula."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from rules.money import Yuan
from rules.register import SHEETS, Column

A3, USUAL, LONG = 8, 14, 22  # the paper's code; widths in characters, of a number that identifies and of the rest
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_book(path: Path, sheets: Mapping[str, tuple[str, Iterable[Mapping[str, Any]]]]) -> None:
    """Write sheets ({name: (caption, rows by column key)}); memory does not grow with the rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    with path.open("ab"):
        pass  # whether it may be written is known before anything is read
    with xlsxwriter.Workbook(str(path), options) as book:
        caption, header, text = (book.add_format(f) for f in (
            {"bold": True, "align": "center"}, {"bold": True, "bg_color": "#DDE6F0", "border": 1},
            {"num_format": "@"}))  # fmt: skip
        for name, (title, rows) in sheets.items():
            _sheet(book.add_worksheet(name), SHEETS[name], title, rows, caption, header, text)


def _sheet(
    sheet: Any, columns: Sequence[Column], title: str, rows: Iterable[Mapping[str, Any]], caption: Any, header: Any,
    text: Any,
) -> None:  # fmt: skip
    sheet.freeze_panes(2, 0)
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.repeat_rows(0, 1)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, LONG if column.kind == "code" else USUAL)
    sheet.merge_range(0, 0, 0, max(1, len(columns) - 1), title, caption)
    for place, column in enumerate(columns):
        sheet.write_string(1, place, column.title, header)
    last = 1
    for number, row in enumerate(rows, 2):
        for place, column in enumerate(columns):
            _cell(sheet, number, place, row.get(column.key), text)
        last = number
    sheet.autofilter(1, 0, last, len(columns) - 1)


def _cell(sheet: Any, row: int, place: int, value: Any, text: Any) -> None:
    match value:
        case None | "":
            return
        case bool():
            sheet.write_string(row, place, "是" if value else "否")
        case int() | float():
            sheet.write_number(row, place, value)
        case Yuan():
            sheet.write_number(row, place, value.fen / 100)
        case date():
            sheet.write_string(row, place, value.isoformat(), text)
        case _:
            sheet.write_string(row, place, safe(str(value)), text)


def safe(value: str) -> str:
    """A text that no spreadsheet program takes for a formula, also after it is saved as CSV."""
    return f"'{value}" if value.startswith(FORMULA) else value
