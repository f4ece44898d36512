"""D-20: the yearly responsibility agreement of the district with a street, signed by two first responsible persons."""

from __future__ import annotations

from typing import ClassVar

from templates.agreement import Responsibility
from templates.paper import blank, blanks


@blanks
class StreetAgreement(Responsibility):
    """责任书（区与街道）"""

    code: ClassVar[str] = "D-20"
    folder: ClassVar[str] = "street_agreement"

    first: str = blank("第一责任人", record="政策参数")  # 党工委书记、办事处主任
    duties: str = blank("街道职责", record="政策参数")
    programmes: str = blank("帮扶类别", record="政策参数")
    communities: int = blank("社区数", record="区划")
    register: str = blank("登记簿名称", record="政策参数")
    checklist: str = blank("核查条件名称", record="政策参数")
