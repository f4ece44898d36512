"""A question asked once: the number that people see and the list behind it come from the same rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

PAGE = 50


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows of one question and their order; `people` asks the same question with one row for each person it stands for."""

    query: Select[Any]
    order: tuple[ColumnElement[Any], ...]
    people: Select[Any] | None = None

    def count(self, conn: Connection) -> int:
        """How many rows the list has."""
        return _count(conn, self.query)

    def total(self, conn: Connection) -> tuple[int, int]:
        """How many rows, and how many people they stand for (as many as rows where they stand for none)."""
        count = _count(conn, self.query)
        return count, count if self.people is None else _count(conn, self.people)

    def by(self, conn: Connection, column: str) -> dict[Any, tuple[int, int]]:
        """The same two numbers for each value of a column of the list."""
        counts = _grouped(conn, self.query, column)
        people = counts if self.people is None else _grouped(conn, self.people, column)
        return {key: (count, people.get(key, 0)) for key, count in counts.items()}

    def page(self, conn: Connection, number: int = 1, size: int = PAGE) -> list[Row[Any]]:
        """One page of the list, the first being 1."""
        start = (max(number, 1) - 1) * size
        return list(conn.execute(self.query.order_by(*self.order).limit(size).offset(start)))

    def has(self, conn: Connection, key: int) -> bool:
        """Is the row with that id in the list?"""
        rows = self.query.subquery()
        return conn.execute(select(rows.c.id).where(rows.c.id == key).limit(1)).first() is not None


def _count(conn: Connection, query: Select[Any]) -> int:
    return int(conn.execute(select(func.count()).select_from(query.subquery())).scalar_one())


def _grouped(conn: Connection, query: Select[Any], column: str) -> dict[Any, int]:
    rows = query.subquery()
    found = conn.execute(select(rows.c[column], func.count()).group_by(rows.c[column]))
    return {key: int(count) for key, count in found}
