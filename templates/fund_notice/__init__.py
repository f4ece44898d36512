"""D-57B, D-57C 资金流向公示、审计结果公示: where the money went, what the audit found."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from rules.money import Yuan
from templates.paper import Dated, blank, blanks


@blanks
class FundLine:
    """One line of the account."""

    serial: int = blank("序号", record="资金")
    item: str = blank("项目", record="资金")
    planned: Yuan = blank("计划（元）", record="资金")
    used: Yuan = blank("已用（元）", record="资金")
    left: Yuan = blank("结余（元）", record="资金")


@blanks
class FundNotice(Dated):
    """资金公示"""

    folder: ClassVar[str] = "fund_notice"
    public: ClassVar[bool] = True

    what: str = blank("公示内容", record="资金")  # 2017年度扶贫资金流向, 2017年度扶贫资金审计结果
    finding: str = blank("情况说明", record="资金")
    starts_on: date = blank("公示开始日", record="资金")
    ends_on: date = blank("公示截止日", record="资金")
    phone: str = blank("受理电话", record="单位信息", contact=True)
    complaint_line: str = blank("监督电话", record="政策参数", contact=True)
    rows: tuple[FundLine, ...] = blank("资金情况", record="资金")

    def agree(self) -> None:
        super().agree()
        for row in self.rows:
            if row.left != row.planned - row.used:
                raise self.contradiction("rows", f"第{row.serial}行的结余{row.left.plain}元不等于计划减去已用")


@blanks
class FundFlowNotice(FundNotice):
    """资金流向公示"""

    code: ClassVar[str] = "D-57B"


@blanks
class AuditNotice(FundNotice):
    """审计结果公示"""

    code: ClassVar[str] = "D-57C"
