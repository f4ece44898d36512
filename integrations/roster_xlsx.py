"""Writing one audience's copy of a roster as Excel: its columns and nothing else, no hidden sheet, no name of a person."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime

import xlsxwriter

from integrations.ledger_xlsx import safe

WIDE = 18
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # the same list gives the same bytes


def write_roster(title: str, office: str, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """The copy as .xlsx; its properties carry the office and the title."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": title, "author": office, "created": _NO_TIME})
        caption, head, cell = (
            book.add_format(f)
            for f in ({"bold": True, "align": "center", "font_size": 16}, {"bold": True, "border": 1, "align": "center"},
                      {"border": 1, "align": "center"})
        )  # fmt: skip
        sheet = book.add_worksheet("名单")
        sheet.set_column(0, len(heads) - 1, WIDE)
        sheet.merge_range(0, 0, 0, max(1, len(heads) - 1), safe(title), caption)
        sheet.repeat_rows(1)
        for place, text in enumerate(heads):
            sheet.write_string(1, place, text, head)
        for number, row in enumerate(rows, 2):
            for place, value in enumerate(row):
                if isinstance(value, int):
                    sheet.write_number(number, place, value, cell)
                else:
                    sheet.write_string(number, place, safe(str(value)), cell)
    return out.getvalue()
