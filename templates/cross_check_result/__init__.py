"""D-06 信息核对结果反馈表: what a department found about the households that it was asked about."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from templates.paper import NO_DAY, Paper, blank, blanks


@blanks
class Checked:
    """One line of the rows."""

    serial: int = blank("序号", record="信息核对")
    head: str = blank("户主姓名", record="户登记信息")
    community: str = blank("所在社区", record="户登记信息")
    item: str = blank("核对项目", record="信息核对")
    found: str = blank("核对结果", default="", record="信息核对")


@blanks
class CrossCheckResult(Paper):
    """信息核对结果反馈表"""

    code: ClassVar[str] = "D-06"
    folder: ClassVar[str] = "cross_check_result"
    hand_signed: ClassVar[bool] = True

    department: str = blank("核对部门", default="", record="信息核对")
    batch: str = blank("核对批次")
    cut_off: date | None = blank("数据截至日期", default=None, record="信息核对", shown=NO_DAY)
    rows: tuple[Checked, ...] = blank("核对结果")
