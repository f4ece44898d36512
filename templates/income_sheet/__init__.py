"""D-05 and D-32: how a household's income was worked out, item by item, for entry and for exit."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from rules.money import Yuan
from templates.form import IncomeResult
from templates.paper import NO_DAY, blank, blanks


@blanks
class IncomeItem:
    """One item of income or cost, and whether the method counts it."""

    kind: str = blank("收入类别", record="收入核算表")  # 工资性收入, 经营净收入, 财产净收入, 转移净收入
    name: str = blank("项目", record="收入核算表")
    amount: Yuan = blank("金额", record="收入核算表")
    treated: str = blank("处理", record="收入核算表")  # 计入, 扣减, 不计入
    source: str = blank("来源及佐证", default="", record="收入核算表")


@blanks
class IncomeSheet(IncomeResult):
    """家庭收入核算表"""

    code: ClassVar[str] = "D-05"
    folder: ClassVar[str] = "income_sheet"

    cut_off: date | None = blank("数据截止日", default=None, record="收入核算表", shown=NO_DAY)
    items: tuple[IncomeItem, ...] = blank("收支项目", record="收入核算表")
    wages: Yuan = blank("工资性收入小计", record="收入核算表")
    business: Yuan = blank("经营净收入小计", record="收入核算表")
    property: Yuan = blank("财产净收入小计", record="收入核算表")
    transfers: Yuan = blank("转移净收入小计", record="收入核算表")
    excluded: Yuan = blank("不计入金额合计", record="收入核算表")
    result: str = blank("比较结果", record="收入核算表")  # 高于（低于）标准…元
    maker: str = blank("核算人", default="", shown="　　　　　")


@blanks
class ExitIncomeSheet(IncomeSheet):
    """家庭收入核算表"""

    code: ClassVar[str] = "D-32"
