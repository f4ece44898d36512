"""D-57A 资金分配结果公告: which money went where, by whose decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rules.money import Yuan
from templates.document import Document
from templates.paper import blank, blanks


@blanks
class Allocation:
    """One allocation."""

    serial: int = blank("序号", record="资金")
    receiver: str = blank("使用单位", record="资金")
    purpose: str = blank("用途", record="资金")
    amount: Yuan = blank("金额（元）", record="资金")


@blanks
class FundAnnouncement(Document):
    """资金分配结果公告"""

    code: ClassVar[str] = "D-57A"
    folder: ClassVar[str] = "fund_announcement"
    kind: ClassVar[str] = "公告"
    public: ClassVar[bool] = True
    sums: ClassVar[Mapping[str, str]] = {"total": "amount"}

    total: Yuan = blank("资金总额（元）", record="资金")
    phone: str = blank("联系电话", record="单位信息", contact=True)
    complaint_line: str = blank("监督电话", record="政策参数", contact=True)
    rows: tuple[Allocation, ...] = blank("分配结果", record="资金")
