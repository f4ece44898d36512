"""What forms about one household share: whose it is, its people, and the opinions that go up the chain."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from rules.money import Yuan
from rules.wording import in_lines
from templates.paper import NO_DAY, Paper, blank, blanks


@blanks
class HouseholdForm(Paper):
    """户表"""

    hand_signed: ClassVar[bool] = True

    head: str = blank("户主姓名", record="户登记信息")
    household_no: str = blank("户编号", default="", record="户登记信息", shown="（待编）")
    area: str = blank("所在街道、社区", record="户登记信息")
    size: int = blank("家庭人口", record="户登记信息")


@blanks
class Member:
    """One member of the household."""

    name: str = blank("姓名", record="户登记信息")
    sex: str = blank("性别", default="", record="户登记信息")
    relation: str = blank("与户主关系", record="户登记信息")
    id_no: str = blank("证件号码", default="", record="户登记信息")
    health: str = blank("健康状况", default="", record="户登记信息")
    labour: str = blank("劳动能力", default="", record="户登记信息")


@blanks
class Opinion:
    """What one level says, in its own box; an empty one is written and signed by hand."""

    level: str = blank("意见栏", says=in_lines)  # 社区意见, 街道审核意见 …
    text: str = blank("意见", default="", shown="　")
    by: str = blank("签名", default="", shown="　　　　　　　")
    on: date | None = blank("日期", default=None, shown=NO_DAY)


@blanks
class IncomeResult(HouseholdForm):
    """收入核算结果"""

    year: int = blank("年度")
    period: str = blank("核算期间", record="收入核算表")  # 2017年1月1日至2017年10月31日
    method: str = blank("核算口径", record="收入核算表")  # the method's name, as the pack prints it
    total: Yuan = blank("家庭可支配收入", record="收入核算表")
    per_head: Yuan = blank("人均可支配收入", record="收入核算表")
    line: Yuan | None = blank("收入标准", default=None, record="政策参数")
    line_basis: str = blank("标准依据", default="", record="政策参数")
    safety_net: str = blank("兜底保障情况", default="", record="户登记信息")  # without labour: 已纳入最低生活保障
