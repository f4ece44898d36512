"""What a rule hands back when it finds something, and what it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rules.hits import Hit
from rules.register import PEOPLE_SHEET, HouseholdRows, IncomeRow, PersonRow

Severity = Literal["error", "remark"]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Numbers the rules compare with: values of the pack (`quality.*`), since the policy itself is silent."""

    working_age: int
    pension_age: int
    old_age: int
    school_from: int
    school_to: int
    student_to: int
    many_members: int
    farmland: int  # mu
    house_most: int  # square metres, as the next
    house_least: int
    able_enough: int
    low_income: int  # yuan a head, as the next
    high_income: int
    small_sum: int  # yuan: smaller sums of income are typing errors as a rule


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


def not_among(value: str, known: Sequence[str]) -> str:
    """The sentence about a word that is none of those to choose from, with them."""
    shown = "、".join(known[:12]) + ("等" if len(known) > 12 else "")
    return f"“{value[:20]}”不在规定的选项中（{shown}）"


def age_on(born_on: date, day: date) -> int:
    """Completed years."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


__all__ = ["PEOPLE_SHEET", "Found", "Rule", "Severity", "Thresholds", "age_on"]
