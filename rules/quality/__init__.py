"""Data-quality rules (疑点): numbered, each a small pure function; errors refuse a household, remarks do not."""

from __future__ import annotations

from rules.quality.across import Across, check_totals
from rules.quality.finding import Rule
from rules.quality.table import RULES, check_household, check_incomes

__all__ = ["RULES", "Across", "Rule", "check_household", "check_incomes", "check_totals"]
