"""D-40: a letter to the household: you have exited, this continues, and here is whom to call."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from templates.paper import Dated, blank, blanks


@blanks
class Continuing:
    """One benefit that continues."""

    name: str = blank("政策名称", record="帮扶措施")
    until: str = blank("继续享受期限", record="帮扶措施")


@blanks
class ExitLetter(Dated):
    """退出告知书"""

    code: ClassVar[str] = "D-40"
    folder: ClassVar[str] = "exit_letter"

    leaving: str = blank("退出称谓", default="退出", record="政策参数")  # the pack's word: 退出, 脱贫, 风险消除
    head: str = blank("户主姓名", record="户登记信息")
    year: int = blank("年度")
    label: str = blank("对象名称", record="政策参数")
    announced_on: date = blank("公告日期")
    announcement: str = blank("公告标题和文号")
    continues: str = blank("退出后的帮扶政策", record="政策参数")
    benefits: tuple[Continuing, ...] = blank("继续享受的政策", default=())
    helper: str = blank("帮扶责任人", record="结对信息")
    helper_unit: str = blank("帮扶单位", record="结对信息")
    helper_phone: str = blank("帮扶责任人电话", default="", record="结对信息")
    phone: str = blank("联系电话", record="单位信息")
    complaint_line: str = blank("监督电话", record="政策参数")
