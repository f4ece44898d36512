"""Putting many rows in at once: what a workbook of a province needs and one decision does not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import JSON, Connection, Date, Table

from records.engine import into
from records.types import Instant, to_json


def put(conn: Connection, table: Table, columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that all have exactly these columns, in order; the values are stored as `insert(table)` stores them.

    On SQLite the driver is handed tuples: the toolkit's handling of each row costs more than the insert itself."""
    if not rows:
        return
    if conn.dialect.name != "sqlite":
        conn.execute(into(table), list(rows))
        return
    statement, convert = _prepared(table, tuple(columns))
    get = itemgetter(*columns)
    if convert:
        listed = []
        for row in rows:
            values = list(get(row))
            for place, change in convert:
                if values[place] is not None:
                    values[place] = change(values[place])
            listed.append(tuple(values))
    else:
        listed = [get(row) for row in rows]
    conn.exec_driver_sql(statement, listed)


@cache
def _prepared(table: Table, columns: tuple[str, ...]) -> tuple[str, tuple[tuple[int, Callable[[Any], str]], ...]]:
    names = ", ".join(f'"{name}"' for name in columns)
    statement = f"INSERT INTO {table.name} ({names}) VALUES ({', '.join('?' * len(columns))})"
    convert: list[tuple[int, Callable[[Any], str]]] = []
    for place, name in enumerate(columns):
        kind = table.c[name].type
        if isinstance(kind, JSON):
            convert.append((place, to_json))
        elif isinstance(kind, Instant):
            convert.append((place, _moment))
        elif isinstance(kind, Date):
            convert.append((place, date.isoformat))
    return statement, tuple(convert)


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
