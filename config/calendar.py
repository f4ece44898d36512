"""The shipped working-day calendar: the days that differ from Monday to Friday, and the years that are announced."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

SHIPPED = Path(__file__).parent / "calendars" / "china.toml"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day that differs: a weekday of rest, or a weekend day that is worked (调休)."""

    day: date
    is_open: bool
    name: str


@dataclass(frozen=True, slots=True)
class CalendarSeed:
    """What a new database starts from."""

    source: str
    years: tuple[int, ...]
    days: tuple[CalendarDay, ...]


def shipped_calendar(path: Path = SHIPPED) -> CalendarSeed:
    """The calendar that ships with the product; an office adds later years as rows."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    days = tuple(
        CalendarDay(date.fromisoformat(day), is_open, name)
        for name, is_open, listed in ((y["name"], y["is_open"], y["days"]) for y in raw["day"])
        for day in listed
    )
    return CalendarSeed(raw["source"], tuple(raw["years"]), days)
