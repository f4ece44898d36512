"""A single sheet of an Excel workbook: rows out for somebody to change, rows back in. No cell becomes a formula."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

FORMULA = ("=", "+", "-", "@")
Cells = Sequence[Any]


class NoWorkbook(ValueError):
    """The data is no workbook that can be read."""


def write_sheet(title: str, rows: Iterable[Cells], widths: Mapping[str, int] | None = None) -> bytes:
    """The rows as a workbook of one sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title[:31]
    for row in rows:
        sheet.append([f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell for cell in row])
    for column, width in (widths or {}).items():
        sheet.column_dimensions[column].width = width
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_sheet(data: bytes) -> list[Cells]:
    """Every row of the first sheet, values only. Raises NoWorkbook."""
    try:
        sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        return [tuple(row) for row in sheet.iter_rows(values_only=True)]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, ValueError) as no:
        raise NoWorkbook(str(no)) from no
