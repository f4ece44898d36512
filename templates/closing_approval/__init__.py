"""D-69: a finding is closed on what was seen on site."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from templates.form import Opinion
from templates.paper import NO_DAY, Paper, blank, blanks


@blanks
class ClosingApproval(Paper):
    """整改销号审批表"""

    code: ClassVar[str] = "D-69"
    folder: ClassVar[str] = "closing_approval"
    hand_signed: ClassVar[bool] = True

    matter: str = blank("督查事项", record="督查件")
    subject: str = blank("被督查单位或个人", record="督查件")
    opened_on: date = blank("立项日期", record="督查件")
    finding: str = blank("存在问题", record="督查件")
    measure: str = blank("采取措施")  # 限期整改, 约谈, 移送
    done: str = blank("整改情况", default="", shown="　")
    checked_on: date | None = blank("核查日期", default=None, shown=NO_DAY)
    checkers: str = blank("核查人员", default="", shown="　")
    result: str = blank("核查情况", default="", shown="　")
    opinions: tuple[Opinion, ...] = blank("审批意见")
