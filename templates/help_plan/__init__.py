"""D-18: one household's help plan, year by year, signed by the household."""

from __future__ import annotations

from typing import ClassVar

from rules.money import Yuan
from templates.form import HouseholdForm
from templates.paper import blank, blanks


@blanks
class PlannedMeasure:
    """One measure of the plan."""

    year: int = blank("年度", record="帮扶计划")
    programme: str = blank("帮扶类别", record="帮扶计划")
    content: str = blank("帮扶措施", record="帮扶计划")
    unit: str = blank("责任单位", record="帮扶计划")
    funds: Yuan | None = blank("资金", default=None, record="帮扶计划", shown="—")
    term: str = blank("起止时间", default="", record="帮扶计划")
    gain: Yuan | None = blank("预期增收", default=None, record="帮扶计划", shown="—")


@blanks
class HelpPlan(HouseholdForm):
    """帮扶计划"""

    code: ClassVar[str] = "D-18"
    folder: ClassVar[str] = "help_plan"

    label: str = blank("对象名称", record="政策参数")
    attribute: str = blank("户属性", record="户登记信息")
    main_cause: str = blank("主要原因", record="户登记信息")
    needs: str = blank("主要需求", default="", record="帮扶计划")
    target_year: int = blank("目标年度", record="帮扶计划")
    helper: str = blank("帮扶责任人", record="结对信息")
    helper_unit: str = blank("帮扶单位", record="结对信息")
    helper_phone: str = blank("帮扶责任人电话", default="", record="结对信息")
    measures: tuple[PlannedMeasure, ...] = blank("帮扶措施", record="帮扶计划")
