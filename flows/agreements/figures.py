"""The measures of agreements counted from the register: what a target is split by, and what has come of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from config.agreements import Terms
from records import standing
from records.standing import About, Standing

ON_THE_WAY = ("identified", "assisted")
AWAY = ("exited", "monitored", "stable")
DANGEROUS = ("C", "D")
Count = Callable[[Standing, int], int]


def _leaves(home: Standing, year: int) -> bool:
    """Planned to leave by the end of that year and not yet gone: who missed an earlier year is carried over."""
    return home.state in ON_THE_WAY and home.planned_year is not None and home.planned_year <= year


PLANNED: Mapping[str, Count] = {
    "persons": lambda home, year: home.persons if _leaves(home, year) else 0,
    "households": lambda home, year: int(_leaves(home, year)),
    "helped": lambda home, year: 1,
    "houses": lambda home, year: int(home.house_grade in DANGEROUS),
    "insured": lambda home, year: home.persons,
}
_GONE: Mapping[str, Count] = {
    "persons": lambda home, year: home.persons if _gone(home, year) else 0,
    "households": lambda home, year: int(_gone(home, year)),
    "helped": lambda home, year: int(home.helper_id is not None),
    "insured": lambda home, year: home.insured,
}


def _gone(home: Standing, year: int) -> bool:
    return home.state in AWAY and home.exited_on is not None and home.exited_on.year == year


def planned(terms: Terms, home: Standing, year: int) -> dict[str, int]:
    """What one household adds to each measure of the pack; a measure that the register cannot count adds nothing."""
    return {key: PLANNED[key](home, year) if key in PLANNED else 0 for key in terms.measures}


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure: its target beside its result. A result the register does not know is None. Neither opens or closes
    anyone's exit (truth 11)."""

    measure: str
    label: str
    unit: str
    target: int
    result: int | None

    def as_json(self) -> dict[str, Any]:
        return {"measure": self.measure, "label": self.label, "unit": self.unit, "target": self.target,
                "result": self.result}  # fmt: skip


@dataclass
class Results:
    """The households of one agreement on a day."""

    terms: Terms
    year: int
    homes: list[Standing]
    met: set[tuple[str, int]]

    def of(self, row: Any) -> tuple[Figure, ...]:
        """The targets of an agreement with what the households that it is about have come to."""
        return tuple(
            Figure(m.key, m.label, m.unit, row.targets[m.key], self._result(m.key, m.condition))
            for m in self.terms.measures.values() if m.key in row.targets
        )  # fmt: skip

    def _result(self, key: str, condition: str | None) -> int | None:
        if condition is not None and key in PLANNED:
            return sum(
                PLANNED[key](home, self.year) for home in self.homes if (condition, home.household_id) in self.met
            )
        count = _GONE.get(key)
        return None if count is None else sum(count(home, self.year) for home in self.homes)


def results(conn: Connection, terms: Terms, row: Any, day: date) -> Results:
    """The register as of the day, as far as it is about one agreement."""
    conditions = [m.condition for m in terms.measures.values() if m.condition]
    homes = standing.standings(conn, terms.pack.id, day, about(row))
    met = standing.met(conn, conditions, day, [home.household_id for home in homes])
    return Results(terms, row.year, homes, met)


def about(row: Any) -> About:
    """The households that an agreement is about."""
    match row.code:
        case "D-19":
            return About(household_id=row.household_id)
        case "D-22":
            return About(unit=row.to_office)
        case "D-22A":
            return About(unit=row.from_office, helper_id=row.person_id)
        case _:
            return About(area_path=row.area_path)


def sums(homes: Iterable[Standing], amounts: Callable[[Standing], Mapping[str, int]],
         by: Callable[[Standing], str | None]) -> dict[str, dict[str, int]]:  # fmt: skip
    """What households add up to by area, unit or helper."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for home in homes:
        key = by(home)
        if key is not None:
            for measure, amount in amounts(home).items():
                found[key][measure] += amount
    return {key: dict(amounts) for key, amounts in found.items()}
