"""D-73B 年度考核评分表: an office's points, item by item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from templates.paper import Paper, blank, blanks


@blanks
class Scored:
    """One line of the rows."""

    serial: int = blank("序号", record="考核")
    item: str = blank("考核内容", record="政策参数")
    full: str = blank("分值", record="政策参数")
    points: str = blank("得分", record="考核")
    why: str = blank("扣分原因", default="", record="考核")


@blanks
class ScoreSheet(Paper):
    """年度考核评分表"""

    code: ClassVar[str] = "D-73B"
    folder: ClassVar[str] = "score_sheet"
    hand_signed: ClassVar[bool] = True
    sums: ClassVar[Mapping[str, str]] = {"total": "points"}

    year: int = blank("考核年度", record="考核")
    assessed: str = blank("被考核单位", record="考核")
    total: str = blank("总分", record="考核")
    grade: str = blank("考核等次", default="", record="考核")
    rows: tuple[Scored, ...] = blank("评分")
