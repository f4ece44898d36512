"""D-55B 补助资金发放公示表: the same for the board: no numbers of persons, cards or telephones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from rules.money import Yuan
from templates.paper import Dated, blank, blanks


@blanks
class PaidHousehold:
    """One line of the rows."""

    serial: int = blank("序号", record="资金")
    place: str = blank("所在社区", record="户登记信息")
    head: str = blank("户主姓名", record="户登记信息")
    amount: Yuan = blank("金额（元）", record="资金")


@blanks
class PaymentList(Dated):
    """补助资金发放公示表"""

    code: ClassVar[str] = "D-55B"
    folder: ClassVar[str] = "payment_list"
    public: ClassVar[bool] = True
    sums: ClassVar[Mapping[str, str]] = {"total": "amount"}

    item: str = blank("补助项目", record="资金")
    period: str = blank("发放期间", record="资金")
    starts_on: date = blank("公示开始日", record="资金")
    ends_on: date = blank("公示截止日", record="资金")
    total: Yuan = blank("合计金额（元）", record="资金")
    phone: str = blank("受理电话", record="单位信息", contact=True)
    complaint_line: str = blank("监督电话", record="政策参数", contact=True)
    rows: tuple[PaidHousehold, ...] = blank("名单")
