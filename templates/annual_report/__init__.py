"""D-72 年度工作报告: upward; what was aimed at, done, spent, found wanting and planned."""

from __future__ import annotations

from typing import ClassVar

from templates.document import AnnexName, Upward
from templates.paper import blank, blanks


@blanks
class AnnualReport(Upward):
    """年度工作报告"""

    code: ClassVar[str] = "D-72"
    folder: ClassVar[str] = "annual_report"
    kind: ClassVar[str] = "报告"
    outline: ClassVar[tuple[str, ...]] = ("基本情况", "主要做法", "资金", "考核督查", "存在问题", "安排")

    annexes: tuple[AnnexName, ...] = blank("附件", default=(), record="文稿")
