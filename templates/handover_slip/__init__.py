"""D-5C 低保衔接移交单: a household that is to be examined for the minimum allowance."""

from __future__ import annotations

from typing import ClassVar

from templates.form import HouseholdForm
from templates.paper import blank, blanks


@blanks
class HandoverSlip(HouseholdForm):
    """低保衔接移交单"""

    code: ClassVar[str] = "D-5C"
    folder: ClassVar[str] = "handover_slip"

    label: str = blank("对象名称", record="政策参数")
    to: str = blank("移交部门", record="单位信息")
    reason: str = blank("移交理由")
    material: str = blank("移交材料")
    result: str = blank("办理结果", default="", record="信息核对")
