"""What a rule hands back when it finds something, and what it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rules.hits import Hit
from rules.register import PEOPLE_SHEET, HouseholdRows, IncomeRow, PersonRow

Severity = Literal["error", "remark"]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Numbers the rules compare with: marked defaults, not from the policy."""

    working_age: int = 16
    pension_age: int = 60
    old_age: int = 65
    school_from: int = 7
    school_to: int = 15
    student_to: int = 30
    many_members: int = 7
    farmland: float = 10
    house_most: float = 500
    house_least: float = 10
    able_enough: int = 3
    low_income: int = 500  # yuan a head
    high_income: int = 30_000
    small_sum: int = 100  # yuan: smaller sums of income are typing errors as a rule


DEFAULTS = Thresholds()

Found = Iterable[tuple[str, str, str]]  # (column title, value, sentence without its place)
PersonRule = Callable[[PersonRow, int, Thresholds], Found]
HouseholdRule = Callable[[HouseholdRows, date, Thresholds], Found]
IncomeRule = Callable[[HouseholdRows, IncomeRow, Thresholds], Found]


@dataclass(frozen=True, slots=True)
class Rule:
    """One numbered rule. Exactly one of the three checks is set."""

    id: str
    title: str
    severity: Severity
    remedy: str
    person: PersonRule | None = None
    household: HouseholdRule | None = None
    income: IncomeRule | None = None

    def hit(self, sheet: str, row: int, column: str, value: str, says: str) -> Hit:
        """The hit, with its place in front of the sentence."""
        message = f"{sheet}表第{row}行“{column}”{says}。"
        return Hit(self.id, self.severity, sheet, row, column, value, message, self.remedy)


def age_on(born_on: date, day: date) -> int:
    """Completed years."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


__all__ = ["DEFAULTS", "PEOPLE_SHEET", "Found", "Rule", "Severity", "Thresholds", "age_on"]
