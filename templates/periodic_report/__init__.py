"""D-71 工作进展月（季）报表: indicators of a month or quarter, street by street."""

from __future__ import annotations

from typing import ClassVar

from templates.paper import Paper, blank, blanks


@blanks
class Progress:
    """One line of the rows."""

    serial: int = blank("序号", record="报表")
    item: str = blank("指标", record="报表")
    goal: str = blank("年度目标", record="报表")
    now: str = blank("本期完成", record="报表")
    sum: str = blank("累计完成", record="报表")
    share: str = blank("完成比例", record="报表")


@blanks
class PeriodicReport(Paper):
    """工作进展月（季）报表"""

    code: ClassVar[str] = "D-71"
    folder: ClassVar[str] = "periodic_report"
    hand_signed: ClassVar[bool] = True

    period: str = blank("报告期", record="报表")
    maker: str = blank("填表人", record="报表")
    checker: str = blank("审核人", record="报表")
    rows: tuple[Progress, ...] = blank("指标")
