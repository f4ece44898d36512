"""D-19: the three-party agreement of one household, its helper's unit and its community."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from templates.agreement import Agreement
from templates.paper import blank, blanks


@blanks
class AgreedMeasure:
    """One help that the agreement names."""

    serial: int = blank("序号", record="帮扶措施")
    programme: str = blank("帮扶类别", record="帮扶措施")
    content: str = blank("帮扶内容", record="帮扶措施")
    owner: str = blank("责任单位", record="帮扶措施")
    term: str = blank("起止时间", record="帮扶措施")


@blanks
class HelpAgreement(Agreement):
    """三方帮扶协议书"""

    code: ClassVar[str] = "D-19"
    folder: ClassVar[str] = "help_agreement"

    helper: str = blank("帮扶责任人", record="结对信息")
    helper_phone: str = blank("帮扶责任人电话", default="", record="结对信息")
    community: str = blank("社区居民委员会", record="单位信息")
    household_no: str = blank("户编号", record="户登记信息")
    area: str = blank("所在街道、社区", record="户登记信息")
    size: int = blank("家庭人口", record="户登记信息")
    able: int = blank("劳动力人数", record="户登记信息")
    attribute: str = blank("户属性", default="", record="户登记信息", shown="—")
    cause: str = blank("主要原因", default="", record="户登记信息", shown="—")
    planned_year: str = blank("计划年度", default="", record="户登记信息", shown="—")
    measures: tuple[AgreedMeasure, ...] = blank("帮扶内容", default=(), record="帮扶措施")
    starts_on: date = blank("起始日期", record="责任书")
    ends_on: date = blank("截止日期", record="责任书")
    after: str = blank("巩固期", record="政策参数")
    complaint_line: str = blank("监督电话", record="政策参数", contact=True)
