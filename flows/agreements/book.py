"""The split of a year as a workbook: written for whoever answers for it, changed in Excel, read back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from config.agreements import Terms
from flows.agreements.kinds import KINDS
from flows.office import Office
from integrations.sheet_xlsx import NoWorkbook, read_sheet, write_sheet
from records import agreement_views
from records.agreement_views import Reader, Wish
from records.engine import reading
from states.not_allowed import FieldWrong

HEAD = ("编号", "种类", "责任书")
SPLIT_KINDS = tuple(code for code, kind in KINDS.items() if kind.splits != "none")


def write_split(office: Office, year: int, who: Reader) -> bytes:
    """Every agreement of the year whose targets are split, as far as the reader may see, one row each."""
    terms = Terms(office.pack)
    rows: list[list[Any]] = [[*HEAD, *(f"{m.label}（{m.unit}）" for m in terms.measures.values())]]
    with reading(office.records) as conn:
        for row in agreement_views.listing(who, Wish(year, SPLIT_KINDS)).page(conn, 1, 1_000_000):
            rows.append([row.id, row.code, row.title, *(row.targets.get(key, 0) for key in terms.measures)])
    return write_sheet(f"{year}年目标分解", rows, {"C": 48})


def read_split(office: Office, year: int, data: bytes) -> dict[int, dict[str, int]]:
    """{agreement: {measure: amount}} of every row that differs from what is kept. Raises FieldWrong naming the cell."""
    terms = Terms(office.pack)
    try:
        head, *rows = read_sheet(data) or [()]
    except NoWorkbook as no:
        raise FieldWrong(field="分解表", why="不是能读的Excel工作簿（.xlsx）。") from no
    columns = _columns(terms, head)
    with reading(office.records) as conn:
        listing = agreement_views.listing(agreement_views.ALL, Wish(year, SPLIT_KINDS))
        kept = {row.id: row.targets for row in listing.page(conn, 1, 1_000_000)}
    found: dict[int, dict[str, int]] = {}
    for n, row in enumerate(rows, 2):
        if not row or row[0] is None:
            continue
        key = _number(row[0], f"第{n}行编号")
        if key not in kept:
            raise FieldWrong(field=f"第{n}行", why=f"没有编号为{key}的{year}年责任书。")
        given = {m: _number(row[c], f"第{n}行{terms.measures[m].label}") for m, c in columns.items()}
        if any(kept[key].get(m, 0) != amount for m, amount in given.items()):
            found[key] = given
    return found


def _columns(terms: Terms, head: Any) -> Mapping[str, int]:
    titles = {f"{m.label}（{m.unit}）": key for key, m in terms.measures.items()}
    columns = {titles[str(title)]: n for n, title in enumerate(head) if str(title) in titles}
    if not columns or not head or head[0] != HEAD[0]:
        raise FieldWrong(field="分解表表头", why=f"第一行应是：{'、'.join((*HEAD, *titles))}。请先用 --out 导出。")
    return columns


def _number(value: object, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != int(value) or value < 0:
        raise FieldWrong(field=where, why=f"须是不小于0的整数，现为“{value}”。")
    return int(value)
