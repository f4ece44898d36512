"""D-7B: that a paper reached the one it is for."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from templates.paper import NO_DAY, Paper, blank, blanks


@blanks
class DeliveryReceipt(Paper):
    """送达回证"""

    code: ClassVar[str] = "D-7B"
    folder: ClassVar[str] = "delivery_receipt"
    hand_signed: ClassVar[bool] = True

    paper_title: str = blank("送达文书名称", record="文书")
    paper_number: str = blank("送达文书字号", default="", record="文书", shown="（无）")
    recipient: str = blank("受送达人")
    place: str = blank("送达地点", default="")
    manner: str = blank("送达方式", default="", shown="□直接送达　□留置送达　□邮寄送达　□其他（＿＿＿＿）")
    delivered_on: date | None = blank("送达日期", default=None, shown=NO_DAY)
    server: str = blank("送达人", default="")
    note: str = blank("代收或拒收情况", default="")
    witness: str = blank("见证人", default="")
