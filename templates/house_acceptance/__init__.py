"""D-58C 农村危房改造验收表: whether the house is safe and finished."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from rules.money import Yuan
from templates.form import HouseholdForm
from templates.paper import NO_DAY, blank, blanks


@blanks
class HouseAcceptance(HouseholdForm):
    """农村危房改造验收表"""

    code: ClassVar[str] = "D-58C"
    folder: ClassVar[str] = "house_acceptance"

    grade: str = blank("原危房等级", record="住房鉴定")
    way: str = blank("改造方式")
    started_on: date | None = blank("开工日期", default=None, shown=NO_DAY)
    finished_on: date | None = blank("竣工日期", default=None, shown=NO_DAY)
    area_new: str = blank("改造后面积")
    subsidy: Yuan = blank("补助金额（元）", record="政策参数")
    safety: str = blank("主体结构和安全", default="", record="验收")
    conclusion: str = blank("验收结论", default="", record="验收")
