"""What letters in the letter form share: a number, whom to ask, whom it is copied to; nothing about printing (10.1)."""

from __future__ import annotations

from typing import ClassVar

from rules.wording import phrase
from templates.paper import NO_NUMBER, Dated, Family, blank, blanks


@blanks
class Letter(Dated):
    """函件"""

    family: ClassVar[Family] = "official"
    numbered: ClassVar[bool] = True

    number: str = blank("发文字号", default="", shown=NO_NUMBER)
    contact: str = blank("联系人", record="单位信息")
    phone: str = blank("联系电话", record="单位信息")
    copies: str = blank("抄送机关", default="", record="单位信息", says=phrase)
