"""D-07: minutes of a democratic review, with its attendance and vote sheets."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from templates.paper import NO_DAY, Paper, blank, blanks


@blanks
class ReviewCase:
    """One household before the meeting."""

    serial: int = blank("序号")
    head: str = blank("户主姓名", record="户登记信息")
    size: int = blank("家庭人口", record="户登记信息")
    situation: str = blank("调查情况", default="")
    speeches: str = blank("发言摘要", default="")
    agree: int | None = blank("同意票", default=None)
    oppose: int | None = blank("反对票", default=None)
    abstain: int | None = blank("弃权票", default=None)
    conclusion: str = blank("评议结论", default="")


@blanks
class Attendee:
    """One person at the meeting; the signature is by hand."""

    serial: int = blank("序号")
    name: str = blank("姓名")
    capacity: str = blank("身份", default="")


@blanks
class ReviewMinutes(Paper):
    """民主评议会议记录"""

    code: ClassVar[str] = "D-07"
    folder: ClassVar[str] = "review_minutes"
    hand_signed: ClassVar[bool] = True

    subject: str = blank("评议事项")  # 2017年度拟退出贫困户
    held_on: date | None = blank("会议日期", default=None, shown=NO_DAY)
    place: str = blank("会议地点", default="")
    chair: str = blank("主持人", default="")
    recorder: str = blank("记录人", default="")
    due: int | None = blank("应到人数", default=None, shown="　　")
    present: int | None = blank("实到人数", default=None, shown="　　")
    observers: int | None = blank("列席人数", default=None, shown="　　")
    quorum_rule: str = blank("到会和表决规则", record="政策参数")
    quorum_met: str = blank("是否符合到会规则", default="", shown="□符合　□不符合")
    withdrew: str = blank("回避人员", default="")
    tellers: str = blank("监票人、计票人", default="")
    cases: tuple[ReviewCase, ...] = blank("评议对象")
    attendees: tuple[Attendee, ...] = blank("到会人员", default=())
