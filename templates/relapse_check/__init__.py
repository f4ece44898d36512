"""D-42 返贫风险预警核查表: what set the alert off, what the visit found, what is advised."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from templates.form import HouseholdForm
from templates.paper import NO_DAY, blank, blanks


@blanks
class RelapseCheck(HouseholdForm):
    """返贫风险预警核查表"""

    code: ClassVar[str] = "D-42"
    folder: ClassVar[str] = "relapse_check"

    label: str = blank("对象名称", record="政策参数")
    exited_on: date = blank("原公告日期", record="户路径")
    trigger: str = blank("预警情形", record="预警")
    alerted_on: date = blank("预警日期", record="预警")
    checked_on: date | None = blank("核查日期", default=None, record="预警", shown=NO_DAY)
    finding: str = blank("核查情况", default="", record="预警")
    advice: str = blank("处理建议", default="", record="预警")
