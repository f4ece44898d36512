"""D-30 年度减贫计划（通知）: the year's target and how it is split; a figure never stands in for the standard."""

from __future__ import annotations

from typing import ClassVar

from templates.document import Addressed
from templates.paper import blank, blanks


@blanks
class Target:
    """One street's share."""

    serial: int = blank("序号", record="政策参数")
    street: str = blank("街道", record="单位信息")
    households: int = blank("户数", record="政策参数")
    people: int = blank("人数", record="政策参数")


@blanks
class ReductionPlan(Addressed):
    """年度减贫计划通知"""

    code: ClassVar[str] = "D-30"
    folder: ClassVar[str] = "reduction_plan"
    kind: ClassVar[str] = "通知"

    year: int = blank("年度", record="政策参数")
    rows: tuple[Target, ...] = blank("分解表", record="政策参数")
