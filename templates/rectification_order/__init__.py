"""D-63: an order to rectify, with the standard and the day (R4.4-08)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from rules.wording import phrase
from templates.letter import Letter
from templates.paper import blank, blanks
from templates.supervision_circular import Problem


@blanks
class RectificationOrder(Letter):
    """限期整改通知书"""

    code: ClassVar[str] = "D-63"
    folder: ClassVar[str] = "rectification_order"

    to: str = blank("被整改单位或个人", record="督查件")
    you: str = blank("称谓", record="督查件")  # 你单位, to a person 你
    means: str = blank("检查方式", says=phrase)
    problems: tuple[Problem, ...] = blank("存在问题")
    basis: str = blank("依据")
    standard: str = blank("整改标准", says=phrase)
    finish_by: date = blank("整改期限", record="政策参数")
    consequence: str = blank("逾期后果", record="政策参数", says=phrase)
