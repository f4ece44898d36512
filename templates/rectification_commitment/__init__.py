"""D-67: what the one who was interviewed promises, and by when."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from rules.wording import phrase, sentence
from templates.paper import NO_DAY, Dated, blank, blanks


@blanks
class RectificationCommitment(Dated):
    """整改承诺书"""

    code: ClassVar[str] = "D-67"
    folder: ClassVar[str] = "rectification_commitment"
    hand_signed: ClassVar[bool] = True

    to: str = blank("承诺致送单位", record="单位信息")
    reason: str = blank("约谈事由", says=phrase)
    held_on: date = blank("约谈日期")
    demands: str = blank("整改要求", default="", shown="（见约谈记录）", says=sentence)
    finish_by: date | None = blank("完成期限", default=None, shown=NO_DAY)
