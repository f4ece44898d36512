"""What a routine is: work that the system does by itself on certain days, once for each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from flows.office import Office


class Asked(BaseModel):
    """What a routine may be asked for; each has a schema of its own."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True)
class Report:
    """What a routine did, for an operator: no names, no numbers of people."""

    says: str
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[Any]] = field(default_factory=tuple)

    def as_json(self) -> Mapping[str, Any]:
        return {"says": self.says, "columns": list(self.columns), "rows": [list(row) for row in self.rows]}


Run = Callable[[Office, datetime, Any], Report]


@dataclass(frozen=True, slots=True)
class Routine:
    """One routine. `on_day` says whether it is due on a day; `each` that a day that was slept through is made up for,
    otherwise only the latest counts."""

    key: str
    title: str
    says_when: str
    asked: type[Asked]
    run: Run
    on_day: Callable[[Office, date], bool]
    each: bool = False


def every_day(office: Office, day: date) -> bool:
    return True


def first_of_month(office: Office, day: date) -> bool:
    return day.day == 1


def first_of_year(office: Office, day: date) -> bool:
    return (day.month, day.day) == (1, 1)


def never(office: Office, day: date) -> bool:
    """Only when a person asks."""
    return False
