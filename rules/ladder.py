"""The reminder ladder of one due: on which day which rung is reached, and which day comes next. The rungs are the pack's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from rules.days import ONE_DAY, Calendar, WorkingDays

To = Literal["post", "office", "office_above"]
NEW = "新到"


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung (级次) as the pack has it: so many days before (negative) or after the last day."""

    name: str
    offset: int
    unit: Literal["working_days", "calendar_days"]
    to: To
    paper: str | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """A rung of one due and the day on which it is reached. `code` tells the rungs of one due apart."""

    code: str
    name: str
    on: date
    to: To
    paper: str | None = None


def ladder(
    rungs: Sequence[Rung], starts_on: date, due_on: date, calendar: Calendar, remind_on: Sequence[date] = ()
) -> tuple[Reached, ...]:
    """Every rung of a due in the order of its days, only those that fall after the item began. The first is the day
    after its beginning, on which it is told as new. `remind_on` are fixed days that stand in for the rungs before the
    last day (domain 3.15)."""
    days = [Reached(NEW, NEW, starts_on + ONE_DAY, "post")]
    before = next((rung.name for rung in rungs if rung.offset <= 0), "提醒")
    days += [Reached(f"{before}{day:%m-%d}", before, day, "post") for day in remind_on if day < due_on]
    for rung in rungs:
        if rung.offset < 0 and remind_on:
            continue
        days.append(
            Reached(f"{rung.name}{rung.offset:+d}", rung.name, _day(rung, due_on, calendar), rung.to, rung.paper)
        )
    return tuple(sorted((r for r in days if r.on > starts_on), key=lambda r: r.on))


def newly(steps: Sequence[Reached], told_until: date, today: date) -> tuple[Reached, ...]:
    """The rungs reached since `told_until`, today included: after a pause all of them, in order."""
    return tuple(step for step in steps if told_until < step.on <= today)


def next_day(steps: Sequence[Reached], today: date) -> date | None:
    """The next day on which a rung is reached; None after the last."""
    return next((step.on for step in steps if step.on > today), None)


def _day(rung: Rung, due_on: date, calendar: Calendar) -> date:
    if rung.unit == "calendar_days":
        return due_on + timedelta(days=rung.offset)
    if rung.offset < 0:
        return calendar.working_days_before(due_on, -rung.offset)
    return calendar.due(due_on, WorkingDays(rung.offset)).on
