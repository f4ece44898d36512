"""A question asked once: the number that people see and the list behind it come from the same rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

PAGE = 50


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows of one question, their order, and (where one row stands for several) the column that says for how many."""

    query: Select[Any]
    order: tuple[ColumnElement[Any], ...]
    weight: str | None = None

    def count(self, conn: Connection) -> int:
        """How many rows the list has."""
        return int(conn.execute(select(func.count()).select_from(self.query.subquery())).scalar_one())

    def total(self, conn: Connection) -> tuple[int, int]:
        """How many rows, and how many people (or whatever the weight counts) they stand for."""
        rows = self.query.subquery()
        weight = func.count() if self.weight is None else func.coalesce(func.sum(rows.c[self.weight]), 0)
        found = conn.execute(select(func.count(), weight).select_from(rows)).one()
        return int(found[0]), int(found[1])

    def by(self, conn: Connection, column: str) -> dict[Any, tuple[int, int]]:
        """The same two numbers for each value of a column of the list."""
        rows = self.query.subquery()
        weight = func.count() if self.weight is None else func.coalesce(func.sum(rows.c[self.weight]), 0)
        found = conn.execute(select(rows.c[column], func.count(), weight).group_by(rows.c[column]))
        return {key: (int(count), int(people)) for key, count, people in found}

    def page(self, conn: Connection, number: int = 1, size: int = PAGE) -> list[Row[Any]]:
        """One page of the list, the first being 1."""
        start = (max(number, 1) - 1) * size
        return list(conn.execute(self.query.order_by(*self.order).limit(size).offset(start)))

    def has(self, conn: Connection, key: int) -> bool:
        """Is the row with that id in the list?"""
        rows = self.query.subquery()
        return conn.execute(select(rows.c.id).where(rows.c.id == key).limit(1)).first() is not None
