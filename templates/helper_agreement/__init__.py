"""D-22A: the yearly responsibility agreement of a helper unit with one of its helpers, with the households he helps."""

from __future__ import annotations

from typing import ClassVar

from templates.agreement import Helped, Responsibility
from templates.paper import blank, blanks


@blanks
class HelperAgreement(Responsibility):
    """责任书（帮扶单位与责任人）"""

    code: ClassVar[str] = "D-22A"
    folder: ClassVar[str] = "helper_agreement"

    rows: tuple[Helped, ...] = blank("结对户名单", default=(), record="结对信息")
