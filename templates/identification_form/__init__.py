"""D-13: one page with what is known of an applicant and every level's opinion."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from templates.form import IncomeResult, Member, Opinion
from templates.paper import blank, blanks


@blanks
class IdentificationForm(IncomeResult):
    """认定审批表"""

    code: ClassVar[str] = "D-13"
    folder: ClassVar[str] = "identification_form"

    label: str = blank("对象名称", record="政策参数")
    applied_on: date = blank("申请日期")
    attribute: str = blank("户属性", record="户登记信息")
    main_cause: str = blank("主要原因", record="户登记信息")
    members: tuple[Member, ...] = blank("家庭成员", record="户登记信息")
    review: str = blank("民主评议结果", default="")
    publicity: str = blank("公示情况", default="")
    opinions: tuple[Opinion, ...] = blank("审批意见")
