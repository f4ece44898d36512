"""D-76B 会议纪要: what a meeting of the leading group settled, who does it and by when; never sealed."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from rules.wording import phrase, sentence
from templates.paper import NO_DAY, Official, blank, blanks


@blanks
class Settled:
    """One matter the meeting settled."""

    serial: int = blank("序号")
    matter: str = blank("议定事项", record="会议记录")
    owner: str = blank("责任单位", record="会议记录")
    due_on: date | None = blank("完成时限", default=None, record="会议记录", shown="长期坚持")


@blanks
class MeetingMinutes(Official):
    """会议纪要"""

    code: ClassVar[str] = "D-76B"
    folder: ClassVar[str] = "meeting_minutes"
    kind: ClassVar[str] = "纪要"
    upward: ClassVar[bool] = False

    subject: str = blank("会议名称", record="会议记录")
    held_on: date | None = blank("会议日期", default=None, record="会议记录", shown=NO_DAY)
    place: str = blank("会议地点", record="会议记录")
    chair: str = blank("主持人", record="会议记录")
    summary: str = blank("会议概况", record="会议记录", says=sentence)
    settled: tuple[Settled, ...] = blank("议定事项", record="会议记录")
    attending: str = blank("出席", record="会议记录", says=phrase)
    excused: str = blank("请假", default="", record="会议记录", shown="无", says=phrase)
    observing: str = blank("列席", default="", record="会议记录", shown="无", says=phrase)
    copies: str = blank("抄送机关", default="", record="单位信息", says=phrase)
