"""What follows an exit by the calendar: the consolidation period's end, and the days on which revisits fall due."""

from __future__ import annotations

from datetime import date

from rules.days import add_months


def consolidation_until(exited_on: date, months: int) -> date:
    """The last day of the consolidation period (R4.3-07; its length is the pack's)."""
    return add_months(exited_on, months)


def revisit_days(exited_on: date, until: date, first_year_months: int, later_months: int) -> tuple[date, ...]:
    """The days by which revisits are due: so often in the first year, so often afterwards, and the last day itself
    when nothing falls on it (R4.3-11; the rhythm is the pack's)."""
    days: list[date] = []
    month = 0
    while True:
        month += first_year_months if month < 12 else later_months
        day = add_months(exited_on, month)
        if day >= until:
            break
        days.append(day)
    return (*days, until)
