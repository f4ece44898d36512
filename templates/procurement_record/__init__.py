"""D-53 采购（招标）记录单: how it was bought, from whom, why."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from rules.money import Yuan
from templates.paper import NO_DAY, Paper, blank, blanks


@blanks
class Bidder:
    """One line of the bidders."""

    name: str = blank("供应商", record="采购")
    offer: Yuan = blank("报价（元）", record="采购")
    remark: str = blank("资格和响应情况", record="采购")


@blanks
class ProcurementRecord(Paper):
    """采购（招标）记录单"""

    code: ClassVar[str] = "D-53"
    folder: ClassVar[str] = "procurement_record"
    hand_signed: ClassVar[bool] = True

    project: str = blank("项目名称", record="项目")
    way: str = blank("采购方式", record="采购")
    opened_on: date | None = blank("开标或询价日期", default=None, record="采购", shown=NO_DAY)
    place: str = blank("地点", record="采购")
    winner: str = blank("成交供应商", record="采购")
    price: Yuan = blank("成交金额（元）", record="采购")
    reason: str = blank("确定理由", record="采购")
    bidders: tuple[Bidder, ...] = blank("报价情况")
