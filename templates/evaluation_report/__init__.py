"""D-75 第三方评估报告: by an evaluator who is no office: how it was done, what the rates are, what is advised."""

from __future__ import annotations

from typing import ClassVar

from templates.document import Section
from templates.paper import Dated, blank, blanks


@blanks
class Rate:
    """One rate."""

    serial: int = blank("序号", record="评估")
    item: str = blank("指标", record="评估")
    value: str = blank("评估值", record="评估")
    basis: str = blank("样本和计算方法", record="评估")


@blanks
class EvaluationReport(Dated):
    """第三方评估报告"""

    code: ClassVar[str] = "D-75"
    folder: ClassVar[str] = "evaluation_report"

    subject: str = blank("评估项目", record="评估")
    client: str = blank("委托单位", record="单位信息")
    sections: tuple[Section, ...] = blank("正文", record="评估")
    rows: tuple[Rate, ...] = blank("评估指标", record="评估")
