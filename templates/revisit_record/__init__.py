"""D-41: what a revisit found, and what was done about it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from templates.form import HouseholdForm
from templates.paper import NO_DAY, blank, blanks


@blanks
class RevisitRecord(HouseholdForm):
    """回访记录表"""

    code: ClassVar[str] = "D-41"
    folder: ClassVar[str] = "revisit_record"

    leaving: str = blank("退出称谓", default="退出", record="政策参数")  # the pack's word: 退出, 脱贫, 风险消除
    exited_on: date = blank("退出公告日期")
    occasion: str = blank("回访批次")  # 2018年第一季度
    due_on: date = blank("应回访日期")
    helper: str = blank("帮扶责任人", record="结对信息")
    helper_unit: str = blank("帮扶单位", record="结对信息")
    last_income: str = blank("上年度人均可支配收入", default="", record="收入核算表", shown="（未核算）")
    visited_on: date | None = blank("回访日期", default=None, shown=NO_DAY)
    living: str = blank("生产生活与收入变化", default="")
    policies: str = blank("政策享受是否中断", default="", shown="□未中断　□中断（政策名称和原因：＿＿＿＿＿＿）")
    problems: str = blank("问题与需求", default="")
    handling: str = blank("处理结果或转办情况", default="")
    risk: str = blank("返贫风险判断", default="", shown="□无风险　□有风险，建议开展返贫核查")
