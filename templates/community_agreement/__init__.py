"""D-21: the yearly responsibility agreement of a street with one of its communities."""

from __future__ import annotations

from typing import ClassVar

from templates.agreement import Responsibility
from templates.paper import blank, blanks


@blanks
class CommunityAgreement(Responsibility):
    """责任书（街道与社区）"""

    code: ClassVar[str] = "D-21"
    folder: ClassVar[str] = "community_agreement"

    register: str = blank("登记簿名称", record="政策参数")
    checklist: str = blank("核查条件名称", record="政策参数")
