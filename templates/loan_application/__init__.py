"""D-59A 扶贫小额信贷申请表: amount, term and purpose, and who looked at it."""

from __future__ import annotations

from typing import ClassVar

from rules.money import Yuan
from templates.form import HouseholdForm, Opinion
from templates.paper import blank, blanks


@blanks
class LoanApplication(HouseholdForm):
    """扶贫小额信贷申请表"""

    code: ClassVar[str] = "D-59A"
    folder: ClassVar[str] = "loan_application"

    label: str = blank("对象名称", record="政策参数")
    amount: Yuan = blank("申请金额（元）", record="贷款")
    term: str = blank("贷款期限", record="贷款")
    purpose: str = blank("贷款用途", record="贷款")
    bank: str = blank("承贷银行", record="贷款")
    plan: str = blank("生产经营和还款计划", record="贷款")
    opinions: tuple[Opinion, ...] = blank("各级意见", default=())
