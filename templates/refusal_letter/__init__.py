"""D-14: a refusal with its facts, its rule, and where to turn."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from rules.wording import sentence
from templates.paper import Dated, blank, blanks


@blanks
class RefusalLetter(Dated):
    """不予认定告知书"""

    code: ClassVar[str] = "D-14"
    folder: ClassVar[str] = "refusal_letter"

    head: str = blank("户主姓名", record="户登记信息")
    matter: str = blank("申请事项")
    label: str = blank("对象名称", record="政策参数")
    applied_on: date = blank("申请日期")
    facts: str = blank("查明的事实", says=sentence)
    basis: str = blank("依据", record="政策参数")
    decided_by: str = blank("决定机关", record="单位信息")
    review_within: str = blank("申请复核期限", record="政策参数")  # str(Limit)
    review_office: str = blank("受理复核单位", record="单位信息")
    phone: str = blank("联系电话", record="单位信息")
    complaint_line: str = blank("监督电话", record="政策参数")
