"""D-5D1 资产折股量化方案: how an asset becomes shares and who holds them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from rules.money import Yuan
from templates.paper import NO_DAY, Paper, blank, blanks


@blanks
class Share:
    """One line of the rows."""

    serial: int = blank("序号", record="资产")
    holder: str = blank("持股户（单位）", record="户登记信息")
    people: int = blank("受益人口", record="户登记信息")
    count: int = blank("股数", record="资产")
    remark: str = blank("备注", default="", record="资产")


@blanks
class ShareScheme(Paper):
    """资产折股量化方案"""

    code: ClassVar[str] = "D-5D1"
    folder: ClassVar[str] = "share_scheme"
    hand_signed: ClassVar[bool] = True
    sums: ClassVar[Mapping[str, str]] = {"shares": "count"}

    asset: str = blank("资产名称", record="资产")
    value: Yuan = blank("评估价值（元）", record="资产")
    shares: int = blank("总股数", record="资产")
    rule: str = blank("折股和分配办法", record="资产")
    adopted_on: date | None = blank("通过日期", default=None, record="会议记录", shown=NO_DAY)
    votes: str = blank("表决情况", record="会议记录")
    rows: tuple[Share, ...] = blank("股份")
