"""D-79 扶贫日活动方案、总结: what is planned for the day, and what came of it."""

from __future__ import annotations

from typing import ClassVar

from templates.document import Section
from templates.paper import Dated, blank, blanks


@blanks
class PovertyDay(Dated):
    """扶贫日活动文稿"""

    folder: ClassVar[str] = "poverty_day"

    subject: str = blank("标题", record="文稿")
    sections: tuple[Section, ...] = blank("正文", record="文稿")


@blanks
class PovertyDayPlan(PovertyDay):
    """扶贫日活动方案"""

    code: ClassVar[str] = "D-79A"


@blanks
class PovertyDaySummary(PovertyDay):
    """扶贫日活动总结"""

    code: ClassVar[str] = "D-79B"
