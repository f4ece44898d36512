"""D-66: what was said in the interview, signed by both sides."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from templates.paper import NO_DAY, Paper, blank, blanks


@blanks
class InterviewRecord(Paper):
    """约谈记录"""

    code: ClassVar[str] = "D-66"
    folder: ClassVar[str] = "interview_record"
    hand_signed: ClassVar[bool] = True

    matter: str = blank("督查件", record="督查件")
    who: str = blank("被约谈人")
    by_whom: str = blank("约谈人")
    place: str = blank("约谈地点")
    on: date = blank("约谈日期")
    held_on: date | None = blank("实际约谈日期", default=None, shown=NO_DAY)
    recorder: str = blank("记录人", default="", shown="　　　　")
    reason: str = blank("事由与事实")
    statement: str = blank("被约谈人说明", default="")
    demands: str = blank("要求与期限", default="")
