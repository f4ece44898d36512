"""D-65: who is summoned, why, where and when, and what to bring (R4.4-09)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from rules.wording import phrase
from templates.letter import Letter
from templates.paper import blank, blanks


@blanks
class InterviewSummons(Letter):
    """约谈通知书"""

    code: ClassVar[str] = "D-65"
    folder: ClassVar[str] = "interview_summons"

    to: str = blank("约谈对象（姓名、职务）")
    reason: str = blank("约谈事由", says=phrase)
    basis: str = blank("依据")
    on: date = blank("约谈日期")
    place: str = blank("约谈地点")
    by_whom: str = blank("约谈人")
    reply_by: date = blank("书面说明期限", record="政策参数")
