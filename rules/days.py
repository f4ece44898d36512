"""Days, working days and time limits: how the law counts, over a calendar that is given and never guessed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import accumulate
from typing import assert_never
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")
ONE_DAY = timedelta(days=1)


def day_of(moment: datetime) -> date:
    """The office's calendar day of an aware moment: the only place a moment becomes a day."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone has no legal day")
    return moment.astimezone(BEIJING).date()


def in_chinese(day: date) -> str:
    """2017-07-03 as a paper prints it: 2017年7月3日 (GB/T 9704: Arabic digits, no zero padding)."""
    return f"{day.year}年{day.month}月{day.day}日"


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """So many working days (工作日), 调休 included."""

    count: int

    def __str__(self) -> str:
        return f"{self.count}个工作日"


@dataclass(frozen=True, slots=True)
class CalendarDays:
    """So many calendar days (日); `roll` moves a last day that is a day of rest to the next working day."""

    count: int
    count_start: bool = False
    roll: bool = True

    def __str__(self) -> str:
        return f"{self.count}日"


Limit = WorkingDays | CalendarDays


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last lawful day; provisional when the count passed through a year whose holidays are not announced."""

    on: date
    provisional: bool = False


@dataclass(frozen=True)
class Calendar:
    """Announced exceptions to "Monday to Friday": day -> is it a working day, and the years that are announced."""

    exceptions: Mapping[date, bool] = field(default_factory=dict)
    announced: frozenset[int] = frozenset()

    def is_open(self, day: date) -> bool:
        """Is this a working day? In a year that is not announced: Monday to Friday, and `due` says provisional."""
        known = self.exceptions.get(day)
        return day.weekday() < 5 if known is None else known

    def due(self, start: date, limit: Limit) -> Deadline:
        """The last lawful day. The day the clock starts is not itself counted (civil code, art. 201) unless the
        limit says so; a last day of rest moves to the next working day (art. 203) where the limit rolls."""
        day = start
        match limit:
            case WorkingDays(count):
                while count > 0:
                    day += ONE_DAY
                    count -= self.is_open(day)
            case CalendarDays(count, count_start, roll):
                day = start + (count - 1 if count_start else count) * ONE_DAY
                while roll and not self.is_open(day):
                    day += ONE_DAY
            case _:
                assert_never(limit)
        return Deadline(day, self._provisional(start, day))

    def working_days_late(self, due_on: date, today: date) -> int:
        """Whole working days after `due_on` up to and including `today`; 0 when not late."""
        return max(self._open_until(today) - self._open_until(due_on), 0)

    def _open_until(self, day: date) -> int:
        """Working days from the calendar's first day to `day`: weeks of five, and what is announced otherwise."""
        weeks, rest = divmod(day.toordinal(), 7)  # the first day of year 1 was a Monday
        days, moved = self._shifts
        return weeks * 5 + min(rest, 5) + moved[bisect_right(days, day)]

    @cached_property
    def _shifts(self) -> tuple[list[date], list[int]]:
        """The days on which the calendar differs from "Monday to Friday", and by how much so far before each."""
        days = sorted(day for day, is_open in self.exceptions.items() if is_open != (day.weekday() < 5))
        return days, list(accumulate((1 if self.exceptions[day] else -1 for day in days), initial=0))

    def working_days_before(self, day: date, count: int) -> date:
        """The day that lies `count` working days before `day`."""
        while count > 0:
            day -= ONE_DAY
            count -= self.is_open(day)
        return day

    def _provisional(self, start: date, end: date) -> bool:
        return any(year not in self.announced for year in range(start.year, end.year + 1))


def add_months(day: date, months: int) -> date:
    """The corresponding day so many months later, or the month's last day (civil code, art. 202)."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - ONE_DAY).day
    return date(year, month, min(day.day, last))
