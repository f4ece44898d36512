"""The lines incomes are compared with, by year, with the basis that must be printed beside them (domain 4.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from rules.money import Yuan

BASES: Mapping[str, str] = {
    "preset_growth": "以{base_year}年全省农村居民人均可支配收入为基数按年递增的预设标准",
    "actual_45pct": "当年全省农村居民人均可支配收入的45%",
    "manual": "上级公布的标准",
}


@dataclass(frozen=True, slots=True)
class ExitLine:
    """The exit line of one year (R1.3-04), with its basis and the document it comes from."""

    year: int
    amount: Yuan
    basis: str
    source: str
    base_year: int = 2015

    @property
    def says(self) -> str:
        """The basis as an exit sheet prints it."""
        return f"{BASES[self.basis].format(base_year=self.base_year)}（{self.source}）"


def identification_line(at_base: Yuan, indices: Mapping[int, Decimal | None], base_year: int, year: int) -> Yuan | None:
    """The identification line of a year in current prices: the line at base-year prices times the yearly price indices
    (last year = 100). None while an index of the chain is not set: no comparison is made on a mixed basis (R1.2-01)."""
    factor = Decimal(1)
    for each in range(base_year + 1, year + 1):
        index = indices.get(each)
        if index is None:
            return None
        factor *= index / 100
    return at_base.share(factor)
