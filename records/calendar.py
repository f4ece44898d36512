"""The working-day calendar as rows: a changed day supersedes, history stays, and no stored due date ever moves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update

from records import schema
from records.engine import into
from rules.days import Calendar

D, Y = schema.calendar_days, schema.calendar_years


def load_calendar(conn: Connection) -> Calendar:
    """The calendar as it is known now."""
    days = conn.execute(select(D.c.day, D.c.is_open).where(D.c.superseded_at.is_(None)))
    years = conn.execute(select(Y.c.year)).scalars()
    return Calendar({row.day: row.is_open for row in days}, frozenset(years))


def is_announced(conn: Connection, year: int) -> bool:
    """Are the year's days of rest announced?"""
    return conn.execute(select(Y.c.year).where(Y.c.year == year)).first() is not None


def days_in_force(conn: Connection, year: int) -> list[tuple[date, bool, str]]:
    """The days of a year that are not as the week has them: (day, is it worked, name), in order."""
    of_year = (D.c.day >= date(year, 1, 1), D.c.day <= date(year, 12, 31), D.c.superseded_at.is_(None))
    rows = conn.execute(select(D.c.day, D.c.is_open, D.c.name).where(*of_year).order_by(D.c.day))
    return [(row.day, row.is_open, row.name) for row in rows]


def announce_year(
    conn: Connection, year: int, source: str, days: Iterable[tuple[date, bool, str]], at: datetime
) -> None:
    """Record a year's announced days (day, is it worked, name). A year that is announced already is left as it is."""
    if conn.execute(select(Y.c.year).where(Y.c.year == year)).first():
        return
    conn.execute(insert(Y).values(year=year, source=source, recorded_at=at))
    rows = [{"day": d, "is_open": o, "name": n, "source": source, "recorded_at": at} for d, o, n in days]
    if rows:
        conn.execute(into(D), rows)


def change_day(conn: Connection, day: date, is_open: bool, name: str, source: str, at: datetime) -> None:
    """Correct one day: the old row is superseded and stays."""
    conn.execute(update(D).where(D.c.day == day, D.c.superseded_at.is_(None)).values(superseded_at=at))
    conn.execute(insert(D).values(day=day, is_open=is_open, name=name, source=source, recorded_at=at))
