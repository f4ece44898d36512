"""D-74B 群众满意度调查汇总表: the answers counted."""

from __future__ import annotations

from typing import ClassVar

from templates.paper import Paper, blank, blanks


@blanks
class Answered:
    """One line of the rows."""

    serial: int = blank("序号", record="考核")
    text: str = blank("问题", record="考核")
    yes: int = blank("满意", record="考核")
    fair: int = blank("基本满意", record="考核")
    no: int = blank("不满意", record="考核")
    unknown: int = blank("不清楚", record="考核")


@blanks
class SatisfactionSummary(Paper):
    """群众满意度调查汇总表"""

    code: ClassVar[str] = "D-74B"
    folder: ClassVar[str] = "satisfaction_summary"
    hand_signed: ClassVar[bool] = True

    year: int = blank("调查年度", record="考核")
    asked: int = blank("调查人数", record="考核")
    valid: int = blank("有效问卷", record="考核")
    rate: str = blank("总体满意率", record="考核")
    rows: tuple[Answered, ...] = blank("汇总")
