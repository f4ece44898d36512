"""D-5D2 资产委托运营协议: what the operator pays and the community may ask."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from rules.money import Yuan
from templates.paper import Dated, blank, blanks


@blanks
class OperatorAgreement(Dated):
    """资产委托运营协议"""

    code: ClassVar[str] = "D-5D2"
    folder: ClassVar[str] = "operator_agreement"
    hand_signed: ClassVar[bool] = True
    spelled: ClassVar[Mapping[str, str]] = {"words": "yearly"}

    operator: str = blank("运营方", record="资产")
    asset: str = blank("资产名称", record="资产")
    value: Yuan = blank("资产价值（元）", record="资产")
    since: date = blank("运营起始日", record="资产")
    until: date = blank("运营截止日", record="资产")
    yearly: Yuan = blank("每年收益金（元）", record="资产")
    words: str = blank("收益金大写", record="资产")
    pay_by: str = blank("每年支付期限", record="资产")
    form_no: str = blank("协议编号", default="", record="资产")
