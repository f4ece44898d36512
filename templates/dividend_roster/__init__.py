"""D-5D3 资产收益分红发放表: what each household gets out of its shares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rules.money import Yuan
from templates.paper import Paper, blank, blanks


@blanks
class Dividend:
    """One line of the rows."""

    serial: int = blank("序号", record="资产")
    holder: str = blank("户主姓名", record="户登记信息")
    count: int = blank("股数", record="资产")
    amount: Yuan = blank("分红金额（元）", record="资产")
    sign: str = blank("领取人签名", default="", record="资产")


@blanks
class DividendRoster(Paper):
    """资产收益分红发放表"""

    code: ClassVar[str] = "D-5D3"
    folder: ClassVar[str] = "dividend_roster"
    hand_signed: ClassVar[bool] = True
    sums: ClassVar[Mapping[str, str]] = {"total": "amount"}

    asset: str = blank("资产名称", record="资产")
    year: int = blank("分红年度", record="资产")
    total: Yuan = blank("分红总额（元）", record="资产")
    rows: tuple[Dividend, ...] = blank("分红")
