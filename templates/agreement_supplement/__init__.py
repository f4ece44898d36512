"""D-20A: a supplement that changes targets of an agreement, which it names by its number."""

from __future__ import annotations

from typing import ClassVar

from rules.wording import phrase
from templates.agreement import SignLine, copies_in_words
from templates.paper import NO_NUMBER, Paper, blank, blanks


@blanks
class ChangedTarget:
    """One target as it was and as it becomes."""

    serial: int = blank("序号", record="补充协议")
    label: str = blank("指标", record="补充协议")
    unit: str = blank("单位", record="补充协议")
    before: int = blank("原定目标", record="补充协议")
    after: int = blank("调整后目标", record="补充协议")


@blanks
class AgreementSupplement(Paper):
    """责任书补充协议"""

    code: ClassVar[str] = "D-20A"
    folder: ClassVar[str] = "agreement_supplement"
    hand_signed: ClassVar[bool] = True

    number: str = blank("协议编号", default="", record="补充协议", shown=NO_NUMBER)
    main_title: str = blank("原协议名称", record="责任书")
    main_number: str = blank("原协议编号", record="责任书")
    other: str = blank("乙方", record="单位信息")
    reason: str = blank("调整事由", record="补充协议", says=phrase)
    changes: tuple[ChangedTarget, ...] = blank("目标调整", record="补充协议")
    signers: tuple[SignLine, ...] = blank("甲方签订人", record="政策参数")
    others: tuple[SignLine, ...] = blank("其他各方签订人", record="政策参数")
    copies: int = blank("份数", record="政策参数")

    def texts(self) -> dict[str, object]:
        return super().texts() | {"copies": copies_in_words(self.copies)}
