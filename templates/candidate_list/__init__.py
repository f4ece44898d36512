"""D-31 拟退出户名单: the community's list of households that may exit."""

from __future__ import annotations

from typing import ClassVar

from rules.money import Yuan
from templates.paper import Paper, blank, blanks


@blanks
class Candidate:
    """One line of the rows."""

    serial: int = blank("序号")
    head: str = blank("户主姓名", record="户登记信息")
    group: str = blank("居民小组（社区）", record="户登记信息")
    size: int = blank("家庭人口", record="户登记信息")
    per_head: Yuan | None = blank("预计人均可支配收入（元）", default=None, record="收入核算表", shown="待核算")
    reason: str = blank("列入理由")


@blanks
class CandidateList(Paper):
    """拟退出户名单"""

    code: ClassVar[str] = "D-31"
    folder: ClassVar[str] = "candidate_list"
    hand_signed: ClassVar[bool] = True

    year: int = blank("年度")
    label: str = blank("对象名称", record="政策参数")
    leaving: str = blank("退出名称", record="政策参数")
    rows: tuple[Candidate, ...] = blank("名单")
