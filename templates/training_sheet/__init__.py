"""D-7A1 培训签到表: who came to a training."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from templates.paper import NO_DAY, Paper, blank, blanks


@blanks
class Trainee:
    """One line of the rows."""

    serial: int = blank("序号", record="培训")
    name: str = blank("姓名", record="培训")
    unit: str = blank("单位", record="培训")
    post: str = blank("职务", record="培训")
    sign: str = blank("签名", default="", record="培训")


@blanks
class TrainingSheet(Paper):
    """培训签到表"""

    code: ClassVar[str] = "D-7A1"
    folder: ClassVar[str] = "training_sheet"
    hand_signed: ClassVar[bool] = True

    course: str = blank("培训名称", record="培训")
    held_on: date | None = blank("培训日期", default=None, record="培训", shown=NO_DAY)
    place: str = blank("培训地点", record="培训")
    teacher: str = blank("授课人", record="培训")
    hours: int = blank("学时", record="培训")
    rows: tuple[Trainee, ...] = blank("参训人员")
