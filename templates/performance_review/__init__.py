"""D-56B 项目绩效评价表: what the money came to, indicator by indicator."""

from __future__ import annotations

from typing import ClassVar

from rules.money import Yuan
from templates.paper import Paper, blank, blanks


@blanks
class Indicator:
    """One line of the rows."""

    serial: int = blank("序号", record="评价")
    item: str = blank("评价指标", record="评价")
    goal: str = blank("目标值", record="评价")
    actual: str = blank("实际值", record="评价")
    points: str = blank("得分", record="评价")


@blanks
class PerformanceReview(Paper):
    """项目绩效评价表"""

    code: ClassVar[str] = "D-56B"
    folder: ClassVar[str] = "performance_review"
    hand_signed: ClassVar[bool] = True

    project: str = blank("项目名称", record="项目")
    year: int = blank("评价年度", record="项目")
    funds: Yuan = blank("资金总额（元）", record="资金")
    spent: Yuan = blank("实际支出（元）", record="资金")
    score: str = blank("综合得分", record="评价")
    grade: str = blank("评价等次", record="评价")
    problems: str = blank("存在问题和建议", default="", record="评价")
    rows: tuple[Indicator, ...] = blank("指标")
