"""D-59B 小额信贷贴息审批表: the interest that the district pays."""

from __future__ import annotations

from typing import ClassVar

from rules.money import Yuan
from templates.form import HouseholdForm, Opinion
from templates.paper import blank, blanks


@blanks
class InterestForm(HouseholdForm):
    """小额信贷贴息审批表"""

    code: ClassVar[str] = "D-59B"
    folder: ClassVar[str] = "interest_form"

    bank: str = blank("承贷银行", record="贷款")
    contract: str = blank("借款合同", record="贷款")
    amount: Yuan = blank("贷款本金（元）", record="贷款")
    rate: str = blank("执行年利率", record="贷款")
    period: str = blank("贴息期间", record="贷款")
    interest: Yuan = blank("实付利息（元）", record="贷款")
    subsidy: Yuan = blank("申请贴息（元）", record="贷款")
    opinions: tuple[Opinion, ...] = blank("各级意见", default=())
