"""D-01 认定申请书: the household asks to be registered, tells its income and promises that it is true."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from templates.form import HouseholdForm, Member
from templates.paper import NO_DAY, blank, blanks


@blanks
class HouseholdApplication(HouseholdForm):
    """认定申请书"""

    code: ClassVar[str] = "D-01"
    folder: ClassVar[str] = "household_application"

    label: str = blank("对象名称", record="政策参数")
    applied_on: date | None = blank("申请日期", default=None, shown=NO_DAY)
    income_told: str = blank("家庭收入自述", default="", record="申请材料")
    reasons: str = blank("主要困难和原因", default="", record="申请材料")
    wishes: str = blank("申请事项", default="", record="申请材料")
    members: tuple[Member, ...] = blank("成员")
