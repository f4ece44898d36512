"""D-44: the consolidation period is over, and the household stands."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from rules.wording import sentence
from templates.paper import Dated, blank, blanks


@blanks
class ConsolidationOpinion(Dated):
    """巩固期满意见"""

    code: ClassVar[str] = "D-44"
    folder: ClassVar[str] = "consolidation_opinion"

    leaving: str = blank("退出称谓", default="退出", record="政策参数")  # the pack's word: 退出, 脱贫, 风险消除
    to: str = blank("报送单位", record="单位信息")
    head: str = blank("户主姓名", record="户登记信息")
    household_no: str = blank("户编号", record="户登记信息")
    community: str = blank("所在社区", record="户登记信息")
    size: int = blank("家庭人口", record="户登记信息")
    label: str = blank("对象名称", record="政策参数")
    exited_on: date = blank("退出公告日期")
    consolidated_until: date = blank("巩固期满日", record="政策参数")
    revisits: int = blank("回访次数", record="回访记录")
    last_revisit_on: date = blank("末次回访日期", record="回访记录")
    finding: str = blank("期满核查情况", says=sentence)
    basis: str = blank("依据", record="政策参数")
