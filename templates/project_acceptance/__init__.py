"""D-56A 项目验收表: whether what was built is what was approved."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from rules.money import Yuan
from templates.paper import NO_DAY, Paper, blank, blanks


@blanks
class AcceptedItem:
    """One line of the rows."""

    serial: int = blank("序号", record="项目")
    item: str = blank("验收内容", record="项目")
    planned: str = blank("批复数量", record="项目")
    done: str = blank("完成数量", record="项目")
    quality: str = blank("质量", record="项目")


@blanks
class ProjectAcceptance(Paper):
    """项目验收表"""

    code: ClassVar[str] = "D-56A"
    folder: ClassVar[str] = "project_acceptance"
    hand_signed: ClassVar[bool] = True

    project: str = blank("项目名称", record="项目")
    owner: str = blank("实施单位", record="项目")
    approval: str = blank("立项批复", record="项目")
    accepted_on: date | None = blank("验收日期", default=None, record="项目", shown=NO_DAY)
    invested: Yuan = blank("实际投资（元）", record="项目")
    benefit: str = blank("受益情况", record="项目")
    conclusion: str = blank("验收结论", default="", record="项目")
    rows: tuple[AcceptedItem, ...] = blank("验收内容")
