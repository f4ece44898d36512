"""D-25 错评剔除（漏评补录）审批表: removing a household that was wrongly registered, adding one that was left out."""

from __future__ import annotations

from typing import ClassVar

from templates.form import HouseholdForm, Opinion
from templates.paper import blank, blanks


@blanks
class CorrectionForm(HouseholdForm):
    """错评剔除（漏评补录）审批表"""

    code: ClassVar[str] = "D-25"
    folder: ClassVar[str] = "correction_form"

    label: str = blank("对象名称", record="政策参数")
    matter: str = blank("审批事项")
    cause: str = blank("原因", default="")
    evidence: str = blank("证明材料", default="")
    review: str = blank("民主评议", default="")
    publicity: str = blank("公示情况", default="")
    opinions: tuple[Opinion, ...] = blank("各级意见", default=())
