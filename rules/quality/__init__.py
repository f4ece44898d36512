"""Data-quality rules (疑点)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from rules.hits import Hit
from rules.register import HouseholdRows


class Across:
    def feed(self, household: HouseholdRows) -> list[Hit]:
        return []

    def counts(self) -> dict[str, int]:
        return {}


def check_household(household: HouseholdRows, as_of: date) -> list[Hit]:
    return []


def check_totals(counts: Mapping[str, int], baseline: Mapping[str, int]) -> list[Hit]:
    return []
