"""Cells of a sheet that hold something and yet have no value to read: the reader of values gives them as empty."""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator

from openpyxl.utils.cell import column_index_from_string

PIECE = 1 << 20
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_ERROR = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*\bt="e"[^>]*>(?:<f[^>]*/>|<f.*?</f>)?<v>([^<]*)</v>', re.DOTALL)
_NO_RESULT = re.compile(rb'<c r="([A-Z]+)(\d+)"(?:(?!\st=)[^>])*><f(?:[^>]*/>|[^>]*>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>')


def without_value(data: bytes, sheet: str) -> dict[tuple[int, int], str]:
    """What stands in such cells of the sheet, as a clerk would say it: {(row as Excel numbers it, zero-based column): …}.
    Nothing for a package that does not say where the sheet is."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = _part_of(archive, sheet)
        if part is None:
            return {}
        found: dict[tuple[int, int], str] = {}
        for piece in _pieces(archive, part):
            if b't="e"' in piece:
                found |= {_place(m[1], m[2]): f"是公式错误值{m[3].decode()}" for m in _ERROR.finditer(piece)}
            if b"<f" in piece:
                found |= {_place(m[1], m[2]): "是公式，但没有算出结果" for m in _NO_RESULT.finditer(piece)}
        return found


def _place(column: bytes, row: bytes) -> tuple[int, int]:
    return int(row), column_index_from_string(column.decode()) - 1


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The part, cut between cells."""
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(PIECE):
            rest += chunk
            cut = rest.rfind(b"<c ")
            if cut > 0:
                yield rest[:cut]
            rest = rest[max(cut, len(rest) - PIECE, 0) :]  # no cell that matters is as long as a piece
    yield rest


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return None
    sheets = {a.get("name"): a for a in _tags(_SHEET, archive.read("xl/workbook.xml"))}
    targets = {a.get("Id"): a.get("Target", "") for a in _tags(_RELATION, archive.read("xl/_rels/workbook.xml.rels"))}
    target = targets.get(sheets.get(sheet, {}).get("r:id"))
    part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/") if target else None
    return part if part in names else None


def _tags(pattern: re.Pattern[bytes], text: bytes) -> Iterator[dict[str, str]]:
    for tag in pattern.finditer(text):
        yield {k.decode(): html.unescape(v.decode()) for k, v in _ATTRIBUTE.findall(tag[1])}
