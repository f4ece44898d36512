"""D-24: members, head or attributes change: what was, what is, why, and who agreed."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from templates.form import HouseholdForm, Opinion
from templates.paper import blank, blanks


@blanks
class Change:
    """One thing that changes."""

    item: str = blank("变更项目")
    old: str = blank("变更前", default="", shown="无")
    new: str = blank("变更后", default="", shown="无")


@blanks
class ChangeForm(HouseholdForm):
    """变更登记审批表"""

    code: ClassVar[str] = "D-24"
    folder: ClassVar[str] = "change_form"

    kind: str = blank("变更类型")  # 人口自然增加, 人口自然减少, 户主变更, 属性变更
    reason: str = blank("变更原因")
    effective_on: date = blank("生效日期")
    evidence: str = blank("证明材料")
    changes: tuple[Change, ...] = blank("变更内容")
    consequences: str = blank("变更后的核算和衔接", default="", shown="无")  # income per head, 低保 to be checked again
    opinions: tuple[Opinion, ...] = blank("审批意见")
