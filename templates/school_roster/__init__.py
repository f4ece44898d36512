"""D-5A 教育生活费补助申请名册: pupils of registered households, for the school and the bureau alone."""

from __future__ import annotations

from typing import ClassVar

from rules.money import Yuan
from templates.paper import Paper, blank, blanks


@blanks
class Pupil:
    """One line of the rows."""

    serial: int = blank("序号", record="教育补助")
    name: str = blank("学生姓名", record="户登记信息")
    head: str = blank("户主姓名", record="户登记信息")
    stage: str = blank("学段和班级", record="教育补助")
    standard: Yuan = blank("补助标准（元）", record="政策参数")
    amount: Yuan = blank("补助金额（元）", record="教育补助")


@blanks
class SchoolRoster(Paper):
    """教育生活费补助申请名册"""

    code: ClassVar[str] = "D-5A"
    folder: ClassVar[str] = "school_roster"
    hand_signed: ClassVar[bool] = True

    school: str = blank("学校", record="教育补助")
    term: str = blank("学期", record="教育补助")
    rows: tuple[Pupil, ...] = blank("学生")
