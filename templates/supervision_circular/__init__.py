"""D-62: a circular that names what was found, at whom, and what is asked of everybody (R4.4-08)."""

from __future__ import annotations

from typing import ClassVar

from rules.wording import phrase, sentence
from templates.paper import Official, blank, blanks


@blanks
class Problem:
    """One problem that was found."""

    serial: int = blank("序号")
    text: str = blank("存在问题", says=sentence)


@blanks
class SupervisionCircular(Official):
    """通报"""

    code: ClassVar[str] = "D-62"
    folder: ClassVar[str] = "supervision_circular"

    to: str = blank("主送机关", record="单位信息")
    subject: str = blank("被通报单位或个人", record="督查件")
    cause: str = blank("通报事由", record="督查件")
    means: str = blank("检查方式", says=phrase)
    finding: str = blank("总体情况", record="督查件", says=sentence)
    problems: tuple[Problem, ...] = blank("存在问题")
    basis: str = blank("依据")
    standard: str = blank("整改标准", says=phrase)
    within: str = blank("整改期限", record="政策参数")  # str(Limit): 30日
    copies: str = blank("抄送机关", default="", record="单位信息", says=phrase)
