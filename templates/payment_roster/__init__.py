"""D-55A 补助资金发放花名册（银行用）: what each person is paid, with the accounts: for the bank alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rules.money import Yuan
from templates.paper import Paper, blank, blanks


@blanks
class PaidPerson:
    """One line of the rows."""

    serial: int = blank("序号", record="资金")
    name: str = blank("姓名", record="户登记信息")
    id_no: str = blank("证件号码", record="户登记信息")
    bank: str = blank("开户银行", record="资金")
    account: str = blank("账号", record="资金")
    amount: Yuan = blank("金额（元）", record="资金")
    sign: str = blank("领取人签名", default="", record="资金")


@blanks
class PaymentRoster(Paper):
    """补助资金发放花名册（银行用）"""

    code: ClassVar[str] = "D-55A"
    folder: ClassVar[str] = "payment_roster"
    hand_signed: ClassVar[bool] = True
    sums: ClassVar[Mapping[str, str]] = {"total": "amount"}

    item: str = blank("补助项目", record="资金")
    period: str = blank("发放期间", record="资金")
    total: Yuan = blank("合计金额（元）", record="资金")
    rows: tuple[PaidPerson, ...] = blank("花名册")
