"""D-60 催办函, D-61 督办函: what an office should have done by now, from the office one level above (R4.4-05)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from rules.titles import broken
from templates.paper import NO_NUMBER, Dated, Family, blank, blanks


@blanks
class Overdue:
    """One item that is overdue."""

    serial: int = blank("序号", record="期限")
    matter: str = blank("事项", record="期限")
    due: str = blank("应办结日期", record="期限")
    late: str = blank("逾期", record="期限")


@blanks
class OverdueLetter(Dated):
    """逾期事项函"""

    folder: ClassVar[str] = "urging_letter"
    family: ClassVar[Family] = "official"
    numbered: ClassVar[bool] = True

    number: str = blank("发文字号", default="", shown=NO_NUMBER)
    subject: str = blank("标题", record="期限", says=broken)  # 关于催办逾期事项的函
    to: str = blank("主送机关", record="单位信息")
    until: date = blank("统计截至日期", record="期限")
    rows: tuple[Overdue, ...] = blank("逾期事项", record="期限")
    within: str = blank("答复期限", record="政策包")  # 5个工作日
    demand: str = blank("要求", default="", record="期限")
    contact: str = blank("联系单位", record="单位信息")
    phone: str = blank("联系电话", record="单位信息", contact=True)


@blanks
class UrgingLetter(OverdueLetter):
    """催办函"""

    code: ClassVar[str] = "D-60"


@blanks
class OverseeingLetter(OverdueLetter):
    """督办函"""

    code: ClassVar[str] = "D-61"
