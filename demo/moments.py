"""When things happen in the example: office hours in Beijing, given as moments; nobody sleeps and no clock is read."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from rules.days import BEIJING, Calendar

NINE = time(9, 0)


def at(year: int, month: int, day: int, minute: int = 0) -> datetime:
    """Nine in the morning of that day in Beijing, and so many minutes."""
    return datetime.combine(date(year, month, day), NINE, BEIJING) + timedelta(minutes=minute)


def on(day: date, minute: int = 0) -> datetime:
    """Nine in the morning of that day in Beijing, and so many minutes."""
    return datetime.combine(day, NINE, BEIJING) + timedelta(minutes=minute)


def open_day(calendar: Calendar, day: date) -> date:
    """The day itself, or the next working day."""
    while not calendar.is_open(day):
        day += timedelta(days=1)
    return day
