"""Reading the registration workbook: every way a file can be wrong has its sentence, and no file is trusted.

Cells arrive as texts, days, numbers and sums; what cannot be read becomes a Hit that names sheet, row and column.
"""

from __future__ import annotations

import difflib
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from integrations.cells_xlsx import without_value
from rules.hits import Hit
from rules.money import Yuan
from rules.register import SHEETS, Column
from states.not_allowed import FileRefused

OLE = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
MAX_RATIO, RATIO_FROM, MAX_INFLATED = 150, 20_000_000, 4_000_000_000
HEADER_ROWS = 5
MAX_TEXT = 255
REMEMBERED = 2_000
_WIDE = str.maketrans("０１２３４５６７８９（）：，．－", "0123456789():,.-")
_DROP = {ord(c): None for c in "\u00a0\u200b\u200c\u200d\ufeff\u3000 \t\r\n"}
_EDGE = "\u00a0\u200b\u200c\u200d\ufeff\u3000 \t\r\n"


@dataclass(slots=True)
class Table:
    """One sheet as a stream of rows: {column key: value}; problems gather in `hits`."""

    sheet: str
    source: CalamineSheet
    first: int  # zero-based row of the first record
    places: Sequence[tuple[int, Column]]
    hits: list[Hit] = field(default_factory=list)
    no_value: Mapping[tuple[int, int], str] = field(default_factory=dict)  # (row, column): what the cell holds instead
    required: Sequence[Column] = ()

    def __post_init__(self) -> None:
        self.required = [column for _, column in self.places if column.required]

    def rows(self) -> Iterator[tuple[int, dict[str, Any], bool]]:
        """(row as Excel numbers it, values by key, is the row sound?); empty rows are passed over."""
        offset, left = self.source.start or (0, 0)
        readers: list[tuple[int, str, Column, Any, dict[Any, Any]]] = [
            (place, column.key, column, READERS[column.kind], {}) for place, column in self.places
        ]
        for number, cells in enumerate(self.source.iter_rows(), 1):
            if number <= self.first:
                continue
            values: dict[str, Any] = {}
            sound, empty = True, True
            row = number + offset
            width = len(cells)
            for place, key, column, read, seen in readers:
                cell = cells[place] if place < width else ""
                if cell == "" or cell is None:
                    values[key] = None
                    if self.no_value and (instead := self.no_value.get((row, left + place))):
                        empty = sound = False
                        self._hit(row, column, "", f"{instead}。", "请改为填写内容本身，重新上传。")
                    continue
                empty = False
                kind = type(cell)
                if kind is not bool and cell in seen:
                    values[key] = seen[cell]
                    continue
                try:
                    values[key] = read(cell)
                except ValueError as no:
                    values[key] = None
                    sound = False
                    self._hit(row, column, cell, str(no))
                    continue
                if len(seen) < REMEMBERED and (kind is str or kind is float):
                    seen[cell] = values[key]  # most columns repeat a few words
            if not empty:
                yield row, values, self._complete(row, values) and sound

    def _complete(self, row: int, values: Mapping[str, Any]) -> bool:
        missing = [c for c in self.required if values[c.key] is None]
        if not missing:
            return True
        if len(missing) > len(self.required) / 2:
            says = f"{self.sheet}表第{row}行的必填项大多没有填写，不像一条记录。"
            remedy = "是合计、说明、填表人等行的，请删去该行；是记录的，请补填。"
            self.hits.append(Hit("DQ-01", "error", self.sheet, row, missing[0].title, "", says, remedy))
            return False
        told = {h.column for h in self.hits if h.row == row}
        for column in missing:
            if column.title not in told:
                why, remedy = "没有填写。", f"请补填“{column.title}”。"
                if self._merged(row, column):
                    why, remedy = "与上面的单元格合并了，没有内容。", "请取消合并，逐行填写。"
                says = f"{self.sheet}表第{row}行“{column.title}”{why}"
                self.hits.append(Hit("DQ-01", "error", self.sheet, row, column.title, "", says, remedy))
        return False

    def _merged(self, row: int, column: Column) -> bool:
        """Does the cell hang on another one of its column or row?"""
        left = self.source.start[1] if self.source.start else 0
        here = row - 1, left + next(place for place, c in self.places if c is column)
        return any(
            first != here and first[0] <= here[0] <= last[0] and first[1] <= here[1] <= last[1]
            for first, last in self.source.merged_cell_ranges or ()
        )

    def _hit(self, row: int, column: Column, cell: object, why: str, remedy: str = "请改正后重新上传。") -> None:
        shown = str(cell)[:20]
        self.hits.append(Hit("DQ-02", "error", self.sheet, row, column.title, shown,
                             f"{self.sheet}表第{row}行“{column.title}”{why}", remedy))  # fmt: skip


class Workbook:
    """An opened workbook. Raises FileRefused, with a sentence a clerk understands, for what cannot be one."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name, self._data = name, data
        _check_container(data, name)
        try:
            self._book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        except (CalamineError, ValueError, OSError) as no:
            raise FileRefused(file=name, why="文件已损坏或不是Excel工作簿（.xlsx）。") from no

    @property
    def sheets(self) -> tuple[str, ...]:
        return tuple(self._book.sheet_names)

    def table(self, sheet: str) -> Table:
        """A known sheet with its columns found by title. Raises FileRefused naming what is missing or renamed."""
        if sheet not in self._book.sheet_names:
            found = "、".join(self._book.sheet_names[:10]) or "无"
            raise FileRefused(file=self.name, why=f"没有名为“{sheet}”的工作表（现有：{found}）。请勿改动表名。")
        source = self._book.get_sheet_by_name(sheet)
        columns = SHEETS[sheet]
        top = [row for _, row in zip(range(HEADER_ROWS), source.iter_rows(), strict=False)]
        header = _header(top, columns)
        if header is None:
            raise FileRefused(
                file=self.name, why=f"“{sheet}”表前{HEADER_ROWS}行中没有表头（应有“{columns[0].title}”等列）。"
            )
        places = _places(self.name, sheet, top[header], columns)
        return Table(sheet, source, header + 1, places, no_value=without_value(self._data, sheet))


def _check_container(data: bytes, name: str) -> None:
    if not data:
        raise FileRefused(file=name, why="文件是空的。")
    if data.startswith(OLE):
        raise FileRefused(file=name, why="文件加了密码，或是旧版.xls格式；请取消密码、另存为.xlsx后再上传。")
    if not data.startswith(ZIP):
        raise FileRefused(file=name, why="不是Excel工作簿（.xlsx）。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile as no:
        raise FileRefused(file=name, why="文件已损坏，不能打开。") from no
    inflated = sum(m.file_size for m in members)
    swollen = [m for m in members if m.file_size > RATIO_FROM and m.file_size > MAX_RATIO * max(m.compress_size, 1)]
    if swollen or inflated > MAX_INFLATED:
        raise FileRefused(file=name, why="文件解压后异常庞大，疑似有害文件，已拒绝打开。")
    if not any(m.filename.startswith("xl/") for m in members):
        raise FileRefused(file=name, why="不是Excel工作簿（.xlsx）。")


def _title(text: object) -> str:
    return str(text).translate(_DROP).translate(_WIDE)


def _header(top: Sequence[Sequence[Any]], columns: Sequence[Column]) -> int | None:
    wanted = {_title(c.title) for c in columns}
    scores = [sum(_title(cell) in wanted for cell in row) for row in top]
    best = max(scores, default=0)
    return scores.index(best) if best >= max(1, len(columns) // 3) else None


def _places(name: str, sheet: str, header: Sequence[Any], columns: Sequence[Column]) -> list[tuple[int, Column]]:
    titles = [_title(cell) for cell in header]
    places, missing = [], []
    for column in columns:
        if titles.count(_title(column.title)) > 1:
            raise FileRefused(file=name, why=f"“{sheet}”表有两列都叫“{column.title}”，请删去一列。")
        if _title(column.title) in titles:
            places.append((titles.index(_title(column.title)), column))
        else:
            missing.append(column.title)
    if missing:
        raise FileRefused(file=name, why=_missing(sheet, missing, [t for t in titles if t]))
    return places


def _missing(sheet: str, missing: Sequence[str], titles: Sequence[str]) -> str:
    near = {title: found[0] for title in missing if (found := difflib.get_close_matches(_title(title), titles, 1, 0.5))}
    asked = "；".join(f"“{there}”是否就是“{title}”" for title, there in near.items())
    hint = f"{asked}？请改回原列名。" if near else "请补上。"
    return f"“{sheet}”表缺少列：{'、'.join(missing)}。{hint}"


# --- cells ----------------------------------------------------------------------------------------------------------


def _text(cell: Any) -> str:
    text = cell if isinstance(cell, str) else _number_text(cell)
    text = text.strip(_EDGE)
    if len(text) > MAX_TEXT:
        raise ValueError(f"超过{MAX_TEXT}个字。")
    if not text.isprintable():
        raise ValueError("含有不能显示的字符。")
    return text


def _number_text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _code(cell: Any) -> str:
    """A number that identifies: never a quantity. Excel keeps 15 digits only, so longer ones must be text."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        if abs(cell) >= 10**15:
            raise ValueError("是数值格式，末几位已丢失；请把该列设为文本格式后重新填写。")
        return _number_text(cell)
    return _text(cell).translate(_DROP).translate(_WIDE).upper()


def _day(cell: Any) -> date:
    if isinstance(cell, datetime):
        return date(cell.year, cell.month, cell.day)  # an Excel day has no time zone
    if isinstance(cell, date):
        return cell
    text = _text(cell).translate(_WIDE)
    for old, new in (("年", "-"), ("月", "-"), ("日", ""), ("/", "-"), (".", "-")):
        text = text.replace(old, new)
    parts = text.split("-")
    try:
        if len(parts) == 1 and len(text) == 8:
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
        return date(*(int(p) for p in parts))
    except (TypeError, ValueError) as no:
        raise ValueError("不是日期，请写成2017-07-03的样子。") from no


def _count(cell: Any) -> int:
    try:
        value = Decimal(str(cell).strip(_EDGE).translate(_WIDE))
        count = int(value)
    except (ArithmeticError, ValueError) as no:
        raise ValueError("应填整数。") from no
    if value != count or count < 0:
        raise ValueError("应填整数。")
    return count


def _number(cell: Any) -> float | int:
    try:
        value = Decimal(str(cell).strip(_EDGE).translate(_WIDE))
    except ArithmeticError as no:
        raise ValueError("应填数字。") from no
    if not value.is_finite():
        raise ValueError("应填数字。")
    return int(value) if value == int(value) else float(value)


def _money(cell: Any) -> Yuan:
    text = f"{cell:.6f}".rstrip("0").rstrip(".") if isinstance(cell, float) else str(cell).strip(_EDGE).translate(_WIDE)
    try:
        return Yuan.of(text)
    except ValueError as no:
        raise ValueError("应填金额（元），最多两位小数。") from no


def _flag(cell: Any) -> bool:
    text = _text(cell)
    if text not in ("是", "否"):
        raise ValueError("只能填“是”或“否”。")
    return text == "是"


READERS: Mapping[str, Any] = {
    "text": _text, "code": _code, "choice": _text, "flag": _flag, "date": _day, "count": _count, "number": _number,
    "money": _money,
}  # fmt: skip
