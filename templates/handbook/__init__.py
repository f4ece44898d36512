"""D-16 扶贫手册: the household's life-long record: family, cause, helpers, plan, measures, results."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from templates.form import HouseholdForm, Member
from templates.paper import NO_DAY, blank, blanks


@blanks
class HandbookHelper:
    """One line of the helpers."""

    name: str = blank("姓名", record="结对安排")
    unit: str = blank("单位", record="结对安排")
    since: date = blank("起始日期", record="结对安排")
    until: date | None = blank("终止日期", default=None, record="结对安排", shown=NO_DAY)


@blanks
class HandbookMeasure:
    """One line of the measures."""

    year: int = blank("年度", record="帮扶计划")
    content: str = blank("帮扶计划和措施", record="帮扶计划")
    unit: str = blank("责任单位", record="帮扶计划")
    result: str = blank("帮扶成效", default="", record="帮扶措施")


@blanks
class Handbook(HouseholdForm):
    """扶贫手册"""

    code: ClassVar[str] = "D-16"
    folder: ClassVar[str] = "handbook"

    label: str = blank("对象名称", record="政策参数")
    main_cause: str = blank("主要原因", record="户登记信息")
    identified_on: date | None = blank("认定日期", default=None, record="户路径", shown=NO_DAY)
    members: tuple[Member, ...] = blank("成员")
    helpers: tuple[HandbookHelper, ...] = blank("帮扶责任人")
    measures: tuple[HandbookMeasure, ...] = blank("帮扶措施")
