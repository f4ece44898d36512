"""D-64: what was done about each problem; a report asks for nothing."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from templates.paper import Dated, blank, blanks
from templates.supervision_circular import Problem


@blanks
class RectificationReport(Dated):
    """整改报告"""

    code: ClassVar[str] = "D-64"
    folder: ClassVar[str] = "rectification_report"
    hand_signed: ClassVar[bool] = True

    to: str = blank("主送机关", record="单位信息")
    matter: str = blank("整改事项", record="督查件")
    order_number: str = blank("整改通知书字号", default="", shown="字号　　　　　")
    ordered_on: date = blank("整改通知日期")
    problems: tuple[Problem, ...] = blank("存在问题")
