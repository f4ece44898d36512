"""D-59C 贷款到期提醒函: a loan falls due: to whom, how much, when."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from rules.money import Yuan
from templates.paper import Dated, blank, blanks


@blanks
class LoanReminder(Dated):
    """贷款到期提醒函"""

    code: ClassVar[str] = "D-59C"
    folder: ClassVar[str] = "loan_reminder"

    head: str = blank("户主姓名", record="户登记信息")
    bank: str = blank("承贷银行", record="贷款")
    contract: str = blank("借款合同", record="贷款")
    amount: Yuan = blank("贷款本金（元）", record="贷款")
    due_on: date = blank("到期日", record="贷款")
    contact: str = blank("联系人", record="单位信息")
    phone: str = blank("联系电话", record="单位信息", contact=True)
