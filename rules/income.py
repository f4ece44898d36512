"""Per-capita disposable income by methods that stand side by side (domain 4.4; R1.3-04, R1.2-01)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from rules.days import in_chinese
from rules.money import ZERO, Yuan
from rules.register import IncomeRow

Class = Literal["wages", "business", "property", "transfers"]
CLASSES: Mapping[Class, str] = {
    "wages": "工资性收入", "business": "经营净收入", "property": "财产净收入", "transfers": "转移净收入",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """One kind of income or cost."""

    key: str
    title: str
    kind: Class
    cost: bool = False


ITEMS: Mapping[str, Item] = {
    item.key: item
    for item in (
        Item("wages", "工资性收入", "wages"),
        Item("work_costs", "外出务工必要成本", "wages", cost=True),
        Item("business", "生产经营性收入", "business"),
        Item("business_costs", "生产经营性支出", "business", cost=True),
        Item("property", "财产性收入", "property"),
        Item("transfers_regular", "经常性转移收入", "transfers"),
        Item("assistance", "低保金、五保金", "transfers"),
        Item("basic_pension", "基础养老金", "transfers"),
        Item("one_off_relief", "一次性救助、慰问", "transfers"),
        Item("earmarked", "专项补助（建房、搬迁等）", "transfers"),
        Item("contributions", "缴纳社会保险等转移性支出", "transfers", cost=True),
    )
}


@dataclass(frozen=True, slots=True)
class Method:
    """A way of accounting: which items it leaves out. Everything else counts."""

    id: str
    title: str
    leaves_out: frozenset[str]


@dataclass(frozen=True, slots=True)
class Period:
    """The days an income sheet covers; it ends at the cut-off, because the household signs before the year is over."""

    start: date
    end: date

    def __str__(self) -> str:
        return f"{in_chinese(self.start)}至{in_chinese(self.end)}"


def period_of(year: int, cutoff: tuple[int, int] | None) -> Period:
    """The calendar year, up to the pack's cut-off (month, day)."""
    month, day = cutoff or (12, 31)
    return Period(date(year, 1, 1), date(year, month, day))


@dataclass(frozen=True, slots=True)
class Line:
    """One item on a sheet and how the method treats it."""

    item: Item
    amount: Yuan
    counted: bool

    @property
    def treated(self) -> str:
        if not self.counted:
            return "不计入"
        return "扣减" if self.item.cost else "计入"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A household's income of a period by one method. Compare with `reaches`; `per_head` is for printing."""

    method: Method
    period: Period
    heads: int
    lines: tuple[Line, ...]

    @property
    def total(self) -> Yuan:
        return Yuan(sum(_signed(line).fen for line in self.lines))

    @property
    def excluded(self) -> Yuan:
        return Yuan(sum(line.amount.fen for line in self.lines if not line.counted))

    @property
    def per_head(self) -> Yuan:
        return self.total.per(self.heads)

    def of(self, kind: Class) -> Yuan:
        """The net sum of one class."""
        return Yuan(sum(_signed(line).fen for line in self.lines if line.item.kind == kind))

    def reaches(self, line: Yuan) -> bool:
        """Income per head ≥ line, compared unrounded (R1.3-04)."""
        return self.total.fen >= line.fen * self.heads

    def below(self, line: Yuan) -> bool:
        """Income per head < line, strictly, compared unrounded (R1.2-01)."""
        return self.total.fen < line.fen * self.heads


def compute(method: Method, items: Mapping[str, Yuan], heads: int, period: Period) -> Sheet:
    """Account the items by the method. Raises ValueError for an unknown item or a household of nobody."""
    if heads < 1:
        raise ValueError("a household of nobody has no income per head")
    if strange := set(items) - set(ITEMS):
        raise ValueError(f"unknown income items {sorted(strange)}")
    lines = tuple(
        Line(item, items.get(key, ZERO), key not in method.leaves_out) for key, item in ITEMS.items() if key in items
    )
    return Sheet(method, period, heads, lines)


def declared(row: IncomeRow) -> dict[str, Yuan]:
    """The items of a workbook row: the transfers it states include the two sums named "of which"."""
    regular = row.transfers - row.of_which_assistance - row.of_which_one_off
    return {
        "wages": row.wages, "business": row.business, "business_costs": row.business_costs, "property": row.property,
        "transfers_regular": regular, "assistance": row.of_which_assistance, "one_off_relief": row.of_which_one_off,
    }  # fmt: skip


def of_declared(items: Mapping[str, Yuan]) -> dict[str, Yuan]:
    """The workbook's income columns again, from items: the opposite of `declared`."""
    known = {key: items.get(key, ZERO) for key in ITEMS}
    transfers = known["transfers_regular"] + known["assistance"] + known["one_off_relief"] + known["basic_pension"]
    return {
        "wages": known["wages"], "business": known["business"], "business_costs": known["business_costs"],
        "property": known["property"], "transfers": transfers, "of_which_assistance": known["assistance"],
        "of_which_one_off": known["one_off_relief"],
    }  # fmt: skip


def _signed(line: Line) -> Yuan:
    if not line.counted:
        return ZERO
    return -line.amount if line.item.cost else line.amount


def growth_line(base: Decimal, ratio: Decimal, growth: Decimal, years: int) -> Yuan:
    """The exit line that a base income, a share and a yearly growth give, in whole yuan (basis preset_growth)."""
    return Yuan.of(int(base * ratio * (1 + growth) ** years + Decimal("0.5")))
