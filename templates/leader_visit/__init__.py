"""D-78 党政主要领导走访记录: whom a leader visited, what was asked and promised."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from templates.paper import NO_DAY, Paper, blank, blanks


@blanks
class LeaderVisit(Paper):
    """党政主要领导走访记录"""

    code: ClassVar[str] = "D-78"
    folder: ClassVar[str] = "leader_visit"
    hand_signed: ClassVar[bool] = True

    leader: str = blank("走访领导", record="走访")
    visited_on: date | None = blank("走访日期", default=None, record="走访", shown=NO_DAY)
    place: str = blank("走访地点", record="走访")
    households: str = blank("走访户", record="走访")
    company: str = blank("陪同人员", record="走访")
    findings: str = blank("了解的情况", default="", record="走访")
    requests: str = blank("群众诉求", default="", record="走访")
    handling: str = blank("交办事项和办理期限", default="", record="走访")
