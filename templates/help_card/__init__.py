"""D-17: who helps this household with what. It hangs on the wall: no ID, bank or health data, no cause."""

from __future__ import annotations

from typing import ClassVar

from templates.paper import Dated, blank, blanks


@blanks
class Benefit:
    """One policy the household enjoys."""

    name: str = blank("政策名称", record="帮扶措施")
    content: str = blank("享受内容", record="帮扶措施")


@blanks
class PlanLine:
    """One line of the plan, and how far it is."""

    content: str = blank("计划内容", record="帮扶计划")
    done: str = blank("完成情况", default="", record="帮扶计划")


@blanks
class HelpCard(Dated):
    """帮扶明白卡"""

    code: ClassVar[str] = "D-17"
    folder: ClassVar[str] = "help_card"
    public: ClassVar[bool] = True

    year: int = blank("年度")
    head: str = blank("户主姓名", record="户登记信息")
    area: str = blank("所在街道、社区", record="户登记信息")
    size: int = blank("家庭人口", record="户登记信息")
    label: str = blank("对象名称", record="政策参数")
    helper: str = blank("帮扶责任人", record="结对信息")
    helper_unit: str = blank("帮扶单位", record="结对信息")
    helper_phone: str = blank("帮扶责任人电话", record="结对信息", contact=True)
    benefits: tuple[Benefit, ...] = blank("享受的政策", default=())
    plan: tuple[PlanLine, ...] = blank("帮扶计划", default=())
    phone: str = blank("街道（社区）电话", record="单位信息", contact=True)
    complaint_line: str = blank("监督电话", record="政策参数", contact=True)
