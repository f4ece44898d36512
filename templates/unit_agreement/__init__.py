"""D-22: the yearly responsibility agreement of the district with a helper unit; its list of households stays inside."""

from __future__ import annotations

from typing import ClassVar

from templates.agreement import Helped, Responsibility
from templates.paper import blank, blanks


@blanks
class UnitAgreement(Responsibility):
    """责任书（区与帮扶单位）"""

    code: ClassVar[str] = "D-22"
    folder: ClassVar[str] = "unit_agreement"

    domains: str = blank("对口帮扶领域", record="政策参数")
    rows: tuple[Helped, ...] = blank("结对户名单", default=(), record="结对信息")
