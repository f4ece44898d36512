"""What the published papers share: a period and the ways to object, or the ways to ask for a review; and their list."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from rules.privacy import PublicRow
from rules.wording import phrase
from templates.paper import Dated, Official, blank, blanks


@blanks
class Publicity(Dated):
    """公示"""

    public: ClassVar[bool] = True

    year: int = blank("年度")
    label: str = blank("对象名称", record="政策参数")  # 贫困户, 监测对象 … as the pack says
    area: str = blank("公示范围", record="单位信息")  # the community or street whose list this is
    basis: str = blank("依据", record="政策参数")
    after: str = blank("已经程序", record="政策参数")  # 入户核查、民主评议、社区核实
    starts_on: date = blank("公示开始日")
    ends_on: date = blank("公示截止日")
    period: str = blank("公示天数", record="政策参数")  # str(Limit): 7日, 5个工作日
    place: str = blank("受理地点", record="单位信息")
    phone: str = blank("受理电话", record="单位信息", contact=True)
    complaint_line: str = blank("监督电话", record="政策参数", contact=True)
    email: str = blank("电子邮箱", default="", record="单位信息")
    rows: tuple[PublicRow, ...] = blank("名单")


@blanks
class Announcement(Official):
    """公告"""

    public: ClassVar[bool] = True

    year: int = blank("年度")
    label: str = blank("对象名称", record="政策参数")
    area: str = blank("公告范围", record="单位信息")
    basis: str = blank("依据", record="政策参数")
    after: str = blank("已经程序", record="政策参数")
    outcome: str = blank("公示结果", default="公示期满无异议")  # 公示期满无异议, 公示期间收到的异议均已按规定办结
    decided_by: str = blank("审定机关", record="单位信息")
    review_until: date = blank("申请复核截止日")
    review_office: str = blank("受理复核单位", record="单位信息")
    phone: str = blank("联系电话", record="单位信息", contact=True)
    complaint_line: str = blank("监督电话", record="政策参数", contact=True)
    copies: str = blank("抄送机关", default="", record="单位信息", says=phrase)
    rows: tuple[PublicRow, ...] = blank("名单")
